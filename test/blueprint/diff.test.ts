import { describe, expect, it } from 'vitest'
import { diffArchitecture } from '../../pipeline/blueprint/diff.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import { fixture, rpc } from './fixtures.ts'

const changed = (change: (architecture: Architecture) => void) => {
  const after = fixture('todo')
  change(after)
  return diffArchitecture(fixture('todo'), after)
}

/** The risks of letting users do this instead of that. */
const risksOf = (before: string, after: string): string[] => {
  const granted = (grant: string): Architecture => {
    const architecture = fixture('todo')
    architecture.policies.roles.user = [grant]
    return architecture
  }
  return diffArchitecture(granted(before), granted(after)).map(({ risk }) => risk)
}

describe('diffArchitecture', () => {
  it('finds nothing between equal revisions', () => {
    expect(changed(() => {})).toEqual([])
  })

  it('calls an optional field harmless', () => {
    expect(changed((a) => void (a.models.Todo!.fields.due_date = { type: 'date', optional: true }))).toEqual([
      { pointer: '/models/Todo/fields/due_date', text: 'adds due date (date) to todos', risk: 'none' },
    ])
  })

  it('says where addresses move to', () => {
    const after = structuredClone(fixture('clinic'))
    for (const exposed of after.expose) exposed.path = exposed.path.replace('/v1/', '/api/')
    expect(diffArchitecture(fixture('clinic'), after)).toEqual([
      { pointer: '/expose', text: 'all addresses begin with /api (before: /v1)', risk: 'breaks-clients' },
    ])
    const one = structuredClone(fixture('clinic'))
    one.expose.at(-1)!.path = '/v1/elsewhere'
    const was = fixture('clinic').expose.at(-1)!.path
    expect(diffArchitecture(fixture('clinic'), one)).toEqual([
      { pointer: '/expose', text: `${was} is now at /v1/elsewhere`, risk: 'breaks-clients' },
    ])
  })

  it('asks nobody for what the system makes', () => {
    expect(changed((a) => void (a.models.Todo!.fields.slug = { type: 'slug', from: 'title' }))).toEqual([
      { pointer: '/models/Todo/fields/slug', text: 'adds slug (readable address) to todos', risk: 'none' },
    ])
  })

  it('warns that deleted rows are seen again where they are no longer kept out of sight', () => {
    const before = fixture('todo')
    before.models.Todo!.softDelete = true
    expect(diffArchitecture(before, fixture('todo'))).toContainEqual(
      expect.objectContaining({ text: 'shows the todos again that were deleted', risk: 'shows-more' }),
    )
  })

  it('says that a needed field breaks clients', () => {
    const [change] = changed((a) => void (a.models.Todo!.fields.priority = { type: 'int' }))
    expect(change).toMatchObject({ risk: 'breaks-clients', text: expect.stringContaining('must be given') })
  })

  it('tells a rename from a removal by the column', () => {
    const changes = changed((a) => {
      a.models.Todo!.fields.finished = { ...a.models.Todo!.fields.done!, column: 'done' }
      delete a.models.Todo!.fields.done
    })
    expect(changes).toEqual([
      expect.objectContaining({ text: 'renames done of todos to finished; the values stay', risk: 'breaks-clients' }),
    ])
  })

  it('puts a removal first, for it hides data', () => {
    const changes = changed((a) => {
      a.models.Todo!.fields.note = { type: 'text', optional: true }
      delete a.models.Todo!.fields.description
    })
    expect(changes.map(({ risk }) => risk)).toEqual(['hides-data', 'none'])
  })

  it('tells looser limits from tighter ones', () => {
    expect(changed((a) => void (a.models.Todo!.fields.title!.max = 300))[0]?.risk).toBe('none')
    expect(changed((a) => void (a.models.Todo!.fields.title!.max = 100))[0]?.risk).toBe('breaks-clients')
  })

  it('names who gains and who loses a right', () => {
    const gains = changed((a) => void (a.policies.roles.user = ['todos.api:*@own', 'todos.api:read', 'todos.api:list']))
    expect(gains).toEqual([
      expect.objectContaining({
        risk: 'shows-more',
        text: expect.stringContaining('list and read todos: user, admin'),
      }),
    ])
    const loses = changed((a) => void (a.policies.roles.user = ['todos.api:list@own']))
    expect(loses.every(({ risk }) => risk === 'breaks-clients')).toBe(true)
  })

  it.each([
    ['todos.api:read where this.owner_id == me.id && this.done == false', 'breaks-clients'],
    ['todos.api:read where this.owner_id == me.id && (this.done == false || this.title == "x")', 'breaks-clients'],
    ['todos.api:read where this.owner_id == me.id || this.done == false', 'shows-more'],
    ['todos.api:read where this.owner_id == me.id && this.done == false || this.title == "x"', 'shows-more'],
    ['todos.api:read where this.done == false', 'shows-more'],
  ])('tells what is a part of what they saw from more: %s', (grant, risk) => {
    expect(risksOf('todos.api:read@own', grant)).toEqual([risk])
  })

  it('sees a part of what a condition let through', () => {
    const [was, is] = [
      'todos.api:read where this.done == false',
      'todos.api:read where this.done == false && this.title != "x"',
    ]
    expect(risksOf(was, is)).toEqual(['breaks-clients'])
    expect(risksOf(is, was)).toEqual(['shows-more'])
  })

  it('says when reading becomes public', () => {
    const changes = changed((a) => void (rpc(a, 'todos.api').public = ['list', 'read']))
    expect(changes).toEqual([
      expect.objectContaining({ text: expect.stringContaining('everyone'), risk: 'shows-more' }),
    ])
  })
})
