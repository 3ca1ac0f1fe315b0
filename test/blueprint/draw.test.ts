import { describe, expect, it } from 'vitest'
import { drawArchitecture } from '../../pipeline/blueprint/draw.ts'
import { fixture } from './fixtures.ts'

describe('drawArchitecture', () => {
  it('shows every component once, and says in words what it shows', async () => {
    const { svg, png, alt } = await drawArchitecture(fixture('clinic'))
    for (const title of ['People', 'Accounts', 'Users', 'Species notes', '/v1/species-notes', 'chip number'])
      expect(svg).toContain(`>${title}<`)
    expect(Buffer.from(png).subarray(1, 4).toString()).toBe('PNG')
    expect(alt).toContain('the system stores users, pets, visits and species notes')
  })

  it('escapes what people wrote', async () => {
    const architecture = fixture('todo')
    architecture.policies.roles['<script>'] = []
    const { svg } = await drawArchitecture(architecture)
    expect(svg).not.toContain('<script>')
  })

  it('draws the same picture for the same blueprint', async () => {
    expect((await drawArchitecture(fixture('todo'))).svg).toBe((await drawArchitecture(fixture('todo'))).svg)
  })
})
