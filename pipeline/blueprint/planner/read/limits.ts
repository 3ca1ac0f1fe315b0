import type { FieldSpec } from './field-spec.ts'

type Limits = Partial<FieldSpec>
type Rule = readonly [RegExp, (spec: Limits, found: RegExpExecArray) => void]

const number = '(-?\\d+(?:[.,]\\d+)?)'
const length = '(?:characters?|chars?|letters?|signs?|symbols?|digits?)'
const toNumber = (text: string | undefined): number =>
  Number((text ?? '0').replace(/,(?=\d{3}\b)/g, '').replace(',', '.'))
const rule = (source: string, apply: Rule[1]): Rule => [new RegExp(source, 'iu'), apply]
const asLength = (spec: Limits): void => {
  spec.type ??= 'string'
  spec.typed = true
}

/** In the order in which they are tried; what matched is taken out of the phrase. */
const rules: readonly Rule[] = [
  rule('\\b(?:with|to|of) (?:\\w+) decimals?(?: places?| digits?)?', (s) => {
    s.type = 'decimal'
    s.typed = true
  }),
  rule(
    '\\b(?:not required|not mandatory|optional(?:ly)?|nullable|non-?mandatory|(?:which is |that is )?(?:left )?(?:empty|blank|null|missing|unset|unknown|not set) (?:if|when|while|until|till|at first|at the beginning|for now|unless|before|in the beginning)\\b.*|if any|if known|if available|if there is one|if needed|when known|(?:can|may) be (?:empty|blank|null|left out|left empty|missing)|possibly)\\b',
    (s) => {
      s.said = 'optional'
    },
  ),
  rule(
    '\\b(?:(?:is|are|be|always) )?(?:required|mandatory|obligatory|compulsory|not null|non-?null|must not be empty|may not be empty|can ?not be empty|non-?empty|not empty|must be (?:given|set|filled in|present)|not optional)\\b',
    (s) => {
      s.said = 'required'
    },
  ),
  rule(
    '\\b(?:(?:which|that) )?(?:(?:must|should|has to|have to|needs to|can) )?(?:be |is |are )?(?:globally )?unique\\b|\\bno duplicates?\\b|\\bwithout duplicates\\b|\\bdistinct\\b',
    (s) => {
      s.unique = true
    },
  ),
  rule(
    `\\bdefault(?:s|ing|ed)?(?: value)?(?: is| of| to| as| at)?\\s*[:=]?\\s*(?:"([^"]+)"|'([^']+)'|(-?\\d+(?:\\.\\d+)?|[\\p{L}][\\p{L}\\d_-]*))`,
    (s, m) => {
      s.default = scalar(m[1] ?? m[2] ?? m[3]!)
    },
  ),
  rule(
    '(?:"([^"]+)"|\'([^\']+)\'|([\\p{L}\\d_-]+)) (?:is the default|by default|as (?:the )?default|at first|at the start|at the beginning|to begin with|initially|in the beginning)\\b',
    (s, m) => {
      s.default = scalar(m[1] ?? m[2] ?? m[3]!)
    },
  ),
  rule(`\\bby default,? (?:it is |they are |is )?(?:"([^"]+)"|(-?\\d+(?:\\.\\d+)?|[\\p{L}][\\p{L}\\d_-]*))`, (s, m) => {
    s.default = scalar(m[1] ?? m[2]!)
  }),
  rule(
    `\\b(?:initially|start(?:s|ing)? (?:at|as|with|out as|out at)|begins? (?:at|as))\\s+(?:"([^"]+)"|(-?\\d+(?:\\.\\d+)?|[\\p{L}][\\p{L}\\d_-]*))`,
    (s, m) => {
      s.default = scalar(m[1] ?? m[2]!)
    },
  ),
  rule(
    `\\b(?:from |between |of )?${number}\\s*(?:to|and|-|through|\\.\\.)\\s*${number} ${length}(?: long)?`,
    (s, m) => {
      s.min = toNumber(m[1])
      s.max = Math.abs(toNumber(m[2]))
      asLength(s)
    },
  ),
  rule(`\\b(?:exactly|of|with|has|having) ${number} ${length}(?: long)?`, (s, m) => {
    s.min = toNumber(m[1])
    s.max = toNumber(m[1])
    asLength(s)
  }),
  rule(
    `\\b(?:with )?(?:at least|min(?:imum)?\\.?(?: length)?(?: of| is|:)?|no (?:shorter|less|fewer) than|not (?:shorter|less|fewer) than|>=)\\s*${number} ${length}(?: long)?`,
    (s, m) => {
      s.min = toNumber(m[1])
      asLength(s)
    },
  ),
  rule(
    `\\b(?:with )?(?:of )?(?:up to|at most|max(?:imum)?\\.?(?: length)?(?: of| is|:)?|(?:no|not) (?:longer|more|greater) than|limited to|within|<=)\\s*${number} ${length}(?: long)?`,
    (s, m) => {
      s.max = toNumber(m[1])
      asLength(s)
    },
  ),
  rule(`\\b(?:under|below|less than|fewer than|shorter than)\\s*${number} ${length}(?: long)?`, (s, m) => {
    s.max = toNumber(m[1]) - 1
    asLength(s)
  }),
  rule(`\\b(?:over|more than|longer than)\\s*${number} ${length}(?: long)?`, (s, m) => {
    s.min = toNumber(m[1]) + 1
    asLength(s)
  }),
  rule(`${number} ${length} (?:max(?:imum)?|at most|or (?:less|fewer)|long at most)`, (s, m) => {
    s.max = toNumber(m[1])
    asLength(s)
  }),
  rule(`${number} ${length} (?:min(?:imum)?|at least|or more)`, (s, m) => {
    s.min = toNumber(m[1])
    asLength(s)
  }),
  // "IMO number (7 digits)", "code, 3 characters": nothing else than just so many.
  rule(`(?:(?<=[(,]\\s*)|(?<=:\\s*)|^)${number} ${length}(?: long)?(?=\\s*(?:[),]|$))`, (s, m) => {
    s.min ??= toNumber(m[1])
    s.max ??= toNumber(m[1])
    asLength(s)
  }),
  rule(`\\bmin(?:imum)?[ _-]?length\\s*[:=]?\\s*${number}`, (s, m) => {
    s.min = toNumber(m[1])
    asLength(s)
  }),
  rule(`\\bmax(?:imum)?[ _-]?length\\s*[:=]?\\s*${number}`, (s, m) => {
    s.max = toNumber(m[1])
    asLength(s)
  }),
  rule(
    `(?:\\bon a scale )?\\b(?:from|between|of|in the range(?: of)?|ranging from|in)?\\s*(?<![\\d-])${number}\\s*(?:to|and|through|until|\\.\\.+|-|–)\\s*${number}(?! ?${length})(?:\\s*(?:stars?|points?|inclusive|percent|%))?`,
    (s, m) => {
      const [low, high] = [toNumber(m[1]), toNumber(m[2])]
      s.min = low
      s.max = high < low ? Math.abs(high) : high
    },
  ),
  rule(`\\bout of ${number}(?:\\s*stars?)?`, (s, m) => {
    s.min ??= 0
    s.max = toNumber(m[1])
  }),
  rule(
    `(?:\\bat least|\\bmin(?:imum)?\\.?(?: of| is|:)?|\\b(?:no|not)(?: be)? (?:less|fewer|lower|smaller|below|under)(?: than)?|>=|\\bstarting from|\\bfrom) ?${number}(?: or more| and up| upwards)?`,
    (s, m) => {
      s.min = toNumber(m[1])
    },
  ),
  rule(
    `(?:\\bup to|\\bat most|\\bmax(?:imum)?\\.?(?: of| is|:)?|\\b(?:no|not)(?: be)? (?:more|greater|higher|larger|bigger|over|above)(?: than)?|<=|\\blimited to) ?${number}`,
    (s, m) => {
      s.max = toNumber(m[1])
    },
  ),
  rule(`(?:\\b(?:greater|more|higher|larger|bigger) than|\\babove|\\bover|>) ?${number}`, (s, m) => {
    s.above = toNumber(m[1])
  }),
  rule(
    `(?:\\b(?:less|fewer|lower|smaller) than|(?<!\\b(?:go|be|fall|drop|get) )(?:\\bbelow|\\bunder)|<) ?${number}`,
    (s, m) => {
      s.below = toNumber(m[1])
    },
  ),
  rule(`${number} or (?:more|greater|higher|above)`, (s, m) => {
    s.min = toNumber(m[1])
  }),
  rule(`${number} or (?:less|fewer|lower|below)`, (s, m) => {
    s.max = toNumber(m[1])
  }),
  rule(
    '\\b(?:non-?negative|not negative|(?:can ?not|can not|never|must not|may not) be negative|(?:zero|0) or more|(?:can ?not|may not|must not|never) (?:go|be|fall|drop) (?:below|under) (?:zero|0)|not below zero|never below (?:zero|0))\\b',
    (s) => {
      s.min = 0
    },
  ),
  rule('\\b(?:(?:must be |strictly )?positive|greater than zero|more than zero|above zero)\\b', (s) => {
    s.above = 0
  }),
]

/** `true`, `12` and `low` from a text. */
export const scalar = (text: string): string | number | boolean =>
  /^-?\d+(?:\.\d+)?$/.test(text)
    ? Number(text)
    : /^(?:true|yes|on)$/i.test(text)
      ? true
      : /^(?:false|no|off)$/i.test(text)
        ? false
        : text

const numbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')
/** "Up to five tags": the number as a word. */
const counted = new RegExp(
  `\\b((?:up to|at most|no more than|not more than|at least) )(${numbers.join('|')})\\b`,
  'giu',
)

/** Takes limits, defaults, uniqueness and optionality out of a phrase. Returns what is left of it and what was found. */
export const takeLimits = (phrase: string): { rest: string; limits: Limits } => {
  const limits: Limits = {}
  let rest = phrase.replace(counted, (_, lead, word) => `${lead}${numbers.indexOf(word.toLowerCase())}`)
  for (const [pattern, apply] of rules) {
    const found = pattern.exec(rest)
    if (!found) continue
    apply(limits, found)
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`
  }
  return {
    rest: rest
      .replace(/\s+/g, ' ')
      .replace(/(?:\s*\b(?:which|that|and|must be|should be|is|are|be|has to be|can be|with|of)\b)+\s*$/i, '')
      .trim(),
    limits,
  }
}
