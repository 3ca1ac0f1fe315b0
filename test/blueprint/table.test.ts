import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkBlueprint } from '../../pipeline/blueprint/check.ts'
import { describeArchitecture } from '../../pipeline/blueprint/describe.ts'
import { planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { describeTable } from '../../pipeline/blueprint/table/describe-table.ts'
import { wishFromTable } from '../../pipeline/blueprint/table/wish.ts'

const rows = (...lines: string[]): string => `${lines.join('\n')}\n`

const planned = (said: string, name: string, text: string) => {
  const wish = wishFromTable(said, name, text)
  if ('problem' in wish) throw new Error(wish.problem)
  const plan = planSystem(wish.words)
  if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
  expect(checkBlueprint(plan.architecture)).toEqual([])
  return { ...describeArchitecture(plan.architecture), lost: plan.notCarried }
}

const MEMBERS = rows(
  'Name;E-Mail;joinedOn;Fee (EUR);Status;Post code;Newsletter;Homepage;Notes;Age',
  ...Array.from(
    { length: 12 },
    (_, n) =>
      `Member ${n};m${n}@example.org;0${(n % 9) + 1}.02.2020;${n},50;${n % 2 ? 'active' : 'passive'};0123${n % 10};${n % 3 ? 'yes' : 'no'};${n % 4 ? `https://example.org/${n}` : ''};"first line\nsecond; line";${20 + n}`,
  ),
)

describe('a CSV file that describes data', () => {
  it('gives a thing called after the file, with what its columns hold', () => {
    const { stores, lost } = planned('build this', 'members_export-2024.csv', MEMBERS)
    expect(stores).toEqual([
      'Members: name, e mail, joined on (date), fee eur (decimal number), status (passive, active; passive at first), post code, newsletter (yes or no), homepage (optional), notes (optional), age (whole number)',
    ])
    expect(lost).toEqual([expect.stringMatching(/rows of members_export-2024\.csv.*not loaded/)])
  })

  it('keeps what was said beside it', () => {
    const { people } = planned(
      'Build an API from this file, with user accounts. Only admins can change members.',
      'members.csv',
      MEMBERS,
    )
    expect(people[0]).toContain('can see members.')
  })

  it.each([
    ['Build this API: members.csv'],
    ['build members.csv'],
    [''],
    ['Please make me an API from this spreadsheet'],
  ])('takes “%s” for no more than the file', (said) => {
    expect(wishFromTable(said, 'members.csv', MEMBERS)).toEqual(describeTable('members.csv', MEMBERS))
  })

  it('keeps no value of the file but the words of a choice', () => {
    const wish = describeTable('members.csv', MEMBERS)
    if ('problem' in wish) throw new Error(wish.problem)
    for (const value of ['Member 1', 'example.org', 'second', '01234']) expect(wish.words).not.toContain(value)
  })

  it.each([
    ['4711,Anna\n4712,Bert\n', /does not name its columns: “4711”/],
    ['name,email\n', /no line below its first/],
    ['name\n"open', /is no CSV/],
    ['', /no line below/],
    [rows(Array.from({ length: 61 }, (_, n) => `column${n}`).join(','), 'a'), /61 columns/],
  ])('says what is wrong with %j', (text, problem) => {
    expect(describeTable('x.csv', text)).toEqual({
      problem: expect.stringMatching(problem),
      help: expect.stringContaining('first line'),
    })
  })

  it('makes a sound blueprint of any table, or says what is wrong', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `"${text.replaceAll('"', '""')}"`)
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(table, (lines) => {
        const wish = wishFromTable('build this', 'things.csv', rows(...lines.map((line) => line.join(','))))
        if ('problem' in wish) return
        const plan = planSystem(wish.words)
        if (plan.kind === 'draft') expect(checkBlueprint(plan.architecture)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})
