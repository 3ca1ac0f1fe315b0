import type { Field } from '../../schemas/generated/architecture.ts'
import { toPascal } from '../blueprint/names.ts'

/** Python's keywords. The soft ones (`match`, `type`) are names like any other. */
const KEYWORDS =
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'

/** What the body of a generated class refers to: a field of that name would hide it from the fields below. */
const SCOPE =
  'dt decimal fields float int list bool str dict orm sa tables typing uuid account_tables file_fields app_types'

/** What SQLAlchemy and Pydantic keep for themselves in classes. */
const LIBRARIES =
  'self metadata registry row_version construct copy dict from_orm json parse_file parse_obj parse_raw schema schema_json update_forward_refs validate'

const RESERVED = new Set(`${KEYWORDS} ${SCOPE} ${LIBRARIES}`.split(' '))

/** Parameters that every list has: a filter on a field of that name is called `<name>_is`. */
const LIST_PARAMETERS = new Set(['limit', 'cursor', 'sort', 'q'])

/** Returns the attribute that holds a field in Python: the field's name, with an underscore where Python or a library wants it. */
export const attributeOf = (field: string): string =>
  RESERVED.has(field) || field.startsWith('model_') ? `${field}_` : field

/** Returns the name of the parameter that filters by equality. Names given so far are in `taken`. */
export const filterName = (field: string, taken: ReadonlySet<string>): string =>
  LIST_PARAMETERS.has(field) || taken.has(field) ? `${field}_is` : field

/** What generated modules import or define by a name that a model or a component could have. */
const IMPORTED = new Set(
  'Annotated Any Base Call ComposedComponent Current False Field Listing Literal LISTING None Query Registry RpcPort Settings SignIn KeyRing FileKeeper File Store True UUID Database About Service Path'.split(
    ' ',
  ),
)

/** Returns the class of a model's rows: the model's name, which Python or a module may have taken. */
export const rowClass = (model: string): string => (IMPORTED.has(model) ? `${model}Row` : model)

/** Returns the class of a component. */
export const componentClass = (name: string, rows: ReadonlySet<string>): string => {
  const plain = toPascal(name)
  return IMPORTED.has(plain) || rows.has(plain) || /^\d/.test(plain) ? `${plain}Component` : plain
}

/** Returns an identifier that is no keyword. */
export const identifier = (name: string): string => (KEYWORDS.split(' ').includes(name) ? `${name}_` : name)

/** What a generated method calls its own parameters and variables. */
const LOCALS = new Set(['self', 'call', 'id', 'body', 'query', 'values', 'changes', 'page'])

/** Returns the variable that holds one row in a generated method. */
export const variableOf = (name: string): string => (LOCALS.has(name) ? `${name}_row` : identifier(name))

/** Returns the package of a component: its name, with an underscore where Python has it as a keyword. */
export const packageOf = (component: string): string => `app.components.${identifier(component)}`

/** Returns the folder of a component. */
export const folderOf = (component: string): string => `app/components/${identifier(component)}`

/** Whether a field is ever part of an answer. */
export const isShown = (field: Field): boolean =>
  !field.never?.includes('response') && field.class !== 'secret' && field.class !== 'card'
