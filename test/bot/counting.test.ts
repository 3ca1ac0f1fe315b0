import { describe, expect, it } from 'vitest'
import { answerFromBlueprint } from '../../bot/conversation/answers.ts'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { planChange, planSystem } from '../../pipeline/blueprint/planner/plan.ts'

const drawn = (plan: ReturnType<typeof planSystem>) => {
  if (plan.kind !== 'draft') throw new Error('the planner draws nothing')
  return canonicalArchitecture(plan.architecture).value
}
const defects = drawn(
  planSystem(
    'Defects with a title, a price, a status (open, closed) and a quantity; the total is price times quantity; workers report defects; only admins see the price',
  ),
)
const live = { url: 'http://127.0.0.1:4000' }
const ask = (question: string, architecture = defects): string | undefined =>
  answerFromBlueprint(architecture, question, live)

describe('a question that only the rows answer', () => {
  it.each([
    ['how many defects are there per month?', 'show defects per month'],
    ['how many defects were there last month?', 'show defects per month'],
    ['how many defects are there?', 'count defects'],
    ['which weekday has the most defects?', 'show defects per day'],
    ['which status has the most defects?', 'show defects per status'],
    ['who has reported the most defects?', 'show defects per user'],
    ['how many defects were reported by each worker?', 'show defects per user'],
    ['what is the average price of defects per month?', 'show the average price of defects per month'],
  ])('is told what adds a report, and the planner takes those words: "%s"', (question, words) => {
    expect(ask(question)).toContain(`I do not read what is stored, so I cannot count defects: say “${words}”`)
    expect(planChange(words, defects)).toMatchObject({ kind: 'draft', notCarried: [] })
  })

  it('is told which report answers it, and where', () => {
    const reported = drawn(planChange('show defects per month', defects))
    expect(ask('how many defects are there per month?', reported)).toBe(
      'I do not read what is stored, so I cannot count defects: the report by month does, at GET http://127.0.0.1:4000/v1/defects/by-month.',
    )
    expect(ask('who has reported the most defects?', reported)).toContain('say “show defects per user”')
  })

  it('is none where the blueprint knows', () => {
    expect(ask('what fields do defects have?')).toBe(
      'defects have: owner, title, price, status (open, closed), quantity and total (computed).',
    )
    expect(ask('how many fields does a defect have?')).toContain('defects have: owner, title')
    expect(ask('who may delete defects?')).toBe('Who may delete defects: worker (only their own), admin.')
  })
})

describe('who sees a field', () => {
  const kept = structuredClone(defects)
  kept.models.Defect!.fields.price!.readers = ['@own']

  it.each(['who can see the price?', 'Who sees the price of a defect?', 'who may view prices?'])(
    'is said of the field: "%s"',
    (question) => {
      expect(ask(question, kept)).toBe(
        'Only administrators and the owner see the price of a defect, of those who may see defects at all: worker, admin.',
      )
      expect(ask(question)).toBe('Whoever may see defects sees the price of a defect: worker, admin.')
    },
  )

  it('is said of a computed value too', () => {
    expect(ask('who can see the total?')).toBe('Whoever may see defects sees the total of a defect: worker, admin.')
  })
})
