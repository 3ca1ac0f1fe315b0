/** Tests of what a system does in the background: events, timers, calls to the outside, webhooks. */
import type { Architecture, Field } from '../../schemas/generated/architecture.ts'
import {
  adminOperations,
  eventPorts,
  externalPorts,
  listenersOf,
  shapeOfEvent,
  timersOf,
  webhooksOf,
} from '../blueprint/background.ts'
import { own, shapeOf } from '../blueprint/names.ts'
import { handlerRoute } from '../blueprint/operations.ts'
import { contextOf } from './emit-context.ts'
import { MOST_DELIVERIES, UNSIGNED } from './tests-background-parts.ts'
import { callTests, eventTests, timerTests, webhookTests } from './tests-background-texts.ts'
import { type Cast, fixtureOf } from './tests-cast.ts'
import { usedNames } from './tests-scene.ts'
import { effectTests } from './tests-timers.ts'
import { literal, sample } from './tests-values.ts'

const NO_ID = '00000000-0000-4000-8000-000000000000'

/** Returns a body that a shape takes, as a Python dict. */
const bodyOf = (architecture: Architecture, type: string): string => {
  const value = (name: string, field: Field): string => {
    const inner = shapeOf(field.type)
    if (inner === undefined) return literal(sample(name, field) ?? NO_ID)
    const body = bodyOf(architecture, inner)
    return field.type.startsWith('list(') ? `[${body}]` : body
  }
  const items = Object.entries(own(architecture.types, type) ?? {}).map(
    ([name, field]) => `${literal(name)}: ${value(name, field)}`,
  )
  return `{${items.join(', ')}}`
}

const heardOf = (cast: Cast): string[] =>
  eventPorts(cast.architecture)
    .filter(({ address, port }) => port.dir === 'out' && listenersOf(cast.architecture, address).length)
    .map(({ address, port }) => {
      const shape = shapeOfEvent(port.type)
      const listeners = listenersOf(cast.architecture, address)
      const most = Math.max(...listeners.map((each) => each.port.maxDeliveries ?? MOST_DELIVERIES))
      const body = bodyOf(cast.architecture, shape)
      return `(${literal(address)}, ${literal(listeners.map((each) => each.address))}, ${shape}, ${body}, ${most})`
    })

/** Timers whose handlers need nothing to be there. */
const easyTimers = (cast: Cast): string[] =>
  timersOf(cast.architecture)
    .filter(({ port }) => !port.require?.length && Object.values(port.find ?? {}).every(({ optional }) => optional))
    .map(({ timer }) => timer)

const webhookRows = (cast: Cast): string[] =>
  webhooksOf(cast.architecture).flatMap(({ address, port, op, shape }) => {
    const base = contextOf(cast.architecture).paths.get(address)
    if (base === undefined || !shape.public) return []
    const path = `${base}${handlerRoute(port, op).path}`.replace(/\{\w+\}/g, NO_ID)
    const once = shape.webhook?.id !== undefined
    return [
      `(${literal(path)}, ${bodyOf(cast.architecture, shape.in ?? '')}, ${literal(shape.webhook?.secret)}, ${literal(once)})`,
    ]
  })

const HELPERS = new Set(['NOBODY', 'Person', 'WEBHOOK_SECRET', 'World', 'problem', 'soon', 'soon_day'])

/** Returns tests/test_background.py; undefined where the system does nothing in the background. */
export const emitBackgroundTests = (cast: Cast): string | undefined => {
  const operations = adminOperations(cast.architecture)
  if (!operations.length) return undefined
  const { adminRoles } = contextOf(cast.architecture)
  const accounts = cast.accountModel !== undefined
  const admin = accounts ? fixtureOf(adminRoles[0]!) : 'as_anyone'
  const other = accounts ? cast.roles.find((role) => !adminRoles.includes(role)) : undefined
  const events = heardOf(cast)
  const timers = timersOf(cast.architecture).map(({ timer }) => timer)
  const calls = externalPorts(cast.architecture).map(({ address }) => address)
  const webhooks = webhookRows(cast)
  const parts = [
    ...(accounts ? [UNSIGNED(operations, other && fixtureOf(other))] : []),
    ...(events.length ? [eventTests(admin, events)] : []),
    ...(timers.length ? [timerTests(admin, timers, easyTimers(cast))] : []),
    ...effectTests(cast, admin),
    ...(calls.length ? [callTests(admin, calls)] : []),
    ...(webhooks.length ? [webhookTests(admin, webhooks)] : []),
  ]
  const body = parts.join('\n\n')
  const shapes = usedNames(body, new Set(Object.keys(cast.architecture.types ?? {})))
  const factories = usedNames(body, cast.factories)
  const imports = [
    ...(shapes.length ? [`from app.types import ${shapes.join(', ')}`] : []),
    ...(/\bCall\(/.test(body) ? ['from runtime.call import Call'] : []),
    ...(/\bsignature\(/.test(body) ? ['from runtime.sender import signature'] : []),
    ...(factories.length ? [`from tests.factories import ${factories.join(', ')}`] : []),
    ...(/\bListener\b/.test(body) ? ['from tests.listener import Listener'] : []),
    `from tests.world import ${usedNames(body, HELPERS).join(', ')}`,
  ]
  const standard = [
    ...(/\bdt\./.test(body) ? ['import datetime as dt'] : []),
    ...(/\bjson\./.test(body) ? ['import json'] : []),
    ...(/\btime\./.test(body) ? ['import time'] : []),
    ...(/\bIterator\[/.test(body) ? ['from collections.abc import Iterator'] : []),
    ...(/\bAny\b/.test(body) ? ['from typing import Any'] : []),
  ]
  return `"""What the system does without being asked, and what administrators are told of it."""

${standard.length ? `${standard.join('\n')}\n\n` : ''}import pytest

${imports.join('\n')}


${body}`
}
