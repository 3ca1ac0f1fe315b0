import type { BackupReport } from '../../queue/backup/backup.ts'
import type { ErrorCode } from '../../schemas/error-codes.ts'
import type { Card } from '../../schemas/generated/card.ts'

/** What the bot sends to a terminal, one JSON object a line. */
export type TerminalPush =
  /** The conversation of this terminal; everything that was not shown yet has been sent before. */
  | { type: 'ready'; conversation: string }
  /** The event is stored: it will be taken to its end whatever happens. */
  | { type: 'accepted'; id: string }
  | { type: 'refused'; id: string; code: string; text: string; help: string }
  /** `path`: the absolute path of the file that the card offers. */
  | { type: 'card'; key: string; card: Card; update: boolean; path?: string }
  | { type: 'whisper'; text: string }
  /** The address that was asked for; undefined where the bot shows no web chat. */
  | { type: 'invite'; url: string | undefined }
  /** Where the bot serves its page; undefined where it serves none. */
  | { type: 'address'; url: string | undefined }
  /** The backup that was asked for is written, or why it is not. */
  | { type: 'backup'; report: BackupReport }
  | { type: 'backup-failed'; code: ErrorCode; text: string; help: string }
  /** Nothing runs, and everything is shown, up to the event `lastEvent`. */
  | { type: 'settled'; lastEvent: string | undefined; question: boolean; system: string | undefined }
  /** The bot goes; a client that waits for something must attach again. */
  | { type: 'bye' }

/** No line may be longer: a card with all its files is far below. */
const LINE_LIMIT = 4_000_000

/** Returns what is fed with pieces of a stream and calls `onLine` for every whole line. Throws where a line is too long. */
export const createLineReader = (onLine: (line: string) => void): ((piece: string) => void) => {
  let rest = ''
  return (piece) => {
    rest += piece
    if (rest.length > LINE_LIMIT) throw new RangeError('a line is too long')
    let end = rest.indexOf('\n')
    while (end >= 0) {
      const line = rest.slice(0, end)
      rest = rest.slice(end + 1)
      if (line.trim() !== '') onLine(line)
      end = rest.indexOf('\n')
    }
  }
}
