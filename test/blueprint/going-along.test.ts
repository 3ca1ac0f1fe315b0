import { describe, expect, it } from 'vitest'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { describeArchitecture } from '../../pipeline/blueprint/describe.ts'
import { planSystem } from '../../pipeline/blueprint/planner/plan.ts'

const deletingIn = (text: string): string[] => {
  const plan = planSystem(text)
  if (plan.kind !== 'draft') throw new Error(`no system comes of “${text}”`)
  const { rules } = describeArchitecture(canonicalArchitecture(plan.architecture).value)
  return rules.filter((line) => line.startsWith('Deleting '))
}

describe('what goes along when something is deleted', () => {
  it.each([
    [
      'Courses have a title. Students book courses. Bookings belong to a course. Admins manage courses.',
      ['Deleting a user deletes their bookings too.', 'Deleting a course deletes its bookings too.'],
    ],
    [
      'Projects have a name. Tasks belong to a project. Comments belong to a task. No login.',
      ['Deleting a project deletes its tasks and comments too.', 'Deleting a task deletes its comments too.'],
    ],
    // A reference that may be empty is emptied, and nothing is said where nothing goes.
    ['Books have a title and an optional shelf. Shelves have a number. No login.', []],
    ['Todos have a title. No login.', []],
  ])('is said in a line a thing: %s', (text, lines) => {
    expect(deletingIn(text)).toEqual(lines)
  })

  it('is said only of what somebody can delete', () => {
    expect(deletingIn('Meters have a number. Readings belong to a meter. Nobody can delete meters. No login.')).toEqual(
      [],
    )
  })
})
