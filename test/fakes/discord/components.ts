import { ComponentType } from 'discord.js'
import type { Form } from './errors.ts'

export type Component = Record<string, unknown> & { type: number; id?: number; components?: Component[] }
type Path = (string | number)[]
type Files = ReadonlySet<string>

/** Where each kind may stand (page "Component Reference"). `top` is the message itself. */
const places: Record<string, readonly number[]> = {
  top: [
    ComponentType.ActionRow,
    ComponentType.Section,
    ComponentType.TextDisplay,
    ComponentType.MediaGallery,
    ComponentType.File,
    ComponentType.Separator,
    ComponentType.Container,
  ],
  container: [
    ComponentType.ActionRow,
    ComponentType.Section,
    ComponentType.TextDisplay,
    ComponentType.MediaGallery,
    ComponentType.File,
    ComponentType.Separator,
  ],
  row: [ComponentType.Button, ComponentType.StringSelect],
  section: [ComponentType.TextDisplay],
  accessory: [ComponentType.Button, ComponentType.Thumbnail],
}

/** Components of one message, and characters of all its text displays together. */
const MOST = 40
const CHARACTERS = 4_000

/**
 * Checks the components of a message with the flag IS_COMPONENTS_V2 and gives those without an `id` the next free one,
 * as the service does. Returns the names of the attachments that they show.
 */
export const checkComponents = (form: Form, components: Component[], files: Files): Set<string> => {
  const seen = {
    count: 0,
    characters: 0,
    customIds: new Set<string>(),
    ids: new Set<number>(),
    shown: new Set<string>(),
  }
  const all: Component[] = []

  const media = (path: Path, value: unknown, onlyAttachment: boolean): void => {
    const url = (value as { url?: unknown } | undefined)?.url
    if (typeof url !== 'string') return form.add([...path, 'url'], 'BASE_TYPE_REQUIRED', 'This field is required')
    if (!url.startsWith('attachment://')) {
      if (onlyAttachment || !/^https?:/.test(url))
        form.add([...path, 'url'], 'URL_TYPE_INVALID_SCHEME', 'The URL scheme is not supported here.')
      return
    }
    const name = url.slice('attachment://'.length)
    if (!files.has(name))
      form.add(
        [...path, 'url'],
        'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
        'The referenced attachment was not found.',
      )
    seen.shown.add(name)
  }

  const custom = (path: Path, component: Component): void => {
    form.length([...path, 'custom_id'], component.custom_id, 1, 100)
    const id = String(component.custom_id)
    if (seen.customIds.has(id))
      form.add([...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated')
    seen.customIds.add(id)
  }

  const list = (place: string, path: Path, value: unknown, least: number, most: number): void => {
    if (!form.count(path, value, least, most)) return
    for (const [index, one] of value.entries()) visit(place, [...path, index], one as Component)
  }

  const visit = (place: string, path: Path, component: Component): void => {
    seen.count += 1
    if (!places[place]?.includes(component.type)) {
      form.add(
        [...path, 'type'],
        'UNION_TYPE_CHOICES',
        `Value of field "type" must be one of (${places[place]?.join(', ')}).`,
      )
      return
    }
    all.push(component)
    if (component.id) {
      if (!Number.isInteger(component.id) || component.id < 0 || component.id > 0x7fffffff)
        form.add([...path, 'id'], 'NUMBER_TYPE_MAX', 'int value should be less than or equal to 2147483647.')
      if (seen.ids.has(component.id))
        form.add([...path, 'id'], 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated')
      seen.ids.add(component.id)
    }
    switch (component.type) {
      case ComponentType.Container:
        list('container', [...path, 'components'], component.components, 1, MOST)
        break
      case ComponentType.ActionRow: {
        list('row', [...path, 'components'], component.components, 1, 5)
        const kinds = component.components ?? []
        if (kinds.length > 1 && kinds.some((one) => one.type === ComponentType.StringSelect))
          form.add([...path, 'components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The component layout is too wide.')
        break
      }
      case ComponentType.Section:
        list('section', [...path, 'components'], component.components, 1, 3)
        if (component.accessory) visit('accessory', [...path, 'accessory'], component.accessory as Component)
        else form.add([...path, 'accessory'], 'BASE_TYPE_REQUIRED', 'This field is required')
        break
      case ComponentType.TextDisplay:
        form.length([...path, 'content'], component.content, 1, CHARACTERS)
        seen.characters += [...String(component.content)].length
        break
      case ComponentType.MediaGallery:
        if (form.count([...path, 'items'], component.items, 1, 10))
          for (const [index, item] of component.items.entries()) {
            const one = item as { media?: unknown; description?: unknown }
            media([...path, 'items', index, 'media'], one.media, false)
            if (one.description !== undefined)
              form.length([...path, 'items', index, 'description'], one.description, 1, 1024)
          }
        break
      case ComponentType.File:
        media([...path, 'file'], component.file, true)
        break
      case ComponentType.Button:
        button(path, component)
        break
      case ComponentType.StringSelect:
        select(path, component)
        break
    }
  }

  const button = (path: Path, component: Component): void => {
    const style = component.style as number
    if (![1, 2, 3, 4, 5].includes(style))
      form.add([...path, 'style'], 'BASE_TYPE_CHOICES', 'Value must be one of {1, 2, 3, 4, 5}.')
    form.length([...path, 'label'], component.label, 1, 80)
    if (style !== 5) {
      if (component.url !== undefined) form.add(path, 'BUTTON_COMPONENT_INVALID_URL', 'Only link buttons take a URL.')
      return custom(path, component)
    }
    if (component.custom_id !== undefined)
      form.add(
        path,
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      )
    form.length([...path, 'url'], component.url, 1, 512)
    if (!/^(https?|discord):\/\/[^\s/]+/.test(String(component.url)))
      form.add([...path, 'url'], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.')
  }

  const select = (path: Path, component: Component): void => {
    custom(path, component)
    if (component.placeholder !== undefined) form.length([...path, 'placeholder'], component.placeholder, 0, 150)
    if (!form.count([...path, 'options'], component.options, 1, 25)) return
    const values = new Set<string>()
    for (const [index, raw] of component.options.entries()) {
      const option = raw as Record<string, unknown>
      const at = [...path, 'options', index]
      form.length([...at, 'label'], option.label, 1, 100)
      form.length([...at, 'value'], option.value, 1, 100)
      if (option.description !== undefined) form.length([...at, 'description'], option.description, 0, 100)
      if (values.has(String(option.value)))
        form.add(
          [...at, 'value'],
          'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
          'The specified option value is already used',
        )
      values.add(String(option.value))
    }
  }

  list('top', ['components'], components, 1, MOST)
  if (seen.count > MOST)
    form.add(
      ['components'],
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `The maximum number of components in this message is ${MOST}.`,
    )
  if (seen.characters > CHARACTERS)
    form.add(
      ['components'],
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `The total displayable text size exceeds the maximum of ${CHARACTERS}.`,
    )
  let next = 1
  for (const component of all) {
    while (seen.ids.has(next)) next += 1
    if (!component.id) {
      component.id = next
      seen.ids.add(next)
    }
  }
  return seen.shown
}

/** Checks the answer that opens a modal: title 45, 1-5 labels of 45 around one text input or one choice of users each. */
export const checkModal = (form: Form, data: Record<string, unknown>): void => {
  form.length(['data', 'title'], data.title, 1, 45)
  form.length(['data', 'custom_id'], data.custom_id, 1, 100)
  if (!form.count(['data', 'components'], data.components, 1, 5)) return
  for (const [index, raw] of data.components.entries()) {
    const label = raw as Component & { component?: Component }
    const path: Path = ['data', 'components', index]
    if (label.type !== ComponentType.Label) {
      form.add([...path, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1, 10, 18).')
      continue
    }
    form.length([...path, 'label'], label.label, 1, 45)
    if (label.description !== undefined) form.length([...path, 'description'], label.description, 1, 100)
    const input = label.component
    if (input?.type === ComponentType.UserSelect) {
      form.length([...path, 'component', 'custom_id'], input.custom_id, 1, 100)
      if (input.placeholder !== undefined) form.length([...path, 'component', 'placeholder'], input.placeholder, 0, 150)
      continue
    }
    if (input?.type !== ComponentType.TextInput) {
      form.add([...path, 'component'], 'BASE_TYPE_REQUIRED', 'This field is required')
      continue
    }
    form.length([...path, 'component', 'custom_id'], input.custom_id, 1, 100)
    if (input.label !== undefined)
      form.add([...path, 'component', 'label'], 'COMPONENT_LABEL_NOT_ALLOWED', 'A label stands around it.')
    if (input.style !== 1 && input.style !== 2)
      form.add([...path, 'component', 'style'], 'BASE_TYPE_CHOICES', 'Value must be one of {1, 2}.')
    if (input.placeholder !== undefined) form.length([...path, 'component', 'placeholder'], input.placeholder, 0, 100)
    const most = input.max_length
    if (most !== undefined && !(typeof most === 'number' && most >= 1 && most <= 4_000))
      form.add(
        [...path, 'component', 'max_length'],
        'NUMBER_TYPE_MAX',
        'int value should be less than or equal to 4000.',
      )
  }
}
