import type { CrudOp, Operation, RpcPort } from '../../schemas/generated/architecture.ts'
import { isMade } from '../blueprint/field-kinds.ts'
import { pluralOf, refOf, toKebab, toSnake, toWords } from '../blueprint/names.ts'
import { isHandler } from '../blueprint/operations.ts'
import { withArticle } from '../blueprint/words.ts'
import type { FileTree } from '../file-tree.ts'
import { withComputed } from './computed-fields.ts'
import { accountMethod, accountNeeds } from './emit-accounts.ts'
import { writeBehaviour } from './emit-behaviour.ts'
import { type Context, isRpc, isStore, modelOf } from './emit-context.ts'
import { csvBody, csvOption, csvSignature } from './emit-csv.ts'
import {
  answer,
  type Crud,
  type Draft,
  decorate,
  method,
  methodName,
  parentPathOf,
  portsOf,
  row,
  schemas,
  storeOf,
  throughPort,
  throughPorts,
  use,
} from './emit-draft.ts'
import { expanded, expandSignature, expansionParts } from './emit-expand.ts'
import { filesOption, hasFiles } from './emit-files.ts'
import { writeHooks } from './emit-hooks.ts'
import { answerMade, givesKeys, madeShape, secretOf } from './emit-keys.ts'
import { attributeOf, componentClass, folderOf, identifier, packageOf, rowClass, variableOf } from './emit-names.ts'
import { docstring, type Imports, mergedImports, pythonModule, text } from './emit-python.ts'
import { isQuiet, writeQuietPorts } from './emit-quiet.ts'
import { isGuarded, shownTo } from './emit-readers.ts'
import { emitSchemas, filtersOf, searchable, sortable } from './emit-schemas.ts'
import { countsLists, createdStatus, numbersIds, outward, showsDeleted, updateVerbs } from './emit-shape.ts'
import { toggleListings } from './emit-toggles.ts'
import { viewQueries } from './emit-views.ts'

const CRUD: readonly CrudOp[] = ['list', 'create', 'read', 'update', 'delete']

/** Returns the files of a component that offers operations. */
export const emitService = (context: Context, name: string): FileTree => {
  const folder = folderOf(name)
  return new Map([
    [`${folder}/component.py`, emitClass(context, name)],
    [`${folder}/repository.py`, emitListings(context, name)],
    [`${folder}/schemas.py`, emitSchemas(context, name)],
  ])
}

const emitClass = (context: Context, name: string): string => {
  const component = context.architecture.components[name]!
  const className = componentClass(name, context.rows)
  const draft: Draft = { context, name, imports: new Map(), methods: [], taken: new Set() }
  use(draft, 'runtime.component', 'ComposedComponent')
  const parameters: string[] = []
  const wiring: string[] = []
  for (const [portName, port] of portsOf(context, name)) {
    const attribute = identifier(portName)
    if (isQuiet(port)) draft.taken.add(attribute)
    else if (port.dir === 'out') {
      draft.taken.add(attribute)
      const type = isStore(port) ? `Store[${row(draft, port.model)}]` : 'RpcPort'
      if (isStore(port)) use(draft, 'runtime.store', 'Store')
      else use(draft, 'runtime.component', 'RpcPort')
      parameters.push(`${attribute}: ${type}`)
      wiring.push(`        self.${attribute} = self.needs(${text(portName)}, ${attribute})`)
    } else if (isRpc(port)) {
      draft.taken.add(attribute)
      use(draft, 'runtime.component', 'RpcPort')
      const options = [
        'self',
        ...(port.crud ? [`model=${text(port.crud)}`] : []),
        ...(port.owner ? [`owner=${text(port.owner)}`] : []),
        ...parentOptions(context, name, port),
      ]
      wiring.push(`        self.${attribute} = self.offers(${text(portName)}, RpcPort(${options.join(', ')}))`)
    }
  }
  if (context.issuer?.startsWith(`${name}.`)) {
    parameters.push(accountNeeds.parameter(rowClass(context.accountModel!)))
    wiring.push(accountNeeds.wiring)
    use(draft, 'runtime.accounts', 'SignIn')
  }
  if (hasFiles(context, name)) {
    parameters.push('file_keeper: FileKeeper')
    wiring.push('        self.file_keeper = file_keeper')
    use(draft, 'runtime.file_keeper', 'FileKeeper')
  }
  if (givesKeys(context, name)) {
    parameters.push('key_ring: KeyRing')
    wiring.push('        self.key_ring = key_ring')
    use(draft, 'runtime.key_ring', 'KeyRing')
  }
  for (const [portName, port] of portsOf(context, name))
    if (isRpc(port) && port.dir === 'in') emitPort(draft, portName, port)
  wiring.push(...writeHooks(draft))
  wiring.push(...writeQuietPorts(draft))
  const paths = portsOf(context, name).flatMap(([portName]) => context.paths.get(`${name}.${portName}`) ?? [])
  if (!draft.methods.some((each) => /\bUUID\b/.test(each))) draft.imports.delete('uuid')
  const imports = Object.fromEntries([...draft.imports].map(([module, names]) => [module, [...names]]))
  return pythonModule(
    `${className}: ${paths.length ? `the operations at ${paths.join(' and ')}` : 'operations for other components'}.`,
    imports,
    [
      [
        `class ${className}(ComposedComponent):`,
        ...docstring(component.description || `What may be done with ${toWords(name)}.`, '    '),
        '',
        `    def __init__(self${parameters.map((parameter) => `, ${parameter}`).join('')}) -> None:`,
        `        super().__init__(${text(name)})`,
        ...wiring,
        ...draft.methods.flatMap((method) => ['', method]),
      ].join('\n'),
    ],
  )
}

/** What a port's objects hang on, and where that is read: the out port is a parameter of the class. */
const parentOptions = (context: Context, name: string, port: RpcPort): string[] => {
  const through = port.parent ? throughPort(context, name, port.parent) : undefined
  if (!port.parent || !through) return []
  return [`parent=${text(port.parent)}`, `parents=${identifier(through)}`]
}

const emitPort = (draft: Draft, portName: string, port: RpcPort) => {
  const { context, name } = draft
  const path = context.paths.get(`${name}.${portName}`) ?? `/${toKebab(name)}/${toKebab(portName)}`
  const crud = port.crud ? emitCrud(draft, portName, port, path) : undefined
  for (const [op, shape] of Object.entries(port.ops ?? {}))
    if (!isHandler(shape)) emitOperation(draft, portName, port, path, op, shape)
  writeBehaviour({ draft, portName, port, path, crud })
}

const emitOperation = (draft: Draft, portName: string, port: RpcPort, path: string, op: string, shape: Operation) => {
  const { context, name } = draft
  const account = context.accountModel
  const written =
    account &&
    accountMethod({
      op,
      shape,
      account,
      path,
      port: portName,
      issuer: context.issuer === `${name}.${portName}`,
      users: port.crud === account,
      model: modelOf(context, account),
      numbered: numbersIds(context),
      guarded: isGuarded(context, account),
      store: `self.${identifier(storeOf(context, name, account)!)}`,
      verbs: updateVerbs(context),
      created: createdStatus(context),
    })
  if (!written) throw new Error(`${name}.${portName}:${op} is an operation that nothing implements`)
  for (const [module, names] of Object.entries(written.imports))
    use(draft, module.replace('app.components.{component}', packageOf(name)), ...names)
  draft.methods.push(written.method(methodName(draft, written.name)))
}

const emitCrud = (draft: Draft, portName: string, port: RpcPort, path: string): Crud => {
  const { context, name } = draft
  const model = port.crud!
  const store = storeOf(context, name, model)
  if (!store) throw new Error(`${name} offers ${model} without a store of it`)
  const crud: Crud = {
    draft,
    portName,
    port,
    path,
    model,
    rows: row(draft, model),
    store: `self.${identifier(store)}`,
    one: toSnake(model),
    many: pluralOf(model, modelOf(context, model)),
    versioned: modelOf(context, model).concurrency === 'version',
    through: throughPorts(context, name),
    listing: listingName(context, name, port),
    methods: new Map(),
  }
  use(draft, 'uuid', 'UUID')
  use(draft, 'runtime.call', 'Current')
  const offered = CRUD.filter((op) => port.only?.includes(op) ?? true)
  if (model === context.accountModel && offered.includes('create'))
    throw new Error(`${name}.${portName} creates accounts: they are made by signing up`)
  const find = offered.includes('update') ? emitFind(crud) : undefined
  if (find) crud.find = find
  for (const op of offered) {
    if (op === 'list') emitList(crud)
    if (op === 'create') emitCreate(crud)
    if (op === 'read') emitRead(crud)
    if (op === 'update') emitUpdate(crud, find!)
    if (op === 'delete') emitDelete(crud)
  }
  const parentPath = port.parent ? parentPathOf(context, name, port.parent) : undefined
  if (port.parent && parentPath) {
    const see = emitSee(crud, port.parent)
    const base = `${parentPath}/{id}/${path.slice(path.lastIndexOf('/') + 1)}`
    if (offered.includes('list')) emitListUnder(crud, port.parent, base, see)
    if (offered.includes('create')) emitCreateUnder(crud, port.parent, base, see)
  }
  return crud
}

const listBody = (crud: Crud): string[] => [
  `page = await ${crud.store}.page(call, ${crud.listing}, query)`,
  ...answerPage(crud),
]

const answerPage = (crud: Crud): string[] => {
  const embedded = expanded(crud, 'query.expand', 'answer.items')
  const made = `${crud.model}Page.model_validate(page${shownTo(crud.draft.context, crud.model)})`
  if (!embedded.length) return [`return ${made}`]
  return [`answer = ${made}`, ...embedded, 'return answer']
}

const emitList = (crud: Crud) => {
  schemas(crud, 'Page', 'Query')
  use(crud.draft, 'typing', 'Annotated')
  use(crud.draft, 'fastapi', 'Query')
  use(crud.draft, `${packageOf(crud.draft.name)}.repository`, crud.listing)
  method(
    crud.draft,
    `list_${crud.many}`,
    decorate(crud, 'get', crud.path, 'list', csvOption(crud)),
    `call: Current, query: Annotated[${crud.model}Query, Query()]${csvSignature(crud)}`,
    `List ${toWords(crud.many)}.`,
    csvBody(crud, listBody(crud)),
  )
}

const ownerOf = (crud: Crud): string => (crud.port.owner ? `, owner=${text(attributeOf(crud.port.owner))}` : '')

const idempotent = (crud: Crud, op: CrudOp): string[] =>
  crud.port.idempotency?.some((each) => each === op) ? ['idempotent=True'] : []

/** Lines that check the references of a body that must be visible to the caller. */
const checkBody = (crud: Crud, source: string, skip?: string): string[] =>
  [...crud.through].flatMap(([field, port]) => {
    if (field === skip || !modelOf(crud.draft.context, crud.model).fields[field]) return []
    use(crud.draft, 'runtime.store', 'check_visible')
    return [`await check_visible(call, ${port}, ${text(field)}, ${source}.get(${text(attributeOf(field))}))`]
  })

/** Whoever makes a thing owns it, unless a caller who may says whose it is. */
const giveOwner = (crud: Crud): string[] => {
  if (!crud.port.owner) return []
  const owner = text(attributeOf(crud.port.owner))
  const who = crud.draft.context.keyRoles.size ? 'call.person' : 'call.principal'
  return [
    `if values.get(${owner}) is None and ${who} is not None:`,
    `    values[${owner}] = ${who}${who === 'call.person' ? '' : '.id'}`,
  ]
}

/**
 * Where making a row is one statement it needs no transaction around it: nothing else is written with it, and nothing
 * that has to hold is looked at afterwards.
 */
const alone = (crud: Crud): string[] => {
  const model = modelOf(crud.draft.context, crud.model)
  const made = Object.values(model.fields).some((field) => field.type === 'file' || isMade(field))
  const more = model.rules?.length || model.on || model.history || model.keys || model.computed || made
  return more ? [] : ['alone=True']
}

const emitCreate = (crud: Crud) => {
  schemas(crud, 'Create', 'Out', madeShape(crud))
  const name = method(
    crud.draft,
    `create_${crud.one}`,
    decorate(crud, 'post', crud.path, 'create', [
      ...createdStatus(crud.draft.context),
      ...idempotent(crud, 'create'),
      ...alone(crud),
      ...filesOption(crud),
      ...secretOf(crud),
    ]),
    `call: Current, body: ${crud.model}Create) -> ${crud.model}${madeShape(crud)}`,
    `Make ${withArticle(toWords(crud.model))}.`,
    [
      'values = body.model_dump()',
      ...giveOwner(crud),
      ...checkBody(crud, 'values'),
      `${variableOf(crud.one)} = await ${crud.store}.create(call, values${ownerOf(crud)})`,
      ...answerMade(crud),
    ],
  )
  crud.methods.set('create', name)
}

const versioned = (crud: Crud): string[] => (crud.versioned ? ['versioned=True'] : [])

const emitFind = (crud: Crud): string => {
  use(crud.draft, 'runtime.call', 'Call')
  return method(
    crud.draft,
    `find_${crud.one}`,
    '',
    `call: Call, id: UUID) -> ${crud.rows}`,
    `Return the ${toWords(crud.model)}; 404 where the caller sees none.`,
    [`return await ${crud.store}.read(call, id)`],
  )
}

const emitRead = (crud: Crud) => {
  schemas(crud, 'Out')
  method(
    crud.draft,
    `read_${crud.one}`,
    decorate(crud, 'get', `${crud.path}/{id}`, 'read', [...versioned(crud), ...fresh(crud)]),
    `call: Current, id: UUID${expandSignature(crud)}) -> ${crud.model}Out`,
    `Read ${withArticle(toWords(crud.model))}.`,
    [`${variableOf(crud.one)} = await ${crud.store}.read(call, id)`, ...answerRead(crud)],
  )
}

/** An answer that shows more than the row, or less to some, is not known to be the same by the row's version. */
const fresh = (crud: Crud): string[] => {
  const more =
    modelOf(crud.draft.context, crud.model).computed ??
    (crud.port.expand?.length || isGuarded(crud.draft.context, crud.model))
  return crud.versioned && more ? ['fresh=True'] : []
}

const answerRead = (crud: Crud): string[] => {
  const embedded = expanded(crud, 'expand', '[answer]')
  if (!embedded.length) return answer(crud, false)
  const lines = answer(crud, false)
  return [...lines.slice(0, -1), lines.at(-1)!.replace('return ', 'answer = '), ...embedded, 'return answer']
}

const emitUpdate = (crud: Crud, find: string) => {
  schemas(crud, 'Update', 'Out')
  const account = crud.model === crud.draft.context.accountModel
  const options = [...idempotent(crud, 'update'), ...versioned(crud), `find=${find}`]
  const [verb = 'patch', other] = updateVerbs(crud.draft.context)
  const name = method(
    crud.draft,
    `update_${crud.one}`,
    decorate(crud, verb, `${crud.path}/{id}`, 'update', options),
    `call: Current, id: UUID, body: ${crud.model}Update) -> ${crud.model}Out`,
    `Change ${withArticle(toWords(crud.model))}: what is left out stays as it is.`,
    [
      'changes = body.model_dump(exclude_unset=True)',
      ...checkBody(crud, 'changes'),
      ...(account
        ? ['if "roles" in changes:', '    await self.sign_in.keep_an_administrator(call, id, changes["roles"])']
        : []),
      `${variableOf(crud.one)} = await ${crud.store}.update(call, id, changes)`,
      ...answer(crud, false),
    ],
  )
  crud.methods.set('update', name)
  if (other)
    method(
      crud.draft,
      `put_${crud.one}`,
      decorate(crud, other, `${crud.path}/{id}`, 'update', options),
      `call: Current, id: UUID, body: ${crud.model}Update) -> ${crud.model}Out`,
      `Change ${withArticle(toWords(crud.model))}, as PATCH does.`,
      [`return await self.${name}(call, id, body)`],
    )
}

const emitDelete = (crud: Crud) => {
  const account = crud.model === crud.draft.context.accountModel
  const shows = showsDeleted(crud.draft.context)
  const row = variableOf(crud.one)
  if (shows) schemas(crud, 'Out')
  method(
    crud.draft,
    `delete_${crud.one}`,
    decorate(crud, 'delete', `${crud.path}/{id}`, 'delete', [
      ...(shows ? ['status=200'] : []),
      ...idempotent(crud, 'delete'),
      ...versioned(crud),
    ]),
    `call: Current, id: UUID) -> ${shows ? `${crud.model}Out` : 'None'}`,
    `Delete ${withArticle(toWords(crud.model))}.`,
    [
      ...(account ? ['await self.sign_in.keep_an_administrator(call, id)'] : []),
      ...(shows
        ? [
            `${row} = ${crud.model}Out.model_validate(await ${crud.store}.read(call, id)${shownTo(crud.draft.context, crud.model)})`,
          ]
        : []),
      `await ${crud.store}.delete(call, id)`,
      ...(shows ? [`return ${row}`] : []),
    ],
  )
}

const emitSee = (crud: Crud, parent: string): string => {
  const parentModel = refOf(modelOf(crud.draft.context, crud.model).fields[parent]!.type)!.model
  use(crud.draft, 'runtime.call', 'Call')
  use(crud.draft, 'runtime.problems', 'not_found')
  return method(
    crud.draft,
    `see_${identifier(toSnake(parentModel))}`,
    '',
    'call: Call, id: UUID) -> None',
    `Answer 404 where the caller sees no such ${toWords(parentModel)}.`,
    [`if not await ${crud.through.get(parent)}.sees(call, id):`, '    raise not_found()'],
  )
}

const parentWord = (crud: Crud, parent: string): string =>
  toWords(refOf(modelOf(crud.draft.context, crud.model).fields[parent]!.type)!.model)

const emitListUnder = (crud: Crud, parent: string, path: string, see: string) => {
  const attribute = attributeOf(parent)
  method(
    crud.draft,
    `list_${crud.many}_of_${parentWord(crud, parent).replaceAll(' ', '_')}`,
    decorate(crud, 'get', path, 'list', [...csvOption(crud), `find=${see}`]),
    `call: Current, id: UUID, query: Annotated[${crud.model}Query, Query()]${csvSignature(crud)}`,
    `List ${toWords(crud.many)} of ${withArticle(parentWord(crud, parent))}.`,
    [
      `await self.${see}(call, id)`,
      ...csvBody(crud, [
        `page = await ${crud.store}.page(call, ${crud.listing}, query, ${crud.rows}.${attribute} == id)`,
        ...answerPage(crud),
      ]),
    ],
  )
}

const emitCreateUnder = (crud: Crud, parent: string, path: string, see: string) => {
  schemas(crud, 'CreateUnder', 'Out', madeShape(crud))
  use(crud.draft, 'runtime.store', 'same_parent')
  const attribute = attributeOf(parent)
  method(
    crud.draft,
    `create_${crud.one}_of_${parentWord(crud, parent).replaceAll(' ', '_')}`,
    decorate(crud, 'post', path, 'create', [
      ...createdStatus(crud.draft.context),
      ...idempotent(crud, 'create'),
      ...alone(crud),
      ...filesOption(crud),
      ...secretOf(crud),
      `find=${see}`,
    ]),
    `call: Current, id: UUID, body: ${crud.model}CreateUnder) -> ${crud.model}${madeShape(crud)}`,
    `Make ${withArticle(toWords(crud.model))} of ${withArticle(parentWord(crud, parent))}.`,
    [
      `await self.${see}(call, id)`,
      `same_parent(${text(parent)}, body.${attribute}, id)`,
      `values = {**body.model_dump(), ${text(attribute)}: id}`,
      ...giveOwner(crud),
      ...checkBody(crud, 'values', parent),
      `${variableOf(crud.one)} = await ${crud.store}.create(call, values${ownerOf(crud)})`,
      ...answerMade(crud),
    ],
  )
}

/** Returns the constant that holds a port's list rules: LISTING, or with the model's name where there are several. */
const listingName = (context: Context, name: string, port: RpcPort): string => {
  const cruds = portsOf(context, name).filter(([, each]) => isRpc(each) && each.dir === 'in' && each.crud)
  return cruds.length > 1 ? `LISTING_OF_${toSnake(port.crud!).toUpperCase()}` : 'LISTING'
}

const emitListings = (context: Context, name: string): string => {
  const parts: string[] = []
  const rows = new Set<string>()
  for (const [, port] of portsOf(context, name)) {
    if (!isRpc(port) || port.dir !== 'in' || !port.crud || !(port.only?.includes('list') ?? true)) continue
    const model = withComputed(context.architecture, port.crud)
    const className = rowClass(port.crud)
    rows.add(className)
    const filters = filtersOf(model, port)
    const mapping = (kind: string) =>
      filters
        .filter((filter) => filter.kind === kind)
        .map(({ attribute, field }) => `        ${text(attribute)}: ${className}.${attributeOf(field)},`)
    const group = (key: string, lines: string[], close = '}') =>
      lines.length === 1 && close === ')'
        ? [`    ${key}=(${lines[0]!.trim()}),`]
        : lines.length
          ? [`    ${key}=${close === '}' ? '{' : '('}`, ...lines, `    ${close},`]
          : []
    parts.push(
      [
        `${listingName(context, name, port)} = Listing(`,
        `    ${className},`,
        `    order=${text(outward(context, port.list?.order ?? 'id'))},`,
        ...(countsLists(context) ? ['    counted=True,'] : []),
        ...group('equals', mapping('equals')),
        ...group('contains', mapping('contains')),
        ...group('at_least', mapping('at_least')),
        ...group('at_most', mapping('at_most')),
        ...group(
          'sort',
          sortable(model, port).map(
            (field) => `        ${text(outward(context, field))}: ${className}.${attributeOf(field)},`,
          ),
        ),
        ...group(
          'search',
          searchable(model, port).map((field) => `        ${className}.${attributeOf(field)},`),
          ')',
        ),
        ')',
      ].join('\n'),
    )
  }
  const views = viewQueries(context, name)
  const embedding = expansionParts(context, name)
  const toggles = toggleListings(context, name)
  for (const row of toggles.rows) rows.add(row)
  const own: Imports = rows.size ? { 'app.models': [...rows], 'runtime.listing': ['Listing'] } : {}
  const imports = mergedImports(own, views.imports, embedding.imports)
  return pythonModule(`How ${toWords(name)} are listed: what may be filtered, sorted and searched.`, imports, [
    ...parts,
    ...toggles.parts,
    ...views.parts,
    ...embedding.parts,
  ])
}
