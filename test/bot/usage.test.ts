import { describe, expect, it } from 'vitest'
import { approveLabel, riskOf, warningOf } from '../../bot/conversation/risk.ts'
import { parseUsage } from '../../bot/terminal/usage.ts'

describe('parseUsage', () => {
  it('reads options and messages in any order', () => {
    expect(parseUsage(['--json', 'Build me a todo API', '--yes', 'stop todo', '--team', 'Blue'])).toEqual({
      json: true,
      yes: true,
      team: 'Blue',
      messages: ['Build me a todo API', 'stop todo'],
    })
    expect(parseUsage(['--', '--json'])).toMatchObject({ json: false, messages: ['--json'] })
  })
  it.each([
    [['--frobnicate']],
    [['--team']],
    [['--invite']],
    [['--invite', '--json']],
    [['--invite', '<b>']],
    [['--team', '--json']],
    [['--team', '../x']],
    [['']],
    [['-x']],
  ])('says what is wrong with %j', (args) => {
    expect(parseUsage(args)).toMatchObject({ wrong: expect.any(String) })
  })
})

describe('the risk of a change', () => {
  const hides = {
    text: 'Removes tags from todos; the values stay in the database, hidden',
    risk: 'hides-data',
  } as const
  const breaks = { text: 'Renames done to finished', risk: 'breaks-clients' } as const
  const shows = { text: 'List todos: everyone (before: user (own))', risk: 'shows-more' } as const
  const none = { text: 'Adds a due date', risk: 'none' } as const

  it('stands in the label of the button that approves it', () => {
    expect(approveLabel([none])).toBe('Approve')
    expect(approveLabel([breaks])).toBe('Approve')
    expect(approveLabel([none, shows])).toBe('Approve and show to more people')
    expect(approveLabel([none, hides])).toBe("Approve and hide 'tags'")
    expect(approveLabel([{ ...hides, text: 'Removes comments; the rows stay in the database, hidden' }, hides])).toBe(
      "Approve and hide 'comments', 'tags'",
    )
    expect(approveLabel(Array.from({ length: 9 }, () => hides))).toBe('Approve and hide data (9)')
  })
  it('is told at the top, the worst first', () => {
    expect(riskOf([none, breaks, hides])).toBe('hides-data')
    expect(riskOf([breaks, shows])).toBe('shows-more')
    expect(warningOf([shows])).toMatch(/^More people will see/)
    expect(riskOf([none, breaks])).toBe('breaks-clients')
    expect(warningOf([none])).toBeUndefined()
    expect(warningOf([breaks, hides])).toMatch(/^This hides data: .*This may break programs/)
  })
})
