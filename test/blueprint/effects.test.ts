import { expect, it } from 'vitest'
import { effectsOf } from '../../pipeline/blueprint/effects.ts'
import { fixture, rpc } from './fixtures.ts'

const lending = effectsOf(fixture('tool-library'))
const named = (name: string) => lending.find((effects) => effects.name === name)

it('says what a handler reads, writes and who may ask for it', () => {
  expect(named('loans.api:give_back')).toEqual({
    kind: 'handler',
    name: 'loans.api:give_back',
    component: 'loans',
    reads: ['Loan', 'Tool', 'Member'],
    writes: ['Loan', 'Tool', 'Member'].map((model) => ({ model, how: 'change' })),
    emits: [],
    calls: [],
    callers: ['anyone'],
  })
})

it('follows steps into loops, and references to the rows they name', () => {
  expect(named('loans.api:forget')).toMatchObject({
    reads: ['Loan', 'Remark'],
    writes: [{ model: 'Remark', how: 'delete' }],
  })
  expect(named('Loan:create')).toMatchObject({
    kind: 'hook',
    component: 'loans',
    reads: ['Loan', 'Member'],
    writes: [],
  })
})

it('knows what is told, who may take a step of a state, and that nobody asks for what happens by itself', () => {
  const todo = fixture('todo')
  todo.types!.Finished = { todo_id: { type: 'uuid' } }
  todo.models.Todo!.fields.state = { type: 'enum', values: ['new', 'old'], default: 'new' }
  todo.models.Todo!.states = {
    field: 'state',
    transitions: {
      age: {
        from: ['new'],
        to: 'old',
        do: [{ emit: { port: 'finished', values: { todo_id: 'this.id' } } }],
      },
    },
  }
  todo.components.todos!.ports.finished = { dir: 'out', kind: 'event', type: 'Finished@1' }
  todo.components.todos!.ports.heard = {
    dir: 'in',
    kind: 'event',
    type: 'Finished@1',
    find: { todo: { model: 'Todo', id: 'event.todo_id' } },
    do: [{ delete: 'todo' }],
  }
  todo.policies.roles.user = ['todos.api:age']
  expect(rpc(todo, 'todos.api').crud).toBe('Todo')
  expect(effectsOf(todo)).toEqual([
    {
      kind: 'transition',
      name: 'Todo:age',
      component: 'todos',
      reads: ['Todo'],
      writes: [{ model: 'Todo', how: 'change' }],
      emits: ['todos.finished'],
      calls: [],
      callers: ['user', 'admin'],
    },
    {
      kind: 'event',
      name: 'todos.heard',
      component: 'todos',
      reads: ['Todo'],
      writes: [{ model: 'Todo', how: 'delete' }],
      emits: [],
      calls: [],
      callers: [],
    },
  ])
})
