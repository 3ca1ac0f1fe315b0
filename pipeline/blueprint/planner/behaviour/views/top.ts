import { sentence } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { titleField } from '../places/fields.ts'
import { grantToReaders } from './see.ts'

/** The first rows of a model: by what expression, `down` from the greatest, and in which column that is shown. */
export type Top = {
  name: string
  column: string
  of: string
  down: boolean
  top: number
  said: string
  /** Which rows count at all. */
  where?: string
  who?: { words: string; only: boolean }
}

/** Adds a report that gives the first rows, each with its title. Returns who may see it, in words. */
export const addTop = (
  draft: BehaviourDraft,
  model: Found,
  { name, column, of, down, top, said, where, who }: Top,
): string => {
  const title = titleField(draft.architecture, model.name)
  model.api.views = {
    ...model.api.views,
    [name]: {
      description: sentence(said.slice(0, 400)),
      of: model.name,
      ...(where ? { where } : {}),
      group: { id: 'this.id', ...(title && title !== column ? { [title]: `this.${title}` } : {}) },
      select: { [column]: { take: down ? 'max' : 'min', of } },
      sort: [`${down ? '-' : ''}${column}`, 'id'],
      maxPage: Math.min(1000, Math.max(1, top)),
    },
  }
  return grantToReaders(draft, model, name, who)
}
