import type { Field } from '../../schemas/generated/architecture.ts'
import { fileFieldsOf } from '../blueprint/file-links.ts'
import { refOf, toKebab, toSnake } from '../blueprint/names.ts'
import { type Cast, fixtureOf, refusesUnknown, type Surface } from './tests-cast.ts'
import { makeBeyond, makeFor } from './tests-limits.ts'
import { bodyCall, fn, itemPath, type Scene, sceneOf, usedNames } from './tests-scene.ts'
import { isMadeSureOf, refusedFor, uploadFor } from './tests-uploads.ts'
import { literal } from './tests-values.ts'

/** What one test holds in memory. */
const MOST_BYTES = 16 * 2 ** 20

type Held = { scene: Scene; name: string; field: Field; path: string; file: string }

const put = ({ scene, path }: Held, file: string): string => `${scene.actor.name}.put(${path}, json={"file": ${file}})`

const fieldTests = (held: Held): string[] => {
  const { scene, name, field, file, path } = held
  const who = scene.actor.name
  const things = toSnake(scene.surface.component)
  const row = `row = ${scene.make()}`
  const tests = [
    fn(
      `${name}_of_${things}_is_kept_and_had_back`,
      [who, 'as_anyone'],
      [
        row,
        `answer = ${put(held, file)}`,
        'assert answer.status_code == 200, answer.text',
        `assert answer.json()["size"] == len(${file}.content)`,
        `assert answer.json()["name"] == ${file}.name`,
        'linked = as_anyone.get(answer.json()["url"])',
        `assert linked.content == ${file}.content`,
        'assert linked.headers["content-disposition"].startswith("attachment")',
        'assert linked.headers["x-content-type-options"] == "nosniff"',
        ...reads(held),
        'assert len(kept(world)) == 1',
        `assert ${put(held, file)}.is_success`,
        'assert len(kept(world)) == 1',
        'assert problem(as_anyone.get(answer.json()["url"]), 404) == []',
      ],
    ),
    fn(
      `${name}_of_${things}_is_had_in_parts`,
      [who, 'as_anyone'],
      [
        row,
        `url = ${put(held, file)}.json()["url"]`,
        `content = ${file}.content`,
        'part = as_anyone.get(url, headers={"Range": "bytes=2-9"})',
        'assert part.status_code == 206, part.text',
        'assert part.content == content[2:10]',
        'assert part.headers["content-range"] == f"bytes 2-9/{len(content)}"',
        'assert as_anyone.get(url, headers={"Range": "bytes=-3"}).content == content[-3:]',
        'assert problem(as_anyone.get(url, headers={"Range": "bytes=1000000000-"}), 416) == []',
      ],
    ),
    fn(
      `${name}_of_${things}_is_not_larger_than_allowed`,
      [who],
      [
        row,
        ...(field.file!.maxBytes <= MOST_BYTES
          ? [
              `large = ${file}._replace(content=${file}.content.ljust(${field.file!.maxBytes} + 1, b"x"))`,
              `assert problem(${put(held, 'large')}, 413) == []`,
            ]
          : [
              'headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(2**40)}',
              `assert problem(${who}.put(${path}, content=b"", headers=headers), 413) == []`,
            ]),
        'assert kept(world) == []',
      ],
    ),
    fn(
      `${name}_of_${things}_must_be_sent`,
      [who],
      [
        row,
        `assert problem(${who}.put(${path}, json={"no_such_field": ${file}}), 422) == ${
          refusesUnknown(scene.cast) ? '["file", "no_such_field"]' : '["file"]'
        }`,
        `assert problem(${who}.put(${path}, json={"file": "a path"}), 415) == []`,
        `assert problem(${who}.put(${path.replace("row['id']", 'NOBODY')}, json={"file": ${file}}), 404) == []`,
        'assert kept(world) == []',
      ],
    ),
  ]
  const refused = refusedFor(field)
  if (refused)
    tests.push(
      fn(
        `${name}_of_${things}_is_of_an_allowed_kind`,
        [who],
        [
          row,
          `assert problem(${put(held, refused)}, 415) == []`,
          ...(isMadeSureOf(field)
            ? [`assert problem(${put(held, `${file}._replace(content=b"not what it says")`)}, 415) == []`]
            : []),
          'assert kept(world) == []',
        ],
      ),
    )
  if (field.optional)
    tests.push(
      fn(
        `${name}_of_${things}_is_taken_away`,
        [who],
        [
          row,
          `assert ${put(held, file)}.is_success`,
          `answer = ${who}.delete(${path})`,
          'assert answer.status_code == 204, answer.text',
          'assert kept(world) == []',
        ],
      ),
    )
  return [...tests, ...othersTests(held)]
}

/** Reading the file as the object is read, where the same person may. */
const reads = ({ scene, name, path, file }: Held): string[] => {
  const reader = sceneOf(scene.cast, scene.surface, 'read')
  if (reader?.actor.name !== scene.actor.name) return []
  return [
    `assert ${reader.actor.name}.get(${path}).content == ${file}.content`,
    `shown = ${reader.actor.name}.get(${itemPath(scene.surface, "row['id']")}).json()[${literal(name)}]`,
    `assert as_anyone.get(shown["url"]).content == ${file}.content`,
  ]
}

/** What is out of somebody's reach has no files for them. */
const othersTests = ({ scene, name, path, file }: Held): string[] => {
  const { actor, surface } = scene
  if (!actor.role || !actor.limit || actor.limit.parent || actor.limit.fit) return []
  const person = fixtureOf(actor.role)
  return [
    fn(
      `${name}_of_${toSnake(surface.component)}_of_others_is_out_of_reach`,
      [person, `${person}_too`],
      [
        `row = ${makeBeyond(surface.modelName, [actor.limit], person, `${person}_too`)}`,
        `assert problem(${person}.put(${path}, json={"file": ${file}}), 404) == []`,
        'assert kept(world) == []',
      ],
    ),
  ]
}

/** Rows that are made with their files, and take them with them. */
const rowTests = (cast: Cast, surface: Surface): string[] => {
  const things = toSnake(surface.component)
  const fields = fileFieldsOf(surface.model)
  const files = fields.map(([name, field]) => `${literal(name)}: ${uploadFor(field)}`)
  const tests: string[] = []
  const maker = sceneOf(cast, surface, 'create')
  const path = literal(surface.path)
  if (maker) {
    const who = maker.actor.name
    const [first, field] = fields[0]!
    const [second] = fields[1] ?? []
    const wrong = refusesUnknown(cast) || !second ? '"no_such_field": "x"' : `${literal(second)}: "text"`
    tests.push(
      fn(
        `${things}_are_made_with_their_files`,
        [who, 'as_anyone'],
        [
          `answer = ${who}.post(${path}, json={**${bodyCall(maker)}, ${files.join(', ')}})`,
          'assert answer.is_success, answer.text',
          ...fields.map(
            ([name, each]) =>
              `assert as_anyone.get(answer.json()[${literal(name)}]["url"]).content == ${uploadFor(each)}.content`,
          ),
          `assert len(kept(world)) == ${fields.length}`,
        ],
      ),
      ...(refusesUnknown(cast) || second
        ? [
            fn(
              `${things}_that_are_not_made_leave_no_files`,
              [who],
              [
                // In place of a file: as it is sent, it is text.
                `body = {**${bodyCall(maker)}, ${literal(first)}: ${uploadFor(field)}, ${wrong}}`,
                `assert problem(${who}.post(${path}, json=body), 422) == [${wrong.split(':')[0]}]`,
                'assert kept(world) == []',
              ],
            ),
          ]
        : []),
    )
  }
  const [name, field] = fields[0]!
  const upload = (id: string) =>
    `as_changer.put(f"${surface.path}/{${id}}/${toKebab(name)}", json={"file": ${uploadFor(field)}})`
  const changer = sceneOf(cast, surface, 'update')
  const deleter = sceneOf(cast, surface, 'delete')
  if (changer && deleter?.actor.name === changer.actor.name && !surface.model.softDelete)
    tests.push(
      fn(
        `${things}_take_their_files_with_them`,
        [changer.actor.name],
        [
          `row = ${changer.make()}`,
          `assert ${upload("row['id']").replace('as_changer', changer.actor.name)}.is_success`,
          'assert len(kept(world)) == 1',
          `assert ${changer.actor.name}.delete(${itemPath(surface, "row['id']")}).is_success`,
          'assert kept(world) == []',
        ],
      ),
    )
  for (const [refName, ref] of Object.entries(surface.model.fields)) {
    const target = cast.surfaces.find(
      (each) =>
        each.modelName === refOf(ref.type)?.model && ref.onDelete === 'cascade' && each.operations.has('delete'),
    )
    const above = target && !target.model.softDelete && sceneOf(cast, target, 'delete')
    if (
      !changer ||
      !target ||
      !above ||
      target.modelName === cast.accountModel ||
      changer.actor.limit?.field === refName
    )
      continue
    const people = [changer.actor.name, above.actor.name]
    tests.push(
      fn(`${things}_take_their_files_with_them_when_their_${refName}_goes`, people, [
        `parent = ${above.make()}["id"]`,
        `row = ${makeFor(surface.modelName, changer.actor, [`${refName}=parent`])}`,
        `assert ${upload("row['id']").replace('as_changer', changer.actor.name)}.is_success`,
        `answer = ${above.actor.name}.delete(f"${target.path}/{parent}")`,
        'assert answer.is_success, answer.text',
        'assert kept(world) == []',
      ]),
    )
  }
  return tests
}

/** Returns tests/test_files.py: undefined in a system without files. */
export const emitFileTests = (cast: Cast): string | undefined => {
  const surfaces = cast.surfaces.filter(({ model }) => fileFieldsOf(model).length > 0)
  if (surfaces.length === 0) return undefined
  const tests = surfaces.flatMap((surface) => {
    const scene = sceneOf(cast, surface, 'update')
    const fields = scene
      ? fileFieldsOf(surface.model).flatMap(([name, field]) =>
          fieldTests({
            scene,
            name,
            field,
            path: `f"${surface.path}/{row['id']}/${toKebab(name)}"`,
            file: uploadFor(field),
          }),
        )
      : []
    return [...fields, ...rowTests(cast, surface)]
  })
  tests.push(
    fn(
      'a_link_that_has_ended_or_was_made_up_is_no_link',
      ['as_anyone'],
      [
        'url = ended_link(world)',
        'assert problem(as_anyone.get(url), 410) == []',
        'assert problem(as_anyone.get(f"{url}x"), 404) == []',
        `assert problem(as_anyone.get(f"{url.rpartition('/')[0]}/made.up"), 404) == []`,
      ],
    ),
  )
  const body = tests.join('\n\n')
  const factories = usedNames(body, cast.factories)
  const helpers = usedNames(body, new Set(['NOBODY', 'Person', 'World', 'problem']))
  const uploads = usedNames(body, UPLOADS)
  return `"""Files: what may be uploaded, by whom, how it is had back, and that nothing is left of what is gone."""

${factories.length ? `from tests.factories import ${factories.join(', ')}\n` : ''}from tests.uploads import ${uploads.join(', ')}
from tests.world import ${helpers.join(', ')}


${body}`
}

/** What tests/uploads.py defines. */
export const UPLOADS = new Set('PNG JPEG GIF WEBP SVG PDF TEXT other stored_file kept sweep ended_link'.split(' '))
