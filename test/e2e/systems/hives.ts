import { expect } from 'vitest'
import type { Story } from './story.ts'

export const hives: Story = {
  name: 'bee hives',
  says: [
    'Bee keepers sign up and keep hives with a name and a location. Hives post their weight in kg with an API key. Bee keepers see the readings of their hives as a chart by day: average, lowest and highest weight.',
  ],
  tests: {
    'takes readings by key, and only for the hive that has it': async (system) => {
      const keeper = await system.person('kim')
      const hive = await keeper.make('/v1/hives', { name: 'North', location: 'Orchard' })
      const other = await keeper.make('/v1/hives', { name: 'South', location: 'Meadow' })
      expect(hive.api_key).toMatch(/.{20,}/)
      const device = system.nobody.with({ 'X-API-Key': hive.api_key })
      const path = '/v1/readings'
      const made = await device.make(path, { weight_kg: 41.5 })
      expect(made.hive_id).toBe(hive.id)
      expect([403, 422]).toContain(await device.status('POST', path, { weight_kg: 1, hive_id: other.id }))
      expect(await system.nobody.status('POST', path, { weight_kg: 1 })).toBe(401)
      expect((await keeper.get(`/v1/hives/${hive.id}`)).api_key).toBeUndefined()
    },
    'replaces a key at once': async (system) => {
      const keeper = await system.person('kim')
      const hive = await keeper.make('/v1/hives', { name: 'East', location: 'Garden' })
      const { api_key: fresh } = await keeper.act(`/v1/hives/${hive.id}/keys`)
      const send = (key: string) =>
        system.nobody.with({ 'X-API-Key': key }).status('POST', '/v1/readings', { weight_kg: 40 })
      expect(await send(hive.api_key)).toBe(401)
      expect(await send(fresh)).toBe(201)
      const stranger = await system.person('zoe')
      expect(await stranger.status('POST', `/v1/hives/${hive.id}/keys`)).toBe(404)
    },
    'charts the weight by day': async (system) => {
      const keeper = await system.person('kim')
      const hive = await keeper.make('/v1/hives', { name: 'West', location: 'Roof' })
      const device = system.nobody.with({ 'X-API-Key': hive.api_key })
      for (const weight of [40, 42]) await device.make('/v1/readings', { weight_kg: weight })
      const paths = Object.keys((await system.nobody.get('/openapi.json')).paths)
      const view = paths.find((path) => /^\/v1\/readings\/[a-z-]+$/.test(path))!
      const rows = (await keeper.items(view)).filter((row) => Object.values(row).includes(hive.id))
      expect(rows).toHaveLength(1)
      expect(Object.values(rows[0])).toEqual(expect.arrayContaining([41, 40, 42]))
    },
  },
}
