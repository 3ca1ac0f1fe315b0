import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideIntent, type IntentContext } from '../../bot/conversation/intents.ts'
import { addressedIn } from '../../bot/conversation/names.ts'
import { PROMPTS } from '../../bot/slack/assistant.ts'
import { realReader } from './support/pipeline.ts'

const systems = [
  { slug: 'todo', title: 'Todo' },
  { slug: 'pet-clinic', title: 'Pet Clinic' },
]

const context = (over: Partial<IntentContext> = {}): IntentContext => {
  const names = { systems, current: 'todo', ...over }
  return {
    ...names,
    addressed: (text) => addressedIn(text, names),
    proposal: false,
    building: false,
    mentions: (text) => /\b(?:todos?|done|due date)\b/i.test(text),
    ...realReader,
    ...over,
  }
}
const decide = (text: string, over: Partial<IntentContext> = {}) => decideIntent(text, context(over))

describe('decideIntent', () => {
  it('understands what the assistant in Slack lays ready', () => {
    const kinds = PROMPTS.map(({ message }) => decide(message, { current: undefined, systems: [] }).kind)
    expect(kinds).toEqual(['new', 'new', 'systems', 'help'])
  })

  it.each([
    ['stop todo', { kind: 'stop', system: 'todo' }],
    ['Stop the todo app, please.', { kind: 'stop', system: 'todo' }],
    ['please stop pet clinic', { kind: 'stop', system: 'pet-clinic' }],
    ['stop it', { kind: 'cancel' }],
    ['start pet-clinic', { kind: 'start', system: 'pet-clinic' }],
    ['restart', { kind: 'restart' }],
    ['roll back', { kind: 'rollback' }],
    ['roll back todo', { kind: 'rollback', system: 'todo' }],
    ['roll back to build 2', { kind: 'rollback', build: 2 }],
    ['redeploy build 12 of todo', { kind: 'rollback', build: 12, system: 'todo' }],
    ['roll forward', { kind: 'rollback', build: 'next' }],
    ['roll forward todo', { kind: 'rollback', build: 'next', system: 'todo' }],
    ['go to the newest build', { kind: 'rollback', build: 'newest' }],
    ['roll forward to the latest build of todo', { kind: 'rollback', build: 'newest', system: 'todo' }],
    ['roll todo back', { kind: 'rollback', system: 'todo' }],
    ['undo the last change', { kind: 'rollback' }],
    ['go back to the previous version', { kind: 'rollback' }],
    ['remove todo', { kind: 'remove', system: 'todo' }],
    ['delete the pet clinic system', { kind: 'remove', system: 'pet-clinic' }],
    ['remove todo with all its data', { kind: 'purge', system: 'todo' }],
    ['purge todo', { kind: 'purge', system: 'todo' }],
    ['status', { kind: 'status' }],
    ['how is todo doing?', { kind: 'status', system: 'todo' }],
    ['is it running?', { kind: 'status' }],
    ['logs of pet-clinic', { kind: 'logs', system: 'pet-clinic' }],
    ['show me the last 20 log lines', { kind: 'logs' }],
    ['cost so far', { kind: 'cost' }],
    ['how much did it cost so far?', { kind: 'cost' }],
    ['builds', { kind: 'builds' }],
    ['show files', { kind: 'files' }],
    ['show me the code of todo', { kind: 'files', system: 'todo' }],
    ['download', { kind: 'download' }],
    ['download todo as a zip', { kind: 'download', system: 'todo' }],
    ['what changed?', { kind: 'changes' }],
    ["what's the url?", { kind: 'open' }],
    ['approve', { kind: 'approve' }],
    ['Looks good to me!', { kind: 'approve' }],
    ['cancel', { kind: 'cancel' }],
    ['never mind', { kind: 'cancel' }],
    ['cancel the build', { kind: 'cancel' }],
    ['systems', { kind: 'systems' }],
    ['Which systems do we have?', { kind: 'systems' }],
    ['what apps are running?', { kind: 'systems' }],
    ['what do we have', { kind: 'systems' }],
    ['which APIs are there?', { kind: 'systems' }],
    ['builds shop', { kind: 'systems', search: 'shop' }],
    ['show me the systems of grace', { kind: 'systems', search: 'grace' }],
    ['find systems like pet clinic', { kind: 'systems', search: 'pet clinic' }],
    ['archived builds', { kind: 'systems', archived: true }],
    ['archived systems ada', { kind: 'systems', archived: true, search: 'ada' }],
    ['builds of todo', { kind: 'builds', system: 'todo' }],
    ['hello', { kind: 'hello' }],
    ['help', { kind: 'help' }],
    ['?', { kind: 'help' }],
    ['what can you do?', { kind: 'help' }],
    ['thanks!', { kind: 'thanks' }],
    ['stop groceries', { kind: 'stop', unknown: 'groceries' }],
  ])('takes "%s" for a command', (text, intent) => {
    expect(decide(text)).toEqual(intent)
  })

  it.each([
    'what does it store?',
    'who can delete todos?',
    'which endpoints are there?',
    'can anyone see the todos of others?',
    'how do people sign in?',
  ])('takes "%s" for a question', (text) => {
    expect(decide(text)).toMatchObject({ kind: 'question' })
  })

  it.each([
    'add a due date and a priority (low, high) to todos',
    'rename done to finished',
    'let admins see all todos',
    'remove tags',
    'make it public to read',
    'add comments to todos',
    'can you add a due date?',
    'delete the due date from todos',
    'only admins should be able to delete todos',
  ])('takes "%s" for a change', (text) => {
    expect(decide(text)).toMatchObject({ kind: 'change' })
  })

  it.each([
    'Build me a todo API with user authentication',
    'Build me a status page where teams post incidents',
    'I need a help desk: customers open tickets, agents close them',
    'Create a log of deliveries with a driver, a time and a note',
    'build an app to track cancelled subscriptions',
    'A library where members borrow books; everyone can search books by title',
  ])('takes "%s" for a new system', (text) => {
    expect(decide(text, { current: undefined, systems: [] })).toMatchObject({ kind: 'new' })
  })

  it.each([
    'Build me an inventory API with products and suppliers',
    'Podcast directory. Podcasts have a title, a host and a feed url.',
  ])('builds another one in the same conversation: "%s"', (text) => {
    expect(decide(text)).toMatchObject({ kind: 'new' })
  })

  it.each([
    'flashcards. front, back, deck',
    'Gym classes with a name and a capacity. At most 12 people per class.',
    'Invoices with a number (unique), a customer name and an issue date',
  ])('asks whether it is another one, which is the likelier: "%s"', (text) => {
    expect(decide(text)).toEqual({ kind: 'either', text, likelier: 'new' })
    expect(decide(text, { current: undefined, systems: [] })).toEqual({ kind: 'new', text })
  })

  it.each([
    'todos can have subtasks with a title and a done flag',
    'each todo needs a category - home, work or other',
    'send an email when a todo is done',
    'oldest first please',
    'add tags',
  ])('takes "%s" for a change, as it speaks of what is there', (text) => {
    expect(decide(text)).toMatchObject({ kind: 'change' })
  })

  it('gives "yes" and "no" a meaning only while something waits', () => {
    expect(decide('yes', { proposal: true })).toEqual({ kind: 'approve' })
    expect(decide('no', { proposal: true })).toEqual({ kind: 'cancel' })
    expect(decide('stop', { building: true })).toEqual({ kind: 'cancel' })
    expect(decide('stop')).toEqual({ kind: 'stop' })
  })

  it('addresses another system by its name', () => {
    expect(decide('add a weight to pet-clinic')).toMatchObject({ kind: 'change', system: 'pet-clinic' })
    expect(decide('pet clinic: add a weight to pets')).toMatchObject({
      kind: 'change',
      system: 'pet-clinic',
      text: 'add a weight to pets',
    })
    expect(decide('add a due date to todo', { current: 'pet-clinic' })).toMatchObject({
      kind: 'change',
      system: 'todo',
    })
    expect(decide('add comments to todos')).toEqual({ kind: 'change', text: 'add comments to todos' })
  })

  it('answers any text with an intent within a moment, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), fc.boolean(), (text, proposal) => {
        expect(decide(text, { proposal }).kind).not.toBe('')
      }),
    )
  })

  it('is not held up by long repetitive texts', () => {
    for (const piece of ['show ', 'the ', 'remove all data from ', 'what is the ', 'is it up ', '" '])
      expect(
        timeOf(() =>
          decide(piece.repeat(2_000), { likeness: () => ({ newSystem: 0, change: 0 }), makesSystem: () => false }),
        ),
      ).toBeLessThan(200)
  })
})

const timeOf = (deed: () => unknown): number => {
  const begin = performance.now()
  deed()
  return performance.now() - begin
}
