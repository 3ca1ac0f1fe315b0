import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse, stringify } from 'yaml'

/** `name -> type` in short words: `int 1..5`, `enum(open closed) =open`, `string unique ?`; `a|b` in both for "either". */
export type FieldFacts = { [names: string]: string }

export type ModelFacts = {
  fields?: FieldFacts
  refs?: string[]
  required?: string[]
  optional?: string[]
  unique?: string[][]
}

/** What the blueprint must show. Every list holds words as the corpus writes them; see README.md beside the corpus. */
export type Expectation = {
  kind?: string
  accounts?: boolean
  models?: { [names: string]: ModelFacts }
  absent?: string[]
  without?: { [model: string]: string[] }
  owned?: string[]
  public_read?: string[]
  roles?: string[]
  signup?: string[]
  may?: string[]
  may_not?: string[]
  filter?: { [model: string]: string[] }
  search?: { [model: string]: string[] }
  sort?: { [model: string]: string[] }
  order?: { [model: string]: string }
  not_carried?: string[]
  title?: string
  column?: { [modelAndField: string]: string }
  table?: { [model: string]: string }
  unchanged?: boolean
  touched?: string[]
}

export type Entry = {
  id?: string
  domain: string
  /** The system that a change starts from: a fixture's name or the id of another entry. */
  on?: string
  request: string
  expect: Expectation
}

export const requestsFolder = join(import.meta.dirname, '../../fixtures/requests/strangers')

const openFile = join(requestsFolder, 'open.yaml')

/** A failing entry that stays right: its label and what the planner does not read in it. */
export type Open = { request: string; reason: string }

/** Returns the entries of these files, or of the whole corpus. The entries are trusted: they are part of the tests. */
export const readEntries = (files: string[] = corpusFiles()): Entry[] =>
  files.flatMap((file) => parse(readFileSync(file, 'utf8')) as Entry[])

export const readOpen = (): Open[] =>
  existsSync(openFile) ? ((parse(readFileSync(openFile, 'utf8')) as Open[] | null) ?? []) : []

export const writeOpen = (open: Open[]): void =>
  writeFileSync(
    openFile,
    '# Requests whose facts are right and that the planner does not carry in full yet. A test fails when one of them is whole.\n' +
      stringify(open, { lineWidth: 0 }),
  )

const corpusFiles = (): string[] =>
  readdirSync(requestsFolder)
    .filter((name) => name.endsWith('.yaml') && basename(name) !== 'open.yaml')
    .sort()
    .map((name) => join(requestsFolder, name))

/** The name of an entry in lists: its id, or its first line. */
export const labelOf = (entry: Entry): string =>
  entry.id ?? `${entry.domain}: ${entry.request.trim().split('\n', 1)[0]?.slice(0, 70) ?? ''}`
