import { type Crud, schemas, use } from './emit-draft.ts'
import { text } from './emit-python.ts'

/** The option of a list's decorator. */
export const csvOption = (crud: Crud): string[] => (crud.port.csv ? ['csv=True'] : [])

/** The end of a list's signature: what else it is told, and what it answers with. */
export const csvSignature = (crud: Crud): string => {
  if (!crud.port.csv) return `) -> ${crud.model}Page`
  use(crud.draft, 'starlette.responses', 'Response')
  use(crud.draft, 'runtime.csv_answers', 'Accept')
  return `, accept: Accept = None) -> ${crud.model}Page | Response`
}

/** Returns the lines of a list that can also be had as CSV: `lines` return one page, and are run for each. */
export const csvBody = (crud: Crud, lines: readonly string[]): string[] => {
  if (!crud.port.csv) return [...lines]
  schemas(crud, 'Out')
  use(crud.draft, 'runtime.call', 'Call')
  use(crud.draft, 'runtime.csv_answers', 'as_csv', 'wants_csv')
  const options = [`database=${crud.store}.database`, `name=${text(crud.many)}`, `shown=${crud.model}Out`]
  return [
    `async def read(call: Call, query: ${crud.model}Query) -> ${crud.model}Page:`,
    ...lines.map((each) => `    ${each}`),
    '',
    'if wants_csv(query.format, accept):',
    `    return await as_csv(call, query, read, ${options.join(', ')})`,
    'return await read(call, query)',
  ]
}
