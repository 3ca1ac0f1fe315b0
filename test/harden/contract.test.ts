import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { readContract } from '../../pipeline/blueprint/contract/document.ts'
import { draftContract } from '../../pipeline/blueprint/contract/draft.ts'
import { planChange } from '../../pipeline/blueprint/planner/plan.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import { blueprintOf, buildIn } from './build.ts'

let work: string
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'autocoder-contract-'))
})
afterAll(() => rm(work, { recursive: true, force: true }))

const drafted = async (name: string): Promise<Architecture> => {
  const text = readFileSync(
    new URL(`../fixtures/contracts/${name}.${name === 'bus-fleet' ? 'json' : 'yaml'}`, import.meta.url),
    'utf8',
  )
  const contract = await readContract(text)
  if ('problem' in contract) throw new Error(contract.problem)
  const draft = draftContract(contract, text)
  if (draft.kind !== 'draft') throw new Error(draft.kind)
  return draft.architecture
}

const harden = async (name: string, architecture: Architecture) => {
  const { hardened } = await buildIn(join(work, name), blueprintOf(architecture))
  return hardened
}

describe('a system that serves an OpenAPI file', { timeout: 300_000 }, () => {
  it.each([
    ['petstore', 3, ''],
    ['bike-share', 11, '; 4 of them also refuse what is wrong (4xx), which the file does not mention'],
    ['podcasts', 7, '; 4 of them also refuse what is wrong (4xx), which the file does not mention'],
    ['bus-fleet', 7, '; 6 of them also refuse what is wrong (4xx), which the file does not mention'],
  ])('answers as the %s file says, which schemathesis proves', async (name, operations, beyond) => {
    const { evidence, passed } = await harden(name, await drafted(name))
    expect(evidence.filter(({ result }) => result !== 'passed')).toEqual([])
    expect(passed).toBe(true)
    expect(evidence.find(({ check }) => check === 'contract')).toMatchObject({
      tool: 'schemathesis',
      summary: `${operations} operations answer as the OpenAPI file says${beyond}`,
    })
  })

  it('is given accounts, whose ids are numbers too', async () => {
    const plan = planChange('add user accounts', canonicalArchitecture(await drafted('bus-fleet')).value)
    if (plan.kind !== 'draft') throw new Error(plan.kind)
    const { evidence } = await harden('accounts', canonicalArchitecture(plan.architecture).value)
    expect(evidence.filter(({ result }) => result !== 'passed')).toEqual([])
  })

  it('fails the build where it answers otherwise', async () => {
    const architecture = await drafted('petstore')
    const text = architecture.contract!.text.replace('maxItems: 100', 'maxItems: 0')
    const { evidence, passed } = await harden('otherwise', {
      ...architecture,
      contract: { ...architecture.contract!, text },
    })
    expect(passed).toBe(false)
    const contract = evidence.find(({ check }) => check === 'contract')!
    expect(contract.result).toBe('failed')
    expect(contract.detail).toContain('Response violates schema')
  })
})
