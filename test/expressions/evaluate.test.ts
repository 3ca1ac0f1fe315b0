import { expect, it } from 'vitest'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { typeExpression } from '../../pipeline/expressions/check.ts'
import { evaluate } from '../../pipeline/expressions/evaluate.ts'
import { readFixture } from '../harden/build.ts'

const { value: todo } = canonicalArchitecture(readFixture('todo'))
const scope = { this: { kind: 'row' as const, model: 'Todo' }, me: { kind: 'caller' as const } }

/** What a condition on a todo comes to where nobody says who calls. */
const told = (text: string): unknown => {
  const { typed } = typeExpression(text, scope, todo, ['bool'])
  return evaluate(typed, { rows: { this: { owner_id: 'a', done: true } }, now: 0 })
}

it('is told where one part decides, whatever the example does not tell of the others', () => {
  expect(told('this.owner_id != me.id || this.done')).toBe(true)
  expect(told('this.owner_id != me.id || !this.done')).toBeUndefined()
  expect(told('this.owner_id == me.id && !this.done')).toBe(false)
  expect(told('this.owner_id == me.id && this.done')).toBeUndefined()
})
