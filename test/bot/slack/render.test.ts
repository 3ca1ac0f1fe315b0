import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { systemsCard } from '../../../bot/chat/systems.ts'
import { carried } from '../../../bot/slack/render/buttons.ts'
import { renderCard } from '../../../bot/slack/render/card.ts'
import type { Button, Card } from '../../../schemas/generated/card.ts'
import { problemsOf, sizeOf, wordsOf } from '../../fakes/slack/blocks.ts'
import { everyCard, hostile } from '../../fixtures/cards.ts'
import { largeBlueprint, largeCards } from '../../fixtures/large-cards.ts'
import { draftView, systemView } from '../../fixtures/systems.ts'

const FILE = 'F0123456789'
const golden = (name: string): string => fileURLToPath(new URL(`../../golden/slack/${name}.json`, import.meta.url))
const problems = (blocks: unknown): string[] =>
  problemsOf(blocks, 'message', (id) => (id === FILE ? 'image' : undefined))

/** The budget of a message; Slack refuses more than about 13,200 characters. */
const BUDGET = 10_000

describe('cards as messages of Slack', () => {
  for (const [name, card] of [
    ...Object.entries(everyCard),
    ...Object.entries(largeCards),
    ['systems', systemsCard([systemView('todo'), draftView('pets')], { limit: 5, now: Date.parse('2026-01-03') })],
  ] as [string, Card][])
    it(`renders ${name} as it did`, async () => {
      const { text, blocks, needs } = renderCard(card, `shown:${name}`, { files: true, picture: FILE })
      const files = needs.files.map((file) => ({ ...file, text: `${file.text.length} characters` }))
      await expect(`${JSON.stringify({ text, blocks, needs: { ...needs, files } }, null, 2)}\n`).toMatchFileSnapshot(
        golden(name),
      )
      expect(problems(blocks)).toEqual([])
      expect(sizeOf(blocks)).toBeLessThanOrEqual(BUDGET)
    })

  it('says how much stands in the file where something does not fit, and the file has it', () => {
    const { blocks, needs } = renderCard(largeBlueprint, 'blueprint:1', { files: true })
    // 6 stores, 3 roles, 3 rules, 59 addresses, 2 assumptions.
    expect(wordsOf(blocks)).toContain('📎 73 more in blueprint.md, which has all of this as text')
    expect(needs.files.map((file) => file.name)).toEqual(['blueprint.md'])
    expect(needs.files[0]?.text).toContain('/v1/things/64')
  })

  it('says what is missing where the app may not attach files', () => {
    const { blocks } = renderCard(largeBlueprint, 'blueprint:1', { files: false })
    expect(wordsOf(blocks)).toContain('scope files:write')
    expect(wordsOf(blocks)).toContain('Picture: People use Todos')
  })

  it('keeps where secrets lie to the machine', () => {
    const { text, blocks } = renderCard(everyCard.deployed, 'deployed', { files: true })
    expect(text + JSON.stringify(blocks)).not.toContain('setup_token')
    expect(text + JSON.stringify(blocks)).not.toContain('webhook_carrier')
  })

  it('reads a button again from what it carried', () => {
    const { blocks } = renderCard(everyCard.blueprint, 'blueprint:r1', { files: true })
    const [actions] = blocks.filter((block) => block.type === 'actions')
    const value = (actions as { elements: { value: string }[] }).elements[0]?.value
    expect(carried(value)).toMatchObject({ key: 'blueprint:r1', button: 'approve', value: `sha256:${'a'.repeat(64)}` })
  })

  it('reads nothing from what another app’s button carries', () => {
    for (const value of [undefined, '', 'null', '[]', '{}', '{"k":1,"b":2}', 'approve'])
      expect(carried(value)).toBeUndefined()
  })

  it('puts words of people only where Slack reads no notation', () => {
    for (const text of hostile) {
      const card: Card = { kind: 'message', tone: 'plain', text, code: text }
      const { blocks, text: fallback } = renderCard(card, 'm', { files: true })
      expect(JSON.stringify(blocks)).not.toContain('"mrkdwn"')
      expect(blocks.every((block) => ['rich_text', 'context', 'header'].includes(block.type))).toBe(true)
      expect(fallback).not.toMatch(/<[!@#h]/)
    }
  })
})

const text = fc.oneof(
  fc.string({ maxLength: 40, unit: 'grapheme' }),
  fc.constantFrom(...hostile),
  fc.integer({ min: 1, max: 9_000 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 1, max: 3_000 }).map((length) => '😀'.repeat(length)),
  fc.integer({ min: 1, max: 2_000 }).map((length) => '&<>\n'.repeat(length)),
)
const texts = fc.array(text, { maxLength: 60 })
const button: fc.Arbitrary<Button> = fc.record(
  {
    id: fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/),
    label: fc.string({ minLength: 1, maxLength: 75 }),
    style: fc.constantFrom('primary' as const, 'plain' as const, 'danger' as const),
    value: fc.string({ maxLength: 200, unit: 'grapheme' }),
    url: fc.constantFrom('http://127.0.0.1:8001', `https://example.com/${'x'.repeat(4_000)}`, 'javascript:alert(1)'),
    ask: text,
    pick: fc.constant('person' as const),
  },
  { requiredKeys: ['id', 'label', 'style'] },
)
const buttons = fc.array(button, { maxLength: 30 })
const check = fc.record({
  name: text,
  summary: text,
  passed: fc.boolean(),
  seconds: fc.float({ min: 0, max: 9e6, noNaN: true }),
})
const checks = fc.array(check, { maxLength: 30 })
const change = fc.record({
  text,
  risk: fc.constantFrom('none' as const, 'breaks-clients' as const, 'hides-data' as const),
})
const changes = fc.array(change, { maxLength: 60 })
const file = fc.record({ path: text, text, cut: fc.boolean() })
/** Things with one button each, which one list may take the place of. */
const choice = fc.record({
  title: text,
  text,
  buttons: fc.tuple(
    fc.record({
      id: fc.constant('about'),
      label: fc.constant('Open'),
      style: fc.constant('plain' as const),
      value: fc.string({ maxLength: 100 }),
    }),
  ),
})
const card: fc.Arbitrary<Card> = fc.oneof(
  fc.record({
    kind: fc.constant('list' as const),
    title: text,
    items: fc.array(choice, { maxLength: 120 }),
    empty: text,
    choose: fc.string({ maxLength: 75 }),
  }),
  fc.record({
    kind: fc.constant('message' as const),
    text,
    tone: fc.constantFrom('plain' as const, 'refusal' as const),
    code: text,
    buttons,
  }),
  fc.record({
    kind: fc.constant('question' as const),
    id: text,
    text,
    choices: fc.array(fc.record({ label: text, value: fc.string({ maxLength: 200 }) }), { maxLength: 30 }),
  }),
  fc.record({
    kind: fc.constant('blueprint' as const),
    system: text,
    title: text,
    revision: fc.nat(),
    digest: text,
    status: fc.constantFrom('proposed' as const, 'approved' as const),
    change: fc.boolean(),
    warning: text,
    decided: fc.record({ by: text, at: text }),
    summary: texts,
    stores: texts,
    people: texts,
    rules: texts,
    readings: fc.option(fc.array(fc.record({ said: text, made: texts, lost: fc.boolean() }), { maxLength: 40 }), {
      nil: undefined,
    }),
    endpoints: fc.array(fc.record({ method: fc.constant('DELETE'), path: text, who: text, text }), { maxLength: 90 }),
    assumptions: texts,
    notCarried: texts,
    changes,
    picture: fc.record({ id: text, alt: text }),
    files: fc.array(file, { maxLength: 3 }),
    buttons,
  }),
  fc.record({
    kind: fc.constant('progress' as const),
    system: text,
    title: text,
    build: fc.nat(),
    status: fc.constantFrom('queued' as const, 'running' as const, 'succeeded' as const, 'cancelled' as const),
    stages: fc.array(
      fc.record({
        name: text,
        label: text,
        state: fc.constantFrom('waiting' as const, 'running' as const, 'failed' as const),
        step: text,
      }),
      { maxLength: 60 },
    ),
    step: text,
    done: fc.float({ min: -5, max: 50, noNaN: true }),
    total: fc.float({ min: 0, max: 10, noNaN: true }),
    buttons,
  }),
  fc.record({
    kind: fc.constant('deployed' as const),
    system: text,
    title: text,
    url: fc.constant('http://127.0.0.1:8001'),
    docsUrl: fc.constant('http://127.0.0.1:8001/docs'),
    release: text,
    build: fc.nat(),
    curl: text,
    checks,
    passed: fc.nat(),
    failed: fc.nat(),
    seconds: fc.float({ min: 0, max: 9e6, noNaN: true }),
    buttons,
  }),
  fc.record({
    kind: fc.constant('failed' as const),
    title: text,
    code: text,
    happened: text,
    safe: text,
    next: text,
    detail: text,
    checks,
    traceId: text,
    buttons,
  }),
  fc.record({
    kind: fc.constant('list' as const),
    title: text,
    text,
    empty: text,
    items: fc.array(fc.record({ title: text, text, details: texts, url: text, buttons }), { maxLength: 60 }),
    buttons,
  }),
  fc.record({ kind: fc.constant('diff' as const), title: text, from: fc.nat(), to: fc.nat(), changes, buttons }),
  fc.record({
    kind: fc.constant('file' as const),
    title: text,
    text,
    files: fc.array(file, { maxLength: 30 }),
    buttons,
  }),
)

describe('any card of any size', () => {
  it('shows as many items of a list as people read in one message, and says how many are left', () => {
    const word = 'w'.repeat(2_000)
    const button = { id: 'open' as const, label: 'l'.repeat(75), style: 'plain' as const, value: 'v' }
    const items = Array.from({ length: 10 }, () => ({
      title: word,
      text: word,
      details: [word, word, word],
      buttons: [button, button, button, button, button],
    }))
    const { blocks, needs } = renderCard(
      { kind: 'list', title: word, text: word, empty: '', items, buttons: [] } as never,
      'reply:12',
      { files: true },
    )
    expect(sizeOf(blocks)).toBeLessThanOrEqual(BUDGET)
    expect(needs.files).toHaveLength(1)
    expect(wordsOf(blocks)).toMatch(/\d+ more/)
  })

  it('stays within every limit, with and without a picture and files', () => {
    fc.assert(
      fc.property(card, fc.boolean(), fc.boolean(), (value, files, pictured) => {
        const {
          text: fallback,
          blocks,
          needs,
        } = renderCard(value, 'reply:12', { files, picture: pictured ? FILE : undefined })
        expect(problems(blocks)).toEqual([])
        expect(sizeOf(blocks)).toBeLessThanOrEqual(BUDGET)
        expect(fallback.length).toBeLessThanOrEqual(4_000)
        expect(fallback.length).toBeGreaterThan(0)
        expect(fallback.replaceAll(/&(amp|lt|gt);?/g, '')).not.toMatch(/[<>]/)
        for (const sign of [0x1b, 0x9b, 0x202e]) expect(wordsOf(blocks)).not.toContain(String.fromCodePoint(sign))
        if (value.kind !== 'file' && needs.files.length > 0) expect(wordsOf(blocks)).toMatch(/\d+ more/)
        for (const attached of needs.files) expect(attached.text.length).toBeGreaterThan(0)
      }),
      // What fails is told at once: making such a card smaller takes half an hour.
      { numRuns: 300, endOnFailure: true },
    )
  })
})
