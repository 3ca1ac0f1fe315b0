import type { Architecture, Field, RpcPort } from '../../schemas/generated/architecture.ts'
import { type SampleFile, sampleFile } from './first-curl-files.ts'
import { type Fit, fitModels } from './fitting.ts'
import { accountModelOf, own, rolesFieldOf, toSnake } from './names.ts'
import { type Operation, operationsOf } from './operations.ts'
import { isRelative } from './relative-time.ts'
import { requiredFields, sampleOf } from './sample.ts'
import { wireName } from './wire-names.ts'

/** What is sent: as JSON, or as a form where there are files. */
type Body = { json: string; variables: boolean; form?: [string, string][]; files?: [string, SampleFile][] }

/** Quotes a word for a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const defaultRoles = (architecture: Architecture): string[] => {
  const account = accountModelOf(architecture)
  const fields = account ? own(architecture.models, account)?.fields : undefined
  const roles = Object.values(fields ?? {}).find((field) => field.type === 'roles')?.default
  return Array.isArray(roles) ? roles.map(String) : []
}

const portOf = (architecture: Architecture, operation: Operation): RpcPort | undefined =>
  own(own(architecture.components, operation.component)?.ports, operation.port) as RpcPort | undefined

/** Whether somebody who has just signed up may call the operation. */
const mayCall = (operation: Operation, roles: string[]): boolean =>
  operation.access !== 'granted' || roles.some((role) => operation.grants.has(role))

/** What rules leave of the samples of each model that has any. */
const fitsOf = (architecture: Architecture): Map<string, Fit> =>
  fitModels(architecture, (name, field) => {
    const sample = sampleOf(name, field)
    return 'value' in sample ? [sample.value] : []
  })

type Row = { variable: string; lines: string[] }

/** Somebody who has just signed up, where there are accounts, and what could be made: model -> operation. */
type Caller = {
  architecture: Architecture
  creates: Map<string, Operation>
  roles: string[]
  signedIn: boolean
  /** Model -> values with which its rules are kept. */
  fits: Map<string, Fit>
}

/** Writes the calls that make one row of a model, the rows that it refers to first; undefined where the caller may not. */
const createRow = (
  { architecture, creates, roles, signedIn, fits }: Caller,
  model: string,
  seen: string[] = [],
): { calls: Row[]; operation: Operation; body: Body } | undefined => {
  if (seen.includes(model)) return undefined
  const operation = creates.get(model)
  if (!operation || !mayCall(operation, roles)) return undefined
  const fit = fits.get(model)
  if (fit && !fit.found) return undefined
  const port = portOf(architecture, operation)
  const account = accountModelOf(architecture)
  const calls: Row[] = []
  const parts: [string, string][] = []
  const files: [string, SampleFile][] = []
  let variables = false
  for (const [name, field] of requiredFields(architecture, model, port?.owner)) {
    const key = wireName(architecture, name)
    if (field.type === 'file') {
      const file = sampleFile(field)
      if (!file) return undefined
      files.push([key, file])
      continue
    }
    const sample = sampleOf(name, field)
    if ('value' in sample) {
      const value = fit?.values.get(name)?.[0] ?? sample.value
      // A script has no words for a day that lies so far ahead of whenever it is run.
      if (isRelative(value)) return undefined
      const text = valueText(field, value)
      variables ||= text.includes('$STAMP')
      parts.push([key, text])
      continue
    }
    variables = true
    if (sample.needs === account) {
      if (!signedIn) return undefined
      parts.push([key, '"$ME"'])
      continue
    }
    const parent = createRow({ architecture, creates, roles, signedIn, fits }, sample.needs, [...seen, model])
    if (!parent) return undefined
    const variable = `${sample.needs.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()}_ID`
    if (!calls.some((call) => call.variable === variable)) {
      calls.push(...parent.calls.filter((call) => !calls.some((own) => own.variable === call.variable)))
      calls.push({
        variable,
        lines: [
          ...preparing(parent.body),
          `${variable}=$(${post(architecture, parent.operation.path, parent.body, needsToken(parent.operation))} | ${idOf})`,
        ],
      })
    }
    parts.push([key, `"$${variable}"`])
  }
  const json = objectText(architecture, model, parts)
  return { calls, operation, body: { json, variables, ...(files.length ? { form: parts, files } : {}) } }
}

/** A value that must be unique carries the time, so that the script can be pasted twice. */
const valueText = (field: Field, value: unknown): string => {
  if (!field.unique || typeof value !== 'string') return JSON.stringify(value)
  if (field.type === 'email') return '"someone-$STAMP@example.com"'
  if (field.type === 'url') return '"https://example.com/$STAMP"'
  const room = typeof field.max === 'number' ? field.max : 200
  return field.type === 'string' && room >= 10
    ? `"${value.slice(0, Math.max(0, room - 11)).trim()} $STAMP"`.replace('" ', '"')
    : JSON.stringify(value)
}

/** An object as it is sent: under its name, where the system wants that. */
const objectText = (architecture: Architecture, model: string, parts: [string, string][]): string => {
  const text = `{${parts.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(', ')}}`
  return architecture.http?.root ? `{${JSON.stringify(wireName(architecture, toSnake(model)))}: ${text}}` : text
}

const preparing = ({ files = [] }: Body): string[] => [...new Set(files.map(([, { command }]) => command))]

/** The option that carries the token. */
const tokenOption = ({ http }: Architecture): string => {
  const { header, scheme } = http?.token ?? { header: 'Authorization', scheme: 'Bearer' }
  return `-H "${header}: ${`${scheme} $TOKEN`.trim()}"`
}

const idOf = `sed -n 's/.*"id" *: *"\\([0-9a-f-]*\\)".*/\\1/p'`
const needsToken = (operation: Operation): boolean => operation.access !== 'public'

/** In double quotes where shell variables stand in a text, else in single ones. */
const shellText = (text: string, variables: boolean): string =>
  variables
    ? `"${text.replace(/[\\"`]/g, '\\$&').replace(/\$(?!(?:[A-Z][A-Z_]*_ID|ME|EMAIL|STAMP)\b)/g, '\\$')}"`
    : quote(text)

/** A value in a form: a text by itself, anything else as JSON. */
const formText = (value: string): string => (value.startsWith('"') ? (JSON.parse(value) as string) : value)

const post = (architecture: Architecture, path: string, body: Body, token: boolean): string =>
  [
    `curl -sS "$URL${path}"`,
    ...(token ? [tokenOption(architecture)] : []),
    ...(body.files
      ? [
          ...(body.form ?? []).map(([name, value]) => `-F ${shellText(`${name}=${formText(value)}`, body.variables)}`),
          ...body.files.map(([name, file]) => `-F ${name}=@${file.name}`),
        ]
      : ["-H 'Content-Type: application/json'", `-d ${shellText(body.json, body.variables)}`]),
  ].join(' \\\n  ')

const accountLines = (architecture: Architecture, auth: string): string[] => {
  const account = accountModelOf(architecture)!
  const email = Object.entries(own(architecture.models, account)?.fields ?? {}).find(
    ([, field]) => field.type === 'email',
  )
  const extra = requiredFields(architecture, account, undefined)
    .filter(([name]) => name !== (email?.[0] ?? 'email'))
    .flatMap(([name, field]): [string, string][] => {
      const sample = sampleOf(name, field)
      return 'value' in sample ? [[wireName(architecture, name), valueText(field, sample.value)]] : []
    })
  const known: [string, string][] = [
    ['email', '"$EMAIL"'],
    ['password', '"correct horse battery"'],
  ]
  const role: [string, string][] = rolesFieldOf(architecture)?.choice
    ? [[wireName(architecture, 'role'), valueText({ type: 'string' }, 'all')]]
    : []
  const textOf = (parts: [string, string][]) => objectText(architecture, account, parts)
  const body = { json: textOf([...known, ...role, ...extra]), variables: true }
  const login = { json: textOf(known), variables: true }
  const token = wireName(architecture, 'access_token')
  return [
    'EMAIL="me-$STAMP@example.com"',
    `ME=$(${post(architecture, `${auth}/register`, body, false)} | ${idOf})`,
    `TOKEN=$(${post(architecture, `${auth}/login`, login, false)} | sed -n 's/.*"${token}" *: *"\\([^"]*\\)".*/\\1/p')`,
  ]
}

/**
 * Returns a script for a POSIX shell that tries a system out: sign up and in where there are accounts, make the first
 * thing that a new person may make (with what it belongs to), and list what there is.
 */
export const firstCurl = (architecture: Architecture, url: string): string => {
  const issuer = architecture.policies.authn?.issuer
  const auth = issuer ? architecture.expose.find((exposure) => exposure.port === issuer)?.path : undefined
  const account = accountModelOf(architecture)
  const roles = defaultRoles(architecture)
  const lines = [`URL=${quote(url)}`, ...(auth ? accountLines(architecture, auth) : [])]
  const operations = operationsOf(architecture).filter(
    (operation) => operation.model !== undefined && operation.model !== account && operation.nestedUnder === undefined,
  )
  const creates = new Map(operations.filter(({ op }) => op === 'create').map((one) => [one.model!, one]))
  const caller = { architecture, creates, roles, signedIn: auth !== undefined, fits: fitsOf(architecture) }
  // The one that needs least: a first try should be short.
  let creatable: ReturnType<typeof createRow>
  for (const model of creates.keys()) {
    const row = createRow(caller, model)
    if (row && (!creatable || row.calls.length < creatable.calls.length)) creatable = row
    if (creatable?.calls.length === 0) break
  }
  const readable = (model?: string) =>
    operations.find(
      (operation) =>
        operation.op === 'list' && (model === undefined || operation.model === model) && mayCall(operation, roles),
    )
  if (creatable) {
    lines.push(...creatable.calls.flatMap((call) => call.lines))
    lines.push(...preparing(creatable.body))
    lines.push(post(architecture, creatable.operation.path, creatable.body, needsToken(creatable.operation)))
  }
  const list = readable(creatable?.operation.model) ?? (creatable ? undefined : readable())
  if (list) lines.push(`curl -sS "$URL${list.path}"${needsToken(list) ? ` ${tokenOption(architecture)}` : ''}`)
  else if (!creatable && auth) lines.push(`curl -sS "$URL${auth}/me" ${tokenOption(architecture)}`)
  else if (!creatable) lines.push('curl -sS "$URL/readyz"')
  const script = lines.join('\n')
  const used = (name: string) => new RegExp(`\\$${name}\\b`).test(script)
  const needed = lines
    // Who signed up only matters where a row names the person.
    .map((line) => (line.startsWith('ME=$(') && !used('ME') ? `${line.slice(5, line.lastIndexOf(' | sed'))}` : line))
  if (used('STAMP')) needed.unshift('STAMP=$(date +%s)')
  // curl prints no line break of its own.
  return needed.map((line) => `${line}${line.startsWith('curl') ? '; echo' : ''}\n`).join('')
}
