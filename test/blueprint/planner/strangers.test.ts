import { describe, expect, it } from 'vitest'
import { judge } from './strangers.ts'
import { labelOf, readEntries, readOpen } from './strangers-entry.ts'

const entries = readEntries()
const labels = entries.map(labelOf)
const open = new Map(readOpen().map(({ request, reason }) => [request, reason]))

describe("requests by strangers, each with the facts of its system's blueprint", () => {
  for (const entry of entries) {
    const label = labelOf(entry)
    if (!open.has(label)) it(`whole: ${label}`, () => expect(judge(entry, entries)).toEqual([]))
  }
})

describe('open requests: right, and not yet whole', () => {
  for (const entry of entries) {
    const label = labelOf(entry)
    if (open.has(label))
      it(`open: ${label}`, () => expect(judge(entry, entries), 'whole now: take it off').not.toEqual([]))
  }

  it('names each one once, with a reason', () => {
    expect(new Set(labels).size).toBe(labels.length)
    for (const [request, reason] of open) {
      expect(labels).toContain(request)
      expect(reason.length).toBeGreaterThan(10)
    }
  })
})

describe('the judge', () => {
  const todo = { domain: 'todo', on: 'todo', request: 'call it Groceries' }

  it('returns nothing when every fact holds', () => {
    const facts = {
      accounts: true,
      title: 'Groceries',
      models: { 'Task|Todo': { fields: { title: 'string !', done: 'bool =false', description: 'text ? ..5000' } } },
      owned: ['Todo'],
      unchanged: true,
    }
    expect(judge({ ...todo, expect: facts })).toEqual([])
  })

  it('says in words what does not hold', () => {
    const facts = {
      accounts: false,
      title: 'Shopping',
      models: {
        Todo: { fields: { done: 'enum(yes no)', title: 'int 3..200 ? unique', due_on: 'date' }, refs: ['project_id'] },
        Project: {},
      },
      absent: ['User|Todo'],
      without: { Todo: ['done'] },
      public_read: ['Todo'],
      roles: ['agent'],
      signup: ['customer'],
      may: ['user list any Todo', 'anyone create Todo'],
      may_not: ['user delete Todo', 'signup list own Todo'],
      filter: { Todo: ['title'] },
      order: { Todo: 'title' },
      column: { 'Todo.done': 'finished' },
    }
    const failed = judge({ ...todo, expect: facts })
    expect(failed).toContainEqual(expect.stringMatching(/^the system is called Groceries .*, not Shopping$/))
    for (const words of [
      'accounts should be false',
      'Todo.done is bool, not enum(yes no)',
      'Todo.title is string, not int',
      'Todo.title has min 1, not 3',
      'Todo.title must be given, but should be optional',
      'Todo.title is not unique',
      'Todo has no field due_on (it has id, owner_id, title, description, done, created_at, updated_at)',
      'no model Project (there are User, Todo)',
      'there should be no model User',
      'Todo still has done',
      'anyone cannot list  Todo (nothing)',
      'no role agent (user, admin)',
      'who registers becomes user, not customer',
      'user cannot list any Todo (own)',
      'user can delete  Todo (own)',
      'Todo is ordered by -created_at, not title',
      'Todo.done has column undefined, not finished: its data would be lost',
    ])
      expect(failed).toContain(words)
  })

  it('says what kind of answer came when it is another', () => {
    const failed = judge({ domain: 'x', request: 'A todo list with title and done', expect: { kind: 'refusal' } })
    expect(failed).toEqual([expect.stringMatching(/^is a draft of .*, not a refusal$/)])
  })
})
