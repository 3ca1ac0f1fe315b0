import type { Field } from '../../schemas/generated/architecture.ts'
import { listOf, refOf, toSnake } from '../blueprint/names.ts'
import { isShown } from './emit-names.ts'
import { bodyFields, type Cast, refArguments, type Surface } from './tests-cast.ts'
import type { Actor } from './tests-limits.ts'
import { crowds, ruledFields } from './tests-ruled.ts'
import { bodyFor, usedNames } from './tests-scene.ts'
import { accountsTable } from './tests-shared.ts'
import { literal } from './tests-values.ts'

const bounds = (field: Field, names: [string, string]): string[] => [
  ...(field.min === undefined ? [] : [`${names[0]}=${Number(field.min)}`]),
  ...(field.max === undefined ? [] : [`${names[1]}=${Number(field.max)}`]),
]

const sizes = (field: Field, most: number): string => {
  const max = Math.min(Number(field.max ?? most), Math.max(most, Number(field.min ?? 0)))
  return `min_size=${Number(field.min ?? 0)}, max_size=${max}`
}

const dates = (field: Field): string =>
  `dates(${[
    `min_value=date.fromisoformat(${literal(String(field.min ?? '1900-01-01').slice(0, 10))})`,
    `max_value=date.fromisoformat(${literal(String(field.max ?? '2100-12-31').slice(0, 10))})`,
  ].join(', ')}).map(str)`

/** Returns the hypothesis strategy of a field's values as they stand in JSON; undefined where there is no simple one. */
const strategyOf = (field: Field): string | undefined => {
  const item = listOf(field.type)
  if (item) {
    const inner = strategyOf({ type: item })
    return inner && `st.lists(${inner}, ${sizes(field, 4)})`
  }
  switch (field.type) {
    case 'string':
      return `st.text(LINE, ${sizes(field, 40)})`
    case 'text':
      return `st.text(TEXT, ${sizes(field, 60)})`
    case 'int':
      return `st.integers(${[`min_value=${Number(field.min ?? -(2 ** 53) + 1)}`, `max_value=${Number(field.max ?? 2 ** 53 - 1)}`].join(', ')})`
    case 'float':
      return `st.floats(${[...bounds(field, ['min_value', 'max_value']), 'allow_nan=False', 'allow_infinity=False'].join(', ')})`
    case 'decimal': {
      const scale = field.scale ?? 2
      const least = Math.ceil(Number(field.min ?? -1_000_000) * 10 ** scale)
      const most = Math.floor(Number(field.max ?? 1_000_000) * 10 ** scale)
      return `st.integers(${least}, ${most}).map(lambda units: units / ${10 ** scale})`
    }
    case 'bool':
      return 'st.booleans()'
    case 'enum':
      return `st.sampled_from(${literal(field.values ?? [])})`
    case 'date':
      return `st.${dates(field)}`
    case 'time':
      return 'st.times().map(str)'
    case 'uuid':
      return 'st.uuids().map(str)'
    default:
      return undefined
  }
}

const property = (cast: Cast, surface: Surface, actor: Actor): string | undefined => {
  const { fit } = actor.limit ?? {}
  const fixed = fit && new Set([...fit.fields, ...fit.chosen.any])
  const ruled = ruledFields(cast.architecture, surface.modelName, surface.model)
  const clashing = new Set([...(surface.model.unique ?? []).flat(), ...ruled])
  const fields = bodyFields(surface).filter(
    ([name, field]) =>
      !refOf(field.type) && !field.unique && !clashing.has(name) && isShown(field) && !fixed?.has(name),
  )
  const strategies = fields.flatMap(([name, field]): [string, string][] => {
    const strategy = strategyOf(field)
    if (!strategy) return []
    return [[name, field.optional ? `st.none() | ${strategy}` : strategy]]
  })
  if (strategies.length === 0) return undefined
  const items = strategies.map(([name, strategy]) => `${literal(name)}: ${strategy}`)
  const refs = refArguments(cast, surface, actor)
  // Rules about several rows would find those of the examples before.
  const crowded = crowds(surface.modelName, surface.model) && !(actor.role && cast.devices.has(actor.role))
  const clear = crowded ? `    world.clear(${literal(accountsTable(cast))})\n` : ''
  return `@quick
@given(values=st.fixed_dictionaries({}, optional={${items.join(', ')}}))
def test_${toSnake(surface.component)}_keep_whatever_is_allowed(world: World, ${actor.name}: Person, values: dict[str, Any]) -> None:
${clear}    answer = ${actor.name}.post(${literal(surface.path)}, json={**${bodyFor(surface, actor, refs)}, **values})
    assert answer.status_code == 201, answer.text
    assert shown(answer.json(), values) == values


@quick
@given(body=JSON)
def test_${toSnake(surface.component)}_survive_whatever_is_sent(world: World, ${actor.name}: Person, body: Any) -> None:
    answer = ${actor.name}.post(${literal(surface.path)}, json=body)
    assert answer.status_code in (201, ${fit ? '403, ' : ''}409, 422), answer.text
`
}

/** Returns tests/test_properties.py: what holds for every value; undefined where nobody makes anything. */
export const emitPropertyTests = (cast: Cast): string | undefined => {
  const tests = cast.surfaces.flatMap((surface) => {
    const actor = surface.modelName === cast.accountModel ? undefined : cast.actorFor(surface, 'create')
    const text = actor && property(cast, surface, actor)
    return text ? [text] : []
  })
  if (tests.length === 0) return undefined
  const body = tests.join('\n\n')
  const factories = usedNames(body, cast.factories)
  const uses = (name: string) => usedNames(body, new Set([name])).length > 0
  return `"""What holds for every value, tried with made-up ones; the same ones every time."""

${uses('date') ? 'from datetime import date\n' : ''}from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories import ${factories.join(', ')}
from tests.world import Person, World, shown

quick = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def characters(*ranges: tuple[int, int]) -> st.SearchStrategy[str]:
    """Characters by their numbers. Naming them by category makes hypothesis look through all of Unicode first."""
    return st.one_of([st.integers(first, last) for first, last in ranges]).map(chr)


# All but control characters, the two that end a line, and halves of characters.
LINE = characters((0x20, 0x7E), (0xA0, 0x2027), (0x202A, 0xD7FF), (0xE000, 0x10FFFF))
${uses('TEXT') ? 'TEXT = LINE | st.sampled_from("\\n\\t\\u2028\\u2029")\n' : ''}ANY = st.text(characters((0, 0xD7FF), (0xE000, 0x10FFFF)), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner, max_size=3),
    max_leaves=8,
)


${body}`
}
