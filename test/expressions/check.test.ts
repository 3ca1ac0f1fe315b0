import { describe, expect, it } from 'vitest'
import { checkExpression } from '../../pipeline/expressions/check.ts'
import type { Scope } from '../../pipeline/expressions/scope.ts'
import { fixture } from '../blueprint/fixtures.ts'

const clinic = fixture('clinic')
const scope: Scope = {
  this: { kind: 'row', model: 'Visit' },
  pet: { kind: 'row', model: 'Pet', nullable: true },
  me: { kind: 'caller' },
  input: { kind: 'shape', fields: { days: { type: 'int', optional: true }, note: { type: 'string' } } },
  token: { kind: 'value', type: 'string' },
}
const check = (text: string) => checkExpression(text, scope, clinic)

describe('checkExpression', () => {
  it.each([
    ['this.at > now', 'bool', false],
    ['this.vet_id == me.id', 'bool', false],
    ['this.vet.email == "x"', 'bool', false],
    ['this.vet.email < "x"', 'bool', true],
    ['input.days + 1', 'int', true],
    ['input.days == null || input.days > 3', 'bool', false],
    ['input.days != null && input.days > 3', 'bool', false],
    ['input.days > 3 || input.days == null', 'bool', true],
    ['input.days == null ? 0 : input.days', 'int', false],
    ['pet != null && pet.name == token', 'bool', false],
    ['this.price + this.price', 'decimal', true],
    ['this.price > 1.5', 'bool', false],
    ['now + duration("1h30m")', 'datetime', false],
    ['this.at + minutes(30)', 'datetime', true],
    ['this.at - now', 'duration', false],
    ['Visit.filter(v, v.pet_id == this.pet_id).size()', 'int', false],
    ['"admin" in me.roles', 'bool', false],
    ['this.pet.tags.all(t, t.startsWith("x"))', 'bool', false],
    ['month(this.at)', 'date', false],
    ['7 / 2', 'int', false],
    ['7 / input.note.size()', 'int', true],
  ])('reads %s as %s', (text, type, nullable) => {
    expect(check(text).problem).toBeUndefined()
    expect(check(text).expression).toMatchObject({ type, nullable })
  })

  it.each([
    ['this.att > now', '`this.att` does not exist', 5, "Did you mean 'at'?"],
    ['this.pet.species == "brid"', '`brid` is no species', 20, "Did you mean 'bird'?"],
    ['this.pet.species == "dogg"', '`dogg` is no species', 20, "Did you mean 'dog'?"],
    ['"amdin" in me.roles', '`amdin` is no role', 0, "Did you mean 'admin'?"],
    ['thsi.at > now', 'there is no `thsi` here', 0, "Did you mean 'this'?"],
    ['this.at > 3', '`>` between a moment and a whole number', 0, 'Say what the number counts'],
    ['this.at > this.pet.born_on', '`>` between a moment and a date', 0, 'date(...)'],
    ['this.pet_id.name == "x"', '`this.pet_id` has no parts', 12, 'pet'],
    ['this.pet == me', '`me` is whoever calls', 12, 'ids'],
    ['Pet.name == "x"', '`Pet` stands for all rows', 0, 'exists'],
    ['this.reason.matches("x")', 'no function `matches`', 0, 'contains'],
    ['this.at +', 'ends too early', 9, 'Finish'],
    ['{"a": 1} == null', 'larger or nested', 1, 'Split'],
    ['this.at.x', '`this.at` has no parts', 8, 'Use it as it is'],
    ['this.price < null', 'with null is never true', 0, '== null'],
    [`${'('.repeat(30)}true${')'.repeat(30)}`, 'nested deeper', 25, 'Split'],
    ['size(this.price) > 1', 'size of a decimal number', 5, 'a text'],
  ])('says what is wrong with %s', (text, message, at, help) => {
    const { problem } = check(text)
    expect(problem?.message).toContain(message)
    expect(problem?.at).toBe(at)
    expect(problem?.help).toContain(help)
  })

  it('says what an expression looks at', () => {
    const text = 'this.pet.owner_id == me.id && this.at < now && Visit.exists(v, v.vet_id == this.vet_id)'
    expect(check(text).expression).toEqual({
      text,
      type: 'bool',
      nullable: false,
      partial: false,
      names: ['this', 'me'],
      follows: [['this', 'pet']],
      models: ['Visit'],
      fields: ['pet_id', 'at', 'vet_id'].map((field) => ({ name: 'this', field })),
      reads: [
        { model: 'Visit', field: 'pet_id' },
        { model: 'Pet', field: 'owner_id' },
        { model: 'Visit', field: 'at' },
        { model: 'Visit', field: 'vet_id' },
      ],
      callsNow: true,
    })
  })

  it('reads literals as the type that is expected', () => {
    expect(checkExpression('1.5', scope, clinic, ['decimal']).expression?.type).toBe('decimal')
    expect(checkExpression('"2030-01-31"', scope, clinic, ['date']).expression?.type).toBe('date')
    expect(checkExpression('"2030-02-31"', scope, clinic, ['date']).problem?.message).toContain('is not a date')
    expect(checkExpression('"x"', scope, clinic, ['int']).problem?.message).toContain('a whole number is needed')
  })
})
