import { attributeOf } from '../generate/emit-names.ts'
import { at, atom, type Code, LEVEL, pythonName, type Writer } from './code.ts'
import { call, elements } from './python-calls.ts'
import { arithmetic, comparison, junction } from './python-operators.ts'
import { helper } from './python-parts.ts'
import { field, loadedAggregate, loadedRow, type WriteAggregate } from './python-rows.ts'
import { canBeUnknown, type Typed } from './typed.ts'
import { writeLiteral } from './write-literal.ts'

/** Writes an expression over values of Python. What the database must be asked for is written into the loads. */
export const writePython = (writer: Writer, typed: Typed, aggregate: WriteAggregate): Code => {
  const write = (part: Typed): Code => writePython(writer, part, aggregate)
  const plain = (part: Typed): string => write(part).code
  switch (typed.kind) {
    case 'literal':
      return writeLiteral(writer, typed)
    case 'now':
      return atom(writer.now)
    case 'today':
      return atom(`${writer.now}.date()`)
    case 'variable':
      return atom(pythonName(writer, typed.variable))
    case 'input':
      return atom([pythonName(writer, typed.variable), ...typed.path.map(attributeOf)].join('.'))
    case 'caller':
      return atom(`${writer.call}.${typed.part === 'id' ? 'caller' : 'roles'}`)
    case 'field':
      return field(writer, typed.row, attributeOf(typed.field))
    case 'row':
      return atom(loadedRow(writer, typed.row))
    case 'not': {
      const { operand } = typed
      if (canBeUnknown(operand)) return helper(writer, 'negate', [plain(operand)])
      return { code: `not ${at(LEVEL.not, write(operand))}`, level: LEVEL.not }
    }
    case 'negative':
      if (canBeUnknown(typed)) return helper(writer, 'negative', [plain(typed.operand)])
      return { code: `-${at(LEVEL.sign, write(typed.operand))}`, level: LEVEL.sign }
    case 'and':
    case 'or':
      return junction(writer, typed, write)
    case 'compare':
      return comparison(writer, typed, write)
    case 'arithmetic':
      return arithmetic(writer, typed, write)
    case 'choose':
      if (canBeUnknown(typed.condition))
        return helper(writer, 'choose', [plain(typed.condition), plain(typed.yes), plain(typed.no)])
      return {
        code: `${at(1, write(typed.yes))} if ${at(1, write(typed.condition))} else ${at(0, write(typed.no))}`,
        level: LEVEL.choice,
      }
    case 'among': {
      const items = typed.items.map(plain)
      const tuple = items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`
      return { code: `${at(LEVEL.sum, write(typed.item))} in ${tuple}`, level: LEVEL.comparison }
    }
    case 'member':
      if (canBeUnknown(typed.list)) return helper(writer, 'member', [plain(typed.item), plain(typed.list)])
      return {
        code: `${at(LEVEL.sum, write(typed.item))} in ${at(LEVEL.sum, write(typed.list))}`,
        level: LEVEL.comparison,
      }
    case 'call':
      return call(writer, typed, write)
    case 'aggregate':
      return atom(loadedAggregate(writer, typed, aggregate))
    case 'elements':
      return elements(writer, typed, write)
  }
}
