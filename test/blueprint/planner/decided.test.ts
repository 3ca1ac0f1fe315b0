import { expect, it } from 'vitest'
import { planSystem } from '../../../pipeline/blueprint/planner/plan.ts'

const timersOf = (text: string): unknown[] => {
  const plan = planSystem(text)
  if (plan.kind !== 'draft') throw new Error(plan.kind)
  return Object.values(plan.architecture.components).flatMap(({ ports }) =>
    Object.values(ports).flatMap((port) => (port.kind === 'timer' ? [port.do?.[0]?.each?.where] : [])),
  )
}

it('is what is in none of its first states any more, whichever sentence says which those are', () => {
  expect(
    timersOf(
      'Employees log in and submit claims with a title and an amount. Every day at 0:00: a claim that is not decided within 7 days is flagged. Claims go draft, submitted, approved or rejected. Managers approve or reject claims.',
    ),
  ).toEqual(['claim.status in ["draft", "submitted"] && claim.created_at < now - duration("168h") && !claim.flagged'])
  expect(
    timersOf(
      'Requests have a title and a status (open, accepted, refused). No login. Every night handled requests older than 30 days are deleted.',
    ),
  ).toEqual(['request.status != "open" && request.created_at < now - duration("720h")'])
})
