import { describe, expect, it } from 'vitest'
import { answerFromBlueprint } from '../../bot/conversation/answers.ts'
import { grantWords } from '../../bot/conversation/granting.ts'
import { planSystem } from '../../pipeline/blueprint/planner/plan.ts'

const architectureOf = (wish: string) => {
  const plan = planSystem(wish)
  if (plan.kind !== 'draft') throw new Error(`no draft of ${wish}`)
  return plan.architecture
}
const gym = architectureOf(
  'A gym: coaches give classes with a name and a time; members book classes; only coaches cancel classes',
)
const words =
  'An administrator makes somebody coach with PATCH /v1/users/{id} and {"roles": ["coach"]}; GET /v1/users lists people with their ids.'

describe('how somebody gets a role', () => {
  it('names the roles that signing up does not give', () => {
    expect(grantWords(gym)).toBe(words)
  })

  it.each([
    'how do I make somebody a coach?',
    'How does a member become a coach',
    'how can I give someone the role coach?',
    'how do I assign roles?',
    'How do we promote people to coaches?',
  ])('is the answer to "%s"', (question) => {
    expect(answerFromBlueprint(gym, question, { url: undefined })).toBe(words)
  })

  it('leaves who may do what to the rights', () => {
    expect(answerFromBlueprint(gym, 'who can make classes, only a coach?', { url: undefined })).not.toContain('PATCH')
  })

  it('is not said where nobody needs a role', () => {
    expect(grantWords(architectureOf('Build an API for pets with a name. No login.'))).toBeUndefined()
    expect(grantWords(architectureOf('Build me a todo API with user authentication'))).toBeUndefined()
  })
})
