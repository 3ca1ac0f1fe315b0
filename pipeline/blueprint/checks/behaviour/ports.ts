import type { EventPort, TimerPort } from '../../../../schemas/generated/architecture.ts'
import { eventScope, timerScope } from '../../scopes.ts'
import type { Path } from '../report.ts'
import type { Checks } from './expression.ts'
import { checkHandling } from './handling.ts'

/** What is done when a timer fires. */
export const checkTimer = (checks: Checks, component: string, name: string, port: TimerPort, path: Path): void => {
  checkHandling(checks, component, path, port, timerScope, `${component}.${name}`, true)
}

/** What is done when an event comes in; where one goes out, nothing is. */
export const checkEvent = (checks: Checks, component: string, name: string, port: EventPort, path: Path): void => {
  const what = `${component}.${name}`
  if (port.dir === 'out' && (port.find ?? port.require ?? port.do))
    checks.report('event-type', path, `${what} goes out and says what is done when it comes in`)
  checkHandling(checks, component, path, port, eventScope(checks.architecture, port), what, true)
}
