import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArchitecture } from '../pipeline/blueprint/parse.ts'
import type { Architecture } from '../schemas/generated/architecture.ts'

const base = fileURLToPath(new URL('../test/fixtures/blueprints/todo.architecture.yaml', import.meta.url))

const timestamps = {
  created_at: { type: 'datetime', set: 'created' },
  updated_at: { type: 'datetime', set: 'updated' },
}

/** Every third thing is a child of one before it, as in a system that people grow: chains of at most three. */
const parentOf = (number: number): number | undefined => (number % 3 === 0 ? undefined : number - 1)

/**
 * Returns an architecture with so many components (even, at least 6): the accounts and the todos of the fixture, and for
 * every further pair a model of nine fields, the component that serves it and the one that stores it.
 */
export const syntheticArchitecture = (components: number): Architecture => {
  const { value } = parseArchitecture(readFileSync(base, 'utf8'))
  if (!value) throw new Error('the fixture is not right')
  const document = structuredClone(value) as unknown as {
    [key in 'models' | 'components']: { [name: string]: unknown }
  } & { links: unknown[]; expose: unknown[]; policies: { roles: { admin: string[]; user: string[] } } }
  const things = (components - Object.keys(document.components).length) / 2
  for (let number = 0; number < things; number += 1) {
    const id = String(number).padStart(3, '0')
    const model = `Thing${id}`
    const parent = parentOf(number)
    const parentId = parent === undefined ? undefined : String(parent).padStart(3, '0')
    const field = `thing${parentId}_id`
    document.models[model] = {
      plural: `things${id}`,
      fields: {
        id: { type: 'uuid', key: true },
        ...(parentId === undefined
          ? { owner_id: { type: 'ref(User.id)', index: true, onDelete: 'cascade' } }
          : { [field]: { type: `ref(Thing${parentId}.id)`, index: true, onDelete: 'cascade' } }),
        name: { type: 'string', min: 1, max: 200 },
        note: { type: 'text', optional: true, max: 5000 },
        amount: { type: 'decimal', scale: 2, min: 0, default: 0 },
        state: { type: 'enum', values: ['draft', 'active', 'retired'], default: 'draft' },
        starts_on: { type: 'date', optional: true },
        ...timestamps,
      },
      concurrency: 'version',
    }
    document.components[`things${id}`] = {
      ports: {
        api: {
          dir: 'in',
          kind: 'rpc',
          crud: model,
          list: {
            maxPage: 100,
            filter: ['state'],
            range: ['amount', 'starts_on'],
            sort: ['name', 'amount', 'created_at'],
            search: ['name', 'note'],
            order: '-created_at',
          },
          idempotency: ['create'],
          ...(parentId === undefined ? { owner: 'owner_id' } : { parent: field }),
        },
        ...(parentId === undefined
          ? {}
          : { parent: { dir: 'out', kind: 'rpc', crud: `Thing${parentId}`, only: ['read'], field } }),
        data: { dir: 'out', kind: 'store', model },
      },
    }
    document.components[`thing${id}_store`] = { ports: { sql: { dir: 'in', kind: 'store', model } } }
    document.links.push({ from: `things${id}.data`, to: `thing${id}_store.sql`, onFailure: 'hard' })
    if (parentId !== undefined)
      document.links.push({ from: `things${id}.parent`, to: `things${parentId}.api`, onFailure: 'hard' })
    document.expose.push({ port: `things${id}.api`, path: `/v1/things${id}` })
    document.policies.roles.admin.push(`things${id}.api:*`)
    document.policies.roles.user.push(`things${id}.api:${parentId === undefined ? '*@own' : 'list'}`)
  }
  return document as unknown as Architecture
}
