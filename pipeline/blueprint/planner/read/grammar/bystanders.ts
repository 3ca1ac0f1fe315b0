/**
 * People of whom nobody says that they sign in, and what they do: "people report potholes". Where nobody signs in at all, it
 * says what there is; members, customers and the like have accounts.
 */
export const bystanders =
  /^(?:people|users?|guests?|visitors?|citizens?|they)\s+(?:can\s+)?(?:report|submit|file|log|record|leave|send|make|enter|give|place)s?\s+(?=\p{L}+s\b)/iu
