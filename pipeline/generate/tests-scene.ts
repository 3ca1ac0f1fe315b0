import type { Field } from '../../schemas/generated/architecture.ts'
import { refOf, toSnake } from '../blueprint/names.ts'
import { isShown } from './emit-names.ts'
import { nameIn } from './tests-arguments.ts'
import { bodyFields, type Cast, refArguments, type Surface } from './tests-cast.ts'
import { type Actor, makeFor } from './tests-limits.ts'
import { literal, otherSample, sample } from './tests-values.ts'

export type Scene = { cast: Cast; surface: Surface; actor: Actor; word: string; make: (extra?: string[]) => string }

export const sceneOf = (cast: Cast, surface: Surface, op: string): Scene | undefined => {
  const actor = cast.actorFor(surface, op)
  const word = toSnake(surface.modelName)
  if (!actor) return undefined
  const { fit } = actor.limit ?? {}
  const fixed = fit && new Set([...fit.fields, ...fit.chosen.any])
  const mine = fixed ? { ...surface, fixed } : surface
  return { cast, surface: mine, actor, word, make: (extra = []) => makeFor(surface.modelName, actor, extra) }
}

/** Returns a test. Who has more than one part in it is one fixture. */
export const fn = (name: string, fixtures: string[], body: string[], decorators: string[] = []): string => {
  const people = [...new Set(fixtures)].map((text) => `${text}: Person`)
  return `${decorators.map((line) => `${line}\n`).join('')}def test_${name}(${['world: World', ...people].join(', ')}) -> None:\n${body.map((line) => `    ${line}`).join('\n')}\n`
}

export const param = (names: string[], rows: string[]): string =>
  `@pytest.mark.parametrize((${names.map(literal).join(', ')}), [${rows.join(', ')}])`

export const withParams = (name: string, scene: Scene, params: string, body: string[], decorator: string): string =>
  `${decorator}\ndef test_${name}(world: World, ${scene.actor.name}: Person, ${params}) -> None:\n${body.map((line) => `    ${line}`).join('\n')}\n`

/** ruff wants `is` for what there is one of. */
export const equals = (left: string, value: unknown): string =>
  `assert ${left} ${typeof value === 'boolean' || value === null ? 'is' : '=='} ${literal(value)}`

export const bodyCall = (scene: Scene, extra: string[] = []): string =>
  bodyFor(scene.surface, scene.actor, [...refArguments(scene.cast, scene.surface, scene.actor), ...extra])

/** Returns a body with which the actor may make a row. */
export const bodyFor = (surface: Surface, actor: Actor | undefined, given: readonly string[]): string => {
  const { fit } = actor?.limit ?? {}
  if (!actor || !fit?.body) return `${toSnake(surface.modelName)}_body(${given.join(', ')})`
  const left = given.filter((text) => !fit.chosen.body.has(nameIn(text)))
  return `${fit.body}(${['world', actor.name, ...left].join(', ')})`
}

/** How a test counts rows: where some had to be made before, only those that came since. */
export const counting = (
  scene: Scene,
  body: string,
): { setup: string[]; body: string; count: (more: number) => string } => {
  const table = literal(scene.surface.table)
  if (!scene.actor.limit?.fit) return { setup: [], body, count: (more) => `assert world.count(${table}) == ${more}` }
  return {
    setup: [`body = ${body}`, `before = world.count(${table})`],
    body: 'body',
    count: (more) => `assert world.count(${table}) == before${more ? ` + ${more}` : ''}`,
  }
}

/** Fields whose value can be sent and seen again. */
export const plainFields = (surface: Surface): [string, Field][] =>
  bodyFields(surface).filter(
    ([name, field]) =>
      isShown(field) && !refOf(field.type) && sample(name, field) !== undefined && !surface.fixed?.has(name),
  )

export const changeable = (surface: Surface): [string, Field] | undefined =>
  plainFields(surface).find(([name, field]) => otherSample(name, field) !== undefined)

export const hiddenIn = (surface: Surface): string[] | undefined => {
  const hidden = bodyFields(surface)
    .filter(([, field]) => !isShown(field))
    .map(([name]) => name)
  return hidden.length ? hidden : undefined
}

export const itemPath = (surface: Surface, id: string): string => `f"${surface.path}/{${id}}"`

/** Returns which of the names a text of Python uses, sorted: what it has to import. Reads the text once. */
export const usedNames = (body: string, names: ReadonlySet<string>): string[] =>
  [...new Set(body.match(/\b[A-Za-z_]\w*/g))].filter((word) => names.has(word)).sort()
