import type { Card } from '../../../schemas/generated/card.ts'
import type { ThreadCard } from '../../chat/adapter.ts'
import type { System } from '../state.ts'
import { actionTurn } from './action.ts'
import { refuse, type Turn, type TurnContext, withCards } from './turn.ts'

const confirmKey = (seq: number): string => `confirm:${seq}`

/** Asks before a system is removed. What is kept and what is not stands in the question. */
export const askRemove = (context: TurnContext, system: System): Turn => {
  const card: Card = {
    kind: 'question',
    id: 'remove',
    system: system.slug,
    text: `Remove ${system.title}? Its address stops answering. Its data stays on the disk unless you say otherwise.`,
    choices: [
      { label: `Remove ${system.slug}, keep its data`, value: `remove:${system.id}`, danger: true },
      { label: 'Delete its data too…', value: `ask-purge:${system.id}` },
      { label: 'Do not remove it', value: 'keep' },
    ],
  }
  return { run: async () => ({ cards: [{ key: confirmKey(context.seq), card }] }) }
}

/** Asks before data is deleted for good, and names the rows that would go. */
export const askPurge = async (context: TurnContext, system: System): Promise<Turn> => {
  const counts = await context.deps.countRows(system.id)
  const card = purgeCard(system, counts)
  return { run: async () => ({ cards: [{ key: confirmKey(context.seq), card }] }) }
}

const rowsOf = (count: number): string => (count === 1 ? '1 row' : `${count} rows`)

const purgeCard = (system: System, counts: { table: string; rows: number }[] | undefined): Card => {
  // Sessions and the like go too; only what people stored is worth a second thought.
  const held = (counts ?? []).filter((count) => count.rows > 0 && !count.table.startsWith('runtime_'))
  const total = held.reduce((sum, count) => sum + count.rows, 0)
  const words = held.map((count) => `${rowsOf(count.rows)} in ${count.table}`).join(', ')
  const what = counts === undefined ? 'all its rows, which I could not count' : total === 0 ? 'no rows' : words
  return {
    kind: 'question',
    id: 'purge',
    system: system.slug,
    text: `This deletes ${system.title} for good, with its releases, its secrets and its data: ${what}. It cannot be undone: I keep its blueprints and its code, none of its data.`,
    choices: [
      {
        label: total > 0 ? `Delete ${system.slug} and ${rowsOf(total)} for good` : `Delete ${system.slug} for good`,
        value: `purge:${system.id}`,
        danger: true,
      },
      { label: 'Keep everything', value: 'keep' },
    ],
  }
}

/** Does what was confirmed. */
export const confirmed = async (context: TurnContext, question: ThreadCard, value: string): Promise<Turn> => {
  const [what, systemId] = value.split(':')
  const answered = (turn: Turn): Turn => withCards(turn, [question])
  if (what === 'keep') return answered({ run: async () => ({}) })
  const system = context.systems.find((row) => row.id === systemId)
  if (!system) return refuse('This system was removed already.')
  if (what === 'ask-purge') return answered(await askPurge(context, system))
  return answered(actionTurn(context, 'remove', system, { purge: what === 'purge' }))
}
