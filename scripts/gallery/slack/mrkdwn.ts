import { type Html, html } from '../../../bot/web/html.ts'
import { withEmoji } from '../emoji.ts'
import { linkTo } from '../markdown.ts'

type Rule = { pattern: RegExp; show: (match: RegExpExecArray) => Html }

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Returns what stands in angle brackets: a link, a mention, a date. */
const reference = (inside: string): Html => {
  const [target = '', label] = inside.split('|') as [string, string | undefined]
  if (/^[@#!]/.test(target)) return html`<span class="mention">${unescaped(label ?? target.replace('!', '@'))}</span>`
  return linkTo(unescaped(target), unescaped(label ?? target))
}

/** A sign opens after a blank and closes before one, as Slack reads it. */
const styled = (sign: string): RegExp =>
  new RegExp(`(?<![\\w${sign}])${sign}(?!\\s)([^${sign}\\n]+?)(?<!\\s)${sign}(?!\\w)`, 'y')

const rules: Rule[] = [
  {
    pattern: /```\n?([\s\S]*?)\n?```/y,
    show: ([, code]) => html`<pre tabindex="0"><code>${unescaped(code!)}</code></pre>`,
  },
  { pattern: /`([^`\n]+)`/y, show: ([, code]) => html`<code>${unescaped(code!)}</code>` },
  { pattern: /<([^<>]+)>/y, show: ([, inside]) => reference(inside!) },
  { pattern: styled('\\*'), show: ([, text]) => html`<strong>${renderMrkdwn(text!)}</strong>` },
  { pattern: styled('_'), show: ([, text]) => html`<em>${renderMrkdwn(text!)}</em>` },
  { pattern: styled('~'), show: ([, text]) => html`<s>${renderMrkdwn(text!)}</s>` },
  {
    pattern: /(?<=^|\n)(?:&gt;|>) ?([^\n]*)\n?/y,
    show: ([, text]) => html`<blockquote>${renderMrkdwn(text!)}</blockquote>`,
  },
]

/** Returns a text in Slack's notation as HTML; docs.slack.dev/messaging/formatting-message-text. */
export const renderMrkdwn = (text: string): Html => {
  const parts: Html[] = []
  let plain = ''
  for (let at = 0; at < text.length; ) {
    const found = rules.flatMap((rule) => {
      rule.pattern.lastIndex = at
      const match = rule.pattern.exec(text)
      return match ? [{ rule, match }] : []
    })[0]
    if (!found) {
      plain += text[at]
      at += 1
      continue
    }
    parts.push(withEmoji(unescaped(plain)), found.rule.show(found.match))
    plain = ''
    at += found.match[0].length
  }
  return html`${[...parts, withEmoji(unescaped(plain))]}`
}
