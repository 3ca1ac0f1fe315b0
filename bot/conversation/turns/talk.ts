import type { Talk } from '../intents.ts'
import type { System } from '../state.ts'
import { answer, say, type Turn } from './turn.ts'

const examples = [
  'Build me a todo API with user authentication',
  'Track invoices with an amount, a due date and whether they are paid; only managers delete',
  'A clinic: pets have visits, vets see all visits, owners see only their own pets',
]

const help = (current: System | undefined): string => {
  const name = current?.slug ?? 'todo'
  return [
    'Tell me what to build, in plain words. I answer with a blueprint; when you approve it, I write the system, check it and put it online.',
    '',
    'For example:',
    ...examples.map((example) => `• ${example}`),
    '',
    'Later:',
    `• add a due date to ${name} · rename done to finished · let admins see everything`,
    `• what does ${name} store? · who can delete? · which endpoints?`,
    `• status · logs · builds · cost · show files · download`,
    `• stop ${name} · start ${name} · restart ${name} · roll back ${name} · remove ${name}`,
    `• systems · systems ${name} · open ${name} · hand over ${name} to @name · fork ${name} as shop · archived systems`,
  ].join('\n')
}

/** Answers what is not about a system. */
export const talkTurn = (kind: Exclude<Talk, 'systems'>, current: System | undefined, proposal: boolean): Turn => {
  switch (kind) {
    case 'hello':
      return answer(
        say(
          current
            ? `Hello! We were at ${current.title}. Tell me what should change, or ask me about it.`
            : `Hello! Tell me what to build, for example: ${examples[0]}`,
        ),
      )
    case 'thanks':
      return answer(say('You are welcome!'))
    case 'unsure':
      return answer(
        say(
          proposal
            ? 'Take your time: nothing is built before you approve. Say what should be different, or ask me about the blueprint.'
            : current
              ? `Take your time: nothing changes. When you know what should be different in ${current.title}, say it, or ask me about it.`
              : `Take your time. When you know what you need, tell me, for example: ${examples[0]}`,
        ),
      )
    case 'surface':
      return answer(
        say(
          current
            ? `Apps, websites and screens I do not build: ${current.title} is the API behind them, and its documentation tells whoever writes one how to call it. Nothing was begun.`
            : `Apps, websites and screens I do not build, but the API behind them. Tell me what it should keep, for example: ${examples[0]}`,
          { tone: 'refusal' },
        ),
      )
    case 'help':
      return answer(say(help(current)))
    case 'unclear':
      return answer(
        say(
          proposal
            ? 'I did not get that. Press Approve to build the blueprint, or tell me what should be different.'
            : current
              ? `I did not get that. Tell me what should change in ${current.title}, ask me about it, or write help.`
              : `I did not get that. Tell me what to build, for example: ${examples[0]}`,
          { tone: 'refusal' },
        ),
      )
  }
}
