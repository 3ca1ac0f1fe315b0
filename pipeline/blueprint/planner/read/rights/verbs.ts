/** Verbs of two words and the plain verb that each stands for: "hand in", "look at", "call off". */
const phrasal: readonly (readonly [RegExp, string])[] = [
  [/\b(?:hand|send|turn|put|type|write)(s?) in\b(?! (?:at|on|for|the (?:list|name)))/gi, 'submit$1'],
  [/\bfill(s?) (?:in|out)\b/gi, 'submit$1'],
  [/\bsign(s?) (?=(?:it|them|the guest ?book)\b)/gi, 'submit$1 '],
  [/\b(?:put|set)(s?) up\b/gi, 'create$1'],
  [/\b(?:take|give|bring|hand|get)(s?) back\b/gi, 'return$1'],
  [/\b(take|give|bring|hand|get)(s?) ((?:the |a |an |their |any |all |each )?[\p{L}-]+) back\b/giu, 'return$2 $3'],
  [/\bpick(s?) up\b/gi, 'collect$1'],
  [/\bcall(s?) off\b/gi, 'cancel$1'],
  [/\b(?:take(s?) (?:down|away|off)|throw(s?) away|get(s?) rid of)\b/gi, 'delete$1$2$3'],
  [/\bsign(s?) off(?: on)?\b/gi, 'approve$1'],
  [/\b(?:look|go)(s?) (?:at|up|through|over|into)\b/gi, 'view$1'],
  [/\bfollow(s?) the (?:state|status|progress) of\b/gi, 'view$1'],
  [/\btick(s?) off\b/gi, 'complete$1'],
  [/\bwork(s?) (?:on|with)\b/gi, 'edit$1'],
  [/\blook(s?)(?=\s*$| but\b| and\b|,)/gi, 'view$1'],
]

export const plainVerbs = (text: string): string =>
  phrasal.reduce((said, [pattern, verb]) => said.replace(pattern, verb), text)
