/** Expressions at random, of every type, over the model Item of world.ts. */
import fc from 'fast-check'

/** `oracle`: whether another implementation of CEL means the same: it knows no null in ==, and fails where we do not know. */
export type Sample = { text: string; oracle: boolean; time: boolean }

type Gen = fc.Arbitrary<Sample>
type Type = 'bool' | 'int' | 'decimal' | 'float' | 'string' | 'datetime' | 'date' | 'time' | 'duration'

const leaf = (...texts: string[]): Gen =>
  fc
    .constantFrom(...texts)
    .map((text) => ({ text, oracle: true, time: /\b(at|ends|d|dd|tm|now)\b|today|duration|date/.test(text) }))

const join = (parts: Sample[], text: string, oracle = true): Sample => ({
  text,
  oracle: oracle && parts.every((part) => part.oracle),
  time: parts.some((part) => part.time),
})

const LEAVES: { [type in Type]: Gen } = {
  bool: leaf('this.b', 'this.c', 'true', 'false'),
  int: leaf('this.n', 'this.m', 'this.small', '3', '-2', '0', 'this.maybe.size', '1000000007'),
  decimal: leaf('this.p', 'this.q', 'this.cheap', 'this.p', 'this.cheap'),
  float: leaf('this.f', 'this.g', '2.5', '0.0'),
  string: leaf('this.s', 'this.t', '"a"', '"Ä"', '""', 'this.other.label', 'this.maybe.label'),
  datetime: leaf('this.at', 'this.ends', 'now'),
  date: leaf('this.d', 'this.dd', 'today()'),
  time: leaf('this.tm', 'this.tm', 'time(this.at)'),
  duration: leaf('duration("1h30m")', 'duration("-36h")', 'duration("0s")', 'days(this.small)', 'minutes(this.m)'),
}
/** What can be compared by == in the other implementation too: there it is never an error. */
const PLAIN: { [type in Type]: Gen } = {
  ...LEAVES,
  int: leaf('this.n', 'this.m', 'this.small', '3', '0'),
  string: leaf('this.s', 'this.t', '"a"', '"ab"', 'this.other.label'),
  time: leaf('this.tm'),
  duration: leaf('duration("1h30m")', 'duration("0s")'),
}
const TYPES = Object.keys(LEAVES) as Type[]
const ORDERED = TYPES.filter((type) => type !== 'bool')

const apply = (parts: Gen[], write: (texts: string[]) => string, oracle = true): Gen =>
  fc.tuple(...parts).map((samples) => join(samples, write(samples.map(({ text }) => text)), oracle))

const infix = (ops: string[], left: Gen, right: Gen, oracle = true): Gen =>
  fc.constantFrom(...ops).chain((op) => apply([left, right], ([a, b]) => `(${a} ${op} ${b})`, oracle))

/** Returns expressions of a type that nest at most so deep. */
const of = (type: Type, depth: number): Gen => {
  if (depth === 0) return LEAVES[type]
  const inner = (other: Type) => of(other, depth - 1)
  const same = inner(type)
  const choice = apply([inner('bool'), same, same], ([c, a, b]) => `(${c} ? ${a} : ${b})`)
  const extreme = fc.constantFrom('min', 'max').chain((name) => apply([same, same], ([a, b]) => `${name}(${a}, ${b})`))
  switch (type) {
    case 'bool':
      return fc.oneof(
        LEAVES.bool,
        infix(['&&', '||'], same, same),
        infix(['&&', '||'], same, same),
        apply([same], ([a]) => `!${a}`),
        choice,
        fc.constantFrom(...ORDERED).chain((other) => infix(['<', '<=', '>', '>='], inner(other), inner(other))),
        fc.constantFrom(...TYPES).chain((other) => infix(['==', '!='], PLAIN[other], PLAIN[other])),
        fc.constantFrom(...TYPES).chain((other) => infix(['==', '!='], inner(other), inner(other), false)),
        fc
          .constantFrom(...TYPES)
          .chain((other) => apply([PLAIN[other]], ([a]) => `(${a} == null)`))
          .map((each) => ({ ...each, oracle: each.oracle && each.text.startsWith('(this') })),
        fc.constantFrom(...TYPES).chain((other) => apply([inner(other)], ([a]) => `(${a} != null)`, false)),
        apply([leaf('this.m', 'this.small'), PLAIN.int], ([a, b]) => `(${a} in [1, ${b}, 3])`, false),
        leaf(
          '(this.s in ["a", "B"])',
          '(this.t in ["a", "Ä"])',
          '("a" in this.tags)',
          '(this.s in this.tags)',
          '(3 in this.nums)',
        ),
        leaf(
          'this.tags.exists(x, x.startsWith("a"))',
          'this.tags.all(x, size(x) > 1)',
          'this.tags.exists_one(x, x == this.s)',
        ),
        leaf('(this.e == "low")', '(this.e in ["mid", "high"])'),
        leaf(
          'Line.exists(l, l.item_id == this.id && l.amount > this.small)',
          'Line.all(l, l.item_id != this.id || l.amount < 3)',
        ),
        apply([same], ([a]) => `Line.exists(l, l.item_id == this.id && ${a})`, false),
        apply([same, inner('decimal')], ([a, b]) => `Line.all(l, ${a} || l.price < ${b})`, false),
        apply(
          [inner('int'), inner('string')],
          ([a, b]) => `Line.exists(l, l.amount == ${a} || l.item.t == ${b})`,
          false,
        ),
        leaf('(this.maybe_id == me.id)', '(me.email == this.t)', '("admin" in me.roles)', '(me.id != null)').map(
          (each) => ({ ...each, oracle: false }),
        ),
        leaf('Line.exists(l, l.item_id == this.id && l.item.other_id == this.other_id)'),
        leaf(
          '(this.m != null && this.m > 2)',
          '(this.ends == null || this.ends > this.at)',
          '(this.maybe != null && this.maybe.label == "a")',
        ),
        leaf('(this.other_id == this.maybe_id)', 'has(this.maybe_id)').map((each) => ({ ...each, oracle: false })),
        leaf('this.dear', '(this.lines > 1)', '(this.best > 3.5)', '(this.maybe == null)').map((each) => ({
          ...each,
          oracle: false,
        })),
        fc
          .constantFrom('contains', 'startsWith', 'endsWith')
          .chain((name) => apply([inner('string'), inner('string')], ([a, b]) => `${a}.${name}(${b})`)),
      )
    case 'int':
      return fc.oneof(
        LEAVES.int,
        infix(['+', '-', '*', '/', '%'], same, same),
        infix(['+', '-', '*', '/', '%'], same, same),
        apply([same], ([a]) => `(-${a})`),
        apply([same], ([a]) => `abs(${a})`),
        extreme,
        choice,
        apply([inner('string')], ([a]) => `size(${a})`),
        leaf(
          'size(this.tags)',
          'this.tags.filter(x, x != "a").size()',
          'Line.filter(l, l.item_id == this.id && l.amount > 0).size()',
        ),
        apply(
          [inner('decimal'), inner('datetime')],
          ([a, b]) => `Line.filter(l, l.price >= ${a} || l.item.ends > ${b}).size()`,
          false,
        ),
        leaf(
          'this.twice',
          'this.amount',
          'this.lines',
          'weekday(this.at)',
          'hourOf(this.ends)',
          'weekday(this.dd)',
        ).map((each) => ({ ...each, oracle: false })),
        fc
          .constantFrom('inMinutes', 'inHours', 'inDays')
          .chain((name) => apply([inner('duration')], ([a]) => `${name}(${a})`)),
      )
    case 'decimal':
      return fc.oneof(
        LEAVES.decimal,
        infix(['+', '-', '*', '/'], same, same),
        infix(['+', '-', '*', '/'], same, same),
        infix(['+', '-', '*', '/'], same, inner('int')),
        infix(['+', '*'], same, leaf('1.5', '3', '0.00000001')),
        apply([same], ([a]) => `(-${a})`, false),
        apply([same], ([a]) => `abs(${a})`),
        apply([same], ([a]) => `round(${a}, 2)`),
        leaf('this.best', 'this.mean').map((each) => ({ ...each, oracle: false })),
        extreme,
        choice,
      )
    case 'float':
      return fc.oneof(
        LEAVES.float,
        infix(['+', '-', '*'], same, same),
        infix(['/'], same, same, false),
        choice,
        extreme,
      )
    case 'string':
      return fc.oneof(
        LEAVES.string,
        infix(['+'], same, same),
        choice,
        extreme,
        apply([inner('int')], ([a]) => `string(${a})`),
        apply([inner('date')], ([a]) => `string(${a})`),
        apply([inner('datetime')], ([a]) => `string(${a})`),
      )
    case 'datetime':
      return fc.oneof(
        LEAVES.datetime,
        infix(['+', '-'], same, inner('duration')),
        apply([same], ([a]) => `hour(${a})`),
        extreme,
        choice,
      )
    case 'date':
      return fc.oneof(
        LEAVES.date,
        infix(['+', '-'], same, inner('duration'), false),
        fc
          .constantFrom('day', 'week', 'month', 'year')
          .chain((name) =>
            fc.oneof(same, inner('datetime')).chain((value) => apply([fc.constant(value)], ([a]) => `${name}(${a})`)),
          ),
        extreme,
        choice,
      )
    case 'time':
      return fc.oneof(
        LEAVES.time,
        apply([inner('datetime')], ([a]) => `time(${a})`),
        extreme,
      )
    case 'duration':
      return fc.oneof(
        LEAVES.duration,
        // The other implementation is a second off where a negative duration has milliseconds.
        infix(['+', '-'], same, same, false),
        infix(['-'], inner('datetime'), inner('datetime')),
        infix(['-'], inner('date'), inner('date'), false),
        apply([same], ([a]) => `(-${a})`, false),
        fc.constantFrom('minutes', 'hours', 'days').chain((name) => apply([inner('int')], ([a]) => `${name}(${a})`)),
      )
  }
}

/** Expressions of every type, most of them conditions. */
export const samples = (seed: number, count: number): Sample[] => {
  const any = fc.oneof(
    { weight: 6, arbitrary: of('bool', 3) },
    ...ORDERED.map((type) => ({ weight: 1, arbitrary: of(type, 2) })),
  )
  return fc.sample(
    any.filter(({ text }) => text.includes('this.')),
    { seed, numRuns: count },
  )
}
