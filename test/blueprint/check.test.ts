import { describe, expect, it } from 'vitest'
import { checkBlueprint } from '../../pipeline/blueprint/check.ts'
import { type BlueprintCode, blueprintCodes } from '../../schemas/blueprint-codes.ts'
import type { Architecture, EventPort, Model, Step, TimerPort } from '../../schemas/generated/architecture.ts'
import type { Deployment } from '../../schemas/generated/deployment.ts'
import { deploymentOf, fixture, rpc } from './fixtures.ts'

type Break = (architecture: Architecture) => void

const withEvent = (a: Architecture): void => {
  a.types = { ...a.types, Done: { id: { type: 'uuid' } } }
  a.components.todos!.ports.done = { dir: 'out', kind: 'event', type: 'Done@1' }
  a.components.log = { ports: { done: { dir: 'in', kind: 'event', type: 'Done@1', do: [{ delete: 'x' }] } } }
  a.links.push({ from: 'todos.done', to: 'log.done', onFailure: 'hard' })
}

const withTimer = (a: Architecture): TimerPort => {
  const timer: TimerPort = { dir: 'in', kind: 'timer', cron: '0 8 * * 1', missed: 'once', do: [{ delete: 'x' }] }
  a.components.todos!.ports.tick = timer
  return timer
}

/** A timer that makes todos old, and who may do so beside it. */
const aged = (a: Architecture, step: object = {}, transition: object = {}): void => {
  withStates(a, { age: { from: ['new'], to: 'old', ...transition } })
  a.policies.roles.user!.push('todos.api:age@own')
  const take = { of: 'todo', transition: 'age' }
  withTimer(a).do = [{ each: { as: 'todo', model: 'Todo', where: 'todo.done', do: [{ take, ...step }] } }]
}

/** Adds a handler to the todo system's port. */
const handler = (a: Architecture, shape: object): void =>
  void (rpc(a, 'todos.api').ops = { finish: { find: { todo: { model: 'Todo', id: 'id' } }, ...shape } })

const steps = (a: Architecture, ...list: object[]): void => handler(a, { do: list })

const report = (a: Architecture, view: object): void =>
  void (rpc(a, 'todos.api').views = {
    per_day: { of: 'Todo', group: { day: 'day(this.created_at)' }, select: { n: { take: 'count' } }, ...view },
  })

const rule = (a: Architecture, shape: object): void =>
  void (a.models.Todo!.rules = [{ name: 'some_rule', message: 'No.', ...shape }])

const withStates = (a: Architecture, transitions: object, values = ['new', 'old']): void => {
  a.models.Todo!.fields.state = { type: 'enum', values: values as [string], default: 'new' }
  a.models.Todo!.states = { field: 'state', transitions: transitions as never }
}

const happened = (a: Architecture): void => {
  a.types!.Finished = { todo_id: { type: 'uuid' }, note: { type: 'string', optional: true } }
  a.components.todos!.ports.finished = { dir: 'out', kind: 'event', type: 'Finished@1' }
}

const liked = (a: Architecture, change: (toggle: { [key: string]: unknown }) => void): void => {
  a.models.Like = {
    fields: {
      id: { type: 'uuid', key: true },
      todo_id: { type: 'ref(Todo.id)', onDelete: 'cascade' },
      user_id: { type: 'ref(User.id)', onDelete: 'cascade' },
    },
    unique: [['todo_id', 'user_id']],
    concurrency: 'none',
  }
  a.components.todos!.ports.likes = { dir: 'out', kind: 'store', model: 'Like' }
  const toggle = { model: 'Like', of: 'todo_id', by: 'user_id', off: 'unlike', members: 'likers' }
  change(toggle)
  rpc(a, 'todos.api').toggles = { like: toggle as never }
}

/** Keeps the points of todos from all but their owners, and lets something tell them. */
const hidden = (a: Architecture, tell: () => void): void => {
  a.models.Todo!.fields.points = { type: 'int', default: 0, readers: ['@own'] }
  tell()
}

/** Puts stars on todos whose rows no component reaches. */
const withToggle = (a: Architecture, change: (star: Model) => void): void => {
  a.models.Star = {
    plural: 'stars',
    fields: {
      id: { type: 'uuid', key: true },
      todo_id: { type: 'ref(Todo.id)', index: true, onDelete: 'cascade' },
      user_id: { type: 'ref(User.id)', index: true, onDelete: 'cascade' },
    },
    unique: [['todo_id', 'user_id']],
    concurrency: 'none',
  }
  const star = { model: 'Star', of: 'todo_id', by: 'user_id', off: 'unstar', members: 'stargazers' }
  rpc(a, 'todos.api').toggles = { star }
  change(a.models.Star)
}

/** Changes all other todos, as a step of a hook does. */
const everyOther = (values: { [field: string]: string }): Step => ({
  each: { as: 'other', model: 'Todo', where: 'other.id != this.id', do: [{ set: { of: 'other', values } }] },
})

/** For every code one way to earn it, on the todo system. */
const broken: { [code in BlueprintCode]?: Break[] } = {
  'reserved-name': [
    (a) => {
      a.models.Todo!.fields.version = { type: 'int', default: 1 }
    },
    (a) => {
      a.policies.roles.robot = []
      a.models.Todo!.keys = { role: 'robot' }
      a.models.Todo!.fields.api_key = { type: 'string', never: ['log'] }
    },
    (a) => {
      a.components.runtime = {
        ports: { x: { dir: 'in', kind: 'rpc', crud: 'Todo', only: ['create'], optional: true } },
      }
    },
  ],
  'unknown-component': [
    (a) => void (a.links[1]!.to = 'todo_stor.sql'),
    (a) => void (a.policies.roles.user = ['tods.api:*']),
  ],
  'unknown-port': [(a) => void (a.expose[2]!.port = 'todos.apis')],
  'unknown-model': [
    (a) => void (rpc(a, 'todos.api').crud = 'Tdo'),
    (a) => void (a.models.Todo!.fields.list_id = { type: 'ref(List.id)' }),
  ],
  'unknown-type': [(a) => void (rpc(a, 'accounts.auth').ops!.login!.in = 'Credential')],
  'unknown-field': [
    (a) => void (rpc(a, 'todos.api').list!.filter = ['dne']),
    (a) => void (rpc(a, 'todos.api').owner = 'owner'),
    (a) => void (a.models.Todo!.unique = [['title', 'nowhere']]),
  ],
  'model-key': [(a) => void delete a.models.Todo!.fields.id],
  'ref-target': [(a) => void (a.models.Todo!.fields.owner_id!.type = 'ref(User.email)')],
  'ref-cycle': [
    (a) =>
      void (a.models.User!.fields.favourite_id = {
        type: 'ref(Todo.id)',
        optional: true,
        index: true,
        onDelete: 'set-null',
      }),
  ],
  'on-delete': [
    (a) => void (a.models.Todo!.fields.owner_id!.onDelete = 'set-null'),
    (a) => void (a.models.Todo!.fields.title!.onDelete = 'cascade'),
  ],
  'enum-values': [
    (a) => void (a.models.Todo!.fields.title!.type = 'enum'),
    (a) => void (a.models.Todo!.fields.title!.values = ['a']),
  ],
  'casing-clash': [
    (a) => {
      a.http = { casing: 'camel' }
      a.models.Todo!.fields.line_2 = { type: 'string', optional: true }
      a.models.Todo!.fields.line2 = { type: 'string', optional: true }
    },
  ],
  'file-rules': [
    (a) => void (a.models.Todo!.fields.picture = { type: 'file', optional: true }),
    (a) => void (a.models.Todo!.fields.title!.file = { maxBytes: 1, types: ['*/*'], linkMinutes: 1 }),
    (a) => {
      a.types!.Credentials!.picture = { type: 'file', file: { maxBytes: 1, types: ['*/*'], linkMinutes: 1 } }
    },
  ],
  'field-limits': [
    (a) => void (a.models.Todo!.fields.title!.min = 300),
    (a) => void (a.models.Todo!.fields.done!.max = 3),
    (a) => void (a.models.Todo!.fields.title!.max = 1.5),
    (a) => void (a.models.Todo!.fields.title!.max = 'long'),
  ],
  'field-default': [
    (a) => void (a.models.Todo!.fields.done!.default = 'yes'),
    (a) => void (a.models.Todo!.fields.title!.default = ''),
    (a) => void (a.models.Todo!.fields.owner_id!.default = 'open'),
  ],
  'field-set': [(a) => void (a.models.Todo!.fields.title!.set = 'created')],
  'field-numbers': [
    (a) => void (a.models.Todo!.fields.done!.set = 'numbered'),
    (a) => void (a.models.Todo!.fields.title!.set = 'numbered'),
    (a) => void (a.models.Todo!.fields.title!.numbers = { as: 'T-{number}' }),
    (a) => void (a.models.Todo!.fields.number = { type: 'int', set: 'numbered', numbers: { as: 'T-{number}' } }),
    (a) => void (a.models.Todo!.fields.number = { type: 'int', set: 'numbered', optional: true }),
    (a) => void (a.models.Todo!.fields.number = { type: 'int', set: 'numbered', min: 1 }),
    (a) => void (a.models.Todo!.fields.number = { type: 'int', set: 'numbered', numbers: { per: ['title'] } }),
    (a) => void (a.models.Todo!.fields.number = { type: 'int', set: 'numbered', numbers: { per: ['gone'] } }),
    (a) =>
      void (a.models.Todo!.fields.number = { type: 'string', set: 'numbered', numbers: { as: '{month}-{number}' } }),
    (a) => void (a.types!.Credentials!.number = { type: 'int', set: 'numbered' }),
  ],
  'field-unique': [(a) => void (a.models.Todo!.fields.done!.unique = true)],
  'field-scale': [(a) => void (a.models.Todo!.fields.title!.scale = 2)],
  'column-clash': [
    (a) => void (a.models.Todo!.fields.description!.column = 'title'),
    (a) => void (a.models.Todo!.table = 'users'),
  ],
  'secret-shown': [
    (a) => void delete a.models.User!.fields.password_hash!.never,
    (a) => void (rpc(a, 'accounts.users').list!.filter = ['password_hash']),
    (a) => void (rpc(a, 'accounts.auth').ops!.me!.out = 'Credentials'),
  ],
  'roles-field': [
    (a) => void (a.models.User!.fields.roles!.default = ['usr']),
    (a) => void (a.models.Todo!.fields.roles = { type: 'roles', default: [] }),
    (a) => void delete a.models.User!.fields.roles,
  ],
  'computed-value': [
    (a) => void (a.models.User!.computed = { todos: { type: 'int', over: { take: 'count', from: 'Todo.title' } } }),
    (a) => void (a.models.User!.computed = { todos: { type: 'bool', over: { take: 'count', from: 'Todo.owner_id' } } }),
    (a) => void (a.models.User!.computed = { todos: { type: 'int', over: { take: 'sum', from: 'Todo.owner_id' } } }),
    (a) =>
      void (a.models.User!.computed = {
        todos: { type: 'int', over: { take: 'sum', from: 'Todo.owner_id', field: 'title' } },
      }),
    (a) => void (a.models.Todo!.computed = { done: { type: 'bool', expr: 'this.done' } }),
    (a) => void (a.models.Todo!.computed = { none: { type: 'int' } }),
  ],
  'toggle-shape': [
    (a) => withToggle(a, () => undefined),
    (a) => withToggle(a, (star) => void (star.unique = [])),
    (a) => withToggle(a, (star) => void (star.fields.note = { type: 'string' })),
    (a) => withToggle(a, (star) => void (star.fields.todo_id = { type: 'ref(User.id)' })),
    (a) => withToggle(a, () => void (rpc(a, 'todos.api').toggles!.star!.members = 'list')),
  ],
  readers: [
    (a) => void (a.models.Todo!.fields.notes = { type: 'text', optional: true, readers: ['boss'] }),
    (a) => void (a.models.Todo!.fields.notes = { type: 'text', optional: true, readers: ['@title'] }),
    (a) => void (a.models.Todo!.fields.notes = { type: 'text', optional: true, readers: ['anyone'] }),
    (a) => void (a.models.Todo!.fields.notes = { type: 'text', readers: ['user'] }),
    (a) => void (a.models.Todo!.fields.owner_id!.readers = ['user']),
    (a) => void (a.models.Todo!.fields.created_at!.readers = ['user']),
    (a) => void (a.models.User!.fields.email!.readers = ['user']),
    (a) => void (a.models.User!.fields.password_hash!.readers = ['@own']),
    (a) => {
      a.models.Todo!.fields.notes = { type: 'text', optional: true, readers: ['@own'] }
      delete rpc(a, 'todos.api').owner
    },
    (a) => {
      withStates(a, { age: { from: ['new'], to: 'old' } })
      a.models.Todo!.fields.state!.readers = ['user']
    },
  ],
  'readers-leak': [
    (a) => hidden(a, () => rpc(a, 'todos.api').list!.filter.push('points')),
    (a) => hidden(a, () => rpc(a, 'todos.api').list!.sort.push('points')),
    (a) => hidden(a, () => void (rpc(a, 'todos.api').list!.range = ['points'])),
    (a) => hidden(a, () => void (a.models.Todo!.computed = { twice: { type: 'int', expr: 'this.points * 2' } })),
    (a) => hidden(a, () => report(a, { select: { total: { take: 'sum', of: 'this.points' } } })),
    (a) => hidden(a, () => report(a, { where: 'this.points > 3' })),
    (a) => hidden(a, () => rule(a, { check: 'this.points >= size(this.title)' })),
    (a) =>
      hidden(a, () =>
        handler(a, {
          in: 'RefreshToken',
          require: [{ check: 'size(input.refresh_token) > todo.points', message: 'No.' }],
          answer: { row: 'todo' },
        }),
      ),
    (a) => hidden(a, () => handler(a, { answer: { values: { points: 'todo.points' } } })),
    (a) => hidden(a, () => steps(a, { set: { of: 'todo', values: { title: 'string(todo.points)' } } })),
    (a) => hidden(a, () => a.policies.roles.user!.push('todos.api:read where this.points > 3')),
    (a) => {
      a.models.User!.fields.phone = { type: 'phone', optional: true, readers: ['admin'] }
      a.types![rpc(a, 'accounts.auth').ops!.register!.in!]!.phone = { type: 'phone', optional: true }
    },
  ],
  'expand-name': [
    (a) => void (rpc(a, 'todos.api').expand = ['onwer']),
    (a) => withToggle(a, () => void (rpc(a, 'todos.api').expand = ['stars'])),
    (a) => {
      a.models.Todo!.computed = { owner: { type: 'string', expr: 'this.title' } }
      rpc(a, 'todos.api').expand = ['owner']
    },
  ],
  'isolated-component': [(a) => void (a.components.alone = { ports: {} })],
  'model-owners': [
    (a) => void (a.components.accounts!.ports.todos = { dir: 'in', kind: 'rpc', crud: 'Todo', only: ['read'] }),
  ],
  'link-direction': [(a) => void (a.links[1] = { from: 'todo_store.sql', to: 'todos.data', onFailure: 'hard' })],
  'link-kind': [(a) => void (a.links[1]!.to = 'user_store.sql'), (a) => void (a.links[1]!.to = 'todos.api')],
  'link-operation': [
    (a) => {
      rpc(a, 'accounts.users').only = ['read']
      a.components.todos!.ports.people = { dir: 'out', kind: 'rpc', crud: 'User', only: ['list'] }
      a.links.push({ from: 'todos.people', to: 'accounts.users', onFailure: 'hard' })
    },
  ],
  'unlinked-output': [(a) => void a.links.pop(), (a) => void a.links.push({ ...a.links[1]! })],
  'unused-input': [(a) => void a.expose.pop()],
  'sync-cycle': [
    (a) => {
      a.components.todos!.ports.people = { dir: 'out', kind: 'rpc', crud: 'User', only: ['read'] }
      a.components.accounts!.ports.todos = { dir: 'out', kind: 'rpc', crud: 'Todo', only: ['read'] }
      a.links.push({ from: 'todos.people', to: 'accounts.users', onFailure: 'hard' })
      a.links.push({ from: 'accounts.todos', to: 'todos.api', onFailure: 'hard' })
    },
  ],
  'port-shape': [
    (a) => void delete rpc(a, 'todos.api').list,
    (a) => void (rpc(a, 'todos.api').owner = 'title'),
    (a) => void (rpc(a, 'todos.api').idempotency = ['delete']),
    (a) => void delete rpc(a, 'todos.api').crud,
  ],
  'listing-field': [
    (a) => void (rpc(a, 'todos.api').list!.range = ['title']),
    (a) => void (rpc(a, 'todos.api').list!.search = ['done']),
    (a) => void (rpc(a, 'todos.api').list!.order = 'description'),
  ],
  'no-behaviour': [
    (a) => void (rpc(a, 'todos.api').ops = { finish: {} }),
    (a) => void (rpc(a, 'accounts.auth').ops!.fly = { public: true }),
  ],
  'event-type': [
    (a) => {
      withEvent(a)
      a.types!.Other = { id: { type: 'uuid' } }
      ;(a.components.log!.ports.done as EventPort).type = 'Other@1'
    },
    (a) => {
      withEvent(a)
      ;(a.components.log!.ports.done as EventPort).type = 'any'
    },
    (a) => {
      withEvent(a)
      a.components.bus = {
        ports: { in: { dir: 'in', kind: 'event', type: 'any' }, out: { dir: 'out', kind: 'event', type: 'any' } },
      }
      a.links = a.links.filter(({ to }) => to !== 'log.done')
      a.links.push({ from: 'todos.done', to: 'bus.in', onFailure: 'hard' })
    },
  ],
  'timer-schedule': ['0 25 * * *', '* * *  * funday', '0 0 30 2 *', '0/5 * * * *'].map(
    (cron) => (a: Architecture) => void (withTimer(a).cron = cron),
  ),
  webhook: [
    (a) => {
      rpc(a, 'todos.api').ops = { hook: { public: true, webhook: {}, method: 'PUT' } }
    },
    (a) => {
      rpc(a, 'todos.api').ops = { hook: { public: true, webhook: { id: 'input.id' } } }
    },
  ],
  'exposed-kind': [(a) => void a.expose.push({ port: 'todo_store.sql', path: '/v1/store' })],
  'path-clash': [(a) => void (a.expose[2]!.path = '/v1/users'), (a) => void (a.expose[2]!.path = '/docs')],
  'no-access': [
    (a) => {
      a.policies.roles = { user: [], admin: ['accounts.users:*'] }
    },
  ],
  'grant-operation': [(a) => void a.policies.roles.user!.push('todos.api:fly')],
  'grant-scope': [
    (a) => void delete rpc(a, 'todos.api').owner,
    (a) => void a.policies.roles.user!.push('todos.api:read@title'),
    (a) => void a.policies.roles.user!.push('accounts.auth:me where me.id != null'),
  ],
  'field-made': [
    (a) => void (a.models.Todo!.fields.slug = { type: 'slug', from: 'nothing' }),
    (a) => void (a.models.Todo!.fields.slug = { type: 'slug', from: 'done' }),
    (a) => void (a.models.Todo!.fields.title!.length = 8),
    (a) => void (a.models.Todo!.fields.title!.from = 'done'),
  ],
  'type-cycle': [(a) => void (a.types!.Credentials!.more = { type: 'list(Credentials)' })],
  'grant-parent': [(a) => void a.policies.roles.user!.push('todos.api:read@parent')],
  'keys-role': [
    (a) => void (a.models.Todo!.keys = { role: 'robot' }),
    (a) => void (a.models.User!.keys = { role: 'user' }),
  ],
  expression: [
    (a) => void (a.models.Todo!.on = { create: { require: [{ check: 'was.done', message: 'x' }] } }),
    (a) => void (a.models.Todo!.on = { delete: { require: [{ check: 'was.done', message: 'x' }] } }),
    (a) =>
      void (a.models.Todo!.on = {
        create: { do: [{ when: 'was.done', set: { of: 'this', values: { done: 'true' } } }] },
      }),
    (a) => rule(a, { check: 'this.titel != null' }),
    (a) => rule(a, { check: 'this.title' }),
    (a) => rule(a, { check: 'this.title ==' }),
    (a) => rule(a, { check: 'me.id == this.owner_id' }),
    (a) => rule(a, { limit: { per: ['owner_id'], max: 'this.title' } }),
    (a) => void (a.models.Todo!.computed = { late: { type: 'int', expr: 'this.done' } }),
    (a) => void (a.models.Todo!.computed = { late: { type: 'bool', expr: 'this.late' } }),
    (a) => handler(a, { require: [{ check: 'todo.don', message: 'No.' }] }),
    (a) => handler(a, { answer: { values: { title: 'todo.titel' } } }),
    (a) => steps(a, { set: { of: 'todo', values: { done: '"yes"' } } }),
    (a) => void (a.policies.roles.user = ['todos.api:* where this.owner == me.id']),
    (a) => void (a.models.Todo!.on = { create: { require: [{ check: 'this.open', message: 'No.' }] } }),
    (a) => report(a, { where: 'this.done == 1' }),
    (a) =>
      withStates(a, { age: { from: ['new'], to: 'old', require: [{ check: 'this.state == "odl"', message: 'x' }] } }),
  ],
  'expression-missing': [(a) => steps(a, { set: { of: 'todo', values: { title: 'todo.description' } } })],
  zone: [(a) => report(a, { zone: 'Europe/Belin' })],
  'rule-shape': [
    (a) => rule(a, {}),
    (a) => rule(a, { check: 'this.done', unique: ['title'] }),
    (a) => rule(a, { check: 'this.done', where: 'this.done' }),
    (a) => rule(a, { unique: ['title'], where: 'this.created_at < now' }),
    (a) => rule(a, { unique: ['title'], where: 'this.title.startsWith("a")' }),
    (a) => rule(a, { exclude: { same: [], start: 'title' } }),
    (a) => rule(a, { exclude: { same: [], start: 'created_at', end: 'title' } }),
    (a) => rule(a, { exclude: { same: [], start: 'created_at', minutes: 'title' } }),
    (a) => rule(a, { limit: { per: [], max: '3', sum: 'title' } }),
    (a) => rule(a, { limit: { per: [], max: '3', within: { field: 'title', unit: 'day', zone: 'UTC' } } }),
  ],
  'states-shape': [
    (a) => withStates(a, { age: { from: ['nwe'], to: 'old' } }),
    (a) => withStates(a, { age: { from: ['new'], to: 'odl' } }),
    (a) => {
      withStates(a, { age: { from: ['new'], to: 'old' } })
      delete a.models.Todo!.fields.state!.default
    },
  ],
  'state-unreachable': [(a) => withStates(a, { age: { from: ['new'], to: 'old' } }, ['new', 'old', 'lost'])],
  'hook-cycle': [
    (a) => void (a.models.Todo!.on = { update: { do: [everyOther({ title: '"x"' })] } }),
    (a) => void (a.models.Todo!.on = { update: { do: [{ when: 'this.done', ...everyOther({ done: 'true' }) }] } }),
    (a) =>
      void (a.models.Todo!.on = {
        update: { do: [{ when: 'this.done != was.done', ...everyOther({ done: '!other.done' }) }] },
      }),
    (a) =>
      void (a.models.Todo!.on = {
        create: { do: [{ create: { model: 'Todo', values: { title: '"x"', owner_id: 'this.owner_id' } } }] },
      }),
    (a) => {
      const others = { as: 'other', model: 'Todo', where: 'other.id != this.id' }
      aged(a, {}, { do: [{ each: { ...others, do: [{ take: { of: 'other', transition: 'age' } }] } }] })
    },
  ],
  take: [
    (a) => aged(a, { take: { of: 'todo', transition: 'aged' } }),
    (a) => aged(a, {}, { in: 'ResetToken' }),
    (a) => aged(a, {}, { require: [{ check: 'this.done && me.id == this.owner_id', message: 'No.' }] }),
    (a) => steps(a, { take: { of: 'todo', transition: 'age' } }),
  ],
  step: [
    (a) => void (a.models.Todo!.on = { update: { do: [{ set: { of: 'was', values: { done: 'true' } } }] } }),
    (a) => steps(a, {}),
    (a) => steps(a, { delete: 'todo', set: { of: 'todo', values: { done: 'true' } } }),
    (a) => steps(a, { set: { of: 'tod', values: { done: 'true' } } }),
    (a) => steps(a, { set: { of: 'todo', values: { doen: 'true' } } }),
    (a) => steps(a, { set: { of: 'todo', values: { created_at: 'now' } } }),
    (a) => steps(a, { create: { model: 'Todo', values: { title: '"x"' } } }),
    (a) => steps(a, { create: { model: 'User', values: { email: '"x@example.com"' } } }),
    (a) => steps(a, { emit: { port: 'finished', values: { todo_id: 'todo.id' } } }),
    (a) => steps(a, { call: { port: 'data', url: '"https://example.com"', body: { id: 'todo.id' } } }),
    (a) => handler(a, { find: { todo: { model: 'Todo' } } }),
    (a) => handler(a, { find: { user: { model: 'User', where: 'user.email == "x"' } } }),
    (a) => handler(a, { find: { todo: { model: 'Todo', id: 'id', optional: true } }, do: [{ delete: 'todo' }] }),
    (a) => void (withTimer(a).do = [{ delete: 'todo' }]),
    (a) => aged(a, { take: undefined, set: { of: 'todo', values: { state: '"old"' } } }),
    (a) => aged(a, { take: { of: 'tod', transition: 'age' } }),
    (a) => {
      happened(a)
      steps(a, { emit: { port: 'finished', values: { note: 'todo.title' } } })
    },
  ],
  answer: [
    (a) => handler(a, { answer: {} }),
    (a) => handler(a, { answer: { row: 'tood' } }),
    (a) => handler(a, { out: 'ResetToken', answer: { values: { token: 'todo.title' } } }),
  ],
  view: [
    (a) => report(a, { sort: ['m'] }),
    (a) => report(a, { select: { n: { take: 'sum' } } }),
    (a) => report(a, { select: { day: { take: 'count' } } }),
    (a) => report(a, { of: 'User', group: {} }),
    (a) => report(a, { params: { x: { type: 'json' } } }),
    (a) => report(a, { params: { limit: { type: 'int' } } }),
    (a) => report(a, { group: {}, having: 'n > 1' }),
    (a) => report(a, { group: {}, maxPage: 10 }),
    (a) => void (rpc(a, 'todos.api').views = { read: { of: 'Todo', group: {}, select: { n: { take: 'count' } } } }),
  ],
  toggle: [
    (a) => liked(a, (toggle) => void (toggle.of = 'user_id')),
    (a) => liked(a, (toggle) => void (toggle.by = 'todo_id')),
    (a) => liked(a, (toggle) => void (toggle.off = 'read')),
    (a) => {
      liked(a, () => undefined)
      delete a.models.Like!.unique
    },
    (a) => {
      liked(a, () => undefined)
      a.models.Like!.fields.why = { type: 'string' }
    },
  ],
  'http-options': [
    (a) => void (a.http = { list: 'bare', itemsKey: 'data' }),
    (a) => void (a.http = { list: 'bare', totalKey: 'total' }),
    (a) => void (a.http = { totalKey: 'items' }),
    (a) => void (a.http = { root: true, rootKey: 'data' }),
    (a) => void (a.http = { cors: ['*', 'https://example.com'] }),
  ],
  'authn-missing': [(a) => void delete a.policies.authn],
}

const brokenDeployment: { [code in BlueprintCode]?: ((deployment: Deployment) => void)[] } = {
  'digest-mismatch': [(d) => void (d.architecture.digest = `sha256:${'0'.repeat(64)}`)],
  placement: [
    (d) => void d.services.web!.place.pop(),
    (d) => void (d.services.extra = structuredClone(d.services.web!)),
  ],
  binding: [
    (d) => void delete d.bindings.todo_store,
    (d) => void (d.bindings.todos = { engine: 'sqlite' }),
    (d) => void (d.bindings.todo_store = { engine: 'postgres' }),
  ],
  'binding-split': [(d) => void (d.bindings.todo_store = { engine: 'postgres', secret: 'database_url' })],
  'unknown-component': [(d) => void (d.bindings.nobody = { engine: 'sqlite' })],
}

describe('checkBlueprint', () => {
  it.each(['todo', 'clinic', 'support', 'journal', 'tool-library', 'photos', 'hives', 'charity', 'staff'] as const)(
    'finds nothing wrong with %s',
    (name) => {
      const architecture = fixture(name)
      expect(checkBlueprint(architecture, deploymentOf(architecture))).toEqual([])
    },
  )

  const cases = Object.entries(broken).flatMap(([code, breaks]) =>
    breaks.map((change, index) => ({ code, index, change })),
  )
  it.each(cases)('reports $code, way $index', ({ code, change }) => {
    const architecture = fixture('todo')
    change(architecture)
    const found = checkBlueprint(architecture)
    expect(found.map((diagnostic) => diagnostic.code)).toContain(code)
    for (const diagnostic of found) {
      expect(diagnostic.help).not.toBe('')
      expect(diagnostic.location?.pointer).toMatch(/^\//)
    }
  })

  const deployments = Object.entries(brokenDeployment).flatMap(([code, breaks]) =>
    breaks.map((change, index) => ({ code, index, change })),
  )
  it.each(deployments)('reports $code in a deployment, way $index', ({ code, change }) => {
    const architecture = fixture('todo')
    const deployment = deploymentOf(architecture)
    change(deployment)
    expect(checkBlueprint(architecture, deployment).map((diagnostic) => diagnostic.code)).toContain(code)
  })

  it('suggests the name that was meant', () => {
    const architecture = fixture('todo')
    architecture.links[1]!.to = 'todo_stor.sql'
    const diagnostic = checkBlueprint(architecture).find(({ code }) => code === 'unknown-component')
    expect(diagnostic?.help).toBe("Did you mean 'todo_store'?")
  })

  it('says where in an expression the mistake is, and what was meant', () => {
    const architecture = fixture('todo')
    rule(architecture, { check: 'this.title != null && this.doen' })
    expect(checkBlueprint(architecture)).toMatchObject([
      {
        code: 'expression',
        message: '`this.doen` does not exist (in `this.title != null && this.doen`, at `doen`)',
        help: "Did you mean 'done'?",
        location: { pointer: '/models/Todo/rules/0/check' },
      },
    ])
  })

  it('reports all problems at once', () => {
    const architecture = fixture('todo')
    architecture.models.Todo!.fields.title!.min = 300
    architecture.links.pop()
    expect(new Set(checkBlueprint(architecture).map(({ code }) => code))).toEqual(
      new Set(['field-limits', 'unlinked-output', 'unused-input']),
    )
  })

  it('has a failing fixture for every code of the catalogue', () => {
    const parserCodes = [
      'blueprint-too-large',
      'blueprint-too-deep',
      'yaml-syntax',
      'yaml-alias',
      'yaml-key',
      'yaml-duplicate-key',
      'schema',
    ]
    const covered = new Set([...Object.keys(broken), ...Object.keys(brokenDeployment), ...parserCodes])
    expect(Object.keys(blueprintCodes).filter((code) => !covered.has(code))).toEqual([])
  })
})

it('lets timers take rows through what asks and does more, and something of some people only', () => {
  const architecture = fixture('todo')
  const asked = [{ check: "this.title != '' && (me.id != this.owner_id || this.done)", message: 'No.' }]
  aged(architecture, {}, { require: asked, do: [{ set: { of: 'this', values: { title: '"x"' } } }] })
  expect(checkBlueprint(architecture)).toEqual([])
})

it('lets rules and requirements look at what only some see: they only refuse', () => {
  const architecture = fixture('todo')
  hidden(architecture, () => {
    rule(architecture, { check: 'this.points >= 0' })
    handler(architecture, { require: [{ check: 'todo.points > 3', message: 'No.' }], answer: { row: 'todo' } })
  })
  expect(checkBlueprint(architecture)).toEqual([])
})

describe('hooks that lead back to themselves', () => {
  it.each([
    ['where a value is not what was written', [{ when: 'this.done', ...everyOther({ done: 'false' }) }]],
    ['where what was written is another value', [{ when: 'this.done != was.done', ...everyOther({ title: '"x"' }) }]],
    [
      'where what was written has not just become so',
      [{ when: 'this.done && !was.done', ...everyOther({ title: '"x"' }) }],
    ],
    ['in the row itself', [{ set: { of: 'this', values: { title: '"x"' } } }]],
  ] as [string, Step[]][])('end %s', (_, steps) => {
    const architecture = fixture('todo')
    architecture.models.Todo!.on = { update: { do: steps } }
    expect(checkBlueprint(architecture)).toEqual([])
  })
})
