import type { Statement } from './statements.ts'

const upload =
  /^((?:also |all |any |the )*(?:visitors|guests)) (?:(?:can|may|should(?: be able to)?|must|could|are able to|are allowed to|want to|need to) )?((?:also )?(?:upload|attach)\b.+)$/iu
const unsigned =
  /\b(?:without|no|not) (?:an? |any |having |needing |to )*(?:log(?:ging|ged|in)?(?:[- ]?in)?|sign(?:ing|ed)?(?:[- ]?(?:in|up))?|accounts?|register(?:ing|ed)?|registration)\b|\banonym|\bunregistered\b/i
const signsIn =
  /\b(?:sign(?:s|ed)?[- ]?(?:in|up)|log(?:s|ged)?[- ]?in|(?:user )?accounts?|register(?:ed)? (?:users|members)|their own)\b/i

/** What is assumed of them, as the reader of behaviour knows it. */
export const visitorsSignUp = 'Whoever uploads has an account'

/**
 * Visitors who upload something where others sign in do so too, unless it was said that they do not: nobody is to store files
 * in a system with accounts without one because of a word. `accounts`: whether there are some already.
 */
export const uploadersSignIn = (statements: readonly Statement[], accounts = false): Statement[] => {
  const all = statements.map(({ text }) => text).join('. ')
  if ((!accounts && !signsIn.test(all)) || unsigned.test(all)) return [...statements]
  // Who is described, or acts besides, is somebody anyway.
  if (/\b(?:visitors|guests) (?:have|register|sign|log)\b|\beach (?:visitor|guest) has\b/i.test(all))
    return [...statements]
  const told = statements.map((one) => {
    const found = one.items ? null : upload.exec(one.text)
    return found ? { ...one, text: `Users can ${found[2]}` } : one
  })
  return told.some((one, i) => one !== statements[i]) ? [...told, { text: visitorsSignUp }] : told
}
