import { existsSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { canonicalArchitecture } from '../../../pipeline/blueprint/canonical.ts'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { planDeployment } from '../../../pipeline/blueprint/deployment.ts'
import { own } from '../../../pipeline/blueprint/names.ts'
import { parseArchitecture } from '../../../pipeline/blueprint/parse.ts'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../../pipeline/blueprint/planner/result.ts'
import type { Architecture } from '../../../schemas/generated/architecture.ts'
import { type Entry, type Expectation, labelOf, readEntries, readOpen, writeOpen } from './strangers-entry.ts'
import {
  checkListing,
  checkMay,
  checkModel,
  createTally,
  either,
  modelNamed,
  portOf,
  scopesOf,
  signupRoles,
  type Tally,
} from './strangers-facts.ts'

/** Returns the facts of a request that its blueprint does not show, in words; empty when it is whole. */
export const judge = (entry: Entry, entries: Entry[] = readEntries()): string[] => examine(entry, entries).failed

/** As judge, with the number of facts that were looked at. */
export const examine = (entry: Entry, entries: Entry[]): Tally => {
  const tally = createTally()
  const { expect } = entry
  const before = entry.on === undefined ? undefined : baseOf(entry.on, entries)
  if (entry.on !== undefined && !tally.fact(before !== undefined, `there is no system '${entry.on}' to change`))
    return tally
  const result = plan(entry, before)
  if (result instanceof Error) {
    tally.fact(false, `throws ${result.message}`)
    return tally
  }
  const kind = expect.kind ?? 'draft'
  if (!tally.fact(either(kind).includes(result.kind), `is a ${result.kind}${sayOf(result)}, not a ${kind}`))
    return tally
  if (result.kind === 'draft') examineDraft(tally, expect, result, before)
  return tally
}

const plan = (entry: Entry, before: Architecture | undefined): PlanResult | Error => {
  try {
    return before ? planChange(entry.request, before) : planSystem(entry.request)
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause))
  }
}

const sayOf = (result: PlanResult): string =>
  result.kind === 'draft'
    ? ` of ${Object.keys(result.architecture.models).join(', ')}`
    : ` (${result.kind === 'refusal' ? result.text : result.questions.map(({ text }) => text).join(' / ')})`

/** The canonical architecture of a fixture or of another entry's draft. */
const baseOf = (name: string, entries: Entry[]): Architecture | undefined => {
  const entry = entries.find(({ id }) => id === name)
  if (entry) {
    const before = entry.on === undefined ? undefined : baseOf(entry.on, entries)
    const result = plan(entry, before)
    return result instanceof Error || result.kind !== 'draft'
      ? undefined
      : canonicalArchitecture(result.architecture).value
  }
  const file = new URL(`../../fixtures/blueprints/${name}.architecture.yaml`, import.meta.url)
  if (!existsSync(file)) return undefined
  const { value } = parseArchitecture(readFileSync(file, 'utf8'))
  return value && canonicalArchitecture(value).value
}

const examineDraft = (
  tally: Tally,
  expect: Expectation,
  result: PlanResult & { kind: 'draft' },
  before: Architecture | undefined,
): void => {
  const canonical = canonicalArchitecture(result.architecture)
  const architecture = canonical.value
  const diagnostics = [
    ...parseArchitecture(canonical.yaml).diagnostics,
    ...checkBlueprint(architecture, planDeployment(canonical, { engine: 'sqlite' })),
  ]
  tally.fact(
    diagnostics.length === 0,
    `diagnostics: ${diagnostics.map(({ code, message, location }) => `${code} ${message} (${location?.pointer})`).join('; ')}`,
  )
  checkLeaks(tally, architecture, expect)
  if (expect.accounts !== undefined)
    tally.fact((architecture.policies.authn !== undefined) === expect.accounts, `accounts should be ${expect.accounts}`)
  for (const [names, facts] of Object.entries(expect.models ?? {})) checkModel(tally, architecture, names, facts)
  for (const names of expect.absent ?? []) {
    const name = modelNamed(architecture, names)
    tally.fact(name === undefined, `there should be no model ${name}`)
  }
  checkPeople(tally, architecture, expect)
  checkListing(tally, architecture, expect)
  for (const words of expect.not_carried ?? [])
    tally.fact(
      either(words).some((word) => result.notCarried.join('\n').toLowerCase().includes(word.toLowerCase())),
      `does not say that it leaves out '${words}'`,
    )
  checkNames(tally, architecture, expect)
  if (before) checkStored(tally, before, architecture)
  if (before && expect.unchanged) checkUnchanged(tally, before, architecture, expect)
}

/**
 * What no system may do, whatever was asked: show owned rows to anyone, or, where all people do
 * not have roles that an administrator grants, leave who signs up without anything to do.
 */
const checkLeaks = (tally: Tally, architecture: Architecture, expect: Expectation): void => {
  const signup = signupRoles(architecture)
  let useful = false
  for (const model of Object.keys(architecture.models)) {
    const served = portOf(architecture, model)
    if (!served) continue
    const grants = Object.values(architecture.policies.roles).flat()
    for (const op of served.port.public ?? [])
      if (grants.some((grant) => grant === `${served.endpoint}:${op}@own`))
        tally.fact(false, `${model} is open to anyone for ${op} and to owners only at once`)
    if (model !== 'User')
      useful ||= ['create', 'list', 'read', 'update'].some((op) => scopesOf(architecture, signup, op, model).size > 0)
  }
  if (!expect.roles) tally.fact(useful, 'who signs up can do nothing')
}

const checkPeople = (tally: Tally, architecture: Architecture, expect: Expectation): void => {
  const signup = signupRoles(architecture)
  for (const names of expect.owned ?? []) {
    const model = modelNamed(architecture, names)
    if (!tally.fact(model !== undefined, `no model ${names} to own`) || !model) continue
    tally.fact(portOf(architecture, model)?.port.owner !== undefined, `${model} has no owner`)
    for (const op of ['list', 'read', 'update', 'delete'])
      checkMay(tally, architecture, `signup ${op} own ${model}`, true)
    checkMay(tally, architecture, `signup create ${model}`, true)
  }
  for (const names of expect.public_read ?? []) checkMay(tally, architecture, `anyone list+read ${names}`, true)
  for (const role of expect.roles ?? [])
    tally.fact(
      either(role).some((name) => own(architecture.policies.roles, name)),
      `no role ${role} (${Object.keys(architecture.policies.roles).join(', ')})`,
    )
  if (expect.signup)
    tally.fact(
      expect.signup.every((names) => either(names).some((name) => signup.includes(name))),
      `who registers becomes ${signup.join(', ') || 'nothing'}, not ${expect.signup.join(', ')}`,
    )
  for (const sentence of expect.may ?? []) checkMay(tally, architecture, sentence, true)
  for (const sentence of expect.may_not ?? []) checkMay(tally, architecture, sentence, false)
}

const checkNames = (tally: Tally, architecture: Architecture, expect: Expectation): void => {
  const { title, name } = architecture.system
  if (expect.title) tally.fact(title === expect.title, `the system is called ${title} (${name}), not ${expect.title}`)
  for (const [names, fields] of Object.entries(expect.without ?? {})) {
    const model = modelNamed(architecture, names)
    for (const field of fields)
      tally.fact(!own(architecture.models[model ?? '']?.fields, field), `${names} still has ${field}`)
  }
  for (const [path, column] of Object.entries(expect.column ?? {})) {
    const [model = '', field = ''] = path.split('.')
    const actual = architecture.models[model]?.fields[field]?.column
    tally.fact(actual === column, `${path} has column ${actual}, not ${column}: its data would be lost`)
  }
  for (const [model, table] of Object.entries(expect.table ?? {})) {
    const actual = architecture.models[model]?.table
    tally.fact(actual === table, `${model} has table ${actual}, not ${table}: its rows would be lost`)
  }
}

/** Rows that exist have no value for a new field: it must do without. */
const checkStored = (tally: Tally, before: Architecture, after: Architecture): void => {
  for (const [name, model] of Object.entries(before.models))
    for (const [field, shape] of Object.entries(after.models[name]?.fields ?? {}))
      if (!own(model.fields, field) && shape.column === undefined)
        tally.fact(
          shape.optional === true || shape.default !== undefined,
          `${name}.${field} is new and must be given, but rows exist`,
        )
}

/** What the change did not name stays: models, their ports, and the other fields of the models that it did name. */
const checkUnchanged = (tally: Tally, before: Architecture, after: Architecture, expect: Expectation): void => {
  const named = [...Object.keys(expect.models ?? {}), ...Object.keys(expect.without ?? {}), ...(expect.touched ?? [])]
  const touched = named.flatMap(either)
  const gone = (expect.absent ?? []).flatMap(either)
  tally.fact(
    expect.accounts !== undefined || isDeepStrictEqual(before.policies.authn, after.policies.authn),
    'sign-in changed',
  )
  for (const [name, model] of Object.entries(before.models)) {
    if (gone.includes(name)) continue
    const now = after.models[name]
    if (!touched.includes(name)) {
      tally.fact(isDeepStrictEqual(model, now), `the model ${name} changed`)
      const [was, is] = [portOf(before, name), portOf(after, name)]
      tally.fact(isDeepStrictEqual(was, is), `the port of ${name} changed`)
      continue
    }
    const columns = Object.values(now?.fields ?? {}).map(({ column }) => column)
    const mentions = (names: string): boolean => either(names).includes(name)
    const free = [
      ...Object.entries(expect.without ?? {}).flatMap(([names, fields]) => (mentions(names) ? fields : [])),
      ...Object.entries(expect.models ?? {}).flatMap(([names, facts]) =>
        mentions(names) ? [...Object.keys(facts.fields ?? {}), ...(facts.refs ?? [])].flatMap(either) : [],
      ),
    ]
    for (const [field, shape] of Object.entries(model.fields))
      if (!free.includes(field) && !columns.includes(field))
        tally.fact(isDeepStrictEqual(shape, now?.fields[field]), `${name}.${field} changed`)
  }
}

/** `--tidy` takes the requests that are whole now off the list of open ones, and names failing ones that lack a reason. */
const main = (words: string[]): void => {
  const files = words.filter((word) => word !== '--tidy')
  const all = readEntries()
  const entries = files.length > 0 ? readEntries(files) : all
  const failing = new Set<string>()
  let [facts, total] = [0, 0]
  for (const entry of entries) {
    const tally = examine(entry, all)
    total += tally.total
    facts += tally.total - tally.failed.length
    if (tally.failed.length === 0) continue
    failing.add(labelOf(entry))
    console.log(`\n${labelOf(entry)}\n${tally.failed.map((line) => `  - ${line}`).join('\n')}`)
  }
  if (files.length < words.length && files.length === 0) tidy(failing)
  console.log(`\n${facts} of ${total} facts, ${entries.length - failing.size} of ${entries.length} requests whole`)
}

const tidy = (failing: Set<string>): void => {
  const open = readOpen()
  writeOpen(open.filter(({ request }) => failing.has(request)))
  for (const label of failing)
    if (!open.some(({ request }) => request === label)) console.log(`\nfails and is not in open.yaml: ${label}`)
}

if (import.meta.main) main(process.argv.slice(2))
