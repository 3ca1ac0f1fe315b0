import type { Read } from '../behaviour.ts'
import { applyReminder } from './apply-reminder.ts'
import { readReminder } from './read-reminder.ts'

/** "Remind members the day before their class": who is told of a time that comes, or that is over. Needs states and due days. */
export const readReminders: Read = (said) => {
  const reminder = readReminder(said)
  return (
    reminder && {
      said,
      rest: [],
      sure: true,
      alone: true,
      after: 6,
      apply: (draft) => applyReminder(draft, reminder),
    }
  )
}
