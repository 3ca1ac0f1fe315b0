import { apiKey, device, isDeviceNoun } from '../lexicon/devices.ts'
import type { Statement } from './statements.ts'
import { plural, sentence, singular } from './words.ts'

const thing = "[\\p{L}'-]+(?: [\\p{L}'-]+)?"
const ownKey =
  '(?:an? |its |their |one |the )?(?:own |personal |separate |unique )*(?:api[- ]?|access |device )(?:key|token)s?(?: of (?:its|their) own)?'
const verb = '(?:post|send|report|submit|push|upload|deliver|transmit|record|add|log|write|create|enter|store)'
const may = '(?:can|may|should|must|will|are able to|is able to|are allowed to|is allowed to|shall)'

/** "Meters have a number, an API key and a place", "an API key with which they post readings". */
const fieldsAndKey = new RegExp(`^(?:the |each |every |all |an? |our )?(${thing}) (?:has|have|gets?) (.+)$`, 'iu')
const keyItem = new RegExp(
  `^${ownKey}(?: (?:with which|that|so that|by which|to|for) (?:it |they )?(?:can |may )?(?:uses? to )?(?:${verb}s?|posting|sending|reporting) (.+))?$`,
  'iu',
)
/** "Only meters can add readings, with their API key". */
const onlyByKey = new RegExp(
  `^only (?:the )?(${thing}) ${may} ${verb} (.+?),? (?:with|using|by|through|via) ${ownKey}$`,
  'iu',
)
/** Said of who sends with a key: no other reader knows what the key is. */
const byKey = new RegExp(
  `^(?!only )(?:the |each |every |all |our |an? )?(${thing}) (?:${may} )?(?:also |only |automatically )*${verb}s? (.+?),? (?:with|using|by|through|via) (?:${ownKey}|(?:its|their) (?:own )?key)$`,
  'iu',
)

/**
 * Returns the statements with what they say of the keys of devices said in sentences of its own: a key to sign in with is
 * no field, and whoever sends with it is nobody who signs up.
 */
export const withDevices = (statements: readonly Statement[]): Statement[] =>
  statements.flatMap((one) => (one.items ? [one] : (plainly(one.text)?.map((text) => ({ ...one, text })) ?? [one])))

/** Whether a sentence is about sending with a key, which is said plainly already. */
export const speaksOfKeys = (text: string): boolean => byKey.test(text)

const plainly = (text: string): string[] | undefined => {
  const only = onlyByKey.exec(text)
  if (only) return [`${sentence(plural(singular(only[1]!)))} post ${only[2]} with an API key`]
  const sent = byKey.exec(text)
  if (sent && isDeviceNoun(sent[1]!.replace(new RegExp(` ${may}$`, 'i'), '')))
    return [`${sentence(many(sent[1]!))} post ${sent[2]} with an API key`]
  return keyAmongFields(text)
}

const many = (words: string): string => plural(singular(words.replace(new RegExp(` ${may}$`, 'i'), '').toLowerCase()))
const endsInDevice = new RegExp(`(?:^|[ -])${device}$`, 'i')

const keyAmongFields = (text: string): string[] | undefined => {
  const [, who = '', list = ''] = fieldsAndKey.exec(text) ?? []
  if (!endsInDevice.test(who) || !new RegExp(apiKey, 'i').test(list)) return undefined
  const items = list.split(/,\s*(?:and\s+)?(?![^(]*\))|\s+and\s+(?![^(]*\))/i)
  const at = items.findIndex((item) => keyItem.test(item.trim()))
  if (at < 0) return undefined
  const posts = keyItem.exec(items[at]!.trim())?.[1]
  const others = items.filter((_, i) => i !== at).map((item) => item.trim())
  const last = others.at(-1)
  if (others.length === 0 && !posts) return undefined
  const fields = others.length > 1 ? `${others.slice(0, -1).join(', ')} and ${last}` : last
  return [
    ...(fields ? [`Each ${singular(who.toLowerCase())} has ${fields}`] : []),
    posts
      ? `${sentence(many(who))} post ${posts} with an API key`
      : `Each ${singular(who.toLowerCase())} has an API key`,
  ]
}
