import { plural } from '../../language/words.ts'
import { ensureOwner, setHolders } from '../access/holders.ts'
import type { Read } from '../behaviour.ts'
import { rolesOf } from '../states/people-of.ts'

const pattern =
  /^(?<who>(?:the |all )?[\p{L}-]+(?: (?!can\b|may\b|also\b)[\p{L}-]+)?) (?:can |may )?(?:also |only )?(?:see|view|read|browse)s? (?:only )?(?:the |all )*(?<thing>[\p{L}-]+(?: [\p{L}-]+)?) (?:of|by|from) (?:(?:the )?(?:people|users|members|ones|others)|those|everyone|everybody|whoever|whom)(?: (?:that|who|whom))? (?:they|he or she) follow$/iu

/** "Members see the ascents of those they follow": and their own, and nobody else's. */
export const readOfFollowed: Read = (said) => {
  const found = pattern.exec(said.trim())?.groups
  if (!found) return undefined
  const { who = '', thing = '' } = found
  return {
    said,
    rest: [],
    implies: ['Users sign up and log in'],
    sure: true,
    after: 6,
    apply: (draft) => {
      const user = draft.userModel()
      const model = draft.findModel(thing)
      const follow = user?.api.toggles?.follow
      if (!user || !follow) return { unresolved: 'Nobody follows anybody here.' }
      if (!model || model.name === user.name) return { unresolved: `There is no “${thing}”.` }
      const owner = ensureOwner(draft, model)
      const { model: rows, of, by } = follow
      const followed = `where ${rows}.exists(f, f.${of} == this.${owner} && f.${by} == me.id)`
      for (const op of ['list', 'read'])
        setHolders(
          draft,
          model,
          op,
          rolesOf(draft, who).flatMap((role) => [
            { role, scope: 'own' },
            { role, scope: followed },
          ]),
        )
      return {
        understood: [`Everybody sees their own ${plural(model.words)} and those of the people whom they follow.`],
      }
    },
  }
}
