import type { Model, StorePort } from '../../schemas/generated/architecture.ts'
import type { FileTree } from '../file-tree.ts'
import { COMPUTED, computedOf } from './emit-computed.ts'
import { type Context, isStore } from './emit-context.ts'
import { attributeOf, componentClass, folderOf, identifier, isShown, packageOf, rowClass } from './emit-names.ts'
import { docstring, type Imports, pythonModule, text } from './emit-python.ts'
import { rulesOf } from './emit-rules.ts'
import { tableOf } from './migrations-physical.ts'

/** What a store keeps beyond the rows: rules, and what was done. */
const keepingOf = (name: string, model: Model): { rules: string | undefined; history: string | undefined } => {
  const hidden = Object.entries(model.fields).filter(([, field]) => !isShown(field))
  const options = [
    'database',
    text(name),
    ...(model.states ? [`state=${text(attributeOf(model.states.field))}`] : []),
    ...(hidden.length ? [`hidden=(${hidden.map(([field]) => `${text(attributeOf(field))},`).join(' ')})`] : []),
  ]
  return { rules: rulesOf(name, model), history: model.history ? `History(${options.join(', ')})` : undefined }
}

const together = (module: string, names: string[]): Imports => (names.length ? { [module]: names } : {})

/** Returns the files of a component that offers rows and nothing else. */
export const emitStore = (context: Context, name: string): FileTree => {
  const component = context.architecture.components[name]!
  const stores = Object.entries(component.ports).filter(
    (entry): entry is [string, StorePort] => isStore(entry[1]) && entry[1].dir === 'in',
  )
  const folder = folderOf(name)
  const className = componentClass(name, context.rows)
  const rows = stores.map(([port, store]) => ({
    port,
    attribute: identifier(port),
    row: rowClass(store.model),
    repository: `${store.model}Repository`,
    table: tableOf(store.model, context.architecture.models[store.model]!),
    ...keepingOf(store.model, context.architecture.models[store.model]!),
    computed: computedOf(context, store.model),
  }))
  return new Map([
    [
      `${folder}/component.py`,
      pythonModule(
        `${className}: ${rows.map(({ table }) => table).join(', ')}, as other components reach them.`,
        {
          [`${packageOf(name)}.repository`]: rows.map(({ repository }) => repository),
          'runtime.component': ['ComposedComponent'],
          'runtime.database': ['Database'],
        },
        [
          [
            `class ${className}(ComposedComponent):`,
            ...docstring(
              component.description || `Keeps the rows of ${rows.map(({ table }) => table).join(', ')}.`,
              '    ',
            ),
            '',
            '    def __init__(self, database: Database) -> None:',
            `        super().__init__(${text(name)})`,
            ...rows.map(
              ({ port, attribute, repository }) =>
                `        self.${attribute} = self.offers(${text(port)}, ${repository}(database))`,
            ),
          ].join('\n'),
        ],
      ),
    ],
    [
      `${folder}/repository.py`,
      pythonModule(
        `How rows of ${rows.map(({ table }) => table).join(', ')} are read and written.`,
        {
          [`${packageOf(name)}.schemas`]: rows.map(({ row }) => row),
          ...together(
            'app.rules',
            rows.flatMap(({ rules }) => rules ?? []),
          ),
          ...together(
            COMPUTED,
            rows.flatMap(({ computed }) => computed ?? []),
          ),
          'runtime.database': ['Database'],
          ...together(
            'runtime.history',
            rows.flatMap(({ history }) => (history ? ['History'] : [])),
          ),
          'runtime.store': ['Store'],
        },
        rows.map(({ row, repository, table, rules, history, computed }) =>
          [
            `class ${repository}(Store[${row}]):`,
            ...docstring(
              `The rows of ${table}. Reading and writing as every store does it; queries of its own go here.`,
              '    ',
            ),
            '',
            '    def __init__(self, database: Database) -> None:',
            `        super().__init__(${['database', row, ...(rules ? [rules] : []), ...(history ? [`history=${history}`] : []), ...(computed ? [`computed=${computed}`] : [])].join(', ')})`,
          ].join('\n'),
        ),
      ),
    ],
    [
      `${folder}/schemas.py`,
      pythonModule(
        `What crosses the ports of ${name}: the rows themselves.`,
        { 'app.models': rows.map(({ row }) => row) },
        [`__all__ = [${[...new Set(rows.map(({ row }) => text(row)))].join(', ')}]`],
      ),
    ],
  ])
}
