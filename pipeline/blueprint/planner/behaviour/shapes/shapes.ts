import { isDeepStrictEqual } from 'node:util'
import type { Http } from '../../../../../schemas/generated/architecture.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { readAnswers } from './answers.ts'
import { readCors } from './cors.ts'
import { readErrors } from './errors.ts'
import { readPaths } from './paths.ts'
import { readSettings } from './settings.ts'
import { bare, type NoShape, type Shape, withoutUsual } from './shape.ts'
import { readStatuses } from './statuses.ts'
import { readToken } from './token.ts'

const readers = [readSettings, readAnswers, readErrors, readStatuses, readToken, readCors, readPaths]

/** "Return a bare array", "use camelCase", "prefix /api": how requests and answers look. */
export const readShape: Read = (said) => {
  const text = bare(said)
  for (const read of readers) {
    const found = read(text)
    if (!found) continue
    const needsAccounts = 'needsAccounts' in found && found.needsAccounts === 'asked'
    return {
      said,
      rest: needsAccounts ? ['With user accounts'] : [],
      sure: !('needs' in found),
      apart: true,
      apply: (draft) => applyShape(draft, found),
    }
  }
  return undefined
}

const applyShape = (draft: BehaviourDraft, found: Shape | NoShape): Outcome => {
  if ('unresolved' in found) return found
  if (found.needs !== undefined && !draft.findModel(found.needs))
    return { unresolved: `There is nothing called “${found.needs}”.` }
  if (found.needsAccounts && !draft.architecture.policies.authn && (draft.changing || found.needsAccounts === 'asked'))
    return { unresolved: 'Nobody signs in here, so that there is no token; say "add user accounts".' }
  const look = (http: Http | undefined): unknown[] => {
    const { expose, policies, components } = draft.architecture
    return [withoutUsual(http ?? {}), expose, policies.authn, components]
  }
  const before = structuredClone(look(draft.architecture.http))
  const http = { ...draft.architecture.http }
  found.set(http, draft)
  if (isDeepStrictEqual(look(http), before))
    return { holds: `It is so already: ${found.rule.replace(/^[A-Z](?=[a-z ])/, (first) => first.toLowerCase())}` }
  const after = withoutUsual(http)
  if (found.onlyNew !== undefined && draft.changing) return { unresolved: found.onlyNew }
  if (Object.keys(after).length > 0) draft.architecture.http = after
  else delete draft.architecture.http
  return { understood: [found.rule], breaks: draft.changing }
}
