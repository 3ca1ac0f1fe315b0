import { adminOperations, timersOf, webhookSecrets } from '../blueprint/background.ts'
import { rulesInWords, whenOf } from '../blueprint/behaviour-words.ts'
import type { Blueprint } from '../blueprint/blueprint.ts'
import { canonicalArchitecture, canonicalDeployment } from '../blueprint/canonical.ts'
import { CONTRACT_FILE } from '../blueprint/contract/file.ts'
import { whoMay } from '../blueprint/describe.ts'
import { fileLinksPath } from '../blueprint/file-links.ts'
import { firstCurl } from '../blueprint/first-curl.ts'
import { handlersYaml } from '../blueprint/handlers.ts'
import { operationsOf } from '../blueprint/operations.ts'
import type { FileTree } from '../file-tree.ts'
import type { Context } from './emit-context.ts'
import { literal, pythonModule, text } from './emit-python.ts'
import { casingLines } from './emit-shape.ts'
import { shapeWords } from './emit-shape-words.ts'

/** Returns the files around the code: blueprint, README, documentation, project files, the entry point. */
export const emitDocuments = (context: Context, blueprint: Blueprint): FileTree => {
  const { system } = context.architecture
  return new Map([
    ['README.md', readme(context)],
    ['architecture.yaml', canonicalArchitecture(blueprint.architecture).yaml],
    ['deployment.yaml', canonicalDeployment(blueprint.deployment).yaml],
    ['alembic.ini', ALEMBIC],
    ['pyproject.toml', project(system.name, system.version, system.description)],
    ['docs/interface.md', interfacePage(context)],
    ['docs/structure.md', structurePage(context)],
    ['docs/handlers.yaml', handlersYaml(context.architecture)],
    ...(context.architecture.contract ? [[CONTRACT_FILE, context.architecture.contract.text] as const] : []),
    ['app/__init__.py', `"""${docText(titleOf(context))}."""\n${casingLines(context)}`],
    ['app/components/__init__.py', '"""The components: one folder each, with the same three files."""\n'],
    ['app/main.py', main(context)],
    [
      '.gitignore',
      '__pycache__/\n*.pyc\n.venv/\n.pytest_cache/\n.ruff_cache/\n.hypothesis/\n*.db\n*.db-wal\n*.db-shm\nsecrets/\n',
    ],
  ])
}

const docText = (words: string): string => words.replaceAll('\\', '\\\\').replaceAll('"', "'")

const titleOf = (context: Context): string => context.architecture.system.title ?? context.architecture.system.name

const main = (context: Context): string => {
  const files = fileLinksPath(context.architecture) !== undefined
  const settings = `accounts=${literal(context.issuer !== undefined)}${files ? ', files=True' : ''}`
  const { name, version, description } = context.architecture.system
  return pythonModule(
    'Builds the service from the registry; nothing else.',
    {
      pathlib: ['Path'],
      'app.registry': ['build'],
      'runtime.service': ['About', 'Service'],
      'runtime.settings': ['Settings', 'load_settings'],
    },
    [
      [
        'BLUEPRINT = Path(__file__).parent.parent / "architecture.yaml"',
        'ABOUT = About(',
        `    name=${text(name)},`,
        `    title=${text(titleOf(context))},`,
        `    version=${text(version)},`,
        `    description=${text(description)},`,
        ')',
      ].join('\n'),
      [
        'def create(settings: Settings | None = None) -> Service:',
        '    """Return the service, an ASGI application. Without settings they come from the environment."""',
        `    return Service(build, settings or load_settings(${settings}), ABOUT, BLUEPRINT)`,
      ].join('\n'),
    ],
  )
}

const project = (name: string, version: string, description: string): string => `[project]
name = ${text(name)}
version = ${text(version)}
description = ${text(description.replace(/\s+/g, ' ').slice(0, 200))}
requires-python = ">=3.11"
# What the system needs to run, with versions and hashes, is in requirements.lock.
dynamic = ["dependencies"]

[dependency-groups]
dev = ["httpx", "hypothesis", "pyrefly", "pytest", "pytest-asyncio", "ruff"]

[tool.ruff]
line-length = 120
target-version = "py311"
src = ["."]

[tool.ruff.lint]
select = ["ASYNC", "B", "C4", "E", "F", "I", "PIE", "RET", "SIM", "UP", "W"]
# Words that people wrote into the blueprint may be long; queries in loops are asked before the loop goes on.
ignore = ["B023", "E501"]

[tool.ruff.lint.isort]
known-first-party = ["app", "runtime"]

[tool.pyrefly]
project-includes = ["app", "runtime"]
python-version = "3.11"
search-path = ["."]

[tool.pyrefly.errors]
implicit-any = true
unannotated-parameter = true
unannotated-return = true

[tool.pytest.ini_options]
testpaths = ["tests"]
pythonpath = ["."]
asyncio_mode = "auto"
asyncio_default_fixture_loop_scope = "function"
`

const ALEMBIC = `# For the command line: \`alembic history\`, \`alembic upgrade head\`. The database is the one that DATABASE_URL_FILE names.
[alembic]
script_location = %(here)s/migrations
prepend_sys_path = %(here)s
path_separator = os
`

const readme = (context: Context): string => {
  const { system } = context.architecture
  const accounts = context.issuer !== undefined
  const files = fileLinksPath(context.architecture) !== undefined
  const key = `python3 -c "import secrets; print(secrets.token_urlsafe(48))" > secrets/jwt_key\n`
  return `# ${titleOf(context)}

${system.description}

| where | what |
|---|---|
| \`architecture.yaml\` | what the system is; the code equals it, or the system does not start |
| \`deployment.yaml\` | how it is run here |
| \`app/components/<name>/\` | one folder a component: \`component.py\` (operations), \`schemas.py\` (shapes), \`repository.py\` (rows) |
| \`app/models.py\` | the tables |
| \`app/registry.py\` | how the components are wired, and who may do what |
| \`runtime/\` | what does not differ between systems: security, validation, lists, accounts, errors |
| \`migrations/\` | the history of the database |
| \`tests/\` | what the system promises; run them as below |
| \`docs/\` | [the interface](docs/interface.md), [the structure](docs/structure.md), [what every operation does](docs/handlers.yaml) |

## Run it

\`\`\`sh
python3 -m venv .venv && .venv/bin/pip install --require-hashes -r requirements.lock
mkdir -p secrets && chmod 700 secrets
echo "sqlite+aiosqlite:///$PWD/app.db" > secrets/database_url
${
  accounts
    ? `${key}python3 -c "import secrets; print(secrets.token_urlsafe(24))" > secrets/setup_token
export JWT_KEY_FILE=secrets/jwt_key SETUP_TOKEN_FILE=secrets/setup_token
`
    : files
      ? `${key}export JWT_KEY_FILE=secrets/jwt_key
`
      : ''
}${files ? 'export FILES_DIR=files\n' : ''}${webhookSecrets(context.architecture)
  .map(
    (name) => `python3 -c "import secrets; print(secrets.token_urlsafe(24))" > secrets/webhook_${name}
export WEBHOOK_${name.toUpperCase()}_FILE=secrets/webhook_${name}
`,
  )
  .join('')}export DATABASE_URL_FILE=secrets/database_url
.venv/bin/python -m runtime.migrate
.venv/bin/python -m runtime.serve --port 8000
\`\`\`

Then open http://127.0.0.1:8000/docs, or try it:

\`\`\`sh
${firstCurl(context.architecture, 'http://127.0.0.1:8000')}\`\`\`

PostgreSQL instead of SQLite: put \`postgresql+psycopg://user:password@host/name\` into \`secrets/database_url\`.
${
  files
    ? `
Uploaded files are in the folder that \`FILES_DIR\` names; with \`FILES_URL=s3://bucket/prefix\`, \`FILES_CREDENTIALS_FILE\` (a file with \`id:secret\`) and, for services other than Amazon's, \`FILES_ENDPOINT\` they are in a bucket.
`
    : ''
}${
  accounts
    ? `
The first administrator is made once, with the token in \`secrets/setup_token\`: \`POST /v1/auth/setup {token, email, password}\`.
`
    : ''
}
## Test it

\`\`\`sh
.venv/bin/pip install httpx hypothesis pytest
.venv/bin/python -m pytest
\`\`\`
`
}

const interfacePage = (context: Context): string => {
  const rows = operationsOf(context.architecture).map(
    (operation) =>
      `| ${operation.method} | \`${operation.path}\` | ${operation.op.replaceAll('_', ' ')} | ${whoMay(operation)} |`,
  )
  return `# The interface

In full at \`/docs\` and \`/openapi.json\` of the running system.

| method | path | what | who |
|---|---|---|---|
${rows.join('\n')}

${rulesList(context)}${adminTable(context)}## Conventions

${shapeWords(context)}`
}

/** What holds and what happens by itself, where there is any of it. */
const rulesList = (context: Context): string => {
  const rules = rulesInWords(context.architecture)
  return rules.length ? `## Rules\n\n${rules.map((line) => `- ${line}`).join('\n')}\n\n` : ''
}

/** What administrators are offered besides, where something is done in the background. */
const adminTable = (context: Context): string => {
  const operations = adminOperations(context.architecture)
  if (!operations.length) return ''
  const who = context.issuer ? `for ${context.adminRoles.join(' and ')}` : 'for everybody: nobody can sign in here'
  return `## Administration

What is done in the background, ${who}.

| method | path | what |
|---|---|---|
${operations.map(({ method, path, what }) => `| ${method} | \`${path}\` | ${what} |`).join('\n')}

`
}

/** What wakes the system by itself. */
const timerTable = (context: Context): string => {
  const timers = timersOf(context.architecture)
  if (!timers.length) return ''
  const rows = timers.map(
    ({ timer, port, address }) => `| ${timer} | ${whenOf(port)} | \`${address}\` | ${port.description ?? ''} |`,
  )
  return `
## Timers

When each fires next, and how it went, is at \`GET /v1/admin/timers\`.

| timer | when | port | what for |
|---|---|---|---|
${rows.join('\n')}
`
}

const structurePage = (context: Context): string => {
  const components = Object.entries(context.architecture.components).map(([name, component]) => {
    const ports = Object.entries(component.ports).map(([port, { dir, kind }]) => `\`${port}\` (${kind} ${dir})`)
    return `| ${name} | ${ports.join(', ')} | ${component.description ?? ''} |`
  })
  const links = context.architecture.links.map(({ from, to }) => `- \`${from}\` -> \`${to}\``)
  return `# The structure

| component | ports | what for |
|---|---|---|
${components.join('\n')}

## Links

${links.join('\n') || 'None.'}
${timerTable(context)}`
}
