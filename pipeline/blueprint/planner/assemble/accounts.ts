import type { Component, Field, Model, TypeShape } from '../../../../schemas/generated/architecture.ts'

const password: Field = { type: 'string', min: 8, max: 200, class: 'secret' }
const email: Field = { type: 'email', class: 'pii' }
const line: Field = { type: 'string' }

/** Returns the shapes of the account operations; `extra` are the fields of a person beyond email and password. */
export const accountTypes = (
  extra: { [name: string]: Field },
  taken: ReadonlySet<string>,
): { types: { [name: string]: TypeShape }; nameOf: (name: string) => string } => {
  const nameOf = (name: string): string => (taken.has(name) ? `Account${name}` : name)
  const shapes: { [name: string]: TypeShape } = {
    Registration: { email: { ...email }, password: { ...password }, ...extra },
    Credentials: { email: { ...email }, password: { ...password, min: 1 } },
    TokenPair: {
      access_token: { ...line },
      refresh_token: { ...line },
      token_type: { ...line },
      expires_in: { type: 'int' },
    },
    RefreshToken: { refresh_token: { ...line } },
    PasswordChange: { current_password: { ...password, min: 1 }, new_password: { ...password } },
    PasswordReset: { token: { ...line }, new_password: { ...password } },
    ResetToken: { token: { ...line }, expires_at: { type: 'datetime' } },
    Setup: { token: { ...line }, email: { ...email }, password: { ...password } },
  }
  return { types: Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [nameOf(name), shape])), nameOf }
}

/** Returns the account model. `roles`: what anybody becomes by signing up. */
export const userModel = (extra: { [name: string]: Field }, roles: readonly string[]): Model => ({
  plural: 'users',
  fields: {
    id: { type: 'uuid', key: true },
    email: { type: 'email', unique: true, class: 'pii' },
    password_hash: { type: 'string', class: 'secret', never: ['log', 'response'] },
    ...extra,
    roles: { type: 'roles', default: [...roles] },
    created_at: { type: 'datetime', set: 'created' },
    updated_at: { type: 'datetime', set: 'updated' },
  },
  concurrency: 'version',
})

/** Returns the component of sign-up, sign-in and the people of the system. */
export const accountsComponent = (nameOf: (name: string) => string, extra: { [name: string]: Field }): Component => {
  const plain = Object.entries(extra)
    .filter(([, field]) => ['string', 'email', 'phone'].includes(field.type))
    .map(([name]) => name)
  const text = Object.entries(extra)
    .filter(([, field]) => ['string', 'text'].includes(field.type))
    .map(([name]) => name)
  return {
    description: 'Sign-up, sign-in and the people of the system',
    ports: {
      auth: {
        dir: 'in',
        kind: 'rpc',
        ops: {
          register: { in: nameOf('Registration'), out: 'User', public: true },
          login: { in: nameOf('Credentials'), out: nameOf('TokenPair'), public: true },
          refresh: { in: nameOf('RefreshToken'), out: nameOf('TokenPair'), public: true },
          logout: { in: nameOf('RefreshToken'), signedIn: true },
          me: { out: 'User', signedIn: true },
          update_me: { out: 'User', signedIn: true },
          change_password: { in: nameOf('PasswordChange'), signedIn: true },
          reset_password: { in: nameOf('PasswordReset'), public: true },
          setup: { in: nameOf('Setup'), out: 'User', public: true },
        },
      },
      users: {
        dir: 'in',
        kind: 'rpc',
        crud: 'User',
        only: ['list', 'read', 'update', 'delete'],
        ops: { issue_reset: { out: nameOf('ResetToken') } },
        list: {
          maxPage: 100,
          filter: ['email', ...plain],
          sort: ['email', ...plain, 'created_at'],
          search: ['email', ...text],
          order: '-created_at',
        },
      },
      data: { dir: 'out', kind: 'store', model: 'User' },
    },
  }
}
