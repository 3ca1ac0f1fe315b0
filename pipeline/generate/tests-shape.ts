import { pluralOf, toSnake } from '../blueprint/names.ts'
import { toCamel, wireName } from '../blueprint/wire-names.ts'
import type { Cast } from './tests-cast.ts'
import { bodyCall, fn, sceneOf, usedNames } from './tests-scene.ts'
import { literal } from './tests-values.ts'

/**
 * Returns tests/test_shape.py: answers as they came, where they look otherwise than usual. All other tests see them as
 * tests/wire.py turns them round; this one looks at what is really sent. Undefined where everything is as usual.
 */
export const emitShapeTests = (cast: Cast): string | undefined => {
  const { http } = cast.architecture
  if (!http || Object.keys(http).length === 0) return undefined
  const tests = cast.surfaces.flatMap((surface) => {
    const maker = surface.modelName === cast.accountModel ? undefined : sceneOf(cast, surface, 'create')
    const lister = sceneOf(cast, surface, 'list')
    if (!maker || !lister) return []
    const key = http.rootKey ?? (http.root ? toSnake(surface.modelName) : undefined)
    const root = key && wireName(cast.architecture, key)
    const spell = http.casing === 'camel' ? toCamel : (name: string) => name
    const plural = pluralOf(surface.modelName, surface.model)
    const people = [...new Set([maker.actor.name, lister.actor.name])]
    return [
      fn(`${toSnake(surface.component)}_look_as_the_blueprint_says`, people, [
        `made = ${maker.actor.name}.post(${literal(surface.path)}, json=${bodyCall(maker)}).raw`,
        `assert made.status_code == ${http.created ?? 201}, made.text`,
        ...(root ? [`assert list(made.json()) == [${literal(root)}]`] : ['assert "id" in made.json()']),
        ...(http.casing === 'camel'
          ? [`assert not [name for name in made.json()${root ? `[${literal(root)}]` : ''} if "_" in name]`]
          : []),
        `listed = ${lister.actor.name}.get(${literal(surface.path)}).raw.json()`,
        listLine(http.list, plural, http.itemsKey ?? 'items', spell),
        ...(http.totalKey ? [`assert listed[${literal(spell(http.totalKey))}] >= 1`] : []),
      ]),
    ]
  })
  tests.push(
    fn(
      'errors_look_as_the_blueprint_says',
      ['as_anyone'],
      [
        'answer = as_anyone.get("/v1/no-such-thing").raw',
        'assert answer.status_code == 404',
        {
          problem: 'assert answer.headers["content-type"] == "application/problem+json"',
          error: 'assert list(answer.json()) == ["error"]',
          coded: 'assert answer.json()["error"]["code"] == "not_found"',
          errors: 'assert list(answer.json()["errors"]) == ["body"]',
          message: 'assert answer.json()["code"] == 404',
        }[http.errors ?? 'problem'],
      ],
    ).replace('world: World, ', ''),
  )
  if (http.cors?.length)
    tests.push(
      fn(
        'pages_of_other_sites_may_call_where_they_are_named',
        ['as_anyone'],
        [
          `answer = as_anyone.get("/livez", headers={"Origin": ${literal(http.cors[0] === '*' ? 'https://example.org' : http.cors[0])}})`,
          `assert answer.headers["access-control-allow-origin"] == ${literal(http.cors.includes('*') ? '*' : http.cors[0])}`,
          ...(http.cors.includes('*')
            ? ['assert "access-control-allow-credentials" not in answer.headers']
            : [
                'answer = as_anyone.get("/livez", headers={"Origin": "https://nobody.example.org"})',
                'assert "access-control-allow-origin" not in answer.headers',
              ]),
        ],
      ).replace('world: World, ', ''),
    )
  const body = tests.join('\n\n')
  const factories = usedNames(body, cast.factories)
  const helpers = usedNames(body, new Set(['Person', 'World']))
  return `"""Answers as they come, where they look otherwise than usual."""

${factories.length ? `from tests.factories import ${factories.join(', ')}\n` : ''}from tests.world import ${helpers.join(', ')}


${body}`
}

const listLine = (list: string | undefined, plural: string, items: string, spell: (name: string) => string): string => {
  if (list === 'bare') return 'assert isinstance(listed, list)'
  if (list === 'named')
    return `assert list(listed) == [${literal(spell(plural))}, ${literal(spell(`${plural}_count`))}]`
  return `assert isinstance(listed[${literal(spell(items))}], list)`
}
