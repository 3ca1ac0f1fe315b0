import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inWords, oneLine, plain } from '../../bot/chat/plain.ts'
import { pressable, renderText } from '../../bot/chat/render-text.ts'
import { renderTerminalEvent } from '../../bot/terminal/render.ts'
import { renderWebCard } from '../../bot/web/render/card.ts'
import type { Card } from '../../schemas/generated/card.ts'
import type { TerminalEvent } from '../../schemas/generated/terminal-event.ts'
import { validatorOf } from '../../schemas/validate.ts'
import { everyCard, hostile } from '../fixtures/cards.ts'

const place = { thread: 't1', key: 'card:1' }

/** Puts a text in every place of a card that holds words. */
const filledWith = (card: Card, text: string): Card => {
  const kept = new Set([
    'kind',
    'status',
    'state',
    'tone',
    'style',
    'risk',
    'url',
    'docsUrl',
    'id',
    'startedAt',
    'at',
    'method',
  ])
  const fill = (value: unknown, key: string): unknown =>
    typeof value === 'string' && !kept.has(key)
      ? text
      : Array.isArray(value)
        ? value.map((inner) => fill(inner, key))
        : value !== null && typeof value === 'object'
          ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, name)]))
          : value
  return fill(card, '') as Card
}

const words = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(...hostile),
  fc.string({
    unit: fc.constantFrom(...'<>&"\'`=/ abc', String.fromCharCode(0x1b), String.fromCharCode(0x202e)),
    maxLength: 60,
  }),
)
const cards = fc.constantFrom(...Object.values(everyCard))

describe('plain', () => {
  it('leaves nothing that a terminal or a reader would act on', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(
          [...plain(text)].filter(
            (sign) => /\p{Cc}|\p{Zl}|\p{Zp}|\p{Bidi_Control}/u.test(sign) && sign !== '\n' && sign !== '\t',
          ),
        ).toEqual([])
      }),
    )
  })
  it('keeps ordinary words, accents and joined emoji', () => {
    expect(plain('Füße\n\t日本 👩‍💻')).toBe('Füße\n\t日本 👩‍💻')
  })
  it('takes whole escape sequences away', () => {
    expect(plain('a\u001b[31mb\u001b[0mc\u001b]8;;http://x\u0007d')).toBe('abcd')
  })
  it('lets an escape sequence without an end take nothing of the rest along', () => {
    expect(plain('a\u001b]8;;http://x\nb')).toBe('a8;;http://x\nb')
    const card: Card = { ...everyCard.message, text: 'one\u001b]0;', code: 'two' }
    expect(renderText(card)).toContain('two')
    const checks = [{ name: 'lint\u001b]2;', passed: true, summary: 'all of it', seconds: 1 }]
    expect(renderText({ ...everyCard.deployed, checks })).toContain('all of it')
  })
  it('makes one line of any text, no longer than it may be', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 50 }), (text, limit) => {
        const line = oneLine(text, limit)
        expect([...line].length).toBeLessThanOrEqual(limit)
        expect(line).not.toContain('\n')
      }),
    )
  })
  it('says seconds as a person does', () => {
    expect([0.44, 9.96, 12.3, 60, 125].map(inWords)).toEqual(['0.4 s', '10 s', '12 s', '1 min', '2 min 5 s'])
  })
})

describe('every renderer', () => {
  it('escapes whatever stands in any field of any card: the page has only tags of its own', () => {
    fc.assert(
      fc.property(cards, words, (card, text) => {
        const shape = (html: string): string[] =>
          html.match(/<[^>]*>/g)?.map((tag) => /^<\/?[a-z0-9]+/i.exec(tag)?.[0] ?? tag) ?? []
        const own = new Set(shape(renderWebCard(place, filledWith(card, 'words')).html))
        for (const extra of ['<ul', '</ul', '<li', '</li', '<p', '</p', '<br', '<a', '</a', '<strong', '</strong'])
          own.add(extra)
        const { html } = renderWebCard(place, filledWith(card, text))
        for (const tag of shape(html)) expect([...own]).toContain(tag)
        expect(html).not.toMatch(/\son[a-z]+\s*=\s*["']?[a-z]|href\s*=\s*["']?\s*javascript|\sstyle=/i)
      }),
      { numRuns: 300 },
    )
  })

  it('makes terminal events of the schema, without control signs', () => {
    const validate = validatorOf<TerminalEvent>('terminal-event')
    fc.assert(
      fc.property(cards, words, (card, text) => {
        const event = renderTerminalEvent(filledWith(card, text), 'conversation')
        if (!event) return
        expect(validate(event), JSON.stringify(validate.errors)).toBe(true)
        const line = JSON.stringify(event)
        for (const sign of ['\\u001b', '\u009b', '\u202e', '\u2066']) expect(line).not.toContain(sign)
      }),
      { numRuns: 300 },
    )
  })

  it('says in the text form everything that can be pressed', () => {
    for (const card of Object.values(everyCard))
      for (const [index, button] of pressable(card).entries())
        expect(renderText(card)).toContain(`[${index + 1}] ${button.label}`)
  })

  it('sets the names of stored things off, and nothing else that has a colon', () => {
    const card = { ...everyCard.blueprint, stores: ['Todos: title'], assumptions: ['Login: by e-mail'] }
    const { html } = renderWebCard(place, card)
    expect(html).toContain('<strong>Todos</strong>: title')
    expect(html).toContain('<li>Login: by e-mail</li>')
  })

  it('makes no link of an address that is not http(s)', () => {
    const card: Card = {
      ...everyCard.message,
      buttons: [{ id: 'open', label: 'Open', style: 'primary', url: 'javascript:alert(1)' }],
    }
    expect(renderWebCard(place, card).html).not.toContain('javascript:')
  })

  it('names every file path of the first administrator, never a token', () => {
    expect(renderWebCard(place, everyCard.deployed).html).toContain('/data/systems/todo/secrets/setup_token')
    expect(renderTerminalEvent(everyCard.deployed, 'c')).toMatchObject({
      admin: { setup_token_file: '/data/systems/todo/secrets/setup_token' },
    })
  })
})
