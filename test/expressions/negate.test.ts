import { describe, expect, it } from 'vitest'
import { negated } from '../../pipeline/expressions/negate.ts'
import { samples } from './generate.ts'
import { contextOf, evaluate, isKnown } from './oracle.ts'
import { rowsOf } from './world.ts'

const SEED = 20260615

describe('the opposite of a condition', () => {
  it.each([
    ['this.state == "open"', 'this.state != "open"'],
    ["this.state != 'open'", "this.state == 'open'"],
    ['this.price <= 5', 'this.price > 5'],
    ['(this.a + 1) * 2 < (this.b)', '(this.a + 1) * 2 >= (this.b)'],
    ['this.open', '!this.open'],
    ['!this.open', 'this.open'],
    ['!(this.a || this.b)', 'this.a || this.b'],
    ['(this.a == 1 || this.b)', '!(this.a == 1 || this.b)'],
    ['(this.a || this.b) && (this.c || this.d)', '!((this.a || this.b) && (this.c || this.d))'],
    ['this.state in ["open", "lent"]', 'this.state != "open" && this.state != "lent"'],
    ['(this.ends != null && this.ends < now)', 'this.ends == null || this.ends >= now'],
    ['this.ends != null && this.a && this.b', 'this.ends == null || !(this.a && this.b)'],
    ['Loan.exists(l, l.book_id == this.id)', '!Loan.exists(l, l.book_id == this.id)'],
    ['this.title == "a != b && c"', 'this.title != "a != b && c"'],
  ])('%s', (text, opposite) => {
    expect(negated(text)).toBe(opposite)
  })

  it('is true where the condition is false, false where it is true, unknown where it is', () => {
    const rows = rowsOf(SEED, 10)
    const contexts = rows.Item.map((_, index) => contextOf(rows, index))
    const seen = samples(SEED, 1500)
      .filter(({ text, oracle }) => oracle && isKnown(text))
      .flatMap(({ text }) =>
        contexts.map((context) => [text, evaluate(text, context), evaluate(negated(text), context)]),
      )
      .filter(([, value]) => value === null || value === 'bool true' || value === 'bool false')
    const opposite = new Map([
      ['bool true', 'bool false'],
      ['bool false', 'bool true'],
    ])
    for (const value of ['bool true', 'bool false', null])
      expect(seen.filter(([, one]) => one === value).length).toBeGreaterThan(50)
    expect(seen.filter(([, value, other]) => other !== (opposite.get(value!) ?? null))).toEqual([])
  })
})
