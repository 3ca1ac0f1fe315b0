import { describe, expect, it } from 'vitest'
import { behaviourOf } from '../../pipeline/blueprint/behaviour-words.ts'
import { describeArchitecture } from '../../pipeline/blueprint/describe.ts'
import { diffArchitecture } from '../../pipeline/blueprint/diff.ts'
import { drawArchitecture } from '../../pipeline/blueprint/draw.ts'
import { operationsOf } from '../../pipeline/blueprint/operations.ts'
import type { Architecture, RpcPort } from '../../schemas/generated/architecture.ts'
import { fixture } from './fixtures.ts'

/** The todo system with a line of every kind of behaviour. */
const busy = (): Architecture => {
  const architecture = structuredClone(fixture('todo'))
  const todo = architecture.models.Todo!
  todo.rules = [{ name: 'once', message: 'A title is used once a person.', unique: ['owner_id', 'title'] }]
  todo.fields.state = { type: 'enum', values: ['open', 'done'], default: 'open' }
  todo.fields.picture = {
    type: 'file',
    optional: true,
    file: { maxBytes: 8 * 2 ** 20, types: ['image/png', 'image/jpeg'], linkMinutes: 60 },
  }
  todo.states = { field: 'state', transitions: { finish: { from: ['open'], to: 'done' } } }
  todo.history = true
  todo.softDelete = true
  const port = architecture.components.todos!.ports.api as RpcPort
  port.views = { by_day: { of: 'Todo', group: { day: 'day(this.created_at)' }, select: { todos: { take: 'count' } } } }
  port.bulk = 50
  port.csv = true
  architecture.components.todos!.ports.nightly = {
    dir: 'in',
    kind: 'timer',
    cron: '30 3 * * 1',
    missed: 'once',
    description: 'done todos are deleted',
  }
  architecture.components.todos!.ports.world = { dir: 'out', kind: 'rpc', external: true }
  architecture.http = { casing: 'camel' }
  return architecture
}

describe('behaviour in words', () => {
  it('says each rule in a sentence with its place', () => {
    const lines = behaviourOf(busy())
    expect(lines.map(({ text }) => text)).toEqual([
      'A title is used once a person.',
      'Todos begin as open and change their state only step by step.',
      'Finish: from open to done.',
      'Todos have a file, picture: image/png or image/jpeg, at most 8 MB; links to it are good for an hour.',
      'Every change of todos is kept: who did what when.',
      'Deleted todos can be restored.',
      'Report by day: todos of todos per day.',
      'Up to 50 todos can be sent at once.',
      'The list of todos can be had as CSV.',
      'Every Monday at 3:30 (UTC): done todos are deleted.',
      'Fields are spelled in camelCase.',
    ])
    expect(lines[0]!.pointer).toBe('/models/Todo/rules/0')
    expect(describeArchitecture(busy()).rules).toEqual([
      ...lines.map(({ text }) => text),
      'Deleting a user deletes their todos too.',
    ])
  })

  it('says what cannot overlap as a rule, whatever is said to the one who breaks it', () => {
    const architecture = structuredClone(fixture('todo'))
    architecture.models.Todo!.rules = [
      {
        name: 'taken',
        message: 'Somebody else is on it at that time.',
        exclude: { same: ['owner_id'], start: 'starts_at', end: 'ends_at' },
        where: '!this.done',
      },
    ]
    expect(behaviourOf(architecture).map(({ text }) => text)).toEqual([
      'Two todos of the same owner cannot overlap where not done.',
    ])
  })

  it('says what there is only once of', () => {
    const architecture = structuredClone(fixture('todo'))
    architecture.models.Todo!.unique = [['owner_id', 'title']]
    expect(describeArchitecture(architecture).rules).toEqual([
      'There is at most one todo per person and title.',
      'Deleting a user deletes their todos too.',
    ])
  })

  it('says nothing about a system without behaviour', () => {
    expect(behaviourOf(fixture('todo'))).toEqual([])
  })

  it('says the size of pages, how long people are signed in and how answers look where it is not as usual', () => {
    const architecture = structuredClone(fixture('todo'))
    Object.assign(architecture.policies.authn!, { accessMinutes: 60, refreshDays: 7 })
    architecture.components.todos!.ports.api = {
      ...(architecture.components.todos!.ports.api as RpcPort),
      list: { ...(architecture.components.todos!.ports.api as RpcPort).list!, maxPage: 20 },
    }
    architecture.http = {
      totalKey: 'total',
      rootKey: 'data',
      invalid: 400,
      ids: 'int',
      nulls: 'omit',
      unknown: 'ignore',
    }
    architecture.expose = architecture.expose.map((one) => ({ ...one, path: one.path.replace('/v1', '/api') }))
    expect(describeArchitecture(architecture).rules).toEqual([
      'All addresses begin with /api.',
      'A page of todos has at most 20.',
      'Lists say under "total" how many there are on all pages.',
      'Objects are answered under "data".',
      'What is wrong in itself is answered with 400.',
      'Ids are whole numbers.',
      'Values that are null are left out of answers.',
      'Fields and parameters that nobody knows are not looked at.',
      'An access token is good for an hour.',
      'People stay signed in for 7 days.',
      'Deleting a user deletes their todos too.',
    ])
  })

  it('says the limits of fields that somebody set, and nothing of the usual ones', () => {
    const architecture = structuredClone(fixture('todo'))
    Object.assign(architecture.models.Todo!.fields, {
      price: { type: 'decimal', scale: 2, min: 10 },
      copies: { type: 'int', min: 0 },
      isbn: { type: 'string', min: 13, max: 13 },
      label: { type: 'string', min: 1, max: 40 },
    })
    const todos = describeArchitecture(architecture).stores.find((line) => line.startsWith('Todos'))
    expect(todos).toContain('price (decimal number; at least 10)')
    expect(todos).toContain('copies (whole number)')
    expect(todos).toContain('isbn (13 characters)')
    expect(todos).toContain('label (at most 40 characters)')
  })

  it.each([
    ['todos.api:finish', /finish todos/],
    ['todos.api:finish@own', /finish their own todos/],
    ['todos.api:finish where this.title != ""', /finish their own todos and those where title is not empty/],
    ['todos.api:finish where Todo.exists(other, other.title == this.title)', /finish certain todos/],
  ])('says on which rows somebody may take a step: %s', (grant, words) => {
    const architecture = busy()
    const grants = architecture.policies.roles.user!
    architecture.policies.roles.user = [...grants.filter((one) => !one.startsWith('todos.api:finish')), grant]
    expect(describeArchitecture(architecture).people.find((line) => /\(user\)/.test(line))).toMatch(words)
  })

  it('names every operation in words, and none twice', () => {
    const { endpoints } = describeArchitecture(busy())
    expect(endpoints).toHaveLength(operationsOf(busy()).length)
    const places = endpoints.map(({ method, path }) => `${method} ${path}`)
    expect(new Set(places).size).toBe(places.length)
    expect(endpoints.find(({ path }) => path === '/v1/todos/{id}/finish')).toMatchObject({
      method: 'POST',
      text: 'finish one of the todos',
    })
  })

  it('tells a change by its rules: a new one may refuse what worked, a lost one is said', () => {
    const forth = diffArchitecture(fixture('todo'), busy())
    expect(forth).toContainEqual({
      pointer: '/models/Todo/rules/0',
      text: 'new: A title is used once a person',
      risk: 'breaks-clients',
    })
    const back = diffArchitecture(busy(), fixture('todo'))
    expect(back.map(({ text }) => text)).toContain('no longer: Deleted todos can be restored')
    expect(diffArchitecture(busy(), busy())).toEqual([])
  })

  it('draws when timers run and what is outside', async () => {
    const { svg } = await drawArchitecture(busy())
    expect(svg).toContain('every Monday at 3:30 (UTC)')
    expect(svg).toContain('The world outside')
  })
})
