import { expect } from 'vitest'
import { atOnce, type Story } from './story.ts'

/** The smallest PNG there is. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const form = (title: string, bytes: Uint8Array, type = 'image/png', name = 'photo.png') => {
  const data = new FormData()
  data.set('title', title)
  data.set('file', new File([new Uint8Array(bytes)], name, { type }))
  return data
}

export const photos: Story = {
  name: 'a photo contest',
  says: [
    'A photo contest: people sign up and upload photos with a title and a picture up to 8 MB, jpeg or png. Everybody can see the photos, also without signing in. Signed-in people can vote for photos, one vote per person and photo. Each photo shows how many votes it has. Only the one who uploaded a photo can delete it.',
  ],
  tests: {
    'takes a picture and gives it back as it was': async (system) => {
      const ann = await system.person('ann')
      const photo = await ann.make('/v1/photos', form('Dawn', PNG))
      const file = Object.values(photo).find((value) => (value as { url?: string } | null)?.url) as {
        url: string
        expires_at: string
      }
      expect(Date.parse(file.expires_at)).toBeGreaterThan(Date.now())
      const response = await fetch(new URL(file.url, system.url))
      expect(response.status).toBe(200)
      expect(Buffer.from(await response.arrayBuffer()).equals(PNG)).toBe(true)
      expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    },
    'refuses what is too large or no picture': async (system) => {
      const ann = await system.person('ann')
      const large = Buffer.concat([PNG, Buffer.alloc(8 * 2 ** 20)])
      expect(await ann.status('POST', '/v1/photos', form('Large', large))).toBe(413)
      expect(
        await ann.status('POST', '/v1/photos', form('Script', Buffer.from('#!/bin/sh'), 'text/plain', 'x.sh')),
      ).toBe(415)
      expect(await system.nobody.status('POST', '/v1/photos', form('Nobody', PNG))).toBe(401)
    },
    'counts one vote a person, also of twenty at once': async (system) => {
      const [ann, ben] = [await system.person('ann'), await system.person('ben')]
      const photo = await ann.make('/v1/photos', form('Dusk', PNG))
      const statuses = await atOnce(20, () => ben.call('PUT', `/v1/photos/${photo.id}/vote`))
      expect(statuses).toEqual({ 200: 20 })
      await ann.put(`/v1/photos/${photo.id}/vote`)
      expect((await system.nobody.get(`/v1/photos/${photo.id}`)).votes_count).toBe(2)
      await ben.remove(`/v1/photos/${photo.id}/vote`)
      expect((await system.nobody.get(`/v1/photos/${photo.id}`)).votes_count).toBe(1)
      expect(await ben.status('DELETE', `/v1/photos/${photo.id}`)).toBe(404)
    },
  },
}
