import { describe, expect, it } from 'vitest'
import { decideIntent, type IntentContext } from '../../bot/conversation/intents.ts'
import { addressedIn } from '../../bot/conversation/names.ts'
import { isForTeam } from '../../bot/conversation/team/aimed.ts'
import { realReader } from './support/pipeline.ts'

const systems = [
  { slug: 'shift-plan', title: 'Shift Plan' },
  { slug: 'flashcards', title: 'Flashcards' },
]
const decide = (text: string, over: Partial<IntentContext> = {}) => {
  const names = { systems, current: 'shift-plan' as string | undefined, ...over }
  return decideIntent(text, {
    ...names,
    addressed: (said) => addressedIn(said, names),
    proposal: false,
    building: false,
    mentions: (said) => names.current !== undefined && /\b(?:shifts?|helpers?|register(?:ed)?)\b/i.test(said),
    ...realReader,
    ...over,
  })
}

describe('words that are aimed at the bot', () => {
  it.each([
    ['open membership', 'open', 'membership'],
    ['Open the Membership system, please.', 'open', 'membership'],
    ['open "club members"', 'open', 'club members'],
    ['start membership', 'start', 'membership'],
    ['start book club', 'start', 'book club'],
    ['stop book club', 'stop', 'book club'],
    ['restart book club', 'restart', 'book club'],
    ['remove the membership system', 'remove', 'membership'],
    ['roll back book club', 'rollback', 'book club'],
    ['status of book club', 'status', 'book club'],
    ['logs of book club', 'logs', 'book club'],
    ['purge membership', 'purge', 'membership'],
    ['show me the files of book club', 'files', 'book club'],
    ["what's the address of book club?", 'open', 'book club'],
  ])('names a system that is not there: "%s"', (text, kind, unknown) => {
    expect(decide(text)).toEqual({ kind, unknown })
    expect(decide(text, { current: undefined })).toEqual({ kind, unknown })
    expect(decide(text, { current: undefined, systems: [] })).toEqual({ kind, unknown })
  })

  it.each(['remove membership', 'delete book club', 'download book club'])(
    'names a system that is not there where no thread gives it another meaning: "%s"',
    (text) => {
      expect(decide(text, { current: undefined })).toMatchObject({ unknown: expect.any(String) })
      expect(decide(text, { current: undefined, systems: [] })).toMatchObject({ unknown: expect.any(String) })
    },
  )

  it.each([
    "Approve and hide 'backs'",
    'Approve and show to more people',
    'approve the blueprint of flashcards',
    'Approve the membership blueprint',
    'reject blueprint 2',
    'confirm the removal',
    'cancel membership',
    'approve flashcards',
  ])('decides on a card, whether it waits or not: "%s"', (text) => {
    expect(decide(text).kind).toBe('decision')
    expect(decide(text, { current: undefined, systems: [] }).kind).toBe('decision')
  })

  it.each([
    'cancel shifts that nobody registered for',
    'confirm registrations by e-mail when somebody registered',
    'Approve expense claims: employees file claims with an amount, managers approve them',
  ])('leaves a wish that begins with such a verb alone: "%s"', (text) => {
    expect(decide(text).kind).not.toBe('decision')
  })
})

describe('a wish of the team', () => {
  const mentions = (text: string) => /shifts?/.test(text)
  it.each([
    [{ kind: 'archive', system: 'flashcards' }, true],
    [{ kind: 'archive', system: 'membership' }, true],
    [{ kind: 'archive', system: undefined }, true],
    [{ kind: 'archive', system: 'shifts' }, false],
    [{ kind: 'archive', system: 'bookings older than a year' }, false],
    [{ kind: 'no-rule', words: 'add a logo' }, true],
    [{ kind: 'audit' }, true],
  ] as const)('is one of the team, not of what a system holds: %j', (wish, is) => {
    expect(isForTeam(wish, { systems }, mentions)).toBe(is)
  })

  it('is one of the system that is called Team', () => {
    expect(isForTeam({ kind: 'no-rule', words: 'x' }, { systems: [{ slug: 'team', title: 'Team' }] }, mentions)).toBe(
      false,
    )
  })
})

describe('sentences about rights and behaviour in the thread of a system', () => {
  it.each([
    'helpers can delete their own registrations',
    'Helpers may delete their own registrations.',
    'only coaches may cancel bookings',
    'nobody can sign up twice',
    'members must confirm their registrations',
    'guests cannot see phone numbers',
    'coaches should be able to edit registrations',
    'when a shift is cancelled, everyone registered for it is told',
    'whenever a helper registers, tell the coach',
    'When somebody leaves, their bookings are removed.',
    'if a shift is full, nobody else may register',
    'as soon as a shift is full, close it',
    'do not show phone numbers to guests',
    "don't let helpers register twice",
    'should a shift be cancelled, tell everyone who registered',
    'where a shift is full, new helpers wait',
  ])('are changes of it: "%s"', (text) => {
    expect(decide(text)).toMatchObject({ kind: 'change' })
  })

  it.each([
    'when is the next shift?',
    'when does a shift end',
    'when is a shift cancelled',
    'can helpers delete their own registrations?',
    'who may cancel a shift',
    'do helpers see all shifts?',
  ])('stay questions where they ask: "%s"', (text) => {
    expect(decide(text)).toMatchObject({ kind: 'question' })
  })

  it.each([
    'Build me another system where members can borrow books',
    'I need a new system: guests can book rooms',
    'build an app in which coaches can cancel bookings',
  ])('begin a new system only where one is asked for: "%s"', (text) => {
    expect(decide(text)).toMatchObject({ kind: 'new' })
  })
})
