import { describe, expect, it } from 'vitest'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { describeArchitecture } from '../../pipeline/blueprint/describe.ts'
import { planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { peopleOfRole } from '../../pipeline/blueprint/role-words.ts'
import { joinWords } from '../../pipeline/blueprint/words.ts'

describe('what people read', () => {
  it('says each word of a list once', () => {
    expect(joinWords(['update', 'update', 'update'])).toBe('update')
    expect(joinWords(['see', 'update', 'see', 'update'])).toBe('see and update')
    expect(joinWords(['a', 'b', 'c'], 'or')).toBe('a, b or c')
    expect(joinWords([])).toBe('')
  })

  it('says what steps are taken with before it says it again of the next thing', () => {
    const plan = planSystem(
      'Employees file claims with an amount. Managers approve or reject claims. Managers publish reports. Reports have a title.',
    )
    if (plan.kind !== 'draft') throw new Error('no draft')
    const { people } = describeArchitecture(canonicalArchitecture(plan.architecture).value)
    expect(people.join('\n')).toContain('approve and reject claims')
    expect(people.join('\n')).not.toContain('approve claims and reject claims')
  })
})

describe('roles that are abbreviations', () => {
  const of = (text: string) => {
    const plan = planSystem(text)
    if (plan.kind !== 'draft') throw new Error('no draft')
    const { value } = canonicalArchitecture(plan.architecture)
    const { people, endpoints } = describeArchitecture(value)
    return { value, told: [...people, ...plan.assumptions, ...endpoints.map(({ who }) => who)].join('\n') }
  }

  it.each([
    ['HR', 'hr', 'HR', 'HR'],
    ['QA', 'qa', 'QA', 'QA'],
    ['CEO', 'ceo', 'CEO', 'CEOs'],
    // “It” and “PR” alone would read as other words.
    ['IT', 'it_staff', 'IT staff', 'IT staff'],
    ['PR', 'pr_staff', 'PR staff', 'PR staff'],
  ])('stand in capitals wherever people read of them: %s', (said, role, one, many) => {
    const { value, told } = of(`Employees have a name and a salary. ${said} manages employees.`)
    expect(Object.keys(value.policies.roles)).toContain(role)
    expect(told).toContain(`Whoever an administrator makes ${one} can see`)
    expect(told).toContain(`${many} are made by an admin`)
    expect(told.split('\n')).toContain(`${one}, admin`)
    expect(told).not.toMatch(/\b(?:Hr|Qa|Ceo|It|Pr)s?\b/)
  })

  it('have a plural as people say it', () => {
    expect(
      ['hr', 'it', 'ceo', 'vip', 'print_shop', 'hr_manager', 'gp', 'vet', 'it_staff'].map((role) => peopleOfRole(role)),
    ).toEqual(['HR', 'IT', 'CEOs', 'VIPs', 'print shops', 'HR managers', 'GPs', 'vets', 'IT staff'])
  })

  it('name their system in capitals too', () => {
    expect(of('Build an HR system: HR manages employees with a name').value.system.title).toBe('HR')
  })
})
