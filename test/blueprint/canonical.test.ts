import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blueprintDigest, canonicalArchitecture, canonicalDeployment } from '../../pipeline/blueprint/canonical.ts'
import { parseArchitecture, parseDeployment } from '../../pipeline/blueprint/parse.ts'
import { deploymentOf, fixture, fixtureText } from './fixtures.ts'

/** The same value with every object's keys in another order. */
const shuffleKeys = (value: unknown, random: () => number): unknown => {
  if (Array.isArray(value)) return value.map((item) => shuffleKeys(item, random))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [random(), key, shuffleKeys(item, random)] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, key, item]) => [key, item]),
  )
}

describe('canonicalArchitecture', () => {
  it.each(['todo', 'clinic', 'support'] as const)('is a fixed point: %s', (name) => {
    const once = canonicalArchitecture(parseArchitecture(fixtureText(name)).value!)
    const again = canonicalArchitecture(parseArchitecture(once.yaml).value!)
    expect(again.yaml).toBe(once.yaml)
    expect(again.digest).toBe(once.digest)
  })

  it('gives equal bytes whatever order the keys of fields and ports came in', () => {
    const architecture = fixture('clinic')
    const wanted = canonicalArchitecture(architecture).yaml
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
        const random = () => stream.next().value as number
        const copy = structuredClone(architecture)
        for (const model of Object.values(copy.models))
          for (const [name, field] of Object.entries(model.fields))
            model.fields[name] = shuffleKeys(field, random) as typeof field
        for (const component of Object.values(copy.components))
          for (const [name, port] of Object.entries(component.ports))
            component.ports[name] = {
              ...(shuffleKeys(port, random) as typeof port),
              ...('ops' in port ? { ops: port.ops } : {}),
            }
        expect(canonicalArchitecture(copy).yaml).toBe(wanted)
      }),
      { numRuns: 30 },
    )
  })

  it('writes defaults out', () => {
    const architecture = fixture('todo')
    architecture.models.Todo!.fields.price = { type: 'decimal', optional: true }
    architecture.models.Todo!.fields.parent_id = { type: 'ref(Todo.id)', optional: true }
    delete architecture.models.Todo!.plural
    const { value } = canonicalArchitecture(architecture)
    expect(value.models.Todo!.fields.price).toEqual({ type: 'decimal', scale: 2, optional: true })
    expect(value.models.Todo!.fields.parent_id).toMatchObject({ index: true, onDelete: 'set-null' })
    expect(value.models.Todo!.plural).toBe('todos')
  })

  it('changes the digest with any change of meaning', () => {
    const architecture = fixture('todo')
    const before = canonicalArchitecture(architecture)
    architecture.models.Todo!.fields.title!.max = 201
    expect(canonicalArchitecture(architecture).digest).not.toBe(before.digest)
  })
})

describe('canonicalDeployment', () => {
  it('is a fixed point and part of the digest that is approved', () => {
    const architecture = canonicalArchitecture(fixture('todo'))
    const once = canonicalDeployment(deploymentOf(architecture.value))
    const again = canonicalDeployment(parseDeployment(once.yaml).value!)
    expect(again.yaml).toBe(once.yaml)
    const other = canonicalDeployment({ ...once.value, environment: 'production' })
    expect(blueprintDigest(architecture, other)).not.toBe(blueprintDigest(architecture, once))
  })
})
