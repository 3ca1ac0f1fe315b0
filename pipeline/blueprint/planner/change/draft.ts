import type { Architecture } from '../../../../schemas/generated/architecture.ts'

/** A revision in the making: a copy of the current one, and what is told about the edits. */
export type Draft = {
  architecture: Architecture
  understood: string[]
  assumptions: string[]
  notCarried: string[]
  /** The greatest effect so far on the version. */
  effect: 'none' | 'minor' | 'major'
  /** Models added by this change with their usual fields, which a later sentence may still name. */
  bare: Set<string>
  /** Why the whole change cannot be made. */
  problem?: { text: string; help: string }
}

export const createDraft = (current: Architecture): Draft => ({
  architecture: structuredClone(current),
  understood: [],
  assumptions: [],
  notCarried: [],
  effect: 'none',
  bare: new Set(),
})

export const note = (draft: Draft, text: string, effect: 'minor' | 'major' = 'minor'): void => {
  draft.understood.push(text)
  if (effect === 'major' || draft.effect === 'none') draft.effect = effect
}

/** Raises the version: the second number for what old clients do not notice, the first for what breaks them. */
export const bumpVersion = (version: string, effect: Draft['effect']): string => {
  const [major = 1, minor = 0, patch = 0] = version.split('.').map(Number)
  return effect === 'major'
    ? `${major + 1}.0.0`
    : effect === 'minor'
      ? `${major}.${minor + 1}.0`
      : `${major}.${minor}.${patch}`
}
