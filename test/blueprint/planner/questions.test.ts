import { describe, expect, it } from 'vitest'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../../pipeline/blueprint/planner/result.ts'
import type { Architecture } from '../../../schemas/generated/architecture.ts'

const recipes = 'Build me a recipe app with login'

const draftOf = (result: PlanResult): Architecture => {
  if (result.kind !== 'draft') throw new Error(`a ${result.kind}`)
  return result.architecture
}
const asked = (result: PlanResult) => (result.kind === 'question' ? result.questions : [])
const user = (answers: Record<string, string>): string[] =>
  draftOf(planSystem(recipes, answers)).policies.roles.user ?? []
const pets = draftOf(planSystem('Pets with a name and notes. Toys with a name. No login.'))

describe('questions before a new system', () => {
  it('asks whose rows are seen where accounts are wanted and both readings are usual, the least allowed first', () => {
    const [question, ...others] = asked(planSystem(recipes))
    expect(others).toEqual([])
    expect(question).toMatchObject({ id: 'sharing', text: 'Who may see the recipes?' })
    expect(question?.choices.map(({ value }) => value)).toEqual(['own', 'signed', 'public'])
  })

  it('goes by the answer, by value or in words', () => {
    expect(user({ sharing: 'own' })).toEqual(['recipes.api:*@own'])
    expect(user({ sharing: 'only their own' })).toEqual(['recipes.api:*@own'])
    expect(user({ sharing: 'signed' })).toContain('recipes.api:read')
    const open = draftOf(planSystem(recipes, { sharing: 'public' })).components.recipes?.ports.api
    expect(open).toMatchObject({ public: ['list', 'read'], owner: 'owner_id' })
  })

  it('says what was answered among the assumptions', () => {
    const result = planSystem(recipes, { sharing: 'own' })
    expect(result).toMatchObject({
      assumptions: expect.arrayContaining([expect.stringContaining('Each person sees only their own, as answered')]),
    })
  })

  it('asks again where an answer is none of the choices', () => {
    expect(asked(planSystem(recipes, { sharing: 'purple' }))).toHaveLength(1)
    expect(asked(planSystem(recipes, { unheard: 'own' }))).toHaveLength(1)
  })

  it('asks whether people who are described and act have accounts', () => {
    const text = 'Teachers (name, email) can edit and delete grades. Grades have a student name and a value.'
    expect(asked(planSystem(text))).toMatchObject([{ id: 'sign-in' }])
    expect(draftOf(planSystem(text, { 'sign-in': 'yes' })).policies.roles).toHaveProperty('teacher')
    expect(draftOf(planSystem(text, { 'sign-in': 'no' })).policies.authn).toBeUndefined()
  })

  it.each([
    'Build me a todo API with user authentication',
    'Recipes with a title. Everyone can read them, only admins add them.',
    'a recipe app with login where each user sees only their own recipes',
    'my recipes, with a login',
    'Recipe sharing platform with user accounts',
    'A blog with accounts',
    'Members (name, email) can borrow books. Books have a title.',
  ])('does not ask where the request is clear: %s', (text) => expect(planSystem(text).kind).toBe('draft'))
})

describe('questions before a change', () => {
  it('asks which thing gets a field that fits several', () => {
    const [question] = asked(planChange('add a colour', pets))
    expect(question?.choices.map(({ value }) => value)).toEqual(['Pet', 'Toy'])
    const after = draftOf(planChange('add a colour', pets, { model: 'Toy' }))
    expect(after.models.Toy?.fields).toHaveProperty('colour')
    expect(after.models.Pet?.fields).not.toHaveProperty('colour')
  })

  it('asks which field is meant where several things have it', () => {
    const [question] = asked(planChange('remove the name', pets))
    expect(question?.choices.map(({ label }) => label)).toEqual(['The name of pets', 'The name of toys', 'Both'])
    const after = draftOf(planChange('remove the name', pets, { field_name: 'Toy' }))
    expect(after.models.Pet?.fields).toHaveProperty('name')
    expect(after.models.Toy?.fields).not.toHaveProperty('name')
    const renamed = draftOf(planChange('rename name to title', pets, { field_name: 'all' }))
    expect(Object.values(renamed.models).every((model) => 'title' in model.fields)).toBe(true)
  })

  it('does not ask where the thing is named or only one has the field', () => {
    expect(planChange('remove the name from toys', pets).kind).toBe('draft')
    expect(planChange('rename the notes to remarks', pets).kind).toBe('draft')
    expect(planChange('add a colour to pets', pets).kind).toBe('draft')
  })

  it('offers a value for rows that exist where an optional field becomes required', () => {
    const [question] = asked(planChange('make the notes required', pets))
    expect(question?.choices.map(({ value }) => value)).toEqual(['-', '@optional'])
    const after = draftOf(planChange('make the notes required', pets, { required_notes: '-' }))
    expect(after.models.Pet?.fields.notes).toMatchObject({ default: '-' })
    expect(after.models.Pet?.fields.notes?.optional).toBeUndefined()
  })
})
