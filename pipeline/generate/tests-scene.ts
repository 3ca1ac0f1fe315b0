import type { Field } from '../../schemas/generated/architecture.ts'
import { refOf, toSnake } from '../blueprint/names.ts'
import { isShown } from './emit-names.ts'
import { bodyFields, type Cast, refArguments, type Surface } from './tests-cast.ts'
import { type Actor, makeFor } from './tests-limits.ts'
import { literal, otherSample, sample } from './tests-values.ts'

export type Scene = { cast: Cast; surface: Surface; actor: Actor; word: string; make: (extra?: string[]) => string }

export const sceneOf = (cast: Cast, surface: Surface, op: string): Scene | undefined => {
  const actor = cast.actorFor(surface, op)
  const word = toSnake(surface.modelName)
  return actor && { cast, surface, actor, word, make: (extra = []) => makeFor(surface.modelName, actor, extra) }
}

export const fn = (name: string, fixtures: string[], body: string[], decorators: string[] = []): string =>
  `${decorators.map((line) => `${line}\n`).join('')}def test_${name}(${['world: World', ...fixtures.map((text) => `${text}: Person`)].join(', ')}) -> None:\n${body.map((line) => `    ${line}`).join('\n')}\n`

export const param = (names: string[], rows: string[]): string =>
  `@pytest.mark.parametrize((${names.map(literal).join(', ')}), [${rows.join(', ')}])`

export const withParams = (name: string, scene: Scene, params: string, body: string[], decorator: string): string =>
  `${decorator}\ndef test_${name}(world: World, ${scene.actor.name}: Person, ${params}) -> None:\n${body.map((line) => `    ${line}`).join('\n')}\n`

/** ruff wants `is` for what there is one of. */
export const equals = (left: string, value: unknown): string =>
  `assert ${left} ${typeof value === 'boolean' || value === null ? 'is' : '=='} ${literal(value)}`

export const bodyCall = (scene: Scene, extra: string[] = []): string =>
  `${scene.word}_body(${[...refArguments(scene.cast, scene.surface, scene.actor), ...extra].join(', ')})`

/** Fields whose value can be sent and seen again. */
export const plainFields = (surface: Surface): [string, Field][] =>
  bodyFields(surface).filter(
    ([name, field]) => isShown(field) && !refOf(field.type) && sample(name, field) !== undefined,
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
