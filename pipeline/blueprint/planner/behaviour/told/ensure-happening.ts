import type { Outcome } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { ensureStep } from '../states/ensure-step.ts'
import { placeOf } from './happenings.ts'
import type { Happening } from './read-told.ts'

/** What is told of, or has effects, must be a step where nothing else says that it happens: "when a session is cancelled". */
export const ensureHappening = (draft: BehaviourDraft, happening: Happening): Outcome => {
  if (happening.kind !== 'done' || happening.fresh) return { understood: [] }
  const model = draft.findModel(happening.thing)
  const isValue =
    !draft.changing &&
    model?.model.states === undefined &&
    Object.entries(model?.model.fields ?? {}).some(
      ([name, { values }]) => /^(?:status|state|stage|phase)$/.test(name) && values?.includes(happening.done),
    )
  if (model && model.name !== draft.userModel()?.name && (isValue || typeof placeOf(draft, happening) === 'string'))
    ensureStep(draft, model, happening.done)
  return { understood: [] }
}
