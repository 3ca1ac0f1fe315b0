import type { Scope } from '../../../expressions/scope.ts'
import { own } from '../../names.ts'
import type { Path } from '../report.ts'
import type { Checks } from './expression.ts'

/** Words that expressions keep for themselves. */
export const KEPT =
  'this that was me now input params event true false null in as break const continue else for function if import let loop package namespace return var void while call inside self'.split(
    ' ',
  )

/** Reports a name for a row that means something else already. */
export const checkNewName = ({ report }: Checks, path: Path, name: string, scope: Scope): void => {
  if (KEPT.includes(name)) report('reserved-name', path, `a row cannot be called '${name}'`)
  else if (own(scope, name)) report('reserved-name', path, `'${name}' means something else here already`)
}
