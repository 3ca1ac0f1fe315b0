import { singular } from '../language/words.ts'
import type { Fact } from '../read/facts.ts'
import { readField } from '../read/field.ts'
import type { FieldSpec } from '../read/field-spec.ts'
import { usualTypes } from '../read/files.ts'
import { keyOf, nounOf } from '../read/noun.ts'
import { addField } from './items.ts'
import { addChild, createThing } from './relate.ts'
import type { Sketch, Thing } from './sketch.ts'

const pictures = /(?:^|_)(?:photo|image|picture|photograph|selfie|screenshot)$/

/** Gives what people upload a place to be: a file of the thing that is uploaded, or of the one it is attached to. */
export const resolveUploads = (sketch: Sketch, facts: readonly Fact[], known: ReadonlySet<string>): void => {
  for (const fact of facts) {
    if (fact.kind !== 'upload') continue
    const noun = nounOf(fact.what)
    const to = fact.to ? nounOf(fact.to) : undefined
    const owner = to ? sketch.things.get(keyOf(to)) : undefined
    const key = noun ? keyOf(noun) : ''
    const thing = sketch.things.get(key)
    if (thing && thing !== owner) {
      if (!thing.fields.some(({ type }) => type === 'file'))
        makeFile(sketch, thing, pictures.test(thing.key) ? 'image' : 'file', fact.file, known)
      if (owner && !thing.refs.some((ref) => ref.to === owner.key)) addChild(sketch, thing.key, owner.key)
      continue
    }
    const holder = [...(owner ? [owner] : []), ...sketch.things.values()].find(
      (one) => fieldNamed(one, key) !== undefined,
    )
    if (holder) turn(holder, fieldNamed(holder, key)!, fact.file, known)
    else if (owner && noun && !(fact.several && noun.plural)) {
      const spec = readField(`optional ${fact.what} file`)
      if (spec) addField(owner, { ...spec, name: key, words: fact.what, file: fact.file })
    } else if (owner && noun) {
      sketch.things.set(key, createThing(key))
      const child = sketch.things.get(key)!
      child.exact = true
      makeFile(sketch, child, pictures.test(key) ? 'image' : 'file', fact.file, known)
      addChild(sketch, key, owner.key)
    } else
      sketch.notCarried.push(
        `It is not clear where an uploaded ${fact.what} belongs; say “recipes have a picture up to 5 MB”.`,
      )
  }
}

const depicts = /^(?:photo|picture|image|scan|photograph|screenshot)s?(?:_of_\w+)?$/

/** Where people upload something, photos are uploaded too, and no web addresses; a photo of something always is. */
export const photosAreFiles = (sketch: Sketch, known: ReadonlySet<string>): void => {
  const things = [...sketch.things.values()].filter(({ key }) => !known.has(key))
  const linked = (field: FieldSpec): boolean =>
    /^(?:url|list\(url\))$/.test(field.type) && depicts.test(field.name) && !/\b(?:url|link|address)/i.test(field.words)
  const uploading = things.some(({ fields }) =>
    fields.some((field) => field.type === 'file' || (linked(field) && /_of_/.test(field.name))),
  )
  for (const thing of uploading ? things : [])
    for (const field of thing.fields.filter(linked)) {
      const file = { types: usualTypes(field.words) }
      if (field.type === 'url') turn(thing, field, file, known)
      else severalOf(sketch, thing, field, file)
    }
}

/** Several photos are rows of their own, each with its file. */
const severalOf = (sketch: Sketch, thing: Thing, field: FieldSpec, file: NonNullable<FieldSpec['file']>): void => {
  const one = singular(field.name)
  const key = sketch.things.has(one) ? `${thing.key}_${one}` : one
  if (sketch.things.has(key)) return
  thing.fields = thing.fields.filter((other) => other !== field)
  const child = createThing(key)
  child.exact = true
  sketch.things.set(key, child)
  makeFile(sketch, child, 'image', file, new Set())
  addChild(sketch, key, thing.key)
}

const fieldNamed = (thing: Thing, key: string): FieldSpec | undefined =>
  thing.fields.find(
    ({ name, type }) =>
      key !== '' &&
      (name === key || name === `${key}_url`) &&
      /^(?:string|text|url|file|list\(url\)|list\(string\))$/.test(type),
  )

const turn = (
  thing: Thing,
  field: FieldSpec,
  file: NonNullable<FieldSpec['file']>,
  known: ReadonlySet<string>,
): void => {
  if (known.has(thing.key) || field.type === 'file') return
  Object.assign(field, { type: 'file', typed: true, several: false, file, name: field.name.replace(/_url$/, '') })
  for (const bound of ['min', 'max', 'default', 'unique'] as const) delete field[bound]
}

/** The link that stood for it becomes the file itself. */
const makeFile = (
  sketch: Sketch,
  thing: Thing,
  name: string,
  file: NonNullable<FieldSpec['file']>,
  known: ReadonlySet<string>,
): void => {
  const link = thing.fields.find(
    (field) =>
      field.type === 'url' &&
      /^(?:url|link|src|image|image_url|photo|photo_url|picture|file|file_url|video|video_url)$/.test(field.name),
  )
  const types = file.types.join() === '*/*' ? usualTypes(thing.words) : file.types
  if (link && !known.has(thing.key)) {
    turn(thing, link, { ...file, types }, known)
    if (/^(?:url|link|src)$/.test(link.name)) Object.assign(link, { name, words: name })
    return
  }
  const spec = readField(`optional ${name} file`)
  if (spec) addField(thing, { ...spec, name, words: name, file: { ...file, types } })
  if (spec) sketch.assumptions.push(`Each ${thing.words} holds what was uploaded (${name}).`)
}
