import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstCurl } from '../../pipeline/blueprint/first-curl.ts'
import { parseArchitecture } from '../../pipeline/blueprint/parse.ts'
import { planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { sampleOf } from '../../pipeline/blueprint/sample.ts'
import { valueProblem } from '../../pipeline/blueprint/values.ts'
import type { Architecture, Field } from '../../schemas/generated/architecture.ts'

const fixture = (name: string): Architecture =>
  parseArchitecture(readFileSync(new URL(`../fixtures/blueprints/${name}.architecture.yaml`, import.meta.url), 'utf8'))
    .value!

const planned = (text: string): Architecture => {
  const plan = planSystem(text)
  if (plan.kind !== 'draft') throw new Error(`${text}: ${plan.kind}`)
  return plan.architecture
}

const systems: [string, Architecture][] = [
  ['todo', fixture('todo')],
  ['clinic', fixture('clinic')],
  ['hives', fixture('hives')],
  ['photos', fixture('photos')],
  ['practice', fixture('practice')],
  ['tool-library', fixture('tool-library')],
  ['realworld', fixture('realworld')],
  ...[
    'simple notes backend, no login',
    'a blog with posts and comments on posts, no auth',
    'Inventory API. Items have a name, a sku which must be unique, a quantity that defaults to 0 and a price.',
    'Projects have tasks. A task has a title, a due date and an assignee.',
  ].map((text): [string, Architecture] => [text, planned(text)]),
]

describe('firstCurl', () => {
  it.each(systems)('is a script that a shell can read: %s', (_name, architecture) => {
    const script = firstCurl(architecture, 'http://127.0.0.1:8001')
    execFileSync('sh', ['-n', '-c', script])
    expect(script).toContain('curl -sS "$URL/')
    expect(script.endsWith('echo\n')).toBe(true)
  })

  it.each(systems)('sends bodies that are JSON: %s', (_name, architecture) => {
    const script = firstCurl(architecture, 'http://127.0.0.1:8001')
    // A curl that prints what it was asked to send, in place of the real one.
    const stand =
      'curl() { for word; do last=$word; done; case "$last" in {*) printf "%s\\n" "$last" >&2 ;; esac; echo \'{"id":"00000000-0000-4000-8000-000000000001","access_token":"t"}\'; }\n'
    const sent = execFileSync('sh', ['-c', `${stand}${script}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    void sent
    const bodies = execFileSync('sh', ['-c', `{ ${stand}${script} } 2>&1 >/dev/null`], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .filter(Boolean)
    for (const body of bodies) expect(() => JSON.parse(body)).not.toThrow()
  })

  it('speaks as the system does: its token, its spelling, its keys around objects', () => {
    const script = firstCurl(fixture('realworld'), 'http://127.0.0.1:8001')
    expect(script).toContain('-H "Authorization: Token $TOKEN"')
    expect(script).toContain('{\\"user\\": {\\"email\\": \\"$EMAIL\\"')
    expect(script).toContain('"accessToken"')
    expect(script).toContain('{"article": {"title":')
  })

  it('sends a form where a file is needed', () => {
    const photos = fixture('photos')
    photos.policies.roles.member = photos.policies.roles.member!.filter((grant) => !/^(booths|albums)/.test(grant))
    photos.components.photos!.ports = Object.fromEntries(
      Object.entries(photos.components.photos!.ports).filter(([name]) => name !== 'album'),
    )
    delete photos.models.Photo!.fields.album_id
    const script = firstCurl(photos, 'http://127.0.0.1:8001')
    expect(script).toContain("-F 'title=My first title'")
    expect(script).toContain('-F image=@sample.png')
    expect(script).toMatch(/^echo \S+ \| base64 -d > sample\.png$/m)
  })

  it('quotes an address, whatever it holds', () => {
    const script = firstCurl(fixture('todo'), "http://h/'; echo pwned; '")
    const printed = execFileSync('sh', ['-c', `curl() { :; }\n${script}\nprintf %s "$URL"`], { encoding: 'utf8' })
    expect(printed.endsWith("http://h/'; echo pwned; '")).toBe(true)
    expect(printed.split('\n')).not.toContain('pwned')
  })
})

describe('sampleOf', () => {
  it('returns a value that the field’s rules allow', () => {
    const kinds = fc.constantFrom(
      'string',
      'text',
      'int',
      'float',
      'decimal',
      'bool',
      'date',
      'datetime',
      'time',
      'email',
      'url',
      'uuid',
      'list(string)',
      'list(int)',
    )
    const fields = fc
      .record({
        type: kinds,
        min: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
        room: fc.integer({ min: 0, max: 60 }),
      })
      .map(
        ({ type, min, room }): Field => ({
          type: type as Field['type'],
          ...(min === undefined || !/string|text|int|float|decimal/.test(type) ? {} : { min, max: min + room + 1 }),
        }),
      )
    fc.assert(
      fc.property(fields, fc.stringMatching(/^[a-z]{1,12}(_[a-z]{1,8})?$/), (field, name) => {
        const sample = sampleOf(name, field)
        if ('value' in sample)
          expect([field, sample.value, valueProblem(field, sample.value)]).toEqual([field, sample.value, undefined])
      }),
    )
  })

  it('sends what the rules allow', () => {
    const todo = structuredClone(fixture('todo'))
    Object.assign(todo.models.Todo!.fields, { from_day: { type: 'date' }, to_day: { type: 'date' } })
    todo.models.Todo!.rules = [{ name: 'order', message: 'It ends early.', check: 'this.to_day > this.from_day' }]
    const body = /-d '(\{.*"title".*\})'/.exec(firstCurl(todo, 'http://127.0.0.1:8001'))?.[1]
    const { from_day: from, to_day: to } = JSON.parse(body!)
    expect(to > from).toBe(true)
  })
})
