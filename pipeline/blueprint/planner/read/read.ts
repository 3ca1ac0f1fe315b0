import { withoutAsides } from '../language/asides.ts'
import { clean } from '../language/clean.ts'
import { reworded } from '../language/rewordings.ts'
import { type Statement, statementsOf } from '../language/statements.ts'
import { singular } from '../language/words.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import { readClause, readSentence } from './clause.ts'
import { isCountedInState } from './counted-in-state.ts'
import { glossaryOf } from './grammar/glossary.ts'
import { splitItems } from './items.ts'
import { nounOf } from './noun.ts'
import { expandParts } from './parts.ts'
import { withPeopleWhoDo } from './people-do.ts'
import { createReader, meet, type Reader } from './reader.ts'
import { isRight } from './rights/signs.ts'
import { beginsActive } from './rights/subjects.ts'
import { isThing } from './thing-list.ts'
import { takeWish } from './wish.ts'

/** More sentences than this are not read: it is ten times what people write. */
const maxStatements = 250

/** Returns the sentences and bullets of a request as they were said, as far as they are read. */
export const saidIn = (text: string): Statement[] => statementsOf(clean(text)).slice(0, maxStatements)

/** As `saidIn`, in plainer words where there are some. */
export const statementsIn = (text: string): Statement[] => reworded(withoutAsides(saidIn(text)))

/** Reads the statements of a request: what each says, as facts that are not yet weighed against each other. */
export const readRequest = (said: readonly Statement[]): Reader => {
  const all = withPeopleWhoDo(said)
  const statements = all.filter(({ text, items }) => items || !isCountedInState(text))
  const reader = createReader(readClause)
  reader.glossary = glossaryOf(
    statements.flatMap(({ text, items }) => (items && text ? [`${text}: ${items.join(', ')}`] : text ? [text] : [])),
  )
  for (const statement of statements) readStatement(statement, reader)
  for (const one of all) if (!statements.includes(one)) reader.facts.push({ kind: 'unread', text: one.text })
  expandParts(reader)
  dropClauses(reader)
  return reader
}

/** What has a verb of its own is no field: it is read as the right that it is, or goes to what was not understood. */
const dropClauses = (reader: Reader): void => {
  for (const fact of [...reader.facts]) {
    if (fact.kind !== 'fields' || fact.extends) continue
    const rights = fact.items.filter((item) => !/[(:]/.test(item) && beginsActive(item))
    fact.items = fact.items.filter((item) => !rights.includes(item))
    for (const text of rights) readClause(text, reader, false)
    const junk = fact.items.filter((item) => isClause(item.replace(/\([^)]*\)|\s(?:that|which|who)\s.*$/gi, ' ')))
    if (junk.length === 0) continue
    fact.items = fact.items.filter((item) => !junk.includes(item))
    for (const text of junk) reader.facts.push({ kind: 'unread', text })
  }
}

const isClause = (item: string): boolean =>
  isDeed(item.trim()) ||
  (!/^(?:@|whether|if|when|how|what|which|who|where|(?:an?|the) (?:flag|number|list|person|one|date|time))\b/i.test(
    item,
  ) &&
    (/^how [\p{L}]+ (?:it|they)$|\b(?:once|twice) per\b/iu.test(item) ||
      /^(?:to (?!date|time|day)[a-z]{3,} [a-z]+|not \w+|nobody\b|no one\b|then\b)/i.test(item) ||
      /\b(?:can ?not|cannot|must not|must never|may not|can never|should not)\b/i.test(item) ||
      /^(?:(?:an?|the|each|every|all) )?(?:[\p{L}-]+ ){1,3}(?:can|must|may|should) (?:only |always |also )?[a-z]+/iu.test(
        item,
      )))

/** "Technicians mill", "finance sees all claims", "pays them", "everybody sees them", "never two at once". */
const isDeed = (item: string): boolean => {
  if (
    /^(?:everybody|everyone|nobody|no one|anybody|anyone|never|even|always|only)\b|\b(?:nobody|never)\b|\b(?:each|every) [\p{L}-]+ [\p{L}]+s\b/iu.test(
      item,
    )
  )
    return true
  if (/ (?:do|does|did|will|shall) not /i.test(item) || / (?:them|him|us)$/i.test(item)) return true
  const [, person = '', verb = ''] = /^(?:the |all |our )?([\p{L}-]+s) ([\p{L}-]+)\b/iu.exec(item) ?? []
  if (
    person &&
    isPersonNoun(singular(person.toLowerCase())) &&
    !/^(?:count|number|list|limit|total|names?|only|per|allowed|present|signed|of|in|at|on|with|and|or|to|for)$/i.test(
      verb,
    ) &&
    !/(?:ed|ing|s)$/i.test(verb)
  )
    return true
  return /^(?:the )?[\p{L}-]+ (?:sees|pays|gets|makes|gives|sends|manages|approves|calls|puts|decides|confirms) (?:all|the|an?|it|their|each|every|everything|[\p{L}-]+s)\b/iu.test(
    item,
  )
}

const readStatement = (statement: Statement, reader: Reader): void => {
  if (statement.items?.some(isRight)) {
    for (const text of [statement.text, ...statement.items]) if (text) readSentence(text, reader)
    return
  }
  if (!statement.items) {
    readSentence(statement.text, reader)
    return
  }
  const { text } = takeWish(statement.text)
  const subject = text
    .replace(
      /\s+(?:has|have|with|contains?|consists? of|includes?|stores?|needs?|should have|must have)(?:\s+(?:the following|these|following))?(?:\s+(?:fields|attributes|properties|columns|data|information))?$/i,
      '',
    )
    .replace(/\s+(?:fields|attributes|properties|columns)$/i, '')
    .replace(/^(?:for|each|every|an?|the)\s+/i, '')
  const noun = statement.heading ? reader.last : nounOf(subject)
  if (noun && isThing(noun)) {
    if (!statement.heading) meet(reader, noun, 'named')
    reader.facts.push({
      kind: 'fields',
      of: noun,
      items: statement.items.flatMap((item) => (/[:(]/.test(item) ? [item] : splitItems(item))),
      extends: false,
    })
    return
  }
  if (statement.text) readSentence(statement.text, reader)
  for (const item of statement.items) readClause(item, reader, false)
}
