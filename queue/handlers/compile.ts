import type { StageContext } from '../../pipeline/stage.ts'
import type { Diagnostic } from '../../schemas/diagnostic.ts'
import type { RevisionCard } from '../compile.ts'
import type { CompileOutput } from '../pipeline-contract.ts'
import * as drafts from '../store/drafts.ts'
import * as revisions from '../store/revisions.ts'
import type { Handler, HandlerDeps } from './handler.ts'

/** What a failed draft shows. */
export type DraftError = { code: string; text: string; help: string; diagnostics?: unknown[] }

/** A draft -> a proposed revision, questions, or a refusal. */
export const compileHandler = (deps: HandlerDeps): Handler<'compile'> => {
  const { db } = deps.store
  const failed = (id: string, result: DraftError) => drafts.finish(db, id, { status: 'failed', result })
  return {
    run: async ({ draftId, attempt }, { signal, log }) => {
      const draft = await drafts.get(db, draftId)
      if (draft?.status !== 'pending' || draft.attempt !== attempt) return
      const base = draft.baseRevisionId ? await revisions.get(db, draft.baseRevisionId) : undefined
      const context: StageContext = {
        signal,
        // Drafting takes a fraction of a second: there is nothing to show on the way.
        report: async () => undefined,
        log: log.child({ conversation: draft.conversationId, draft: draftId }),
      }
      const found = await deps.pipeline.compile(
        {
          text: draft.text,
          answers: draft.answers,
          base: base && { architecture: base.architecture, deployment: base.deployment },
          // Whoever approved a blueprint knew what it left out.
          lost: base?.status === 'proposed' ? ((base.card as Partial<RevisionCard> | null)?.notCarried ?? []) : [],
          fork: base !== undefined && draft.systemId === null,
        },
        context,
      )
      signal.throwIfAborted()
      switch (found.kind) {
        case 'question':
          await drafts.finish(db, draftId, { status: 'question', result: { questions: found.questions } })
          break
        case 'refusal':
          await drafts.finish(db, draftId, { status: 'refused', result: refusalOf(found, draft, base) })
          break
        case 'invalid':
          await failed(draftId, {
            code: 'blueprint-invalid',
            text: `This request leads to a blueprint that does not hold together: ${problemsOf(found.diagnostics)}.`,
            help: 'Say that part in another way, or leave it out.',
            diagnostics: found.diagnostics,
          })
          break
        case 'proposal': {
          const { kind: _kind, blueprint, ...proposal } = found
          await revisions.propose(db, { ...proposal, ...blueprint, draftId })
        }
      }
    },
    fail: async ({ draftId }, error) => {
      const internal = error.code === 'internal'
      const text = internal ? 'Something in AutoCoder itself went wrong while drafting.' : error.message
      if (await failed(draftId, { code: error.code, text, help: internal ? 'Try again.' : error.help }))
        deps.log.error({ err: error, draft: draftId, code: error.code }, 'a draft failed')
    },
    cancel: async ({ draftId }) => void (await drafts.cancel(db, draftId)),
  }
}

/** The first few problems in plain words; all of them are in the detail. */
const problemsOf = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics
    .slice(0, 2)
    .map(({ message }) => message.replace(/[.\s]+$/, ''))
    .join('; ')

/** Where all that was asked for stands in a blueprint that nobody approved, that says so: what runs need not be so. */
const refusalOf = (
  { text, help, already }: Extract<CompileOutput, { kind: 'refusal' }>,
  draft: drafts.Draft,
  base: revisions.Revision | undefined,
): { text: string; help: string } => {
  const waits = base?.status === 'proposed' && base.conversationId === draft.conversationId
  if (!already || !waits) return { text, help }
  const said = draft.text.trim().replace(/[.!]+$/, '')
  return {
    text: `It is so already in blueprint ${base.number}, which waits here: “${said}”. Approve it to have it built, or say what else should be different.`,
    help: '',
  }
}
