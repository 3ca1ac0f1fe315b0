import type { StorePort } from '../../schemas/generated/architecture.ts'
import type { FileTree } from '../file-tree.ts'
import { type Context, isStore } from './emit-context.ts'
import { componentClass, folderOf, identifier, packageOf, rowClass } from './emit-names.ts'
import { docstring, pythonModule, text } from './emit-python.ts'
import { tableOf } from './migrations-physical.ts'

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
          'runtime.database': ['Database'],
          'runtime.store': ['Store'],
        },
        rows.map(({ row, repository, table }) =>
          [
            `class ${repository}(Store[${row}]):`,
            ...docstring(
              `The rows of ${table}. Reading and writing as every store does it; queries of its own go here.`,
              '    ',
            ),
            '',
            '    def __init__(self, database: Database) -> None:',
            `        super().__init__(database, ${row})`,
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
