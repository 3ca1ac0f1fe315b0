import { timersOf } from '../../pipeline/blueprint/background.ts'
import { whenOf } from '../../pipeline/blueprint/behaviour-words.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import type { CardItem } from '../../schemas/generated/card.ts'
import { oneLine } from '../chat/plain.ts'

/** Returns a line for each timer of a system: when it fires and what for. */
export const timerItems = (architecture: Architecture): CardItem[] =>
  timersOf(architecture).map(({ timer, port }) => ({
    title: `Timer ${timer.replaceAll('_', ' ')}, ${whenOf(port)}`,
    ...(port.description ? { text: oneLine(port.description) } : {}),
  }))
