import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plain } from '../../../bot/chat/plain.ts'
import { homeList } from '../../../bot/discord/home.ts'
import { type Assets, renderCard } from '../../../bot/discord/render/card.ts'
import { LARGEST, type Payload } from '../../../bot/discord/render/face.ts'
import { withoutFiles } from '../../../bot/discord/render/without-files.ts'
import type { Button, Card } from '../../../schemas/generated/card.ts'
import { validatorOf } from '../../../schemas/validate.ts'
import { type Component, checkComponents } from '../../fakes/discord/components.ts'
import { createForm } from '../../fakes/discord/errors.ts'
import { shown } from '../../fakes/discord/transcript.ts'
import { createWorld, type Message } from '../../fakes/discord/world.ts'
import { everyCard, hostile } from '../../fixtures/cards.ts'
import { systemView } from '../../fixtures/systems.ts'

/** As large as the arbitraries allow, not as small as fast-check prefers. */
const size = 'max' as const
// Such cards are too large to be made smaller in good time: a failure ends with the seed (endOnFailure).

const world = createWorld()
const picture = new Uint8Array([137, 80, 78, 71])
const components = ({ body }: Payload): Component[] => structuredClone(body.components) as Component[]
/** What a person reads in the message. */
const visibleOf = (payload: Payload): string =>
  shown(world, {
    content: '',
    components: components(payload),
    attachments: [],
    flags: 32_768,
  } as unknown as Message)

/** The same, with the files beside it. */
const read = (payload: Payload): string =>
  [visibleOf(payload), ...payload.files.map(({ data }) => (typeof data === 'string' ? data : ''))].join('\n')

/** Throws where Discord would refuse the message. */
const check = (payload: Payload): void => {
  const form = createForm()
  const names = payload.files.map(({ name }) => name)
  const referenced = checkComponents(form, components(payload), new Set(names))
  form.check()
  expect([...referenced].toSorted()).toEqual(names.toSorted())
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeLessThanOrEqual(10)
  expect(payload.files.reduce((sum, { data }) => sum + Buffer.byteLength(data), 0)).toBeLessThanOrEqual(LARGEST)
  for (const { name, data } of payload.files) {
    expect(name).toMatch(/^[\w.-]{1,100}$/)
    expect(data.length).toBeGreaterThan(0)
  }
  expect(payload.body).not.toHaveProperty('content')
  expect(payload.body.allowed_mentions).toEqual({ parse: [] })
}

describe('every kind of card', () => {
  for (const [kind, card] of Object.entries(everyCard))
    it(`${kind} is rendered as before`, async () => {
      const payload = renderCard({ key: `${kind}:1`, card }, { picture })
      check(payload)
      const golden = {
        ...payload,
        files: payload.files.map(({ name, data }) => ({ name, text: typeof data === 'string' ? data : '(bytes)' })),
      }
      await expect(`${JSON.stringify(golden, null, 2)}\n`).toMatchFileSnapshot(`../../golden/discord/${kind}.json`)
    })

  it('of a large system is rendered as before', async () => {
    const card: Card = {
      ...everyCard.blueprint,
      title: 'The whole library',
      readings: undefined,
      endpoints: Array.from({ length: 120 }, (_, index) => ({
        method: ['GET', 'POST', 'PATCH', 'DELETE'][index % 4]!,
        path: `/v1/things_${index}/{id}`,
        who: 'librarian (all)',
        text: `do something with thing ${index}`,
      })),
      stores: Array.from(
        { length: 25 },
        (_, index) => `Things ${index}: title, shelf, borrowed (yes or no), ${'more, '.repeat(30)}`,
      ),
      rules: Array.from({ length: 12 }, (_, index) => `Rule ${index} holds.`),
    }
    const payload = renderCard({ key: 'blueprint:large', card }, { picture })
    check(payload)
    expect(read(payload)).toContain('115 more in blueprint.md')
    await expect(`${JSON.stringify(payload.body, null, 2)}\n`).toMatchFileSnapshot(
      '../../golden/discord/blueprint-large.json',
    )
  })

  it('keeps where secrets lie out of a thread', () => {
    const text = read(
      renderCard({
        key: 'deployed:1',
        card: { ...everyCard.deployed, checks: Array(50).fill(everyCard.deployed.checks[0]) },
      }),
    )
    expect(text).not.toContain('setup_token')
    expect(text).not.toContain('webhook_carrier')
  })

  it('attaches the code as a zip, or says why not', () => {
    const card = everyCard.file
    const zip = (bytes: Uint8Array): Assets => ({ download: { name: 'todo-build-1.zip', bytes } })
    const attached = renderCard({ key: 'file:1', card }, zip(new Uint8Array([80, 75])))
    check(attached)
    expect(attached.files.map(({ name }) => name)).toContain('todo-build-1.zip')
    const large = renderCard({ key: 'file:1', card }, zip(new Uint8Array(11 * 1024 * 1024)))
    check(large)
    expect(read(large)).toContain('larger than Discord takes')
  })

  it('is whole without its files where none may be attached', () => {
    const payload = withoutFiles(renderCard({ key: 'blueprint:1', card: everyCard.blueprint }, { picture }))
    check(payload)
    expect(read(payload)).toContain('I may not attach')
  })

  it('shows hostile texts letter by letter', () => {
    for (const text of hostile) {
      const seen = read(renderCard({ key: 'x', card: { kind: 'message', tone: 'plain', text, code: text } }))
      expect(seen).not.toContain('[mention ')
      expect(seen).not.toContain('[link ')
      if (!text.includes(String.fromCodePoint(0x1b)) && !text.includes(String.fromCodePoint(0x202e)))
        expect(seen).toContain(text)
    }
  })
})

/** Pieces that want to be markup; every text ends with a word of its own, by which it is found again. */
let number = 0
const signs = [
  '<@123456789012345678>',
  '<#123456789012345678>',
  '@everyone',
  '[a](http://b.c)',
  'https://evil.example',
  '```',
  '`',
  '\\',
  '||',
  '**',
  '# ',
  '> ',
  '-# ',
  '1. ',
  '<t:1:R>',
  '</x:1>',
  '\u202e',
  '😀',
  '\ud800',
  '\n',
  ' ',
  '_',
  '~~',
]
const text = (most: number) =>
  fc
    .array(
      fc.oneof(fc.constantFrom(...signs), fc.string({ maxLength: 30 }), fc.string({ unit: 'grapheme', maxLength: 10 })),
      { maxLength: most, size },
    )
    .map((parts) => `${parts.join('')} qzx${(number += 1)}xzq`)
const some = <Value>(of: fc.Arbitrary<Value>, most = 60) => fc.array(of, { maxLength: most, size })
const short = text(6)
const buttons = (most: number): fc.Arbitrary<Button[]> =>
  fc
    .array(
      fc.record(
        {
          label: fc.string({ minLength: 1, maxLength: 75 }),
          style: fc.constantFrom('primary' as const, 'plain' as const, 'danger' as const),
          value: fc.string({ maxLength: 200 }),
          url: fc.option(fc.oneof(fc.webUrl(), fc.string({ maxLength: 700, size })), { nil: undefined, freq: 4 }),
        },
        { requiredKeys: ['label', 'style'] },
      ),
      { maxLength: most, size },
    )
    .map((list) => list.map((button, index) => ({ id: `b-${index}`, ...button })))
const risk = fc.constantFrom('none' as const, 'breaks-clients' as const, 'shows-more' as const, 'hides-data' as const)
const file = fc.record({ path: short, text: text(400), cut: fc.boolean() })

/** Cards whose texts are long, or short and many: what is shortened and what is left out are two ways to lose words. */
const cardsOf = (long: fc.Arbitrary<string>): Record<Card['kind'], fc.Arbitrary<Card>> => {
  const change = fc.record({ text: long, risk })
  const check1 = fc.record({ name: short, summary: long, passed: fc.boolean(), seconds: fc.nat() })
  return {
    message: fc.record({
      kind: fc.constant('message' as const),
      text: text(900),
      tone: fc.constantFrom('plain' as const, 'refusal' as const),
      code: text(900),
      buttons: buttons(120),
    }),
    question: fc.record({
      kind: fc.constant('question' as const),
      id: short,
      text: long,
      choices: some(fc.record({ label: short, value: long })),
    }),
    blueprint: fc.record({
      kind: fc.constant('blueprint' as const),
      system: short,
      title: long,
      revision: fc.nat(),
      digest: short,
      status: fc.constantFrom('proposed' as const, 'approved' as const),
      change: fc.boolean(),
      warning: long,
      risk,
      decided: fc.record({ by: long, at: fc.constant('2026-01-01T00:00:00.000Z') }),
      summary: some(long),
      stores: some(long),
      people: some(long),
      rules: some(long),
      readings: fc.option(some(fc.record({ said: long, made: some(long, 12), lost: fc.boolean() }), 40), {
        nil: undefined,
      }),
      endpoints: some(fc.record({ method: fc.constant('GET'), path: short, who: short, text: long }), 150),
      assumptions: some(long),
      notCarried: some(long),
      changes: some(change),
      picture: fc.record({ id: fc.constant('r'), alt: long }),
      files: some(file, 3),
      buttons: buttons(12),
    }),
    progress: fc.record({
      kind: fc.constant('progress' as const),
      system: short,
      title: long,
      build: fc.nat(),
      status: fc.constantFrom('running' as const, 'succeeded' as const),
      stages: some(
        fc.record({
          name: short,
          label: long,
          state: fc.constantFrom('waiting' as const, 'running' as const, 'done' as const),
          step: long,
        }),
      ),
      step: long,
      done: fc.double(),
      total: fc.double(),
      startedAt: fc.constantFrom('2026-01-01T00:00:00.000Z', 'never'),
      buttons: buttons(5),
    }),
    deployed: fc.record({
      kind: fc.constant('deployed' as const),
      system: short,
      title: long,
      url: fc.oneof(fc.webUrl(), long),
      docsUrl: long,
      release: long,
      build: fc.nat(),
      curl: text(900),
      checks: some(check1),
      passed: fc.nat(),
      failed: fc.nat(),
      seconds: fc.nat(),
      buttons: buttons(12),
    }),
    failed: fc.record({
      kind: fc.constant('failed' as const),
      title: long,
      code: short,
      happened: long,
      safe: long,
      next: long,
      detail: text(900),
      checks: some(check1),
      traceId: short,
      buttons: buttons(5),
    }),
    list: fc.record({
      kind: fc.constant('list' as const),
      title: long,
      text: long,
      items: some(
        fc.record({
          title: long,
          text: long,
          details: some(long, 3),
          url: fc.oneof(fc.webUrl(), long),
          buttons: buttons(3),
        }),
        80,
      ),
      choose: fc.option(fc.string({ minLength: 1, maxLength: 75 }), { nil: undefined }),
      empty: fc.constant('None.'),
      buttons: buttons(5),
    }),
    diff: fc.record({
      kind: fc.constant('diff' as const),
      title: long,
      changes: some(change, 120),
      buttons: buttons(5),
    }),
    file: fc.record({
      kind: fc.constant('file' as const),
      title: long,
      text: long,
      files: some(file, 30),
      download: fc.constant({ id: 'b', name: 'x.zip' }),
      buttons: buttons(5),
    }),
  }
}
const sizes = { long: cardsOf(text(80)), short: cardsOf(fc.constant(0).map(() => `qzx${(number += 1)}xzq`)) }

/** Every text of a card that a person should find again: not ids, values and what only local platforms show. */
const tokens = (value: unknown, card: Card): string[] => {
  // A terminal's escape that is not closed takes the rest of the text with it, on every platform.
  if (typeof value === 'string') return plain(value).match(/qzx\d+xzq$/) ?? []
  if (Array.isArray(value)) return value.flatMap((one) => tokens(one, card))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    hidden[card.kind]?.includes(name) ? [] : tokens(inner, card),
  )
}
/** What the plain form of a card leaves out as well. */
const hidden: Partial<Record<Card['kind'], string[]>> = {
  question: ['id', 'value'],
  blueprint: ['files', 'decided', 'picture', 'digest', 'warning', 'risk', 'label', 'value'],
  progress: ['system', 'name', 'step', 'label'],
  deployed: ['system', 'release', 'label'],
  list: ['label'],
}

describe('any card of any size', () => {
  for (const [lengths, cards] of Object.entries(sizes))
    for (const [kind, arbitrary] of Object.entries(cards))
      it(`${kind} of ${lengths} texts keeps every limit, loses no words and lets no text become more than text`, () => {
        fc.assert(
          fc.property(arbitrary, fc.boolean(), (card, withPicture) => {
            const payload = renderCard({ key: `${kind}:x`, card }, withPicture ? { picture } : {})
            check(payload)
            check(withoutFiles(payload))
            const seen = read(payload)
            expect(visibleOf(payload)).not.toMatch(/\[(mention |channel |link |command |time 1\])/)
            for (const token of tokens(card, card)) expect(seen).toContain(token)
          }),
          { numRuns: 40, endOnFailure: true },
        )
      }, 60_000)

  const long = text(80)
  it('such as the list of systems keeps every limit', () => {
    fc.assert(
      fc.property(
        some(
          fc
            .record({
              slug: short,
              title: long,
              owner: long,
              health: fc.constantFrom('draft' as const, 'running' as const, 'crashing' as const, 'unknown' as const),
              url: fc.option(long, { nil: undefined }),
              restarts: fc.nat(),
              uptime: fc.option(fc.nat(), { nil: undefined }),
              rolledBack: fc.option(fc.nat(99), { nil: undefined }),
              archived: fc.boolean(),
            })
            .map((more) => systemView('x', more)),
          80,
        ),
        long,
        (systems, search) => check(homeList(systems, search)),
      ),
      { numRuns: 40, endOnFailure: true },
    )
  })

  it('is a card of the schema here too', () => {
    const validate = validatorOf<Card>('card')
    for (const card of Object.values(everyCard)) expect(validate(card)).toBe(true)
  })
})
