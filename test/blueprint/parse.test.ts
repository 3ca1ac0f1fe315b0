import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseArchitecture } from '../../pipeline/blueprint/parse.ts'
import { fixtureText } from './fixtures.ts'

describe('parseArchitecture', () => {
  it('reads the todo blueprint', () => {
    const parsed = parseArchitecture(fixtureText('todo'))
    expect(parsed.diagnostics).toEqual([])
    expect(parsed.value?.system.name).toBe('todo')
  })

  it('says file, line, column, pointer and help of every problem at once', () => {
    const text = fixtureText('todo')
      .replace('type: bool', 'type: boolean')
      .replace('concurrency: version', 'concurency: version')
    const { diagnostics, value } = parseArchitecture(text)
    expect(value).toBeUndefined()
    const unknown = diagnostics.find(({ message }) => message.includes('concurency'))
    expect(unknown).toMatchObject({
      code: 'schema',
      help: "Did you mean 'concurrency'?",
      location: { file: 'architecture.yaml', pointer: '/models/User/concurency' },
    })
    const line = text.split('\n').findIndex((row) => row.includes('type: boolean')) + 1
    expect(
      diagnostics.find(({ location }) => location?.pointer === '/models/Todo/fields/done/type')?.location?.line,
    ).toBe(line)
  })

  const hostile: [name: string, text: string, code: string][] = [
    ['an alias bomb', `a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b,*b]\n`, 'yaml-alias'],
    ['deep flow', '['.repeat(5_000), 'blueprint-too-deep'],
    ['deep blocks', '- '.repeat(2_000), 'blueprint-too-deep'],
    ['deep indentation', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'blueprint-too-deep'],
    ['megabytes', 'x: y\n'.repeat(1_000_000), 'blueprint-too-large'],
    ['one endless line', `a: ${'b'.repeat(100_000)}`, 'blueprint-too-large'],
    ['too many values', 'a: b\n'.repeat(12_000), 'blueprint-too-large'],
    [
      'wrong types',
      'apiVersion: 7\nsystem: []\nmodels: text\ncomponents: 1\nlinks: {}\nexpose: null\npolicies: []\n',
      'schema',
    ],
    ['a prototype key', '__proto__: {admin: true}\n', 'yaml-key'],
    ['a nested prototype key', 'models: {__proto__: {fields: {}}}\n', 'yaml-key'],
    ['a key that is a list', '? [a, b]\n: c\n', 'yaml-key'],
    ['doubled keys', 'a: 1\na: 2\n', 'yaml-duplicate-key'],
    ['no YAML', 'a: [1, 2\nb: }', 'yaml-syntax'],
    ['nothing', '', 'schema'],
    ['control characters', '\0\x01\x02', 'schema'],
    ['two documents', 'a: 1\n---\nb: 2\n', 'yaml-syntax'],
  ]
  it.each(hostile)('answers %s with a diagnostic within 100 ms', (_name, text, code) => {
    parseArchitecture(fixtureText('todo'))
    const times: number[] = []
    let codes: string[] = []
    // The best of three: the limit is for the parser, not for a busy machine.
    for (let round = 0; round < 3; round += 1) {
      const start = performance.now()
      codes = parseArchitecture(text).diagnostics.map((diagnostic) => diagnostic.code)
      times.push(performance.now() - start)
    }
    expect(codes).toContain(code)
    expect(Math.min(...times)).toBeLessThan(100)
  })

  it('never throws, and always gives either a value or an error', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ': ',
        '- ',
        '? ',
        '&a ',
        '*a',
        '!!str ',
        '|\n',
        '>\n',
        '"',
        "'",
        '#',
        '\n',
        '  ',
        '---\n',
        '%YAML 1.2\n',
        '<<: ',
        '\t',
        '\u0000',
        'models',
        'fields',
        '__proto__',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const parsed = parseArchitecture(pieces.join(''))
        expect(parsed.value === undefined).toBe(parsed.diagnostics.length > 0)
      }),
      { numRuns: 500 },
    )
  })

  it('survives a random change of any character of a real blueprint', () => {
    const text = fixtureText('clinic')
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ unit: 'binary', maxLength: 3 }), (position, insert) => {
        const parsed = parseArchitecture(text.slice(0, position) + insert + text.slice(position + 1))
        expect(parsed.value === undefined).toBe(parsed.diagnostics.length > 0)
      }),
      { numRuns: 200 },
    )
  })
})
