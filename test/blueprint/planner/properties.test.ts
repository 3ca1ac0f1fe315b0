import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { likeness, planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../../pipeline/blueprint/planner/result.ts'
import type { Architecture } from '../../../schemas/generated/architecture.ts'
import { validatorOf } from '../../../schemas/validate.ts'

const todo = (): Architecture => {
  const result = planSystem('Build me a todo API with user authentication')
  if (result.kind !== 'draft') throw new Error('no draft')
  return result.architecture
}

const sound = (result: PlanResult): void => {
  if (result.kind !== 'draft') return
  const validate = validatorOf<Architecture>('architecture')
  expect(validate(result.architecture) ? [] : validate.errors).toEqual([])
  expect(checkBlueprint(result.architecture).map((one) => one.message)).toEqual([])
  for (const component of Object.values(result.architecture.components)) {
    const { api } = component.ports
    if (api?.kind !== 'rpc' || !api.public || !api.owner) continue
    expect(api.public.filter((op) => op !== 'list' && op !== 'read')).toEqual([])
  }
}

const words = fc.constantFrom(
  ...'a an the each every has have with and or can only may see their own admin users books title, name; (status open closed) : - belongs to many from 1 to 5 unique optional default add remove rename make public private everyone anyone todo task project constructor __proto__ toString hasOwnProperty prototype class import version id owner_id created_at user users accounts admin if when whether they are it is . , ; : ( ) / " \' Build me API app for of in on at by per sort filter search newest first no login date price number list tags'.split(
    ' ',
  ),
)
const sentence = fc.array(words, { minLength: 1, maxLength: 40 }).map((list) => list.join(' '))

describe('planSystem on anything', () => {
  it('returns a sound draft, a question or a refusal when told random words of its own language', () => {
    fc.assert(
      fc.property(sentence, (text) => sound(planSystem(text))),
      { numRuns: 400 },
    )
  })

  it('returns without throwing when told random unicode', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => sound(planSystem(text))),
      { numRuns: 200 },
    )
  })

  it.each([
    ['a hundred kilobytes', 'books with a title, an author and '.repeat(3000)],
    ['one endless word', 'x'.repeat(100_000)],
    ['brackets without end', '('.repeat(50_000)],
    ['commas', ','.repeat(100_000)],
    ['spaces', ` ${' '.repeat(100_000)}a`],
    ['markup', '<div><script>alert(1)</script></div>'.repeat(2000)],
    ['quotes', `"${"'`".repeat(20_000)}`],
    ['a very long list', `Items have ${Array.from({ length: 3000 }, (_, i) => `field${i}`).join(', ')}`],
    [
      'very many things',
      Array.from({ length: 500 }, (_, i) => `Thing${'abcdefghij'[i % 10]}${i}s have a name and a size.`).join(' '),
    ],
    ['a list without commas', `track ${'and or with has have can be '.repeat(2000)}`],
    ['choices', `status can be ${'a, b or '.repeat(3000)}c`],
    ['numbers', 'from 1 to 2 between 3 and 4 '.repeat(3000)],
  ])('takes no time that grows out of hand when told %s', (_, text) => {
    planSystem('warm up')
    const start = process.cpuUsage()
    sound(planSystem(text))
    // Microseconds of processor time, which other work on the machine hardly changes; what backtracks takes minutes.
    const { user, system } = process.cpuUsage(start)
    expect(user + system).toBeLessThan(5_000_000)
  })

  it('takes signs among the words of a condition for no pattern', () => {
    sound(
      planSystem('Rentals have a start date and a cancelled at date. Show the number of cancelled) rentals per month.'),
    )
  })

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype', 'valueOf'])(
    'returns a sound draft when a thing is called %s',
    (name) => {
      sound(
        planSystem(
          `Build an API for ${name}s. Each ${name} has a ${name}, a name and a toString. ${name}s can only delete their own ${name}s.`,
        ),
      )
      sound(planChange(`add a ${name} to todos`, todo()))
      sound(planChange(`rename title to ${name}`, todo()))
    },
  )

  it('returns the same draft every time', () => {
    const text = 'A library: books (title, author), members (name). Members can borrow books. Anyone can see books.'
    expect(planSystem(text)).toEqual(planSystem(text))
  })

  it('returns a draft within 100 ms when warm', () => {
    const text =
      'Support desk. Customers can open tickets with a subject and a message. Agents see all tickets. Customers only see their own.'
    planSystem(text)
    const times = Array.from({ length: 9 }, () => {
      const start = performance.now()
      planSystem(text)
      return performance.now() - start
    }).sort((a, b) => a - b)
    expect(times[4]).toBeLessThan(100)
  })
})

describe('planChange on anything', () => {
  it('returns a sound revision or a refusal and leaves the current one alone when told random words', () => {
    const current = todo()
    const stored = structuredClone(current)
    fc.assert(
      fc.property(sentence, (text) => {
        sound(planChange(text, current))
        expect(current).toEqual(stored)
      }),
      { numRuns: 400 },
    )
  })

  it.each(['title is false by default', 'title defaults to 3 days'])('refuses what would not be sound: %s', (text) =>
    expect(planChange(text, todo()).kind).toBe('refusal'),
  )

  it('leaves out the one statement that does not go together with the rest, and names it', () => {
    const result = planChange('Add due dates. title is false by default', todo())
    sound(result)
    if (result.kind !== 'draft') throw new Error('no draft')
    expect(result.notCarried).toContainEqual(expect.stringContaining('“false” is no value that title of todo can have'))
  })

  it('leaves every other field as it was when one is added', () => {
    const current = todo()
    const result = planChange('add due dates', current)
    if (result.kind !== 'draft') throw new Error('no draft')
    const { due_date, ...rest } = result.architecture.models.Todo!.fields
    expect(due_date?.type).toBe('date')
    expect(JSON.stringify(rest)).toBe(JSON.stringify(current.models.Todo!.fields))
    expect(JSON.stringify(result.architecture.models.User)).toBe(JSON.stringify(current.models.User))
    expect(JSON.stringify(result.architecture.policies)).toBe(JSON.stringify(current.policies))
    expect(JSON.stringify(result.architecture.links)).toBe(JSON.stringify(current.links))
  })

  it('keeps the column when a field is renamed, and the table when a model is', () => {
    const renamed = planChange('rename done to finished', todo())
    if (renamed.kind !== 'draft') throw new Error('no draft')
    expect(renamed.architecture.models.Todo!.fields.finished?.column).toBe('done')
    const back = planChange('rename finished to done', renamed.architecture)
    if (back.kind !== 'draft') throw new Error('no draft')
    expect(back.architecture.models.Todo!.fields.done?.column).toBeUndefined()
    const tasks = planChange('rename todos to tasks', todo())
    if (tasks.kind !== 'draft') throw new Error('no draft')
    expect(tasks.architecture.models.Task?.table).toBe('todos')
  })
})

describe('likeness', () => {
  const kindOf = (text: string): string => {
    const { newSystem, change } = likeness(text)
    return newSystem < 0.4 && change < 0.4 ? 'talk' : newSystem >= change ? 'new' : 'change'
  }
  it.each([
    ['Build me a todo API with user authentication', 'new'],
    ['bookmarks api w/ tags', 'new'],
    ['I want to keep track of my plants (species, height, planted on)', 'new'],
    ['We run a small zoo and need a system for enclosures', 'new'],
    ['Track invoices with a number and an amount', 'new'],
    ['add due dates', 'change'],
    ['please rename done to finished', 'change'],
    ['make it public to read', 'change'],
    ['only admins may delete', 'change'],
    ['call it Groceries', 'change'],
    ['let admins see all todos', 'change'],
    ['can you add tags?', 'change'],
    ['status?', 'talk'],
    ['show logs', 'talk'],
    ['what does it store?', 'talk'],
    ['thanks', 'talk'],
    ['hello', 'talk'],
    ['stop it', 'talk'],
    ['roll back', 'talk'],
    ['how much did that cost?', 'talk'],
    ['approve', 'talk'],
    ['', 'talk'],
  ])('returns %s as %s', (text, kind) => {
    expect(kindOf(text)).toBe(kind)
  })

  it('returns numbers from 0 to 1 for anything', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), (text) => {
        const { newSystem, change } = likeness(text)
        expect(newSystem >= 0 && newSystem <= 1 && change >= 0 && change <= 1).toBe(true)
      }),
    )
  })
})
