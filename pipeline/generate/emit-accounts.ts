import type { Field, Model, Operation } from '../../schemas/generated/architecture.ts'
import { isMade } from '../blueprint/field-kinds.ts'
import { toKebab } from '../blueprint/names.ts'
import { isSet } from './emit-context.ts'
import { storedDefault } from './emit-fields.ts'
import { attributeOf } from './emit-names.ts'
import { docstring, text } from './emit-python.ts'

/** How a component takes the capability behind accounts. */
export const accountNeeds = {
  parameter: (row: string): string => `sign_in: SignIn[${row}]`,
  wiring: '        self.sign_in = sign_in',
}

type Request = {
  op: string
  shape: Operation
  account: string
  path: string
  port: string
  /** Whether this is the port that issues tokens. */
  issuer: boolean
  /** Whether this is the port with the standard operations on accounts. */
  users: boolean
  model: Model
  /** Whether ids are whole numbers. */
  numbered: boolean
  /** Whether some fields of accounts are shown to some only. */
  guarded: boolean
  /** `self.data`: the rows of accounts. */
  store: string
  /** Of updates. */
  verbs: readonly ('patch' | 'put')[]
  /** What a create's decorator says of its status. */
  created: readonly string[]
}

type Written = {
  name: string
  /** `{component}` stands for the component's name. */
  imports: { [module: string]: string[] }
  method: (name: string) => string
}

type Shape = {
  verb: 'get' | 'post' | 'patch'
  path?: string
  options: string[]
  signature: (request: Request) => string
  words: string
  body: (request: Request) => string[]
  imports?: (request: Request) => { [module: string]: string[] }
}

/** A model without a version has no ETag. */
const etag = (model: Model): string[] => (model.concurrency === 'version' ? ['call.etag(user.row_version)'] : [])

/** What is answered to whoever was nobody when the request came. */
const NEWCOMER = ', context=as_themselves(call, user.id, user.roles)'

const LIMITED = ['transaction=False', 'limited=True']
const answers = (...statuses: number[]) => `answers=(${statuses.join(', ')}${statuses.length === 1 ? ',' : ''})`

const typed = (request: Request) => ({
  'app.types': [request.shape.in, request.shape.out].filter(
    (each) => each !== undefined && each !== request.account,
  ) as string[],
})
const userOut = (request: Request) => ({ 'app.components.{component}.schemas': [`${request.account}Out`] })

const SHAPES: { [op: string]: Shape } = {
  register: {
    verb: 'post',
    options: LIMITED,
    signature: ({ shape, account }) => `call: Current, body: ${shape.in}) -> ${account}Out`,
    words: 'Sign up.',
    body: ({ account, model, guarded }) => [
      ...registered(model),
      `return ${account}Out.model_validate(user${guarded ? NEWCOMER : ''})`,
    ],
    imports: (request) => ({ ...typed(request), ...userOut(request) }),
  },
  login: {
    verb: 'post',
    options: ['status=200', ...LIMITED, answers(401)],
    signature: ({ shape }) => `call: Current, body: ${shape.in}) -> ${shape.out}`,
    words: 'Sign in.',
    body: ({ shape }) => [
      'tokens = await self.sign_in.login(call, body.email, body.password)',
      `return ${shape.out}.model_validate(tokens)`,
    ],
    imports: typed,
  },
  refresh: {
    verb: 'post',
    options: ['status=200', 'transaction=False', answers(401)],
    signature: ({ shape }) => `body: ${shape.in}) -> ${shape.out}`,
    words: 'Exchange a refresh token for new tokens. A refresh token is good once.',
    body: ({ shape }) => [
      'tokens = await self.sign_in.refresh(body.refresh_token)',
      `return ${shape.out}.model_validate(tokens)`,
    ],
    imports: typed,
  },
  logout: {
    verb: 'post',
    options: ['status=204', 'transaction=False'],
    signature: ({ shape }) => `call: Current, body: ${shape.in}) -> None`,
    words: 'Sign out.',
    body: () => ['await self.sign_in.logout(call, body.refresh_token)'],
    imports: typed,
  },
  me: {
    verb: 'get',
    path: 'me',
    options: ['versioned=True'],
    signature: ({ account }) => `call: Current) -> ${account}Out`,
    words: 'Read your own account.',
    body: ({ account, model, store, guarded }) => [
      `user = await ${store}.read(call, call.me)`,
      ...etag(model),
      `return ${account}Out.model_validate(user${guarded ? ', context=call' : ''})`,
    ],
    imports: userOut,
  },
  update_me: {
    verb: 'patch',
    path: 'me',
    options: ['versioned=True'],
    signature: ({ account }) => `call: Current, body: ${account}SelfUpdate) -> ${account}Out`,
    words: 'Change your own account: what is left out stays as it is.',
    body: ({ account, model, store, guarded }) => [
      `user = await ${store}.update(call, call.me, body.model_dump(exclude_unset=True))`,
      ...etag(model),
      `return ${account}Out.model_validate(user${guarded ? ', context=call' : ''})`,
    ],
    imports: (request) => ({
      'app.components.{component}.schemas': [`${request.account}Out`, `${request.account}SelfUpdate`],
    }),
  },
  change_password: {
    verb: 'post',
    options: ['status=204', ...LIMITED],
    signature: ({ shape }) => `call: Current, body: ${shape.in}) -> None`,
    words: 'Change your password. Your other sessions end.',
    body: () => ['await self.sign_in.change_password(call, body.current_password, body.new_password)'],
    imports: typed,
  },
  reset_password: {
    verb: 'post',
    options: ['status=204', ...LIMITED],
    signature: ({ shape }) => `call: Current, body: ${shape.in}) -> None`,
    words: 'Set a password with a token from an administrator. All sessions of the account end.',
    body: () => ['await self.sign_in.reset_password(call, body.token, body.new_password)'],
    imports: typed,
  },
  setup: {
    verb: 'post',
    options: [...LIMITED, answers(403)],
    signature: ({ shape, account }) => `call: Current, body: ${shape.in}) -> ${account}Out`,
    words: "Make the first administrator, once, with the token from the release's secrets.",
    body: ({ account, model, guarded }) => [
      ...setupValues(model),
      'user = await self.sign_in.setup(call, body.token, values)',
      `return ${account}Out.model_validate(user${guarded ? NEWCOMER : ''})`,
    ],
    imports: (request) => ({ ...typed(request), ...userOut(request) }),
  },
}

const ISSUE_RESET: Shape = {
  verb: 'post',
  options: ['status=200', 'transaction=False'],
  signature: ({ shape, numbered }) => `call: Current, id: ${numbered ? 'NumberedKey' : 'UUID'}) -> ${shape.out}`,
  words: 'Make a token with which somebody sets their password, once, within an hour.',
  body: ({ shape }) => [
    'issued = await self.sign_in.issue_reset(call, id)',
    `return ${shape.out}.model_validate(issued)`,
  ],
  imports: (request) => ({
    ...typed(request),
    ...(request.numbered ? { 'runtime.fields': ['NumberedKey'] } : { uuid: ['UUID'] }),
  }),
}

/** Returns the method of an operation on accounts; undefined for one that the runtime does not know. */
export const accountMethod = (request: Request): Written | undefined => {
  const { op, path, port } = request
  const shape = request.issuer ? SHAPES[op] : request.users && op === 'issue_reset' ? ISSUE_RESET : undefined
  if (!shape) return undefined
  const at = request.issuer ? `${path}/${shape.path ?? toKebab(op)}` : `${path}/{id}/${toKebab(op)}`
  const access = request.shape.public ? ['access="public"'] : request.shape.signedIn ? ['access="signed-in"'] : []
  const status = op === 'register' || op === 'setup' ? request.created : []
  // Of oneself, too, one may see less than there is.
  const refused = op === 'update_me' && request.guarded ? [answers(403)] : []
  const decorator = (verb: string) =>
    `    @${verb}(${[text(at), text(`${port}.${op}`), ...access, ...status, ...shape.options, ...refused].join(', ')})`
  const [verb = shape.verb, other] = op === 'update_me' ? request.verbs : []
  const head = (name: string, by: string) => [
    decorator(by),
    `    async def ${name}(self, ${shape.signature(request)}:`,
    ...docstring(request.shape.description || shape.words, '        '),
  ]
  return {
    name: op,
    imports: {
      'runtime.component': [verb, ...(other ? [other] : [])],
      'runtime.call': ['Current'],
      ...(request.guarded && (op === 'register' || op === 'setup') ? { 'runtime.readers': ['as_themselves'] } : {}),
      ...shape.imports?.(request),
    },
    method: (name) =>
      [
        ...head(name, verb),
        ...shape.body(request).map((line) => `        ${line}`),
        ...(other ? ['', ...head(`put_${name}`, other), `        return await self.${name}(call, body)`] : []),
      ].join('\n'),
  }
}

/** Makes the account of who signs up, in the role that they chose where there is a choice. */
const registered = (model: Model): string[] => {
  const [name, roles] = Object.entries(model.fields).find(([, { type }]) => type === 'roles') ?? []
  if (!name || !roles?.choice) return ['user = await self.sign_in.register(call, body.model_dump())']
  const all = `[${(roles.default as string[]).map(text).join(', ')}]`
  return [
    'values = body.model_dump(exclude={"role"})',
    `values[${text(name)}] = ${all} if body.role == "all" else [body.role]`,
    'user = await self.sign_in.register(call, values)',
  ]
}

/** The first administrator gives only an email and a password: what else accounts must have gets a plain value. */
const setupValues = (model: Model): string[] => {
  const plain = Object.entries(model.fields).flatMap(([name, field]) =>
    isSet(field) ||
    isMade(field) ||
    field.optional ||
    field.default !== undefined ||
    ['email', 'password_hash', 'roles'].includes(name)
      ? []
      : [`    ${text(attributeOf(name))}: ${plainValue(field)},`],
  )
  if (!plain.length) return ['values = body.model_dump(exclude={"token"})']
  return ['values = {', '    **body.model_dump(exclude={"token"}),', ...plain, '}']
}

const plainValue = (field: Field): string => {
  const least = typeof field.min === 'number' ? field.min : 0
  if (field.type === 'enum') return text(field.values![0])
  if (field.type === 'string' || field.type === 'text')
    return text('Administrator'.padEnd(least, '.').slice(0, typeof field.max === 'number' ? field.max : undefined))
  if (field.type === 'phone') return text('+00 000 000')
  if (field.type === 'url') return text('https://example.com/')
  if (field.type === 'email') return 'body.email'
  if (field.type === 'int' || field.type === 'float' || field.type === 'decimal')
    return storedDefault({ type: field.type }, least)
  if (field.type === 'bool') return 'False'
  if (field.type === 'date') return storedDefault(field, '2000-01-01')
  if (field.type === 'datetime') return storedDefault(field, '2000-01-01T00:00:00Z')
  if (field.type === 'time') return storedDefault(field, '00:00')
  if (field.type.startsWith('list(')) return '[]'
  if (field.type === 'json' || field.type.startsWith('object(')) return '{}'
  return 'None'
}
