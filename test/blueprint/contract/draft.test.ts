import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { canonicalArchitecture } from '../../../pipeline/blueprint/canonical.ts'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { isContract, readContract } from '../../../pipeline/blueprint/contract/document.ts'
import { draftContract } from '../../../pipeline/blueprint/contract/draft.ts'
import { parseArchitecture } from '../../../pipeline/blueprint/parse.ts'

const text = (name: string): string =>
  readFileSync(
    new URL(`../../fixtures/contracts/${name}.${name === 'bus-fleet' ? 'json' : 'yaml'}`, import.meta.url),
    'utf8',
  )

const draft = async (source: string) => {
  const contract = await readContract(source)
  if ('problem' in contract) throw new Error(contract.problem)
  const result = draftContract(contract, source)
  if (result.kind !== 'draft') throw new Error(result.kind)
  return result
}

describe('draftContract', () => {
  it.each(['petstore', 'bike-share', 'podcasts', 'bus-fleet'])(
    'returns a sound blueprint of %s that survives being stored',
    async (name) => {
      const { architecture } = await draft(text(name))
      const canonical = canonicalArchitecture(architecture)
      expect(checkBlueprint(canonical.value)).toEqual([])
      const parsed = parseArchitecture(canonical.yaml)
      expect(parsed.diagnostics).toEqual([])
      expect(parsed.value?.contract?.text).toBe(text(name))
    },
  )

  it('takes paths, shapes and who may call from the file', async () => {
    const { architecture, notCarried } = await draft(text('bike-share'))
    expect(architecture.expose.map(({ path }) => path)).toContain('/api/v2/stations')
    expect(architecture.http).toMatchObject({ casing: 'camel', itemsKey: 'data', update: 'PUT', errors: 'message' })
    expect(architecture.models.Station!.fields).toMatchObject({
      name: { type: 'string', min: 1, max: 100 },
      position: { type: 'object(Position)' },
      opened_on: { type: 'date', optional: true },
      created_at: { set: 'created' },
    })
    expect(architecture.types!.Position).toMatchObject({ latitude: { type: 'float', min: -90, max: 90 } })
    expect(architecture.policies.authn).toBeDefined()
    expect(notCarried.join('\n')).toMatch(/POST \/api\/v2\/bikes\/\{bikeId\}\/unlock/)
    expect(notCarried.join('\n')).toMatch(/nearLatitude/)
  })

  it('serves numbers as ids, bare lists and no sign-in where the file has it so', async () => {
    const { architecture } = await draft(text('petstore'))
    expect(architecture.http).toMatchObject({ ids: 'int', list: 'bare' })
    expect(architecture.policies).toEqual({ roles: {} })
  })

  it('serves what is listed in items of another, a key around each, a count beside a list and coded errors', async () => {
    const { architecture, notCarried } = await draft(text('podcasts'))
    expect(architecture.http).toMatchObject({ itemsKey: 'data', rootKey: 'data', totalKey: 'total', errors: 'coded' })
    expect(architecture.models.Episode!.fields.podcast_id).toMatchObject({ type: 'ref(Podcast.id)' })
    expect(architecture.components.episodes!.ports.api).toMatchObject({ parent: 'podcast_id' })
    expect(architecture.contract!.operations).toContain('POST /podlib/v2/podcasts/{podcastId}/episodes')
    expect(notCarried.join('\n')).not.toMatch(/episodes: it is about no collection/)
  })

  it('serves what is listed in another and read by itself', async () => {
    const { architecture, notCarried } = await draft(text('bus-fleet'))
    expect(architecture.contract!.operations).toEqual(
      expect.arrayContaining(['GET /buses/{id}/trips', 'POST /buses/{id}/trips']),
    )
    expect(architecture.models.Trip!.fields.bus_id).toMatchObject({ type: 'ref(Bus.id)' })
    expect(notCarried.join('\n')).not.toMatch(/no collection/)
  })

  it('refuses a file that keeps nothing, and says what it would need', async () => {
    const contract = await readContract('openapi: 3.0.0\ninfo: {title: Nothing, version: "1"}\npaths: {}\n')
    expect(draftContract(contract as never, '')).toMatchObject({
      kind: 'refusal',
      help: expect.stringContaining('/pets'),
    })
  })
})

describe('readContract', () => {
  it.each([
    ['openapi: 3.0.0\npaths: [', /neither YAML nor JSON/],
    ['swagger: "2.0"\ninfo: {title: Old, version: "1"}\npaths: {}\n', /Swagger 2/],
    ['openapi: 3.0.0\npaths: {}\n', /does not follow OpenAPI 3\.0\.0: .*must have required property 'info'/],
    [
      'openapi: 3.0.0\ninfo: {title: Pets, version: "1"}\npaths: {/pets: {get: {responses: {"200": {}}}}}\n',
      /paths > \/pets > get > responses > 200: must have required property 'description'/,
    ],
    ['just words', /no OpenAPI description/],
  ])('says what is wrong with %j', async (source, problem) => {
    expect(await readContract(source)).toMatchObject({ problem: expect.stringMatching(problem) })
  })

  it('reads nothing outside of the file', async () => {
    const source = text('petstore').replace('#/components/schemas/Pets"', 'file:///etc/passwd"')
    const read = await readContract(source)
    // Either it is refused, or the reference leads nowhere: what it never does is to look there.
    if ('problem' in read) expect(read.problem).not.toContain('root:')
    else expect(JSON.stringify(read.document)).not.toContain('root:')
  })

  it('knows such a file when it sees one', () => {
    expect(isContract(text('petstore'))).toBe(true)
    expect(isContract('{"info": {"title": "x"}, "openapi": "3.1.0"}')).toBe(true)
    expect(isContract('Build me an openapi: editor')).toBe(false)
  })
})
