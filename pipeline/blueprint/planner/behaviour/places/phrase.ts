import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'

/** A model that a phrase ends in, and what stands before it and says which of its rows: "open tickets". */
export type Phrase = { model: Found; which: string }

/** Finds the model that the end of a phrase means. */
export const findPhrase = (draft: BehaviourDraft, said: string): Phrase | undefined => {
  const words = said
    .trim()
    .toLowerCase()
    .replace(/^(?:(?:an?|the|all|any|each|every|their|its|our|those|other)\s+)+/, '')
    .split(/\s+/)
    .filter(Boolean)
    .slice(-6)
  for (let i = 0; i < words.length; i += 1) {
    const text = words.slice(i).join(' ')
    const model = draft.exactModel(keyed(text)) ?? (i === words.length - 1 ? draft.findModel(text) : undefined)
    if (model) return { model, which: words.slice(0, i).join(' ') }
  }
  return undefined
}

const keyed = (text: string): string => text.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
