import type { Field } from '../../../../../schemas/generated/architecture.ts'
import { sentence, singularPhrase } from '../../language/words.ts'
import { bytesOf, formatPattern, typesNamed } from '../../read/files.ts'
import type { Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'

const noun = '(?<what>(?:[\\p{L}-]+ )?(?!of\\b|than\\b|to\\b|is\\b|are\\b|be\\b)[\\p{L}-]+)'
const bytes = '(?<count>\\d+(?:[.,]\\d+)?) ?(?<unit>kb|mb|gb|kilobytes?|megabytes?|gigabytes?)'
const most =
  '(?:up to|at most|no (?:larger|bigger|more) than|not (?:larger|bigger|more) than|smaller than|less than|under|below|limited to|a maximum of|max(?:imum)?\\.?)'
const above =
  '(?:larger than|bigger than|more than|over|above|exceeding|that exceed|(?:that|which) (?:is|are) (?:larger|bigger) than)'
const large = '(?: in size| large| big| each| per file| per upload)?'
const a = '(?:(?:an?|the|each|every|all|any) )?'

const sizes = [
  `${a}${noun} (?:(?:(?:can|may|must|should) (?:only )?be|is|are|has to be|have to be) )?(?:of )?${most} ${bytes}${large}`,
  `(?:please )?(?:limit|restrict|cap|keep) (?:the size of )?${a}${noun} (?:to|at|under|below) (?:at most )?${bytes}${large}`,
  `(?:the )?(?:max(?:imum)?(?: allowed)?|largest|biggest|upper)(?: file| upload)? ?(?:size|limit) (?:of|for) ${a}${noun} (?:is|should be|must be) ${bytes}`,
  `(?:the )?(?:max(?:imum)? |largest |biggest )?(?<what>file|upload) (?:size|limit)(?: is|:| of| should be| must be)? (?:at most |up to )?${bytes}`,
  `no ${noun} ${above} ${bytes}${large}`,
  `(?:please )?(?:accept|allow|permit|take) (?:only )?${a}${noun} ${most} ${bytes}${large}`,
  `(?:please )?(?:reject|refuse|forbid|do not (?:accept|allow)|block) ${a}${noun} ${above} ${bytes}${large}`,
  `${a}${noun} (?:must|may|can|should) (?:not|never) (?:be (?:larger|bigger) than|exceed|be over|be above) ${bytes}${large}`,
].map((source) => new RegExp(`^${source}$`, 'iu'))

const format = `(?:an? )?(?:${formatPattern}|photos?|pictures?|images?)`
const formats = `(?<formats>${format}(?:(?:, (?:or |and )?| or | and |/| and/or )${format})*)`
const be = '(?:(?:can|may|must|should|have to|has to) (?:only )?be|are|is)'
const too = '(?: too| as well| also| besides)'
const kinds = [
  `(?:please )?(?:accept |allow |permit |take )?only (?:accept |allow )?${formats}(?: (?<what>files?|images?|pictures?|photos?|uploads?|documents?|videos?))?(?: (?:is|are)(?: allowed| accepted| permitted)?)?`,
  `(?:please )?(?:accept|allow|permit|take) (?:only )?${formats} (?:only |for |as )${a}${noun}`,
  `${a}${noun} ${be}(?: only)? (?:in |of type |either )?${formats}(?: only| files?| images?| format)?`,
].map((source) => new RegExp(`^${source}$`, 'iu'))
/** Kinds that come to those there are. */
const more = [
  `${a}${noun} (?:(?:can|may|should|could|might) also be|(?:is|are) also|also (?:may|can) be) (?:in |of type )?${formats}(?: files?| images?| format)?`,
  `${a}${noun} (?:(?:can|may|should) be) (?:in |of type )?${formats}(?: files?| images?| format)?${too}`,
  `(?:please )?(?:also )?(?:accept|allow|permit|support)(?: also)? ${formats}(?: files?| images?)?(?: (?:for|as) ${a}${noun})?`,
  `(?:please )?(?:accept|allow|permit|take|support) ${formats}(?: files?| images?)?(?: (?:for|as) ${a}${noun})?${too}`,
  `${formats}(?: files?| images?)? (?:(?:should|can|may|must) also be|(?:is|are) also) (?:allowed|accepted|permitted|possible|ok|fine)(?: (?:for|as) ${a}${noun})?`,
  `${formats}(?: files?| images?)? (?:(?:should|can|may|must) be|(?:is|are)) (?:allowed|accepted|permitted|possible|ok|fine)(?: (?:for|as) ${a}${noun})?${too}`,
].map((source) => new RegExp(`^${source}$`, 'iu'))

/** "A picture up to 8 MB", "only JPEG and PNG", where there are files already: how large and of what kind they may be. */
export const readFileTerms: Read = (said) => {
  const text = said.trim()
  const size = sizes.map((pattern) => pattern.exec(text)?.groups).find(Boolean)
  const kind = size ? undefined : kinds.map((pattern) => pattern.exec(text)?.groups).find(Boolean)
  const added = size || kind ? undefined : more.map((pattern) => pattern.exec(text)?.groups).find(Boolean)
  const found = size ?? kind ?? added
  if (!found) return undefined
  return {
    said,
    rest: [],
    after: 6,
    maybe: true,
    apply: (draft) => {
      const files = filesMeant(draft, found.what ?? 'file')
      if (files.length === 0)
        return { unresolved: 'There are no such files here; say "recipes have a picture up to 8 MB".' }
      const most = size ? bytesOf(size.count!, size.unit!) : 0
      if (size && most === 0) return { unresolved: 'A file that is sent has at least one byte.' }
      const named = typesNamed((kind ?? added)?.formats ?? '')
      const typesOf = (there: readonly string[]): string[] =>
        added ? (there.includes('*/*') ? [...there] : [...new Set([...there, ...named])]) : named
      if (
        files.every(({ file }) => (most ? file!.maxBytes === most : typesOf(file!.types).join() === file!.types.join()))
      )
        return { holds: `${text} is so already.` }
      for (const { file } of files)
        if (most) file!.maxBytes = most
        else file!.types = typesOf(file!.types) as [string, ...string[]]
      return { understood: [`${sentence(text)}.`] }
    },
  }
}

const generic = /^(?:file|upload|image|picture|photo|document|video|attachment)$/

/** The files that a word means: of a field that is called so, of a thing that is called so, or of all there are. */
const filesMeant = (draft: BehaviourDraft, said: string): Field[] => {
  const word = singularPhrase(said)
  const all = Object.entries(draft.architecture.models).flatMap(([model, { fields }]) =>
    Object.entries(fields)
      .filter(([, { file }]) => file !== undefined)
      .map(([name, field]) => ({ model, name, field })),
  )
  const key = word.replaceAll(/[ -]/g, '_')
  const named = all.filter(({ name }) => name === key || name === `${key}s`)
  if (named.length > 0) return named.map(({ field }) => field)
  const thing = draft.exactModel(key)
  const own = all.filter(({ model }) => model === thing?.name)
  if (own.length > 0) return own.length === 1 ? [own[0]!.field] : []
  return generic.test(word) && (all.length === 1 || /^(?:file|upload)$/.test(word)) ? all.map(({ field }) => field) : []
}
