import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runTool, type ToolResult } from '../run-tool.ts'
import { type Check, type CheckContext, cutDetail, troubleOf } from './check.ts'
import { toolVersion } from './tool-version.ts'

const countOf = (output: string, word: string): number =>
  Number([...output.matchAll(new RegExp(`(\\d+) ${word}`, 'g'))].at(-1)?.[1] ?? 0)

const runner = fileURLToPath(new URL('./run-tests.py', import.meta.url))

/** Parts of pytest that report to other programs, or look once more through all objects at the end. */
const unused = [
  'cacheprovider',
  'faulthandler',
  'junitxml',
  'pastebin',
  'stepwise',
  'threadexception',
  'unraisableexception',
]

const runTests = ({ folder, scratch, pythonBin, signal }: CheckContext, options: string[]) => {
  const args = [
    runner,
    '-q',
    '--tb=short',
    '--color=no',
    // Enough to see what is wrong; a service that does not start fails every test.
    '--maxfail=25',
    ...unused.flatMap((plugin) => ['-p', `no:${plugin}`]),
    `--basetemp=${join(scratch, 'pytest')}`,
    ...options,
    'tests',
  ]
  return runTool(join(pythonBin, 'python'), args, {
    cwd: folder,
    signal,
    timeoutMs: 600_000,
    // Plugins that this suite does not use take longer to import than the suite to run.
    env: { PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1', HYPOTHESIS_STORAGE_DIRECTORY: join(scratch, 'hypothesis') },
  })
}

/**
 * Returns what the first test that failed asks, in its own words: "update refuses a wrong value (of claims)". What it
 * compared is in the output.
 */
const testIn = (output: string): string | undefined => {
  const { file = '', test } =
    /^(?:FAILED|ERROR) (?:\S*\/)?(?<file>[\w-]+)\.py(?:::(?:\w+::)*test_(?<test>\w+))?/m.exec(output)?.groups ?? {}
  if (!file) return undefined
  const words = (name: string): string => name.replaceAll('_', ' ')
  if (test === undefined) return `${words(file)} could not begin`
  const component = /^test_component_(\w+)$/.exec(file)?.[1]
  return `“${words(test)}”${component ? `, of ${words(component)}` : ''}`
}

/** Returns in a sentence what came of a run that did not pass. */
export const failureOf = (result: ToolResult): string => {
  const [passed, failed, first] = [passedIn(result.output), failedIn(result.output), testIn(result.output)]
  return (
    troubleOf(result, 'The test run') ??
    (passed + failed === 0
      ? `No test ran${first ? `: ${first}` : ''}`
      : `${failed || 'No'} of ${passed + failed} tests failed${first ? `, the first: ${first}` : ''}`)
  )
}

const passedIn = (output: string): number => countOf(output, 'passed')
const failedIn = (output: string): number => countOf(output, 'failed') + countOf(output, 'errors?')

/** Whether the system's own tests pass: per component, per link, per policy. */
export const testsCheck: Check = {
  name: 'tests',
  step: 'Running its tests',
  run: async (context) => {
    // Assertions that tell what they compared are compiled anew by pytest: worth a second run where one of them failed.
    const run = await runTests(context, ['--assert=plain'])
    const second = run.code === 1 ? await runTests(context, []) : undefined
    const result = second?.code === 1 ? second : run
    const passed = passedIn(result.output)
    // pytest ends with 5 where it found no tests: nothing was shown, so nothing passed.
    const good = result.code === 0 && passed > 0
    return {
      tool: 'pytest',
      version: await toolVersion(context.pythonBin, 'pytest'),
      result: good ? 'passed' : 'failed',
      summary: good ? `${passed} tests passed` : failureOf(result),
      passed,
      failed: failedIn(result.output),
      ...(!good && { detail: cutDetail(result.output) }),
    }
  },
}
