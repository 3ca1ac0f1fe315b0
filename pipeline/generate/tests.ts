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
import { castOf, type Surface } from './tests-cast.ts'
import { emitComponentTests } from './tests-component.ts'
import { emitFactories } from './tests-factories.ts'
import { emitFileTests } from './tests-files.ts'
import { emitHandlerTests } from './tests-handlers.ts'
import { emitKeyTests } from './tests-keys.ts'
import { emitLinkTests } from './tests-links.ts'
import { emitPolicyTests } from './tests-policies.ts'
import { emitPropertyTests } from './tests-properties.ts'
import { emitRuleTests } from './tests-rules.ts'
import { usedNames } from './tests-scene.ts'
import { emitShapeTests } from './tests-shape.ts'
import { emitConftest, emitSystemTests } from './tests-shared.ts'
import { emitStateTests } from './tests-states.ts'
import { emitToggleTests } from './tests-toggles.ts'
import { emitViewTests } from './tests-views.ts'

const source = (name: string): string => readFileSync(new URL(`./tests/${name}`, import.meta.url), 'utf8')

/** Returns tests/ of a system. Pure; the same blueprint gives the same bytes. */
export const emitTests = ({ architecture }: Blueprint): FileTree => {
  const cast = castOf(architecture)
  const tree: FileTree = new Map()
  tree.set('tests/__init__.py', '')
  tree.set('tests/wire.py', source('wire.py'))
  tree.set('tests/world.py', source('world.py'))
  tree.set('tests/conftest.py', emitConftest(cast))
  tree.set('tests/test_system.py', emitSystemTests(cast))
  tree.set('tests/test_policies.py', emitPolicyTests(cast))
  const accounts = emitAccountTests(cast)
  if (accounts) tree.set('tests/test_accounts.py', accounts)
  const properties = emitPropertyTests(cast)
  if (properties) tree.set('tests/test_properties.py', properties)
  const links = emitLinkTests(cast)
  if (links) tree.set('tests/test_links.py', links)
  const rules = emitRuleTests(cast)
  if (rules) tree.set('tests/test_rules.py', rules)
  const handlers = emitHandlerTests(cast)
  if (handlers) tree.set('tests/test_handlers.py', handlers)
  const states = emitStateTests(cast)
  if (states) tree.set('tests/test_states.py', states)
  const toggles = emitToggleTests(cast)
  if (toggles) tree.set('tests/test_toggles.py', toggles)
  const files = emitFileTests(cast)
  if (files) {
    tree.set('tests/uploads.py', source('uploads.py'))
    tree.set('tests/test_files.py', files)
  }
  const shape = emitShapeTests(cast)
  if (shape) tree.set('tests/test_shape.py', shape)
  const keys = emitKeyTests(cast)
  if (keys) tree.set('tests/test_keys.py', keys)
  const views = emitViewTests(cast)
  if (views) {
    tree.set('tests/reckoning.py', source('reckoning.py'))
    tree.set('tests/test_views.py', views)
  }
  const background = emitBackgroundTests(cast)
  if (background) tree.set('tests/test_background.py', background)
  if (background?.includes('tests.listener')) tree.set('tests/listener.py', source('listener.py'))
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
