import pluralize from 'pluralize'
import { peopleOfRole } from '../../role-words.ts'
import { capital, joinWords } from '../../words.ts'

/** Words that look like plurals and are not, or that have no other form. */
const unchanged = new Set(
  'hr qa pr qc status address access progress business process success bonus campus corpus virus bus gas chess news series species analysis basis diabetes address glass class class pass loss boss dress cross access express wellness fitness illness harness compass atlas canvas iris lens data metadata equipment furniture software hardware feedback homework staff stock inventory research music luggage cutlery jewellery jewelry clothing merchandise information knowledge advice cash money weather traffic mail gear'.split(
    ' ',
  ),
)
const odd = new Map(
  Object.entries({
    people: 'person',
    criteria: 'criterion',
    phenomena: 'phenomenon',
    leaves: 'leaf',
    shelves: 'shelf',
    movies: 'movie',
    cookies: 'cookie',
    caches: 'cache',
    quizzes: 'quiz',
    todos: 'todo',
    photos: 'photo',
    hives: 'hive',
    beehives: 'beehive',
    media: 'media',
    pies: 'pie',
    ties: 'tie',
    zombies: 'zombie',
    selfies: 'selfie',
    calories: 'calorie',
    menus: 'menu',
    viruses: 'virus',
    statuses: 'status',
    addresses: 'address',
    classes: 'class',
    glasses: 'glass',
    lenses: 'lens',
    axes: 'axe',
    dice: 'dice',
    bonuses: 'bonus',
    buses: 'bus',
    gases: 'gas',
    passes: 'pass',
    losses: 'loss',
    analyses: 'analysis',
  }),
)

/** Returns the singular of one lower-case word. */
export const singular = (word: string): string => {
  if (unchanged.has(word)) return word
  const known = odd.get(word)
  if (known) return known
  return word.length < 3 ? word : pluralize.singular(word)
}

const plurals = new Map([...odd].map(([many, one]) => [one, many]))

/** Returns the plural of a lower-case word, or of the last of several. */
export const plural = (word: string): string => {
  const space = word.lastIndexOf(' ')
  if (space > 0) return `${word.slice(0, space + 1)}${plural(word.slice(space + 1))}`
  const known = plurals.get(word)
  if (known && known !== word) return known
  if (unchanged.has(word)) return pluralOfUnchanged(word)
  return pluralize.plural(word)
}

/** Returns those who have a role, as people write it: "managers", "HR", "staff". */
export const peopleOf = (role: string): string => peopleOfRole(role, plural)

/** Countable ones among the unchanged: an address has addresses, equipment stays equipment. */
const pluralOfUnchanged = (word: string): string =>
  /(?:ss|us|is|s)$/.test(word) &&
  !/^(?:news|series|species|chess|progress|access|wellness|fitness|diabetes)$/.test(word)
    ? pluralize.plural(word)
    : word

export const isPlural = (word: string): boolean => !unchanged.has(word) && word.length > 2 && singular(word) !== word

/** Returns a name for the blueprint, at most 48 signs of a-z, 0-9 and single underscores, or '' where nothing is left. */
export const toName = (words: readonly string[]): string =>
  words
    .join(' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 48)
    .replace(/_+$/, '')

/** `print_job` -> `PrintJob`. */
export const toModel = (name: string): string =>
  name
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')

/** Returns several words in lower case, the last of them in the singular: "Print Jobs" -> "print job". */
export const singularPhrase = (words: string): string => withLast(words, singular)

/** As singularPhrase, in the plural. */
export const pluralPhrase = (words: string): string => withLast(words, (word) => plural(singular(word)))

const withLast = (words: string, change: (word: string) => string): string => {
  const parts = words.toLowerCase().split(' ')
  return [...parts.slice(0, -1), change(parts.at(-1)!)].join(' ')
}

/** Returns the sentence that people sign up where a longer one begins with it (`login`: "log in and "), else none. */
export const signingIn = (who: string, login: string | undefined): string[] =>
  login ? [`${who} ${login.replace(/ and $/i, '')}`] : []

/** What is said of a thing that people make: who adds it, what it belongs to and what it has (`of`, `has` with articles). */
export const addedBy = (
  who: string,
  one: string,
  { of, has }: { of?: string | undefined; has?: string | undefined },
) => {
  const it = sentence(withArticle(one))
  return [
    `${who} can add ${plural(one)}`,
    ...(of ? [`${it} belongs to ${of}`] : []),
    ...(has ? [`${it} has ${has}`] : []),
  ]
}

/** Returns a snake_case name with its last word in the singular. */
export const singularName = (name: string): string =>
  [...name.split('_').slice(0, -1), singular(name.split('_').at(-1)!)].join('_')

/** Returns the name with its last word in the plural: `print_job` -> `print_jobs`. */
export const pluralName = (name: string): string => {
  const parts = name.split('_')
  return [...parts.slice(0, -1), plural(parts.at(-1)!)].join('_')
}

/** Returns "a, b and c". */
export const listed = joinWords

const irregular: { readonly [verb: string]: string } = {
  cancel: 'cancelled',
  withdraw: 'withdrawn',
  send: 'sent',
  pay: 'paid',
  sell: 'sold',
  take: 'taken',
  bring: 'brought',
  build: 'built',
  cut: 'cut',
  put: 'put',
  write: 'written',
  make: 'made',
  give: 'given',
  buy: 'bought',
  sew: 'sewn',
  weave: 'woven',
}

/** approve -> approved, deny -> denied, ship -> shipped, cancel -> cancelled, pick up -> picked up. */
export const participleOf = (verb: string): string => {
  const [head = '', ...rest] = verb.split(' ')
  const done =
    irregular[head.toLowerCase()] ??
    (/e$/i.test(head)
      ? `${head}d`
      : /[^aeiou]y$/i.test(head)
        ? `${head.slice(0, -1)}ied`
        : /^[^aeiou]*[aeiou][bdgmnprt]$/i.test(head)
          ? `${head}${head.at(-1)}ed`
          : `${head}ed`)
  return [done, ...rest].join(' ')
}

export const sentence = capital

/** `a` or `an`, by the first letter. */
export const withArticle = (noun: string): string => `${/^(?:[aeio]|u(?!ni|se|ser))/i.test(noun) ? 'an' : 'a'} ${noun}`
