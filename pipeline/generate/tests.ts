/**
 * The tests that a generated system carries: per component, per link, per policy, for accounts and for the whole. They
 * run in one process against one service with a real database, so that a build can afford them every time.
 */
import { readFileSync } from 'node:fs'
import type { Blueprint } from '../blueprint/blueprint.ts'
import { toSnake } from '../blueprint/names.ts'
import type { FileTree } from '../file-tree.ts'
import { emitAccountTests } from './tests-accounts.ts'
import { emitBackgroundTests } from './tests-background.ts'
import { type Cast, castOf, type Surface } from './tests-cast.ts'
import { emitComponentTests } from './tests-component.ts'
import { emitFactories } from './tests-factories.ts'
import { emitFileTests } from './tests-files.ts'
import { emitHandlerTests } from './tests-handlers.ts'
import { atWorkingNoon } from './tests-hours.ts'
import { emitKeyTests } from './tests-keys.ts'
import { emitLinkTests } from './tests-links.ts'
import { emitPolicyTests } from './tests-policies.ts'
import { emitPropertyTests } from './tests-properties.ts'
import { emitReaderTests } from './tests-readers.ts'
import { emitRuleTests } from './tests-rules.ts'
import { usedNames } from './tests-scene.ts'
import { emitShapeTests } from './tests-shape.ts'
import { emitConftest, emitSystemTests } from './tests-shared.ts'
import { emitStateTests } from './tests-states.ts'
import { emitToggleTests } from './tests-toggles.ts'
import { emitViewTests } from './tests-views.ts'

const source = (name: string): string => readFileSync(new URL(`./tests/${name}`, import.meta.url), 'utf8')

/** A file of tests, where there is anything of its kind to test, and the module beside it that it may use. */
const PARTS: readonly (readonly [name: string, emit: (cast: Cast) => string | undefined, carried?: string])[] = [
  ['accounts', emitAccountTests],
  ['properties', emitPropertyTests],
  ['links', emitLinkTests],
  ['rules', emitRuleTests],
  ['handlers', emitHandlerTests],
  ['states', emitStateTests],
  ['toggles', emitToggleTests],
  ['files', emitFileTests, 'uploads'],
  ['shape', emitShapeTests],
  ['keys', emitKeyTests],
  ['readers', emitReaderTests],
  ['views', emitViewTests, 'reckoning'],
  ['background', emitBackgroundTests, 'listener'],
]

/** Returns tests/ of a system. Pure; the same blueprint gives the same bytes. */
export const emitTests = ({ architecture }: Blueprint): FileTree => {
  const cast = castOf(architecture)
  const tree: FileTree = new Map()
  tree.set('tests/__init__.py', '')
  tree.set('tests/wire.py', source('wire.py'))
  tree.set('tests/world.py', atWorkingNoon(source('world.py'), architecture))
  tree.set('tests/conftest.py', emitConftest(cast))
  tree.set('tests/test_system.py', emitSystemTests(cast))
  tree.set('tests/test_policies.py', emitPolicyTests(cast))
  for (const [name, emit, carried] of PARTS) {
    const text = emit(cast)
    if (!text) continue
    tree.set(`tests/test_${name}.py`, text)
    if (carried && text.includes(`tests.${carried}`)) tree.set(`tests/${carried}.py`, source(`${carried}.py`))
  }
  const components = new Map<string, Surface[]>()
  for (const surface of cast.surfaces)
    if (surface.modelName !== cast.accountModel)
      components.set(surface.component, [...(components.get(surface.component) ?? []), surface])
  for (const [name, surfaces] of components) {
    const text = emitComponentTests(cast, surfaces)
    if (text) tree.set(`tests/test_component_${toSnake(name)}.py`, text)
  }
  const used = usedNames([...tree.values()].join('\n'), new Set(cast.fitting.keys()))
  tree.set('tests/factories.py', emitFactories(cast, new Set(used)))
  return tree
}
