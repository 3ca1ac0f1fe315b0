import type { Field, Model } from '../../schemas/generated/architecture.ts'
import { isShown } from './emit-names.ts'

const NAMES = /^(name|.+_name|nickname|username|handle|title)$/
const ABOUT = /^(bio|avatar|image|picture|photo|avatar_url|image_url|picture_url|photo_url)$/

/** Returns what others see of somebody in passing, such as in a list of those who like something: who they are, nothing to reach them by. */
export const publicFields = (model: Model): [string, Field][] =>
  Object.entries(model.fields).filter(
    ([name, field]) =>
      isShown(field) &&
      !field.readers &&
      (field.key || (/^(string|text|slug|url)$/.test(field.type) && (NAMES.test(name) || ABOUT.test(name)))),
  )
