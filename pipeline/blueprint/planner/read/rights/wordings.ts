/** Ways of saying a right that come to a plain sentence: "to post one has to be registered" -> "only signed-in users can post". */
const login =
  '(?:be |get |become )?(?:registered|logged[- ]?in|signed[- ]?in|authenticated|log[- ]?in|sign[- ]?(?:in|up)|register|have an? (?:account|log-?in|login)|have (?:logged|signed) in|have registered|an account|a log-?in)(?: first| before| for that)?'
const anyone = '(?:you|one|people|users|they|somebody|someone|everyone|everybody|visitors|guests|anyone|who(?:ever)?)'
const must = '(?:must|has to|have to|needs? to|should|needs?|will have to)'
const rule = (source: string, plain: string): readonly [RegExp, string] => [new RegExp(source, 'iu'), plain]

const wordings: readonly (readonly [RegExp, string])[] = [
  rule(`^(?:in order )?to (.+?),? ${anyone} ${must} ${login}$`, 'only whoever is signed in can $1'),
  rule(`^${anyone} ${must} ${login} (?:in order )?to (.+)$`, 'only whoever is signed in can $1'),
  rule(`^(?:in order )?to (.+?),? ${anyone} ${must} be (?:an? |the )?([\\p{L} -]{3,30})$`, 'only $2 can $1'),
  rule(`^${anyone} ${must} be (?:an? |the )?([\\p{L}-]+(?: [\\p{L}-]+)?) (?:in order )?to (.+)$`, 'only $1 can $2'),
  rule(
    `^(?:the |our |an? )?((?!.*\\b(?:can|may|must|and)\\b.* the only).{2,40}?) (?:is|are) the only (?:one|ones|person|people|role|user|users)(?: who| that)? (?:(?:can|may|is allowed to|are allowed to|allowed to|able to|to|with the right to) )?(.+)$`,
    'only $1 can $2',
  ),
  rule(
    '^(?:nobody|no one|no-one)(?: else)? (?:can|may|should|is allowed to) (.+?),? (?:except(?: for)?|but|other than|apart from) (.{2,40})$',
    'only $2 can $1',
  ),
  rule(`^one (?=(?:can|may|must|should|has|needs|only)\\b)`, 'users '),
  rule(`^it is (?:only )?(?:the )?(.{2,40}?) who (?:can |may )?(.+)$`, 'only $1 can $2'),
  rule(
    `^((?:read|view|brows|look|search|see|writ|post|edit|add|creat|chang|delet|remov|comment)ing(?: \\S+)?) is (?:free|open|allowed|possible) (?:for|to) (?:all|everyone|everybody|anyone|anybody)$`,
    '$1 is open to everyone',
  ),
]

/** The plain sentence for a wording, or the text as it is. */
export const plainWording = (text: string): string => {
  for (const [pattern, plain] of wordings) if (pattern.test(text)) return text.replace(pattern, plain)
  return text
}
