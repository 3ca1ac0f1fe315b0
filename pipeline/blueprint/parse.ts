import { type Document, isAlias, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml'
import type { Diagnostic } from '../../schemas/diagnostic.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import type { Deployment } from '../../schemas/generated/deployment.ts'
import { validatorOf } from '../../schemas/validate.ts'
import { checkLimits, type Limits } from './limits.ts'
import { explain, toDiagnosticPath } from './schema-problems.ts'

/** Finds where a value stands in its file: a path of keys and indexes -> line and column, both from 1. */
export type Locate = (path: readonly (string | number)[]) => {
  file: string
  line: number
  column: number
  pointer: string
}

export type Parsed<T> = {
  /** Present when there is no error-level diagnostic. */
  value?: T
  diagnostics: Diagnostic[]
  locate: Locate
}

type Options = Limits & { file?: string }

/** As many as a person can use; a broken file has one for every sign. */
const maxDiagnostics = 100

/** Reads architecture.yaml. Never throws; hostile input gets a diagnostic within 100 ms. */
export const parseArchitecture = (text: string, options: Options = {}): Parsed<Architecture> =>
  parseYaml<Architecture>(text, 'architecture', { file: 'architecture.yaml', ...options })

/** Reads deployment.yaml; as parseArchitecture. */
export const parseDeployment = (text: string, options: Options = {}): Parsed<Deployment> =>
  parseYaml<Deployment>(text, 'deployment', { file: 'deployment.yaml', ...options })

const parseYaml = <T>(text: string, schema: string, options: Options & { file: string }): Parsed<T> => {
  const { file } = options
  const nowhere: Locate = (path) => ({ file, line: 1, column: 1, pointer: toDiagnosticPath(path) })
  const limit = checkLimits(text, file, options)
  if (limit) return { diagnostics: [limit], locate: nowhere }

  const lines = new LineCounter()
  let document: Document.Parsed
  try {
    // The library compares every key with every other; a set does it in one pass below.
    document = parseDocument(text, {
      lineCounter: lines,
      uniqueKeys: false,
      merge: false,
      prettyErrors: false,
      strict: true,
    })
  } catch (cause) {
    const message = `${file} cannot be read: ${cause instanceof Error ? cause.message : 'unknown'}`
    return { diagnostics: [yamlProblem(message, nowhere([]))], locate: nowhere }
  }
  const at = (node: unknown, path: readonly (string | number)[]): ReturnType<Locate> => {
    const offset = (node as Node | undefined)?.range?.[0]
    const position = offset === undefined ? { line: 1, col: 1 } : lines.linePos(offset)
    return { file, line: position.line, column: position.col, pointer: toDiagnosticPath(path) }
  }
  const locate: Locate = (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true)
      if (node) return at(node, path)
    }
    return nowhere(path)
  }

  const diagnostics: Diagnostic[] = document.errors.slice(0, maxDiagnostics).map((error) => {
    const position = lines.linePos(error.pos[0])
    return yamlProblem(firstLine(error.message), { file, line: position.line, column: position.col, pointer: '' })
  })
  diagnostics.push(...structureProblems(document, (node) => at(node, [])))
  if (diagnostics.length > 0) return { diagnostics, locate }

  const value: unknown = document.toJS({ maxAliasCount: 0 })
  const validate = validatorOf<T>(schema)
  if (validate(value)) return { value, diagnostics, locate }
  return { diagnostics: explain(validate.errors ?? [], value, locate), locate }
}

/** Aliases and doubled keys: both make a file say something other than what a person reads. */
const structureProblems = (document: Document.Parsed, at: (node: unknown) => ReturnType<Locate>): Diagnostic[] => {
  const found: Diagnostic[] = []
  visit(document, (_key, node) => {
    if (isAlias(node))
      found.push({
        code: 'yaml-alias',
        severity: 'error',
        message: `the alias *${node.source} is not allowed`,
        location: at(node),
        help: 'Write the value out where it is used: nothing in a blueprint is implicit.',
      })
    if (isMap(node)) {
      const seen = new Set<string>()
      for (const pair of node.items) {
        if (found.length >= maxDiagnostics) break
        const key = isScalar(pair.key) ? String(pair.key.value) : undefined
        if (key === undefined || key === '__proto__' || key === 'prototype')
          found.push({
            code: 'yaml-key',
            severity: 'error',
            message: key === undefined ? 'a key must be plain text' : `'${key}' cannot be a key`,
            location: at(pair.key),
            help: 'Use a plain word as the key.',
          })
        else if (seen.has(key))
          found.push({
            code: 'yaml-duplicate-key',
            severity: 'error',
            message: `'${key}' is written twice`,
            location: at(pair.key),
            help: 'Keep one of the two.',
          })
        else seen.add(key)
      }
    }
    return found.length >= maxDiagnostics ? visit.BREAK : undefined
  })
  return found
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text

const yamlProblem = (message: string, location: ReturnType<Locate>): Diagnostic => ({
  code: 'yaml-syntax',
  severity: 'error',
  message,
  location,
  help: 'Mend the YAML at this place; a YAML-aware editor shows it.',
})
