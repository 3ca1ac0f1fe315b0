import type { types } from '@slack/bolt'
import { ComponentType } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { escapeMarkdown } from '../../bot/discord/render/markdown.ts'
import { readChoice } from '../../scripts/gallery/choice.ts'
import { renderComponent } from '../../scripts/gallery/discord/components.ts'
import { renderMarkdown } from '../../scripts/gallery/markdown.ts'
import { renderBlock } from '../../scripts/gallery/slack/blocks.ts'
import { renderMrkdwn } from '../../scripts/gallery/slack/mrkdwn.ts'
import { hostile } from '../fixtures/cards.ts'

/** HTML without its tags, its escapes read. */
const read = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const out = 'target="_blank" rel="noopener noreferrer"'

describe('what a gallery’s address means', () => {
  it('takes the first of its kind for what is absent or wrong', () => {
    expect(readChoice(new URLSearchParams('platform=slack&theme=pink'), ['story', 'home'])).toEqual({
      scene: 'story',
      platform: 'slack',
      theme: 'light',
      device: 'desktop',
    })
  })
})

describe('Slack’s notation', () => {
  it.each([
    ['*b* _i_ ~s~ `c*d*`', '<strong>b</strong> <em>i</em> <s>s</s> <code>c*d*</code>'],
    ['2*3*4 and a_b_c', '2*3*4 and a_b_c'],
    ['<https://example.com|the &amp; page>', `<a href="https://example.com" ${out}>the &amp; page</a>`],
    ['<javascript:1|press>', 'press'],
    [
      '<!channel> <@U1> <#C1|general>',
      '<span class="mention">@channel</span> <span class="mention">@U1</span> <span class="mention">general</span>',
    ],
    ['&lt;b&gt; &amp;amp;', '&lt;b&gt; &amp;amp;'],
    ['```\na < b\n```', '<pre tabindex="0"><code>a &lt; b</code></pre>'],
    ['&gt; quoted\nnot', '<blockquote>quoted</blockquote>not'],
  ])('shows %s', (text, html) => {
    expect(renderMrkdwn(text).html).toBe(html)
  })
})

describe('Discord’s markdown', () => {
  it.each([
    ['**b** *i* __u__ ~~s~~', '<p><strong>b</strong> <em>i</em> <u>u</u> <s>s</s></p>'],
    ['### Title\n-# small', '<p class="heading h3" role="heading" aria-level="5">Title</p><p class="small">small</p>'],
    ['- one\n- two\nthree', '<ul><li>one</li><li>two</li></ul><p>three</p>'],
    ['```sh\ncurl *x*\n```', '<pre tabindex="0"><code>curl *x*</code></pre>'],
    ['<https://example.com/a>', `<p><a href="https://example.com/a" ${out}>https://example.com/a</a></p>`],
    ['\\*no\\* \\<@1\\>', '<p>*no* &lt;@1&gt;</p>'],
    ['@everyone <@123>', '<p><span class="mention">@everyone</span> <span class="mention">@Ada Lovelace</span></p>'],
    ['<t:1767605990:R>', '<p><time datetime="2026-01-05T09:39:50.000Z">1 minute ago</time></p>'],
  ])('shows %s', (text, html) => {
    expect(renderMarkdown(text, 'discord').html).toBe(html)
  })

  it('reads what the bot escapes letter by letter', () => {
    for (const text of hostile) {
      const escaped = escapeMarkdown(text)
      expect(read(renderMarkdown(escaped, 'discord').html)).toBe(escaped.replace(/\\(.)/g, '$1'))
    }
  })

  it('makes of common markdown what it means there', () => {
    expect(renderMarkdown('__b__ ||c|| -# d', 'common').html).toBe('<p><strong>b</strong> ||c|| -# d</p>')
  })
})

describe('blocks and components that no card has yet', () => {
  it('folds a long section as Slack does, unless it asks to be whole', () => {
    const text = { type: 'plain_text', text: 'word '.repeat(200) } as const
    expect(renderBlock({ type: 'section', text }).html).toContain('See more')
    expect(renderBlock({ type: 'section', text, expand: true }).html).not.toContain('See more')
    expect(renderBlock({ type: 'section', text: { ...text, text: 'short' } }).html).not.toContain('See more')
  })

  it('draws a table with its head', () => {
    const cell = (text: string) => ({ type: 'raw_text', text }) as const
    const { html } = renderBlock({ type: 'table', rows: [[cell('a')], [cell('<b>')]] })
    expect(html).toContain('<th scope="col">a</th>')
    expect(html).toContain('<td>&lt;b&gt;</td>')
  })

  it('writes a moment as a date, or as how long ago it was', () => {
    const date = (format: string): types.RichTextSection => ({
      type: 'rich_text_section',
      elements: [{ type: 'date', timestamp: 1_767_605_990, format }],
    })
    const { html } = renderBlock({ type: 'rich_text', elements: [date('{ago}'), date('{date_long}')] })
    expect(html).toContain('>1 minute ago</time>')
    expect(html).toContain('>5 January 2026 at 09:39</time>')
  })

  it('draws a section of Discord with its button', () => {
    const { html } = renderComponent(
      {
        type: ComponentType.Section,
        components: [{ type: ComponentType.TextDisplay, content: 'words' }],
        accessory: { type: ComponentType.Button, style: 5, label: 'Open', url: 'https://example.com' },
      },
      [],
    )
    expect(html).toContain('<p>words</p>')
    expect(html).toContain(`<a class="button secondary" href="https://example.com" ${out}>`)
  })

  it('refuses what it has never seen rather than leave it out', () => {
    expect(() => renderBlock({ type: 'video' } as never)).toThrow("does not know Slack's block video")
    expect(() => renderComponent({ type: 99 } as never, [])).toThrow("does not know Discord's component 99")
    expect(() => renderComponent({ type: ComponentType.File, file: { url: 'attachment://a.txt' } }, [])).toThrow(
      'does not bring it',
    )
  })
})
