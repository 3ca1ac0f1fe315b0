import { adminOperations, webhookSecrets } from '../blueprint/background.ts'
import { fileLinksPath } from '../blueprint/file-links.ts'
import { registrationOf, toSnake } from '../blueprint/names.ts'
import { operationsOf } from '../blueprint/operations.ts'
import { tableOf } from './migrations-physical.ts'
import { type Cast, fixtureOf } from './tests-cast.ts'
import { literal, sample, uniqueExpression } from './tests-values.ts'

/** Returns what a registration needs, as Python items of a dict, `n` being a number of its own. */
export const registrationItems = (cast: Cast): string => {
  return Object.entries(registrationOf(cast.architecture) ?? {})
    .filter(([, field]) => !field.optional && field.default === undefined)
    .map(([name, field]) => {
      if (name === 'password') return '"password": PASSWORD'
      return `${literal(name)}: ${field.type === 'email' || field.unique ? uniqueExpression(name, field) : literal(sample(name, field))}`
    })
    .join(', ')
}

const personFixture = (fixture: string, key: string, roles: string): string => `@pytest.fixture
def ${fixture}(world: World) -> Person:
    return sign_in(world, ${literal(key)}, ${roles})
`

/** Somebody who sends an API key: a row of its model, made anew for each test. */
const deviceFixture = (fixture: string, model: string, table: string): string => `@pytest.fixture
def ${fixture}(world: World) -> Person:
    return world.device(${literal(table)}, ${factoryOf(model)}(world)["id"])
`

const devicesPart = (cast: Cast): string =>
  [...cast.devices]
    .flatMap(([role, model]) => {
      const table = tableOf(model, cast.architecture.models[model]!)
      const fixture = fixtureOf(role)
      return [deviceFixture(fixture, model, table), deviceFixture(`${fixture}_too`, model, table)]
    })
    .map((text) => `\n${text}`)
    .join('\n')

const accountsPart = (cast: Cast): string => {
  const model = cast.architecture.models[cast.accountModel!]!
  const table = tableOf(cast.accountModel!, model)
  const issuer = cast.architecture.policies.authn!.issuer
  const path = cast.architecture.expose.find(({ port }) => port === issuer)?.path ?? '/v1/auth'
  const fixtures = cast.roles.flatMap((role) => [
    personFixture(fixtureOf(role), role, literal([role])),
    personFixture(`${fixtureOf(role)}_too`, `${role} too`, literal([role])),
  ])
  return `
def registration(**changes: str) -> dict[str, Any]:
    """What somebody sends who signs up."""
    n = next(numbers)
    return {${registrationItems(cast)}, **changes}


def newcomer(world: World) -> Person:
    """Somebody who just signed up and signed in, with the roles that everybody gets."""
    body = registration()
    user = world.anyone.post("${path}/register", json=body)
    assert user.status_code == 201, user.text
    login = {"email": body["email"], "password": body["password"]}
    tokens = world.anyone.post("${path}/login", json=login)
    assert tokens.status_code == 200, tokens.text
    return Person(world, user.json()["id"], body["email"], tokens.json()["access_token"])


def sign_in(world: World, key: str, roles: list[str]) -> Person:
    """The person of this name, who signs up the first time they are asked for."""
    if key not in world.people:
        person = newcomer(world)
        world.give_roles(${literal(table)}, person, roles)
        world.people[key] = person
    return world.people[key]


${personFixture('as_nobody', 'nobody', '[]')}

${fixtures.join('\n\n')}`
}

/** The table of the accounts; empty in a system without any. */
export const accountsTable = (cast: Cast): string =>
  cast.accountModel ? tableOf(cast.accountModel, cast.architecture.models[cast.accountModel]!) : ''

/** Returns tests/conftest.py: one service for all tests, and somebody of each role. */
export const emitConftest = (cast: Cast): string => {
  const accounts = accountsTable(cast)
  const makes = [...cast.devices.values()].map(factoryOf)
  const factories = [...makes, ...(accounts ? ['numbers'] : [])].sort()
  const files = fileLinksPath(cast.architecture) !== undefined
  const settings = `settings_of(${['url', ...webhookSecrets(cast.architecture).map(literal)].join(', ')})`
  return `"""One service and one database for all tests; each begins with an empty one."""

import asyncio
import os
from collections.abc import Iterator
${files ? 'from dataclasses import replace\n' : ''}from pathlib import Path
${accounts ? 'from typing import Any\n' : ''}
import pytest
import sqlalchemy as sa
${accounts ? 'from argon2 import PasswordHasher\n' : ''}
from app.main import create
${accounts ? 'from runtime import passwords\n' : ''}from runtime.migrate import migrate
${files ? 'from runtime.settings import FilePlace\n' : ''}${factories.length ? `from tests.factories import ${factories.join(', ')}\n` : ''}${files ? 'from tests.uploads import sweep\n' : ''}from tests.world import ${accounts ? 'PASSWORD, ' : ''}Person, World, settings_of


@pytest.fixture(scope="session")
def shared_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("database")
    # An empty PostgreSQL database, where one is given.
    url = os.environ.get("TEST_DATABASE_URL") or f"sqlite+aiosqlite:///{folder / 'app.db'}"
    migrate(url)
    ${accounts ? '# Real hashing is slow on purpose; what is tested here is what is done with it.\n    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)\n    ' : ''}engine = sa.create_engine(url.replace("+aiosqlite", ""))
    with asyncio.Runner() as runner:
        service = create(${files ? `replace(${settings}, files=FilePlace(str(folder / "files")))` : settings})
        yield World(service, runner, engine)
        runner.run(service.close())
    engine.dispose()


@pytest.fixture
def world(shared_world: World) -> World:
    shared_world.clear(${literal(accounts)})
${files ? '    sweep(shared_world)\n' : ''}    return shared_world


@pytest.fixture
def as_anyone(world: World) -> Person:
    return world.anyone

${accounts ? accountsPart(cast) : ''}${devicesPart(cast)}`
}

/** Returns tests/test_system.py: what holds for the system as a whole. */
export const emitSystemTests = (cast: Cast): string => {
  const all = [...operationsOf(cast.architecture), ...adminOperations(cast.architecture)]
  const operations = all.map(({ method, path }) => [method.toLowerCase(), path.replace(/\{\w+\}/g, '{}')])
  const filePath = fileLinksPath(cast.architecture)
  if (filePath) operations.push(['get', `${filePath}/{}`])
  const links = cast.architecture.links.map(({ from, to }) => `(${literal(from)}, ${literal(to)})`)
  return `"""What holds for the system as a whole."""

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.models import Base
from tests.world import ROOT, Person, World, problem

OPERATIONS = [${operations.map((pair) => `(${pair.map(literal).join(', ')})`).join(', ')}]


def test_it_is_alive_and_ready(as_anyone: Person) -> None:
    assert as_anyone.get("/livez").status_code == 200
    assert as_anyone.get("/readyz").status_code == 200


def test_the_documentation_names_every_operation_and_no_other(as_anyone: Person) -> None:
    paths = as_anyone.get("/openapi.json").json()["paths"]
    found = {(method, re.sub(r"{\\w+}", "{}", path)) for path, methods in paths.items() for method in methods}
    assert found == set(OPERATIONS)


def test_an_unknown_path_is_a_proper_error(as_anyone: Person) -> None:
    assert problem(as_anyone.get("/v1/no-such-thing"), 404) == []


@pytest.mark.parametrize(("need", "offer"), [${links.join(', ')}])
def test_links_are_wired_as_in_the_blueprint(world: World, need: str, offer: str) -> None:
    component, port = need.split(".")
    found = world.service.registry.components[component]
    assert offer in (found.sent[port].leads_to() if port in found.sent else [found.needed[port].address])


def test_migrations_make_the_tables_of_the_models(world: World) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["database_url"] = world.engine.url.render_as_string(hide_password=False)
    differences: list[object] = []

    def compare(_revision: object, migration: MigrationContext) -> list[object]:
        differences.extend(compare_metadata(migration, Base.metadata))
        return []

    script = ScriptDirectory.from_config(config)
    with EnvironmentContext(config, script, fn=compare):
        script.run_env()
    assert differences == []
`
}

export const factoryOf = (model: string): string => `make_${toSnake(model)}`
