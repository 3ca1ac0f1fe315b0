import { visitorsSignUp } from '../../language/visitors.ts'
import type { Read } from '../behaviour.ts'

/** What was assumed of visitors who upload something where others sign in: it stands on the card. */
export const readVisitorsSignUp: Read = (said) =>
  said === visitorsSignUp
    ? {
        said,
        rest: ['With user accounts'],
        apply: (draft) => {
          draft.assume(
            'Visitors sign up before they upload anything; say “visitors can upload photos without signing in” to change that.',
          )
          return { understood: [] }
        },
      }
    : undefined
