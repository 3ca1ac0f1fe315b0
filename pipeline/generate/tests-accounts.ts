import type { Architecture, Field } from '../../schemas/generated/architecture.ts'
import { isSystems } from '../blueprint/field-kinds.ts'
import { own, refOf, registrationOf, rolesFieldOf } from '../blueprint/names.ts'
import { isShown } from './emit-names.ts'
import { tableOf } from './migrations-physical.ts'
import { type Cast, fixtureOf, refusesUnknown } from './tests-cast.ts'
import { literal, otherSample, sample } from './tests-values.ts'

type Facts = {
  /** Where the issuer's operations are, such as /v1/auth. */
  auth: string
  table: string
  has: (op: string) => boolean
  /** The roles between which one chooses who signs up; empty where they get them all. */
  chosen: string[]
  defaultRoles: unknown
  /** Whether unknown fields are refused. */
  strict: boolean
  /** What a sign-in says that its tokens are. */
  tokenType: string
  /** Fields that people fill in about themselves. */
  extras: [string, Field][]
  /** Where accounts are administered, and who may. */
  users: string | undefined
  admin: string | undefined
  roles: string[]
}

const factsOf = (cast: Cast): Facts => {
  const { architecture } = cast
  const issuer = architecture.policies.authn!.issuer
  const [component = '', portName = ''] = issuer.split('.')
  const port = own(own(architecture.components, component)?.ports, portName)
  const ops = (port?.kind === 'rpc' && port.ops) || {}
  const model = architecture.models[cast.accountModel!]!
  const surface = cast.surfaces.find(({ modelName }) => modelName === cast.accountModel)
  const update = surface?.operations.get('update')
  const may = (operation: typeof update, role: string): boolean =>
    operation?.grants.get(role)?.includes(undefined) === true
  const reset = surface?.operations.get('issue_reset')
  // Who changes accounts is no administrator where somebody else gives them new passwords.
  const admins = cast.roles.filter((role) => may(update, role))
  const admin = admins.find((role) => may(reset, role)) ?? admins[0]
  const fixed = new Set(['email', 'password_hash'])
  return {
    auth: architecture.expose.find((each) => each.port === issuer)?.path ?? '/v1/auth',
    table: tableOf(cast.accountModel!, model),
    has: (op) => op in ops || surface?.rpc.ops?.[op] !== undefined,
    strict: refusesUnknown(cast),
    tokenType: (architecture.http?.token?.scheme || 'bearer').toLowerCase(),
    chosen: model.fields.roles?.choice ? (model.fields.roles.default as string[]) : [],
    defaultRoles: rolesOnSignUp(architecture),
    extras: Object.entries(model.fields).filter(
      ([name, field]) =>
        !isSystems(field) &&
        !field.readers &&
        field.type !== 'roles' &&
        !fixed.has(name) &&
        !refOf(field.type) &&
        isShown(field),
    ),
    users: surface?.path,
    admin,
    roles: cast.roles,
  }
}

/** What a registration of `registrationItems` gets: where there is a choice, what it says. */
const rolesOnSignUp = (architecture: Architecture): unknown[] => {
  const { default: roles, choice } = rolesFieldOf(architecture) ?? {}
  const all = Array.isArray(roles) ? roles : []
  const said = choice ? sample('role', registrationOf(architecture)!.role!) : 'all'
  return said === 'all' ? all : [said]
}

const choosing = (
  auth: string,
  roles: readonly string[],
): string => `@pytest.mark.parametrize("role", ${literal(roles)})
def test_who_signs_up_is_what_they_say(as_anyone: Person, role: str) -> None:
    answer = as_anyone.post("${auth}/register", json=registration(role=role))
    assert answer.status_code == 201, answer.text
    assert answer.json()["roles"] == [role]


def test_who_signs_up_cannot_say_anything_else(as_anyone: Person) -> None:
    answer = as_anyone.post("${auth}/register", json=registration(role="admin"))
    assert problem(answer, 422) == ["role"]


`

const signUp = ({ auth, chosen, defaultRoles, strict }: Facts): string => `
def test_signing_up_makes_an_account_without_showing_secrets(as_anyone: Person) -> None:
    body = registration()
    answer = as_anyone.post("${auth}/register", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["email"] == body["email"]
    assert answer.json()["roles"] == ${literal(defaultRoles)}
    assert body["password"] not in answer.text
    assert not [name for name in answer.json() if "password" in name]


${chosen.length > 0 ? choosing(auth, chosen) : ''}def test_an_address_has_one_account(as_anyone: Person) -> None:
    body = registration()
    assert as_anyone.post("${auth}/register", json=body).status_code == 201
    again = registration(email=body["email"])
    assert problem(as_anyone.post("${auth}/register", json=again), 409) == ["email"]


@pytest.mark.parametrize(("field", "value"), [("email", "not an address"), ("password", "short")${strict ? ', ("roles", ["admin"]), ("id", NOBODY)' : ''}])
def test_signing_up_refuses(as_anyone: Person, field: str, value: object) -> None:
    answer = as_anyone.post("${auth}/register", json={**registration(), field: value})
    assert problem(answer, 422) == [field]


def test_a_password_is_stored_as_a_hash(world: World, as_anyone: Person) -> None:
    body = registration()
    user = as_anyone.post("${auth}/register", json=body).json()
    row = world.row(TABLE, user["id"])
    assert row is not None
    assert row["password_hash"].startswith("$argon2id$")
    assert body["password"] not in str(row)
`

const signIn = ({ auth, tokenType }: Facts): string => `
def test_signing_in_gives_tokens_that_work(world: World, as_anyone: Person) -> None:
    person = newcomer(world)
    answer = as_anyone.post("${auth}/login", json={"email": person.email, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    assert answer.json()["token_type"] == "${tokenType}"
    assert answer.json()["expires_in"] > 0
    again = Person(world, person.id, person.email, answer.json()["access_token"])
    assert again.get("${auth}/me").json()["id"] == person.id


def test_a_wrong_password_and_an_unknown_address_look_the_same(world: World, as_anyone: Person) -> None:
    person = newcomer(world)
    wrong = as_anyone.post("${auth}/login", json={"email": person.email, "password": "a wrong password"})
    unknown = as_anyone.post("${auth}/login", json={"email": "nobody@example.org", "password": PASSWORD})
    assert problem(wrong, 401) == problem(unknown, 401) == []
    assert wrong.json()["detail"] == unknown.json()["detail"]


def test_too_many_wrong_passwords_lock_the_account(world: World, as_anyone: Person) -> None:
    person = newcomer(world)
    body = {"email": person.email, "password": "a wrong password"}
    answers = [as_anyone.post("${auth}/login", json=body).status_code for _ in range(12)]
    assert answers[0] == 401
    assert answers[-1] == 429
    locked = as_anyone.post("${auth}/login", json={"email": person.email, "password": PASSWORD})
    assert problem(locked, 429) == []
    assert int(locked.headers["retry-after"]) > 0
`

const refresh = ({ auth }: Facts): string => `
def test_a_refresh_token_is_good_once_and_its_reuse_ends_the_session(world: World, as_anyone: Person) -> None:
    person = newcomer(world)
    first = as_anyone.post("${auth}/login", json={"email": person.email, "password": PASSWORD}).json()
    second = as_anyone.post("${auth}/refresh", json={"refresh_token": first["refresh_token"]})
    assert second.status_code == 200, second.text
    fresh = Person(world, person.id, person.email, second.json()["access_token"])
    assert fresh.get("${auth}/me").status_code == 200
    assert problem(as_anyone.post("${auth}/refresh", json={"refresh_token": first["refresh_token"]}), 401) == []
    assert problem(as_anyone.post("${auth}/refresh", json={"refresh_token": second.json()["refresh_token"]}), 401) == []
    assert problem(fresh.get("${auth}/me"), 401) == []
`

const logout = ({ auth }: Facts): string => `
def test_signing_out_ends_the_session(world: World, as_anyone: Person) -> None:
    person = newcomer(world)
    tokens = as_anyone.post("${auth}/login", json={"email": person.email, "password": PASSWORD}).json()
    session = Person(world, person.id, person.email, tokens["access_token"])
    assert session.post("${auth}/logout", json={"refresh_token": tokens["refresh_token"]}).is_success
    assert problem(session.get("${auth}/me"), 401) == []
    assert problem(as_anyone.post("${auth}/refresh", json={"refresh_token": tokens["refresh_token"]}), 401) == []
    assert person.get("${auth}/me").status_code == 200
`

const me = ({ auth }: Facts): string => `
def test_me_is_who_is_signed_in(world: World) -> None:
    ann, ben = newcomer(world), newcomer(world)
    assert ann.get("${auth}/me").json()["id"] == ann.id
    assert ben.get("${auth}/me").json()["email"] == ben.email
`

const updateMe = (facts: Facts): string => {
  const change = facts.extras.find(([name, field]) => otherSample(name, field) !== undefined && !field.unique)
  const body = change ? { [change[0]]: otherSample(...change) } : {}
  return `
def test_people_change_their_own_account_but_not_their_roles(world: World) -> None:
    person = newcomer(world)
    answer = person.patch("${facts.auth}/me", json=${literal(body)})
    assert answer.status_code == 200, answer.text
${change ? `    assert answer.json()[${literal(change[0])}] == ${literal(otherSample(...change))}\n` : ''}    before = world.row(TABLE, person.id)
    assert person.patch("${facts.auth}/me", json={"roles": ["admin"]}).status_code == ${facts.strict ? 422 : 200}
    assert world.row(TABLE, person.id) == before
`
}

const changePassword = ({ auth }: Facts): string => `
def test_a_new_password_replaces_the_old_one(world: World, as_anyone: Person) -> None:
    person = newcomer(world)
    new = "another good password"
    wrong = person.post("${auth}/change-password", json={"current_password": "a wrong one", "new_password": new})
    assert problem(wrong, 422) == ["current_password"]
    right = person.post("${auth}/change-password", json={"current_password": PASSWORD, "new_password": new})
    assert right.is_success, right.text
    old = as_anyone.post("${auth}/login", json={"email": person.email, "password": PASSWORD})
    assert problem(old, 401) == []
    assert as_anyone.post("${auth}/login", json={"email": person.email, "password": new}).status_code == 200
`

const reset = ({ auth, users, admin }: Facts): string => `
def test_an_administrator_helps_who_forgot_the_password(world: World, ${fixtureOf(admin!)}: Person, as_anyone: Person) -> None:
    person = newcomer(world)
    issued = ${fixtureOf(admin!)}.post(f"${users}/{person.id}/issue-reset")
    assert issued.is_success, issued.text
    body = {"token": issued.json()["token"], "new_password": "another good password"}
    assert as_anyone.post("${auth}/reset-password", json=body).is_success
    assert as_anyone.post("${auth}/login", json={"email": person.email, "password": body["new_password"]}).status_code == 200
    assert problem(person.get("${auth}/me"), 401) == []
    assert problem(as_anyone.post("${auth}/reset-password", json=body), 422) == ["token"]
`

const setup = ({ auth, users, admin }: Facts): string => `
def test_the_setup_token_makes_the_first_administrator_once(world: World, as_anyone: Person) -> None:
    body = {"token": SETUP_TOKEN, **without(registration(), SETUP_LEAVES_OUT)}
    assert problem(as_anyone.post("${auth}/setup", json={**body, "token": "a wrong token"}), 403) == []
    made = as_anyone.post("${auth}/setup", json=body)
    assert made.status_code == 201, made.text
    tokens = as_anyone.post("${auth}/login", json={"email": body["email"], "password": body["password"]}).json()
    first = Person(world, made.json()["id"], body["email"], tokens["access_token"])
${users && admin ? `    assert first.get("${users}").status_code == 200\n` : `    assert first.get("${auth}/me").status_code == 200\n`}    assert problem(as_anyone.post("${auth}/setup", json={**body, "email": "second@example.org"}), 409) == []
`

const grant = ({ users, admin, roles }: Facts): string => `
def test_an_administrator_gives_and_takes_roles_at_once(world: World, ${fixtureOf(admin!)}: Person) -> None:
    person = newcomer(world)
    given = ${fixtureOf(admin!)}.patch(f"${users}/{person.id}", json={"roles": ${literal(roles)}})
    assert given.status_code == 200, given.text
    assert given.json()["roles"] == ${literal(roles)}
    assert person.get("${users}").status_code == 200
    assert ${fixtureOf(admin!)}.patch(f"${users}/{person.id}", json={"roles": []}).status_code == 200
    assert person.get("${users}").status_code == 403


def test_there_is_no_role_outside_the_blueprint(world: World, ${fixtureOf(admin!)}: Person) -> None:
    person = newcomer(world)
    answer = ${fixtureOf(admin!)}.patch(f"${users}/{person.id}", json={"roles": ["no_such_role"]})
    assert problem(answer, 422) == ["roles"]
`

/** Returns tests/test_accounts.py; undefined in a system without accounts. */
export const emitAccountTests = (cast: Cast): string | undefined => {
  if (!cast.accountModel || !cast.architecture.models[cast.accountModel]) return undefined
  const facts = factsOf(cast)
  const { has, users, admin } = facts
  const parts = [
    has('register') && signUp(facts),
    has('login') && has('me') && signIn(facts),
    has('refresh') && has('me') && refresh(facts),
    has('logout') && has('me') && logout(facts),
    has('me') && me(facts),
    has('update_me') && updateMe(facts),
    has('change_password') && changePassword(facts),
    has('issue_reset') && has('reset_password') && users && admin && reset(facts),
    has('setup') && setup(facts),
    users && admin && grant(facts),
  ].filter((part): part is string => typeof part === 'string')
  const body = parts.map((part) => part.trim()).join('\n\n\n')
  const helpers = ['NOBODY', 'PASSWORD', 'Person', 'SETUP_TOKEN', 'World', 'problem', 'without'].filter((name) =>
    new RegExp(`\\b${name}\\b`).test(body),
  )
  const leftOut = leftOutOfSetup(cast)
  return `"""Signing up, signing in, staying signed in, and who administers accounts."""

import pytest

from tests.conftest import newcomer, registration
from tests.world import ${helpers.join(', ')}

TABLE = ${literal(facts.table)}
${/SETUP_LEAVES_OUT/.test(body) ? `SETUP_LEAVES_OUT = ${literal(leftOut)}\n` : ''}

${body}
`
}

/** What a registration has and the first administrator's set-up does not. */
const leftOutOfSetup = (cast: Cast): string[] => {
  const [component = '', portName = ''] = cast.architecture.policies.authn!.issuer.split('.')
  const port = own(own(cast.architecture.components, component)?.ports, portName)
  const ops = (port?.kind === 'rpc' && port.ops) || {}
  const fieldsOf = (op: string) => Object.keys(own(cast.architecture.types, own(ops, op)?.in ?? '') ?? {})
  const setup = new Set(fieldsOf('setup'))
  return fieldsOf('register').filter((name) => !setup.has(name))
}
