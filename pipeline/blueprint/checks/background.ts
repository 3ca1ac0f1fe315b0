import type { Architecture, EventPort, Link, Operation, TimerPort } from '../../../schemas/generated/architecture.ts'
import { ANYTHING, eventPorts, listenersOf, shapeOfEvent } from '../background.ts'
import { own } from '../names.ts'
import { roleOf } from '../roles.ts'
import { cronProblem } from './cron.ts'
import type { Path, Report } from './report.ts'

/** An event port: its type, its key, and whether an in port says what to do and an out port is heard of. */
export const checkEventPort = (
  architecture: Architecture,
  component: string,
  name: string,
  port: EventPort,
  path: Path,
  report: Report,
): void => {
  const endpoint = `${component}.${name}`
  if (port.type === ANYTHING) {
    if (roleOf(own(architecture.components, component)!) !== 'channel')
      report('event-type', [...path, 'type'], `${endpoint} is of any type, and ${component} is no channel`)
    return
  }
  const shape = own(architecture.types, shapeOfEvent(port.type))
  if (!shape)
    return report('unknown-type', [...path, 'type'], `${endpoint} names the type '${shapeOfEvent(port.type)}'`, {
      word: shapeOfEvent(port.type),
      names: Object.keys(architecture.types ?? {}),
    })
  if (port.key !== undefined && !own(shape, port.key))
    report('unknown-field', [...path, 'key'], `${shapeOfEvent(port.type)} has no field '${port.key}'`, {
      word: port.key,
      names: Object.keys(shape),
    })
  for (const [field, { class: secrecy }] of Object.entries(shape))
    if (secrecy === 'secret' || secrecy === 'card')
      report('secret-shown', [...path, 'type'], `${endpoint} carries the ${secrecy} '${field}'`)
  if (port.dir === 'in' && !port.do?.length)
    report('no-behaviour', path, `${endpoint} hears of ${port.type} and does nothing`)
  if (port.dir === 'out' && isLinked(architecture, endpoint) && !listenersOf(architecture, endpoint).length)
    report('event-type', path, `nothing that ${endpoint} leads to hears of ${port.type}`)
}

const isLinked = (architecture: Architecture, endpoint: string): boolean =>
  architecture.links.some(({ from }) => from === endpoint)

/** A link between event ports: both of one type, or one of them a channel's. */
export const checkEventLink = (architecture: Architecture, link: Link, path: Path, report: Report): void => {
  const types = new Map(eventPorts(architecture).map(({ address, port }) => [address, port.type]))
  const [from, to] = [types.get(link.from), types.get(link.to)]
  if (from !== to && from !== ANYTHING && to !== ANYTHING)
    report('link-kind', path, `${link.from} is about ${from}, ${link.to} about ${to}`)
}

/** A timer: exactly one way to say when, and something to do. */
export const checkTimerPort = (endpoint: string, port: TimerPort, path: Path, report: Report): void => {
  if ((port.cron === undefined) === (port.every === undefined))
    report('timer-schedule', path, `${endpoint} has ${port.cron === undefined ? 'neither' : 'both'} cron and every`)
  const problem = port.cron === undefined ? undefined : cronProblem(port.cron)
  if (problem) report('timer-schedule', [...path, 'cron'], problem)
  if (port.zone !== undefined && !isZone(port.zone))
    report('timer-schedule', [...path, 'zone'], `there is no time zone '${port.zone}'`)
  if (!port.do?.length) report('no-behaviour', path, `${endpoint} is woken and does nothing`)
}

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** A webhook is sent, with something in it. */
export const checkWebhook = (endpoint: string, op: string, shape: Operation, path: Path, report: Report): void => {
  if (shape.method !== undefined && shape.method !== 'POST')
    report('webhook', [...path, 'method'], `${endpoint}:${op} is called from outside with ${shape.method}`)
  if (shape.webhook?.id !== undefined && shape.in === undefined)
    report('webhook', [...path, 'webhook', 'id'], `${endpoint}:${op} has no type in which its id could stand`)
}
