import type { AdminOperation } from '../blueprint/background.ts'
import { literal } from './tests-values.ts'

/** How often a handler is tried where the blueprint says nothing; as runtime/events.py has it. */
export const MOST_DELIVERIES = 5

/** Tests that only administrators are let in. */
export const UNSIGNED = (operations: readonly AdminOperation[], other: string | undefined): string => {
  const rows = operations.map(({ method, path }) => `(${literal(method)}, ${literal(path)})`)
  const tests = [
    `ADMIN = [${rows.join(', ')}]
`,
    `@pytest.mark.parametrize(("method", "path"), ADMIN)
def test_administration_needs_a_sign_in(as_anyone: Person, method: str, path: str) -> None:
    assert problem(as_anyone.request(method, path.format(id=NOBODY, name="x")), 401) == []
`,
  ]
  if (other)
    tests.push(`@pytest.mark.parametrize(("method", "path"), ADMIN)
def test_administration_is_for_administrators(${other}: Person, method: str, path: str) -> None:
    assert problem(${other}.request(method, path.format(id=NOBODY, name="x")), 403) == []
`)
  return tests.join('\n\n')
}
