import { toSnake } from '../blueprint/names.ts'
import { type Operation, operationsOf } from '../blueprint/operations.ts'
import { type Cast, fixtureOf, needsOwner, refArguments, type Surface } from './tests-cast.ts'

import { bodyCall, fn, sceneOf, usedNames } from './tests-scene.ts'
import { literal } from './tests-values.ts'

/** An operation that only somebody with the role may use: a request that tells whether a key is good. */
const lockOf = (cast: Cast, role: string): Operation | undefined => {
  const operations = operationsOf(cast.architecture).filter(
    ({ access, grants }) => access === 'granted' && grants.has(role),
  )
  return operations.find(({ op }) => op === 'list') ?? operations[0]
}

const askLock = ({ method, path }: Operation, person: string): string =>
  `${person}.request(${literal(method)}, ${literal(path.replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000'))})`

const keyTests = (cast: Cast, role: string, model: string): string[] => {
  const surface = cast.surfaces.find(({ modelName }) => modelName === model)
  const lock = lockOf(cast, role)
  const person = fixtureOf(role)
  const tests: string[] = []
  if (lock) {
    tests.push(
      fn(
        `a_key_of_a_${role}_is_good_until_it_is_not`,
        [person, 'as_anyone'],
        [
          `assert ${askLock(lock, person)}.status_code not in (401, 403)`,
          `${person}.key += "x"`,
          `answer = ${askLock(lock, person)}`,
          'assert problem(answer, 401) == []',
          'assert "ApiKey" in answer.headers["www-authenticate"]',
          `assert problem(${askLock(lock, 'as_anyone')}, 401) == []`,
        ],
      ),
    )
    if (cast.accountModel)
      tests.push(
        fn(
          `a_token_counts_more_than_a_key_of_a_${role}`,
          [person, 'as_nobody'],
          [
            `as_nobody = Person(world, as_nobody.id, token=as_nobody.token, key=${person}.key)`,
            `assert problem(${askLock(lock, 'as_nobody')}, 403) == []`,
          ],
        ),
      )
  }
  if (surface) tests.push(...surfaceTests(cast, surface, role, lock))
  for (const each of cast.surfaces) tests.push(...ownTests(cast, each, role))
  return tests
}

const surfaceTests = (cast: Cast, surface: Surface, role: string, lock: Operation | undefined): string[] => {
  const tests: string[] = []
  const maker = sceneOf(cast, surface, 'create')
  const changer = sceneOf(cast, surface, 'update')
  const deleter = sceneOf(cast, surface, 'delete')
  const item = `f"${surface.path}/{id}`
  const works = (status: string) => (lock ? [`assert ${askLock(lock, 'device')}.status_code ${status}`] : [])
  if (maker) {
    const reader = sceneOf(cast, surface, 'read')
    tests.push(
      fn(
        `a_new_${role}_is_told_its_key_once`,
        [maker.actor.name],
        [
          `made = ${maker.actor.name}.post(${literal(surface.path)}, json=${bodyCall(maker)})`,
          'assert made.is_success, made.text',
          'key = made.json()["api_key"]',
          // With a key that may do nothing, no request tells whether it is good.
          ...(lock ? ['device = Person(world, made.json()["id"], key=key)', ...works('not in (401, 403)')] : []),
          ...(reader && reader.actor.name === maker.actor.name
            ? ['id = made.json()["id"]', `assert key not in ${maker.actor.name}.get(${item}").text`]
            : []),
          'assert key not in str(world.rows("runtime_api_keys"))',
        ],
      ),
    )
  }
  if (changer) {
    const who = changer.actor.name
    const begin = [`id = ${changer.make()}["id"]`, `device = world.device(${literal(surface.table)}, id)`]
    tests.push(
      fn(
        `a_new_key_of_a_${role}_ends_the_old_one`,
        [who],
        [
          ...begin,
          `answer = ${who}.post(${item}/keys")`,
          'assert answer.is_success, answer.text',
          ...works('== 401'),
          'assert answer.json()["api_key"] != device.key',
          'device.key = answer.json()["api_key"]',
          ...works('not in (401, 403)'),
          `assert problem(${who}.post(f"${surface.path}/{NOBODY}/keys"), 404) == []`,
        ],
      ),
      fn(
        `a_revoked_key_of_a_${role}_is_good_no_more`,
        [who],
        [
          ...begin,
          `answer = ${who}.delete(${item}/keys")`,
          'assert answer.status_code == 204, answer.text',
          ...works('== 401'),
          'assert all(row["revoked_at"] for row in world.rows("runtime_api_keys") if str(row["row_id"]) == device.id)',
        ],
      ),
    )
  }
  if (deleter && lock && !surface.model.softDelete)
    tests.push(
      fn(
        `the_key_of_a_${role}_goes_with_it`,
        [deleter.actor.name],
        [
          `id = ${deleter.make()}["id"]`,
          `device = world.device(${literal(surface.table)}, id)`,
          `assert ${deleter.actor.name}.delete(${item}").is_success`,
          ...works('== 401'),
        ],
      ),
    )
  return tests
}

/** Where a key may make rows only of its own, it need not say whose they are. */
const ownTests = (cast: Cast, surface: Surface, role: string): string[] => {
  const scopes = surface.operations.get('create')?.grants.get(role) ?? []
  const field = scopes.find((scope) => scope !== undefined && scope in surface.model.fields)
  if (!field || scopes.includes(undefined) || !cast.canCreate(surface, role) || needsOwner(surface, role, cast.devices))
    return []
  const person = fixtureOf(role)
  const actor = { name: person, role, limit: { field } }
  const body = `${toSnake(surface.modelName)}_body(${refArguments(cast, surface, actor).join(', ')})`
  return [
    fn(
      `a_${role}_need_not_name_itself_in_${toSnake(surface.component)}`,
      [person],
      [
        `answer = ${person}.post(${literal(surface.path)}, json=without(${body}, [${literal(field)}]))`,
        'assert answer.is_success, answer.text',
        `assert answer.json()[${literal(field)}] == ${person}.id`,
      ],
    ),
  ]
}

/** Returns tests/test_keys.py: how devices sign in; undefined in a system without API keys. */
export const emitKeyTests = (cast: Cast): string | undefined => {
  const tests = [...cast.devices].flatMap(([role, model]) => keyTests(cast, role, model))
  if (tests.length === 0) return undefined
  const body = tests.join('\n\n')
  const factories = usedNames(body, cast.factories)
  const helpers = usedNames(body, new Set(['NOBODY', 'Person', 'World', 'problem', 'soon', 'soon_day', 'without']))
  return `"""API keys: shown once, good until they are replaced, revoked or gone with what they belong to."""

${factories.length ? `from tests.factories import ${factories.join(', ')}\n` : ''}from tests.world import ${helpers.join(', ')}


${body}`
}
