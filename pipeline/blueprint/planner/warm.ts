import { planSystem } from './plan.ts'

/** Touches readers of every kind, so that most patterns are needed for it. */
const sample =
  'Members sign up and borrow tools. Tools have a name and a number of copies. At most three loans per member at once. Only managers approve loans. When a loan is approved, the member is told. Every Monday overdue loans are flagged. Show loans per month.'

/**
 * Plans a request for nobody. The first one of a process compiles some thousand patterns, which takes a second or two in
 * which no message is acknowledged: a process that lives long has that behind it before it is reached.
 */
export const warmPlanner = (): void => {
  planSystem(sample)
}
