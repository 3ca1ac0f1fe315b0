import { own } from '../blueprint/names.ts'
import type { Cast, Surface } from './tests-cast.ts'
import { ruledFields } from './tests-ruled.ts'
import { checkTests } from './tests-rules-check.ts'
import { crowdTests } from './tests-rules-crowd.ts'
import { sceneOf, usedNames } from './tests-scene.ts'

/** Returns tests/test_rules.py: each rule broken and held, one after another and many at once; undefined where there are none. */
export const emitRuleTests = (cast: Cast): string | undefined => {
  const seen = new Set<string>()
  const tests = cast.surfaces.flatMap((surface) => {
    if (seen.has(surface.modelName) || surface.modelName === cast.accountModel) return []
    const written = testsOf(cast, surface)
    if (written.length) seen.add(surface.modelName)
    return written
  })
  if (tests.length === 0) return undefined
  const body = tests.join('\n\n')
  const factories = usedNames(body, cast.factories)
  const helpers = usedNames(body, new Set(['NOBODY', 'Person', 'World', 'problem', 'soon', 'soon_day', 'without']))
  return `"""The rules: broken by one request, and by many at once."""

${factories.length ? `from tests.factories import ${factories.join(', ')}\n` : ''}from tests.world import ${helpers.join(', ')}


${body}`
}

const testsOf = (cast: Cast, surface: Surface): string[] => {
  const scene = sceneOf(cast, surface, 'create')
  const rules = own(cast.architecture.models, surface.modelName)?.rules ?? []
  const fit = scene?.actor.limit?.fit
  const ruled = ruledFields(cast.architecture, surface.modelName, surface.model)
  // Rows that a condition of the grant needs must not be in the way of those that a rule is about.
  if (!scene || fit?.crowdsBodies || [...(fit?.chosen.any ?? [])].some((field) => ruled.has(field))) return []
  return rules.flatMap((rule) => (rule.check ? checkTests(scene, rule) : crowdTests(scene, rule)))
}
