import type { RpcPort } from '../../schemas/generated/architecture.ts'
import { own } from '../blueprint/names.ts'
import { type Context, isRpc, isStore } from './emit-context.ts'
import { identifier, packageOf, rowClass, variableOf } from './emit-names.ts'
import { docstring, text } from './emit-python.ts'
import { shownTo } from './emit-readers.ts'
import { numbersIds } from './emit-shape.ts'

/** What one class is being written of. */
export type Draft = {
  context: Context
  name: string
  imports: Map<string, Set<string>>
  methods: string[]
  taken: Set<string>
}

export const portsOf = (context: Context, name: string) =>
  Object.entries(own(context.architecture.components, name)!.ports)

export const use = (draft: Draft, module: string, ...names: string[]) => {
  const known = draft.imports.get(module) ?? new Set()
  for (const name of names) known.add(name)
  draft.imports.set(module, known)
}

export const row = (draft: Draft, model: string): string => {
  const name = rowClass(model)
  use(draft, 'app.models', name)
  return name
}

/** Returns a method's name that Python does not keep for itself and that this class has not given to anything else. */
export const methodName = (draft: Draft, wanted: string): string => {
  let name = identifier(wanted)
  for (let number = 2; draft.taken.has(name); number++) name = `${wanted}_${number}`
  draft.taken.add(name)
  return name
}

/** Returns the out port through which a component reaches the rows of a model. */
export const storeOf = (context: Context, name: string, model: string): string | undefined =>
  portsOf(context, name).find(([, port]) => isStore(port) && port.dir === 'out' && port.model === model)?.[0]

export type Crud = {
  draft: Draft
  portName: string
  port: RpcPort
  path: string
  model: string
  rows: string
  /** `self.data` */
  store: string
  one: string
  many: string
  versioned: boolean
  /** Reference field -> out port through which its target is read as the caller. */
  through: ReadonlyMap<string, string>
  listing: string
  /** The method that finds a row for a change; undefined where rows are not changed. */
  find?: string
  /** Operation -> the method that is written for it. */
  methods: Map<string, string>
}

export const throughPorts = (context: Context, name: string): Map<string, string> =>
  new Map(
    portsOf(context, name).flatMap(([portName, port]) =>
      isRpc(port) && port.dir === 'out' && port.field ? [[port.field, `self.${identifier(portName)}`] as const] : [],
    ),
  )

/** The out port through which the target of a reference is read. */
export const throughPort = (context: Context, name: string, field: string): string | undefined =>
  portsOf(context, name).find(([, port]) => isRpc(port) && port.dir === 'out' && port.field === field)?.[0]

/** The path under which a parent is exposed: where the out port that names the field leads. */
export const parentPathOf = (context: Context, name: string, field: string): string | undefined => {
  const through = throughPort(context, name, field)
  return through && context.paths.get(context.links.get(`${name}.${through}`) ?? '')
}

export const decorate = (crud: Crud, verb: string, path: string, op: string, options: string[]): string => {
  use(crud.draft, 'runtime.component', verb)
  const open = crud.port.public?.some((each) => each === op) ? ['access="public"'] : []
  return `    @${verb}(${[text(path), text(`${crud.portName}.${op}`), ...open, ...options].join(', ')})`
}

export const schemas = (crud: Crud, ...suffixes: string[]) =>
  use(crud.draft, `${packageOf(crud.draft.name)}.schemas`, ...suffixes.map((suffix) => `${crud.model}${suffix}`))

/** Adds a method to the class and returns its name; without a decorator it is no operation. */
export const method = (
  draft: Draft,
  wanted: string,
  decorator: string,
  signature: string,
  words: string,
  body: string[],
): string => {
  const name = methodName(draft, wanted)
  const numbered = decorator !== '' && numbersIds(draft.context) && /\bid: UUID\b/.test(signature)
  if (numbered) use(draft, 'runtime.fields', 'NumberedKey')
  draft.methods.push(
    [
      ...(decorator ? [decorator] : []),
      `    async def ${name}(self, ${numbered ? signature.replace(/\bid: UUID\b/, 'id: NumberedKey') : signature}:`,
      ...docstring(words, '        '),
      ...body.map((each) => (each ? `        ${each}` : '')),
    ].join('\n'),
  )
  return name
}

export const answer = (crud: Crud, made: boolean): string[] => [
  ...(crud.versioned ? [`call.etag(${variableOf(crud.one)}.row_version)`] : []),
  ...(made
    ? [`call.location(f"${crud.path}/{${variableOf(crud.one)}.id${numbersIds(crud.draft.context) ? '.int' : ''}}")`]
    : []),
  `return ${crud.model}Out.model_validate(${variableOf(crud.one)}${shownTo(crud.draft.context, crud.model)})`,
]
