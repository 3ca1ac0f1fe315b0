import { toWords } from '../blueprint/names.ts'
import type { Cast, Surface } from './tests-cast.ts'
import { createTests } from './tests-create.ts'
import { deleteTests } from './tests-delete.ts'
import { listTests } from './tests-list.ts'
import { readTests } from './tests-read.ts'
import { sceneOf, usedNames } from './tests-scene.ts'
import { updateTests } from './tests-update.ts'

const HELPERS = new Set(['NOBODY', 'Person', 'World', 'ids', 'problem', 'shown', 'soon', 'soon_day', 'walk', 'without'])
const WRITERS = { create: createTests, read: readTests, list: listTests, update: updateTests, delete: deleteTests }

/** Returns the tests of one component's standard operations; undefined where nobody could be asked to do one. */
export const emitComponentTests = (cast: Cast, surfaces: Surface[]): string | undefined => {
  const many = surfaces.length > 1
  const tests = surfaces.flatMap((surface) =>
    (Object.keys(WRITERS) as (keyof typeof WRITERS)[]).flatMap((op) => {
      const scene = sceneOf(cast, surface, op)
      const written = scene ? WRITERS[op](scene) : []
      const port = surface.address.split('.')[1]
      return many ? written.map((text) => text.replace(/^def test_/m, `def test_${port}_`)) : written
    }),
  )
  if (tests.length === 0) return undefined
  const body = tests.join('\n\n')
  const factories = usedNames(body, cast.factories)
  const helpers = usedNames(body, HELPERS)
  return `"""The operations of ${toWords(surfaces[0]!.component)}."""

${/\bcsv\.D/.test(body) ? 'import csv\nimport io\n' : ''}${/\bAny\b/.test(body) ? 'from typing import Any\n\n' : ''}${/@pytest/.test(body) ? 'import pytest\n\n' : ''}${factories.length ? `from tests.factories import ${factories.join(', ')}\n` : ''}from tests.world import ${helpers.join(', ')}


${body}`
}
