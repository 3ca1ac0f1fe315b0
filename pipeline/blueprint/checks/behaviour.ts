import type { Architecture, EventPort, RpcPort, TimerPort } from '../../../schemas/generated/architecture.ts'
import { conditionOf, own, splitEndpoint, splitGrant } from '../names.ts'
import { isHandler } from '../operations.ts'
import { handlerScope, hookScope, rowScope } from '../scopes.ts'
import { checkComputedExpressions } from './behaviour/computed.ts'
import { type Checks, checkCondition } from './behaviour/expression.ts'
import { checkHandler } from './behaviour/handling.ts'
import { checkHookCycles } from './behaviour/hook-cycles.ts'
import { checkEvent, checkTimer } from './behaviour/ports.ts'
import { checkRules } from './behaviour/rules.ts'
import { checkStates } from './behaviour/states.ts'
import { checkRequirements, checkSteps, storeOf } from './behaviour/steps.ts'
import { checkToggles } from './behaviour/toggles.ts'
import { checkViews } from './behaviour/views.ts'
import type { Path, Report } from './report.ts'

/** Rules, computed values, states, hooks, handlers, reports, events, timers and conditions: every name and expression of them. */
export const checkBehaviour = (architecture: Architecture, report: Report): void => {
  const checks: Checks = { architecture, report }
  for (const [name, model] of Object.entries(architecture.models)) {
    checkRules(checks, name, model)
    checkComputedExpressions(checks, name, model)
    if (!model.states && !model.on) continue
    const component = keeperOf(architecture, name)
    checkStates(checks, component, name, model)
    for (const [kind, hook] of Object.entries(model.on ?? {})) {
      const path: Path = ['models', name, 'on', kind]
      const scope = hookScope(name, kind)
      checkRequirements(checks, [...path, 'require'], hook.require, scope)
      checkSteps(checks, { component, path: [...path, 'do'], steps: hook.do ?? [], scope, what: `${name} on ${kind}` })
    }
  }
  for (const [name, component] of Object.entries(architecture.components))
    for (const [portName, port] of Object.entries(component.ports)) {
      const path: Path = ['components', name, 'ports', portName]
      if (port.kind === 'timer') checkTimer(checks, name, portName, port as TimerPort, path)
      if (port.kind === 'event') checkEvent(checks, name, portName, port as EventPort, path)
      if (port.kind === 'rpc' && port.dir === 'in') checkRpc(checks, name, port as RpcPort, path)
    }
  checkHookCycles(checks)
  checkGrants(checks)
  checkHttp(checks)
}

const checkRpc = (checks: Checks, component: string, port: RpcPort, path: Path): void => {
  for (const [op, shape] of Object.entries(port.ops ?? {}))
    if (isHandler(shape))
      checkHandler(
        checks,
        component,
        [...path, 'ops', op],
        port,
        op,
        shape,
        handlerScope(checks.architecture, port, op),
      )
  checkViews(checks, component, port, path)
  checkToggles(checks, component, port, path)
}

/** The component that does what goes along with rows of a model: the first that offers and stores it, else that stores it. */
export const keeperOf = (architecture: Architecture, model: string): string | undefined => {
  const names = Object.keys(architecture.components).filter((name) => storeOf(architecture, name, model))
  const offers = (name: string): boolean =>
    Object.values(architecture.components[name]!.ports).some(
      (port) => port.kind === 'rpc' && port.dir === 'in' && (port as RpcPort).crud === model,
    )
  return names.find(offers) ?? names[0]
}

const checkGrants = (checks: Checks): void => {
  const { architecture, report } = checks
  for (const [role, grants] of Object.entries(architecture.policies.roles))
    for (const [index, text] of grants.entries()) {
      const { endpoint, scope } = splitGrant(text)
      const condition = conditionOf(scope)
      if (condition === undefined) continue
      const { component, port } = splitEndpoint(endpoint)
      const model = (own(own(architecture.components, component)?.ports, port) as RpcPort | undefined)?.crud
      const path: Path = ['policies', 'roles', role, index]
      if (!model || !own(architecture.models, model))
        report('grant-scope', path, `'${text}' has a condition, and ${endpoint} is about no model`)
      else checkCondition(checks, path, condition, rowScope(model))
    }
}

const checkHttp = ({ architecture, report }: Checks): void => {
  const http = architecture.http
  if (http?.itemsKey !== undefined && http.list !== undefined && http.list !== 'envelope')
    report('http-options', ['http', 'itemsKey'], `a list that is ${http.list} has no key for its items`)
  if (http?.totalKey !== undefined && http.list !== undefined && http.list !== 'envelope')
    report('http-options', ['http', 'totalKey'], `a list that is ${http.list} has no key for how many there are`)
  if (http?.totalKey !== undefined && [http.itemsKey ?? 'items', 'next_cursor'].includes(http.totalKey))
    report('http-options', ['http', 'totalKey'], `${http.totalKey} holds something else in a list`)
  if (http?.rootKey !== undefined && http.root)
    report('http-options', ['http', 'rootKey'], 'objects stand under their name, and under one key as well')
  if (http?.cors?.includes('*') && http.cors.length > 1)
    report('http-options', ['http', 'cors'], 'every origin may call, and others are named beside it')
}
