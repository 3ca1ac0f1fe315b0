import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { canonicalArchitecture, canonicalDeployment } from '../../pipeline/blueprint/canonical.ts'
import { checkBlueprint } from '../../pipeline/blueprint/check.ts'
import { planDeployment } from '../../pipeline/blueprint/deployment.ts'
import { parseArchitecture, parseDeployment } from '../../pipeline/blueprint/parse.ts'

const planned = (name: string, redis: boolean) => {
  const text = readFileSync(new URL(`../fixtures/blueprints/${name}.architecture.yaml`, import.meta.url), 'utf8')
  const architecture = canonicalArchitecture(parseArchitecture(text).value!)
  return { architecture, deployment: canonicalDeployment(planDeployment(architecture, { engine: 'sqlite', redis })) }
}

it('says whom a system may call, and how its events travel, only where it does either', () => {
  expect(planned('parcels', true).deployment.value).toMatchObject({
    outbound: { allow: ['loopback'] },
    transports: { events: { engine: 'redis-streams', secret: 'redis_url' } },
  })
  expect(planned('parcels', false).deployment.value).not.toHaveProperty('transports')
  for (const key of ['outbound', 'transports']) expect(planned('todo', true).deployment.value).not.toHaveProperty(key)
})

it.each(['parcels', 'dues', 'signals'])(
  'the files of %s are read as they were written, and nothing is wrong with them',
  (name) => {
    const { architecture, deployment } = planned(name, true)
    expect(parseDeployment(deployment.yaml)).toMatchObject({ value: deployment.value, diagnostics: [] })
    expect(canonicalArchitecture(parseArchitecture(architecture.yaml).value!).yaml).toBe(architecture.yaml)
    expect(checkBlueprint(architecture.value, deployment.value)).toEqual([])
  },
)
