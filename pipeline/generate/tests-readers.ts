/** Tests of fields that only some may see: others get them nowhere and cannot write them, readers do. */
import type { Field, RpcPort } from '../../schemas/generated/architecture.ts'
import { expansionOf } from '../blueprint/expansions.ts'
import { ANYONE, own, refOf, splitEndpoint, toSnake } from '../blueprint/names.ts'
import { isOpen } from '../blueprint/operations.ts'
import { type Readers, readersOf, restrictedFields } from '../blueprint/readers.ts'
import { wireName } from '../blueprint/wire-names.ts'
import { type Cast, fixtureOf, needsOwner, refArguments, type Surface } from './tests-cast.ts'
import { type Actor, argument, limitsOf, makeFor } from './tests-limits.ts'
import { ruledFields } from './tests-ruled.ts'
import { bodyFor, fn, itemPath, usedNames } from './tests-scene.ts'
import { literal, sample } from './tests-values.ts'

/** One field that is tested. */
type Kept = { cast: Cast; surface: Surface; name: string; field: Field; readers: Readers; value: string }

/** Returns tests/test_readers.py; undefined where everybody sees all of a row. */
export const emitReaderTests = (cast: Cast): string | undefined => {
  const tests = cast.surfaces.flatMap((surface) =>
    restrictedFields(surface.model).flatMap(([name, field]) => testsOf(keptOf(cast, surface, name, field))),
  )
  if (!tests.length) return undefined
  const body = tests.join('\n\n')
  const factories = usedNames(body, cast.factories)
  const helpers = usedNames(body, new Set(['Person', 'World', 'problem', 'soon', 'soon_day']))
  return `"""Fields that only some may see."""

${/\bcsv\.D/.test(body) ? 'import csv\nimport io\n\n' : ''}${factories.length ? `from tests.factories import ${factories.join(', ')}\n` : ''}from tests.world import ${helpers.join(', ')}


${body}`
}

const keptOf = (cast: Cast, surface: Surface, name: string, field: Field): Kept => {
  const target = refOf(field.type)?.model
  const value = target ? `make_${toSnake(target)}(world)["id"]` : literal(sample(name, field))
  return { cast, surface, name, field, readers: readersOf(cast.architecture, surface.modelName, field)!, value }
}

const testsOf = (kept: Kept): string[] => {
  if (kept.value === 'None') return []
  const others = actorsFor(kept, 'read').filter((actor) => isOutside(kept, actor))
  // One role that may see every row stands for those that are limited.
  const outsider = others.find(({ limit }) => !limit) ?? others[0]
  const insider = actorsFor(kept, 'read').find(({ role }) => role !== undefined && kept.readers.roles.includes(role))
  return [
    ...(outsider ? [keptFrom(kept, outsider), ...embeddedFor(kept, outsider)] : []),
    ...others.flatMap((actor) => notWritten(kept, actor)),
    ...(insider ? [shownTo(kept, insider, outsider)] : []),
    ...named(kept),
  ]
}

/** Those who may do an operation with rows that the tests can make, and on what terms. */
const actorsFor = ({ cast, surface }: Kept, op: string): Actor[] => {
  const operation = surface.operations.get(op)
  if (!operation) return []
  if (operation.access === 'public') return [{ name: 'as_anyone', role: ANYONE, limit: undefined }]
  return [...(isOpen(operation) ? [ANYONE] : []), ...cast.roles].flatMap((role): Actor[] => {
    const limits = limitsOf(cast.byAddress, surface, operation, role)
    if (limits === false) return []
    const limit = limits?.find(({ fit, unknown }) => !fit && !unknown)
    return limits && !limit ? [] : [{ name: fixtureOf(role), role, limit }]
  })
}

/** Whether somebody is no reader, also not of the rows that are made for them. */
const isOutside = ({ readers }: Kept, { role, limit }: Actor): boolean =>
  !readers.roles.includes(role ?? '') && !(limit && readers.fields.includes(limit.field))

const make = ({ surface, name, value }: Kept, actor: Actor, extra: string[] = []): string =>
  makeFor(surface.modelName, actor, [argument(name, value), ...extra])

const title = ({ surface, name }: Kept): string => `${name}_of_${toSnake(surface.component)}`

/** Whether the same terms hold for another operation, so that the same rows can be seen with it. */
const alsoMay = (kept: Kept, { role, limit }: Actor, op: string): boolean =>
  actorsFor(kept, op).some((actor) => actor.role === role && actor.limit?.field === limit?.field)

const listPath = ({ path, rpc }: Surface): string =>
  `${literal(path)}, params={"limit": ${Math.min(rpc.list?.maxPage ?? 20, 100)}}`

/** What says that an answer lacks a field. Where nulls are left out, tests see what is absent as null. */
const lacks = ({ architecture }: Cast, answer: string, name: string): string =>
  architecture.http?.nulls === 'omit' ? `${answer}.get(${literal(name)}) is None` : `${literal(name)} not in ${answer}`

const keptFrom = (kept: Kept, actor: Actor): string => {
  const { surface, name, cast } = kept
  const who = actor.name
  const list = alsoMay(kept, actor, 'list')
  return fn(
    `${title(kept)}_is_kept_from_${actor.role}`,
    [who],
    [
      `row = ${make(kept, actor)}`,
      `answer = ${who}.get(${itemPath(surface, "row['id']")})`,
      'assert answer.status_code == 200, answer.text',
      `assert ${lacks(cast, 'answer.json()', name)}`,
      ...(list
        ? [
            `listed = ${who}.get(${listPath(surface)})`,
            'items = [item for item in listed.json()["items"] if item["id"] == row["id"]]',
            `assert items and ${lacks(cast, 'items[0]', name)}`,
          ]
        : []),
      ...(list && surface.rpc.csv
        ? [
            `lines = csv.DictReader(io.StringIO(${who}.get(${literal(surface.path)}, params={"format": "csv"}).text))`,
            `assert [line[${literal(wireName(cast.architecture, name))}] for line in lines if line["id"] == row["id"]] == [""]`,
          ]
        : []),
    ],
  )
}

/** Where the rows are embedded in others, and somebody sees all of both. */
const embeddedFor = (kept: Kept, actor: Actor): string[] => {
  const { cast, surface, name } = kept
  if (actor.limit || surface.modelName === cast.accountModel) return []
  return cast.surfaces.flatMap((other) =>
    (other.rpc.expand ?? []).flatMap((into) => {
      const expansion = expansionOf(cast.architecture, other.rpc, into)
      const reads = other.operations.get('read')
      const open = reads && limitsOf(cast.byAddress, other, reads, actor.role ?? ANYONE) === undefined
      if (expansion?.model !== surface.modelName || !open) return []
      const one = expansion.kind === 'one'
      const holder = makeFor(other.modelName, undefined, one ? [argument(expansion.field, 'row["id"]')] : [])
      const row = make(kept, actor, one ? [] : [argument(expansion.field, 'holder["id"]')])
      return [
        fn(
          `${title(kept)}_is_kept_from_${actor.role}_where_it_is_embedded_as_${into}`,
          [actor.name],
          [
            ...(one ? [`row = ${row}`, `holder = ${holder}`] : [`holder = ${holder}`, row]),
            `answer = ${actor.name}.get(${itemPath(other, "holder['id']")}, params={"expand": ${literal(wireName(cast.architecture, into))}})`,
            `embedded = answer.json()[${literal(into)}]${one ? '' : '[0]'}`,
            'assert embedded["id"]',
            `assert ${lacks(cast, 'embedded', name)}`,
          ],
        ),
      ]
    }),
  )
}

const notWritten = (kept: Kept, actor: Actor): string[] => {
  const { cast, surface, name, value } = kept
  const { role } = actor
  const who = actor.name
  const table = literal(surface.table)
  const tests: string[] = []
  if (alsoMay(kept, actor, 'update') && surface.modelName !== cast.accountModel)
    tests.push(
      fn(
        `${title(kept)}_is_not_changed_by_${role}`,
        [who],
        [
          `row = ${makeFor(surface.modelName, actor)}`,
          `before = world.row(${table}, row["id"])`,
          `answer = ${who}.patch(${itemPath(surface, "row['id']")}, json={${literal(name)}: ${value}})`,
          `assert problem(answer, 403) == [${literal(name)}]`,
          `assert world.row(${table}, row["id"]) == before`,
        ],
      ),
    )
  const maker = actorsFor(kept, 'create').find((each) => each.role === role)
  const owns = surface.rpc.owner !== undefined && kept.readers.fields.includes(surface.rpc.owner) && role !== ANYONE
  const can = maker && cast.canCreate(surface, role) && !needsOwner(surface, role, cast.devices)
  if (can && !owns && !(maker.limit && kept.readers.fields.includes(maker.limit.field)))
    tests.push(
      fn(
        `${title(kept)}_is_not_given_by_${role}`,
        [who],
        [
          `answer = ${who}.post(${literal(surface.path)}, json=${bodyFor(surface, maker, [...refArguments(cast, surface, maker), argument(name, value)])})`,
          `assert problem(answer, 403) == [${literal(name)}]`,
          `assert world.count(${table}) == ${surface.modelName === cast.accountModel ? '1' : '0'}`,
        ],
      ),
    )
  return tests
}

const shownTo = (kept: Kept, insider: Actor, outsider: Actor | undefined): string => {
  const { surface, name, value, cast } = kept
  const who = insider.name
  const key = literal(name)
  const item = itemPath(surface, "row['id']")
  const writes =
    alsoMay(kept, insider, 'update') &&
    !surface.model.on?.update &&
    !cast.unmade.has(surface.modelName) &&
    !refOf(kept.field.type) &&
    !ruledFields(cast.architecture, surface.modelName, surface.model).has(name)
  const history = writes && surface.model.history && outsider && !outsider.limit && !insider.limit
  return fn(
    `${title(kept)}_is_shown_to_${insider.role}`,
    [who, ...(history ? [outsider.name] : [])],
    [
      `row = ${writes ? makeFor(surface.modelName, insider) : make(kept, insider)}`,
      ...(writes
        ? [
            `changed = ${who}.patch(${item}, json={${key}: ${value}})`,
            'assert changed.status_code == 200, changed.text',
            `assert changed.json()[${key}] == ${value}`,
            `assert ${who}.get(${item}).json()[${key}] == ${value}`,
          ]
        : [`assert ${who}.get(${item}).json()[${key}] == row[${key}]`]),
      ...(alsoMay(kept, insider, 'list')
        ? [
            `items = ${who}.get(${listPath(surface)}).json()["items"]`,
            `assert [item[${key}] for item in items if item["id"] == row["id"]] == [${writes ? value : `row[${key}]`}]`,
          ]
        : []),
      ...(history
        ? [
            `seen = ${who}.get(${itemPath(surface, "row['id']").replace(/"$/, '/history"')}).json()["items"]`,
            `assert any(${literal(wireName(cast.architecture, name))} in entry["changes"] for entry in seen)`,
            `told = ${outsider.name}.get(${itemPath(surface, "row['id']").replace(/"$/, '/history"')}).json()["items"]`,
            `assert len(told) == len(seen) and not any(${literal(wireName(cast.architecture, name))} in entry["changes"] for entry in told)`,
          ]
        : []),
    ],
  )
}

/** Whom a field of the row names sees it, whatever their role. */
const named = (kept: Kept): string[] => {
  const { surface, name, readers, cast } = kept
  if (surface.modelName === cast.accountModel) return ofOneself(kept)
  return readers.fields.flatMap((field) => {
    const actor = actorsFor(kept, 'read').find(
      ({ role, limit }) => role !== ANYONE && !readers.roles.includes(role ?? '') && (!limit || limit.field === field),
    )
    if (!actor) return []
    const mine = actor.limit?.field === field ? [] : [argument(field, `${actor.name}.id`)]
    return [
      fn(
        `${title(kept)}_is_shown_to_whom_${field}_names`,
        [actor.name],
        [
          `row = ${make(kept, actor, mine)}`,
          `answer = ${actor.name}.get(${itemPath(surface, "row['id']")})`,
          `assert answer.json()[${literal(name)}] == row[${literal(name)}]`,
        ],
      ),
    ]
  })
}

/** What people see and change of themselves, or do not. */
const ofOneself = (kept: Kept): string[] => {
  const { cast, name, field, readers, surface, value } = kept
  const { component, port } = splitEndpoint(cast.architecture.policies.authn?.issuer ?? '')
  const ops = (own(own(cast.architecture.components, component)?.ports, port) as RpcPort | undefined)?.ops ?? {}
  const path = cast.architecture.expose.find((each) => each.port === `${component}.${port}`)?.path
  if (!path || !('me' in ops && 'update_me' in ops) || refOf(field.type)) return []
  const sees = readers.fields.some((each) => surface.model.fields[each]?.key)
  const me = literal(`${path}/me`)
  return [
    fn(
      `${title(kept)}_is_${sees ? 'shown to' : 'kept from'} oneself`.replaceAll(' ', '_'),
      ['as_nobody'],
      // The address with which one signs in is not changed so.
      name === 'email'
        ? [`assert ${sees ? '' : 'not '}as_nobody.get(${me}).json().get("email")`]
        : [
            `changed = as_nobody.patch(${me}, json={${literal(name)}: ${value}})`,
            ...(sees
              ? [
                  'assert changed.status_code == 200, changed.text',
                  `assert as_nobody.get(${me}).json()[${literal(name)}] == ${value}`,
                ]
              : [
                  `assert problem(changed, 403) == [${literal(name)}]`,
                  `assert ${lacks(cast, `as_nobody.get(${me}).json()`, name)}`,
                ]),
          ],
    ),
  ]
}
