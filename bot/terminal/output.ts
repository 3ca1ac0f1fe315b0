import type { Card } from '../../schemas/generated/card.ts'
import type { TerminalEvent } from '../../schemas/generated/terminal-event.ts'
import { inWords, plain } from '../chat/plain.ts'
import { renderText } from '../chat/render-text.ts'
import type { Output } from './client.ts'

/** Returns the output of `--json`: one event a line. */
export const createJsonOutput = (write: (text: string) => void): Output => ({
  event: (event) => write(`${JSON.stringify(event)}\n`),
  busy: () => undefined,
})

/** Returns the output for a person: cards as text, and one moving line of progress where the screen can move. */
export const createTextOutput = (write: (text: string) => void, screen: boolean): Output => {
  let moving = false
  const clear = (): void => {
    if (moving) write('\r\u001b[2K')
    moving = false
  }
  const move = (line: string): void => {
    if (!screen) return write(`${line}\n`)
    clear()
    write(line)
    moving = true
  }
  return {
    busy: (text) => move(`… ${plain(text)}`),
    event: (event, card) => {
      if (event.type === 'settled') return clear()
      if (event.type === 'progress') {
        if (card?.kind === 'progress' && card.seconds !== undefined) return clear()
        return move(progressLine(event))
      }
      clear()
      write(`${textOf(event, card)}\n\n`)
    },
  }
}

const progressLine = (event: Extract<TerminalEvent, { type: 'progress' }>): string => {
  const bar = '█'.repeat(event.done * 3) + '░'.repeat(Math.max(0, event.total - event.done) * 3)
  return `${bar} ${event.text} (${inWords(event.seconds)})`
}

const textOf = (event: TerminalEvent, card: Card | undefined): string => {
  const text = card ? renderText(card) : plain(event.text)
  return event.type === 'message' && event.download ? `${text}\n${event.download}` : text
}
