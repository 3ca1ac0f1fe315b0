/** Ways to say that something may not be, each in the one that patterns know. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/\bcan['’]?t\b|\bcannot\b/gi, 'can not'],
  [/\b(must|should|do|does|is|are|has|have|may)n['’]t\b/gi, '$1 not'],
  [
    /^(?:the (?:system|api|app|backend|software|program) (?:must|should|shall|has to|needs to)|it (?:must|should)) (?!not|never|be)/i,
    '',
  ],
  [/^(?:we|i) (?:do not|never) (?:want|allow|accept|permit|need|have|like)(?: to have)?(?: any)? /i, 'no '],
  [/^(?:we|i) (?:must|need to|have to|want to|should) (?=(?:prevent|avoid|forbid|reject|refuse|disallow|stop)\b)/i, ''],
  [/^it (?:must|should|may|can) (?:not|never) be possible (?:for (.+?) )?to /i, '$1 can not '],
  [
    /^it (?:is|must be|should be) (?:not (?:possible|allowed|permitted)|impossible|forbidden) (?:for (.+?) )?to /i,
    '$1 can not ',
  ],
  [/^(?:do not|never) (?:let|allow|permit) (?:any(?:one|body) |people |users )(?:to )?/i, 'nobody can '],
  [/^(?:do not|never) (?:let|allow|permit) (.+?) (?:to )(?=\p{L})/iu, '$1 can not '],
  [
    /^(?:do not|never) let (.+?) (?=(?:be|have|book|borrow|rent|take|enrol+|order|go|get|exceed|register|buy|sell)\b)/i,
    '$1 can not ',
  ],
  [/^(?:prevent|stop|keep|forbid) (?:any(?:one|body)|people|users) (?:from|to) /i, 'nobody can '],
  [/^(?:prevent|stop|keep|forbid) (?!double)([\p{L} ]{2,40}?) (?:from being|to be) /iu, '$1 can not be '],
  [/^there (?:can|may|must|should) only be /i, 'only '],
  [/^(?:not even .{2,30} |no[- ]one|none) (?=(?:can|may|must|should)\b)/i, 'nobody '],
  [
    /^no (?!two\b|more\b|one\b|less\b|fewer\b|longer\b|later\b)((?:[\p{L}-]+ ){0,2}?[\p{L}-]+) (?:can|may|must|should|will|shall|is allowed to|are allowed to)(?: ever)? (?=(?!overlap|clash|collide|conflict)[\p{L}])/iu,
    'a $1 can not ',
  ],
  [/\b(?:is|are) (?:not|never) (?:allowed|permitted|supposed|able) to\b/gi, 'can not'],
  [/\b(?:is|are) only (?:allowed|permitted) to\b/gi, 'can only'],
  [/\b(?:is|are) (?:allowed|permitted|able) to\b/gi, 'can'],
]

/** Returns a sentence in the wordings that patterns know: "it must not be possible to book" is "can not book". */
export const canonical = (sentence: string): string => {
  let text = sentence
  for (const [wording, plain] of wordings) text = text.replace(wording, plain)
  return text
    .replace(/^ +can not /, 'nobody can not ')
    .replace(/^nobody (?:can|may|must|should|could)(?: ever)?(?: not)? /i, 'nobody can ')
    .replace(/\s+/g, ' ')
    .trim()
}
