import { type Html, html } from '../../bot/web/html.ts'
import { dayAndTime, sinceWords } from './clock.ts'
import { withEmoji } from './emoji.ts'

/** Discord's markdown knows underlines, small print, spoilers and times; the common one knows none of them. */
export type Dialect = 'discord' | 'common'

type Rule = { pattern: RegExp; show: (match: RegExpExecArray, inner: (text: string) => Html) => Html; only?: Dialect }

/** Returns an address as a link that leads out of the page. */
export const linkTo = (address: string, label: Html | string = address): Html =>
  /^(https?:\/\/|mailto:)/.test(address)
    ? html`<a href="${address}" target="_blank" rel="noopener noreferrer">${label}</a>`
    : html`${label}`

const timeOf = (seconds: number, style: string): Html => {
  const at = new Date(seconds * 1000)
  if (Number.isNaN(at.getTime())) return html`Invalid date`
  const iso = at.toISOString()
  return html`<time datetime="${iso}">${style === 'R' ? sinceWords(iso) : dayAndTime(iso)}</time>`
}

/** What stands between the same signs, which may hold escaped ones. */
const between = (sign: string): RegExp => new RegExp(`${sign}((?:\\\\[\\s\\S]|[^\\\\])+?)${sign}`, 'y')

const rules: Rule[] = [
  { pattern: /\\([^0-9A-Za-z\s])/y, show: ([, sign]) => html`${sign}` },
  { pattern: /`([^`\n]+)`/y, show: ([, code]) => html`<code>${code}</code>` },
  { pattern: /<(https?:\/\/[^>\s]+)>/y, show: ([, url]) => linkTo(url!) },
  { pattern: /\[([^\]\n]+)\]\((https?:\/\/[^)\s]+)\)/y, show: ([, label, url], inner) => linkTo(url!, inner(label!)) },
  {
    pattern: /<t:(-?\d+)(?::([tTdDfFR]))?>/y,
    show: ([, at, style]) => timeOf(Number(at), style ?? 'f'),
    only: 'discord',
  },
  { pattern: /<@!?\d+>/y, show: () => html`<span class="mention">@Ada Lovelace</span>`, only: 'discord' },
  { pattern: /@(everyone|here)/y, show: ([all]) => html`<span class="mention">${all}</span>`, only: 'discord' },
  { pattern: between('\\*\\*'), show: ([, text], inner) => html`<strong>${inner(text!)}</strong>` },
  { pattern: between('__'), show: ([, text], inner) => html`<u>${inner(text!)}</u>`, only: 'discord' },
  { pattern: between('__'), show: ([, text], inner) => html`<strong>${inner(text!)}</strong>`, only: 'common' },
  { pattern: between('~~'), show: ([, text], inner) => html`<s>${inner(text!)}</s>` },
  {
    pattern: between('\\|\\|'),
    show: ([, text], inner) => html`<span class="spoiler">${inner(text!)}</span>`,
    only: 'discord',
  },
  { pattern: between('\\*'), show: ([, text], inner) => html`<em>${inner(text!)}</em>` },
  { pattern: /\b_((?:\\[\s\S]|[^\\_])+?)_\b/y, show: ([, text], inner) => html`<em>${inner(text!)}</em>` },
  { pattern: /https?:\/\/[^\s<]*[^\s<.,:;"')\]]/y, show: ([url]) => linkTo(url!) },
]

/** Returns a line with its markup. */
export const inline = (text: string, dialect: Dialect): Html => {
  const parts: Html[] = []
  const known = rules.filter((rule) => rule.only === undefined || rule.only === dialect)
  let plain = ''
  for (let at = 0; at < text.length; ) {
    const found = known.flatMap((rule) => {
      rule.pattern.lastIndex = at
      const match = rule.pattern.exec(text)
      return match ? [{ rule, match }] : []
    })[0]
    if (!found) {
      plain += text[at]
      at += 1
      continue
    }
    parts.push(
      withEmoji(plain),
      found.rule.show(found.match, (inner) => inline(inner, dialect)),
    )
    plain = ''
    at += found.match[0].length
  }
  return html`${[...parts, withEmoji(plain)]}`
}

type Line = { kind: 'text' | 'item' | 'quote' | 'small' | 'heading'; depth: number; text: string }

const lineOf = (line: string, dialect: Dialect): Line => {
  const [, marks, heading] = /^(#{1,3}) +(.+)$/.exec(line) ?? []
  if (marks && heading) return { kind: 'heading', depth: marks.length, text: heading }
  const small = dialect === 'discord' ? /^-# +(.+)$/.exec(line)?.[1] : undefined
  if (small) return { kind: 'small', depth: 0, text: small }
  const quote = /^> (.*)$/.exec(line)?.[1]
  if (quote !== undefined) return { kind: 'quote', depth: 0, text: quote }
  const item = /^\s*[-*] +(.+)$/.exec(line)?.[1]
  if (item) return { kind: 'item', depth: 0, text: item }
  return { kind: 'text', depth: 0, text: line }
}

/** Returns neighbours of one kind together, as they are drawn. */
const showLines = (text: string, dialect: Dialect): Html[] => {
  const lines = text.split('\n').map((line) => lineOf(line, dialect))
  const groups: Line[][] = []
  for (const line of lines) {
    const last = groups.at(-1)
    if (last && last[0]!.kind === line.kind && line.kind !== 'heading') last.push(line)
    else groups.push([line])
  }
  return groups.map((group) => showGroup(group, dialect))
}

const showGroup = (group: readonly Line[], dialect: Dialect): Html => {
  const shown = group.map((line) => inline(line.text, dialect))
  const broken = shown.map((line, index) => (index === 0 ? line : html`\n${line}`))
  const { kind, depth } = group[0]!
  switch (kind) {
    case 'heading':
      return html`<p class="heading h${depth}" role="heading" aria-level="${depth + 2}">${broken}</p>`
    case 'item':
      return html`<ul>${shown.map((line) => html`<li>${line}</li>`)}</ul>`
    case 'quote':
      return html`<blockquote>${broken}</blockquote>`
    case 'small':
      return html`<p class="small">${broken}</p>`
    case 'text':
      return html`<p>${broken}</p>`
  }
}

/** Returns a text in markdown as HTML; nothing in it is more than its dialect makes of it. */
export const renderMarkdown = (text: string, dialect: Dialect): Html => {
  const parts = text.split(/```(?:[a-zA-Z0-9+-]*\n)?([\s\S]*?)```/)
  return html`${parts.map((part, index) => {
    if (index % 2 === 1) return html`<pre tabindex="0"><code>${part.replace(/\n$/, '')}</code></pre>`
    const trimmed = part
      .replace(index > 0 ? /^\n/ : /^(?!)/, '')
      .replace(index < parts.length - 1 ? /\n$/ : /(?!)$/, '')
    return trimmed === '' ? undefined : html`${showLines(trimmed, dialect)}`
  })}`
}
