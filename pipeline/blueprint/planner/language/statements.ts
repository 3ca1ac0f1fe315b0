/** One sentence or bullet. `items` are the bullets under it where it is the heading of a list of parts. */
export type Statement = { text: string; items?: string[]; heading?: string }

type Line = { indent: number; bullet: boolean; text: string }
type Node = Line & { children: Node[] }

const bulletSign = /^(?:[-*•·▪◦–+]|\d{1,2}[.)]|[a-z]\)|\[[ x]?\]|#{1,6})\s+/
const fieldHeading =
  /^(?:(?:the|its|their|with|these|following|and)\s+)*(?:fields?|attributes?|properties|columns|data|information|details)(?:\s+(?:are|of it|should be|like|include))?$/i
const metaHeading =
  /^(?:(?:the|its|my|our|main|core|key|some|following|basic|with|these|and|what|data|domain)\s+)*(?:features?|requirements?|entities|models?|resources?|things|endpoints?|rules?|roles?|permissions?|access|notes?|objects?|tables?|functionality|functions?|specs?|specification|scope|user stories|stories|needs?|it should|i need|we need|i want|we want|must haves?|should|overview|goals?|description|details|like this|this|following|the following|relations?|relationships?|users?|auth\w*|security|api|mvp|data model|schema)(?:\s+(?:are|i need|we need|to store|needed|and relations|and relationships))?$/i

/** Returns the sentences and bullets of a cleaned text in their order, headings joined with the bullets below them. */
export const statementsOf = (text: string): Statement[] => {
  const lines = text
    .split('\n')
    .map(toLine)
    .filter((line) => line.text !== '')
  return nest(lines, 0).flatMap((node) => flatten(node, ''))
}

const toLine = (raw: string): Line => {
  const indent = raw.length - raw.trimStart().length
  let text = raw.trim()
  const sign = bulletSign.exec(text)
  let bullet = false
  while (bulletSign.test(text)) {
    text = text.replace(bulletSign, '')
    bullet = true
  }
  if (sign?.[0].startsWith('#')) {
    bullet = false
    if (!/[.:!?]$/.test(text)) text += ':'
  }
  return { indent, bullet, text: text.trim() }
}

/** A line's children: deeper lines, and, under a line that ends with a colon, the bullets that follow it. */
const nest = (lines: readonly Line[], depth: number): Node[] => {
  const nodes: Node[] = []
  let i = 0
  while (i < lines.length) {
    const line = lines[i]!
    let end = i + 1
    const after = lines[i + 1]
    const title =
      !line.bullet && after?.bullet === true && line.text.split(/\s+/).length <= 3 && !/[.!?,:(]/.test(line.text)
    const open = title || /[:]$/.test(line.text)
    while (end < lines.length && depth < 4) {
      const next = lines[end]!
      const deeper = next.indent > line.indent && (next.bullet || open)
      const listed = open && next.bullet && !line.bullet && next.indent >= line.indent
      if (!deeper && !listed) break
      end += 1
    }
    nodes.push({ ...line, children: nest(lines.slice(i + 1, end), depth + 1) })
    i = end
  }
  return nodes
}

const flatten = (node: Node, prefix: string): Statement[] => {
  if (node.children.length === 0)
    return sentencesOf(node.text).map((text) => ({ text: prefix && !startsClause(text) ? `${prefix} ${text}` : text }))
  const heading = node.text.replace(/\s*:$/, '').trim()
  if (fieldHeading.test(heading))
    return [{ text: '', heading, items: node.children.map((child) => withChildren(child)) }]
  if (metaHeading.test(heading)) return node.children.flatMap((child) => flatten(child, prefix))
  const ability =
    /^(.*\b(?:can|could|may|should|must|should be able to|are able to|want to|needs? to|is allowed to|are allowed to|want|be able to))$/i.exec(
      heading,
    )
  if (ability) return node.children.flatMap((child) => flatten(child, heading))
  const partsOnly = node.children.every((child) => !startsClause(child.text))
  const named = node.children.filter((child) =>
    /^(?:[\p{L}-]+ ){0,2}[\p{L}-]+s\s*(?::|\(|\s-\s|\swith\s).+(?:,|\sand\s)/iu.test(child.text),
  )
  const ofSystem =
    /\b(?:systems?|api|app|application|service|backend|platform|library|shop|clinic|crm|blog|following|entities|resources|models|things|things to store|to store|need)$/i.test(
      heading,
    )
  if (partsOnly && (named.length * 2 > node.children.length || (ofSystem && named.length > 0)))
    return [...sentencesOf(heading).map((text) => ({ text })), ...node.children.flatMap((child) => flatten(child, ''))]
  const short = heading.replace(/\([^)]*\)/g, '').split(/\s+/).length <= 6
  if (partsOnly && short) return [{ text: heading, items: node.children.map((child) => withChildren(child)) }]
  const listOfParts =
    partsOnly &&
    /\b(?:has|have|with|fields?|attributes?|properties|columns|following|stores?|record|need)\b[^.]*$/i.test(heading) &&
    !/\b(?:entities|resources|models|things|tables|features)\b[^.]*$/i.test(heading)
  if (listOfParts && node.children.every((child) => !/[:(].*,/.test(child.text)))
    return [{ text: heading, items: node.children.map((child) => withChildren(child)) }]
  return [...sentencesOf(heading).map((text) => ({ text })), ...node.children.flatMap((child) => flatten(child, ''))]
}

/** A part with bullets of its own keeps them in brackets: "status" with "open", "closed". */
const withChildren = (node: Node): string =>
  node.children.length === 0
    ? node.text
    : `${node.text.replace(/\s*:$/, '')} (${node.children.map((child) => child.text).join(', ')})`

const startsClause = (text: string): boolean =>
  /^(?:(?:an?|the|each|every|all|only|any|no|our|my)\s+)?[\p{L}\d'-]+(?:\s+[\p{L}\d'-]+){0,3}?\s+(?:can|could|may|has|have|should|must|belongs?|will|cannot|consists?|contains?|is|are|(?<=\bs\s)need)\b/iu.test(
    text,
  ) || /^(?:as an?|i want|we want|i need|we need|users?|only|anyone|everyone|everybody|people)\s/i.test(text)

/** What follows a semicolon, and begins with people or says what to do, stands alone; so does a clause of everybody behind a comma. */
const ownClause =
  /\s*;\s+(?:and |but )?(?=(?:warn|notify|tell|remind|show|let|alert|send|email|allow|prevent|flag|nobody|no one|only|everyone|everybody|anyone|anybody|people|users|[\p{L}-]+s (?:can|may|must|are|is)) |(?:each|every) [\p{L}-]+ (?:has|must have) )|,\s+(?:and |but )?(?=(?:everyone|everybody|each (?:user|person)) (?:can |may )?(?:only )?\p{L}+s? (?:only )?once\b|(?:warn|notify|remind|alert) (?:me|us)\b)/giu
const clausesOf = (sentence: string): string[] =>
  /[([{]/.test(sentence) ? [sentence] : sentence.split(ownClause).map((part) => part.trim())

/** Parts a line at the end of its sentences; dots in numbers, names and brackets do not end one. */
export const sentencesOf = (text: string): string[] => {
  const sentences: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i]!
    if ('([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign)) depth = Math.max(0, depth - 1)
    else if ('.!?'.includes(sign) && depth === 0 && (i === text.length - 1 || /\s/.test(text[i + 1]!))) {
      const before = text.slice(start, i)
      if (
        sign === '.' &&
        /\b(?:e\.g|i\.e|vs|nr|approx|mr|mrs|dr|incl|min|max)$/i.test(before) &&
        /^\s+[a-z0-9]/.test(text.slice(i + 1))
      )
        continue
      sentences.push(before.trim())
      start = i + 1
    }
  }
  sentences.push(text.slice(start).trim())
  return sentences.flatMap(clausesOf).filter((one) => /[\p{L}\d]/u.test(one))
}
