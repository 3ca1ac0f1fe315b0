import { expect } from 'vitest'
import { atOnce, type Running, type Story } from './story.ts'

const scene = async ({ nobody }: Running) => {
  const dentist = await nobody.make('/v1/dentists', { name: 'Dr. Molar' })
  const patient = await nobody.make('/v1/patients', { name: 'Pat', phone_number: '+49 30 1234567' })
  const at = (from: string, to: string, who = dentist.id) => ({
    dentist_id: who,
    patient_id: patient.id,
    start: `2027-03-01T${from}:00Z`,
    end: `2027-03-01T${to}:00Z`,
  })
  return { dentist, patient, at }
}

export const dental: Story = {
  name: 'a dental practice’s calendar',
  says: [
    'We are a dental practice and need a calendar. Dentists have a name. Patients have a name and a phone number. An appointment is for a patient with a dentist and has a start and an end. Two appointments of the same dentist must not overlap, and an appointment has to end after it starts. No login needed.',
  ],
  tests: {
    'refuses an appointment that overlaps, and says why': async (system) => {
      const { at } = await scene(system)
      await system.nobody.make('/v1/appointments', at('09:00', '10:00'))
      const clash = await system.nobody.call('POST', '/v1/appointments', at('09:30', '10:30'))
      expect(clash.status).toBe(409)
      expect(clash.body.detail).toMatch(/taken at that time/)
      expect(clash.headers.get('content-type')).toContain('application/problem+json')
    },
    'lets one begin when another ends, and another dentist work at the same time': async (system) => {
      const { at } = await scene(system)
      await system.nobody.make('/v1/appointments', at('09:00', '10:00'))
      await system.nobody.make('/v1/appointments', at('10:00', '11:00'))
      const other = await system.nobody.make('/v1/dentists', { name: 'Dr. Canine' })
      await system.nobody.make('/v1/appointments', at('09:00', '10:00', other.id))
    },
    'holds the rule when an appointment is moved': async (system) => {
      const { at } = await scene(system)
      await system.nobody.make('/v1/appointments', at('09:00', '10:00'))
      const later = await system.nobody.make('/v1/appointments', at('12:00', '13:00'))
      const moved = { start: '2027-03-01T09:15:00Z', end: '2027-03-01T09:45:00Z' }
      expect(await system.nobody.status('PATCH', `/v1/appointments/${later.id}`, moved)).toBe(409)
      await system.nobody.change(`/v1/appointments/${later.id}`, {
        start: '2027-03-01T14:00:00Z',
        end: '2027-03-01T15:00:00Z',
      })
    },
    'refuses an end before the start at its place': async (system) => {
      const { at } = await scene(system)
      const answer = await system.nobody.call('POST', '/v1/appointments', at('10:00', '09:00'))
      expect(answer.status).toBe(422)
      expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain('/end')
    },
    'takes exactly one of twenty who want the same hour at once': async (system) => {
      const { at } = await scene(system)
      const statuses = await atOnce(20, () => system.nobody.call('POST', '/v1/appointments', at('15:00', '16:00')))
      expect(statuses).toEqual({ 201: 1, 409: 19 })
    },
    'says the rules on the card': async ({ rules }) => {
      expect(rules.join('\n')).toMatch(/overlap/i)
    },
  },
}
