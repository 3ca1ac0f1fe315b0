/**
 * What Slack refuses in blocks: the limits of docs.slack.dev/reference/block-kit and of the types in @slack/types.
 * Every rule pushes a sentence with the JSON pointer of the place, as `response_metadata.messages` of the service does.
 */
export type Surface = 'message' | 'modal' | 'home'
type Bag = Record<string, unknown>
type Report = (pointer: string, problem: string) => void

/** Sum of what is read in a message's blocks; undocumented, seen as `msg_blocks_too_long` in practice. */
export const MESSAGE_TOTAL = 13_200

const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value)

const string = (
  report: Report,
  at: string,
  value: unknown,
  limits: { max?: number; min?: number; optional?: boolean },
): void => {
  if (value === undefined && limits.optional) return
  if (typeof value !== 'string') return report(at, 'missing required field or not a string')
  if (value.length < (limits.min ?? 0)) report(at, `must be more than ${(limits.min ?? 0) - 1} characters`)
  if (limits.max !== undefined && value.length > limits.max)
    report(at, `must be less than ${limits.max + 1} characters`)
}

const array = (report: Report, at: string, value: unknown, min: number, max: number): unknown[] => {
  if (!Array.isArray(value)) {
    report(at, 'missing required field or not an array')
    return []
  }
  if (value.length < min) report(at, `no fewer than ${min} items allowed`)
  if (value.length > max) report(at, `no more than ${max} items allowed`)
  return value
}

const only = (report: Report, at: string, bag: Bag, fields: string[]): void => {
  for (const name of Object.keys(bag)) if (!fields.includes(name)) report(at, `invalid additional property: ${name}`)
}

const text = (report: Report, at: string, value: unknown, max: number, kinds = ['plain_text', 'mrkdwn']): void => {
  if (!isBag(value)) return report(at, 'missing required field: text object')
  if (!kinds.includes(String(value.type))) report(`${at}/type`, `must be one of ${kinds.join(', ')}`)
  only(report, at, value, ['type', 'text', 'emoji', 'verbatim'])
  if (value.type === 'mrkdwn' && value.emoji !== undefined) report(at, 'invalid additional property: emoji')
  string(report, `${at}/text`, value.text, { min: 1, max })
}

const button = (report: Report, at: string, value: Bag): void => {
  only(report, at, value, ['type', 'text', 'action_id', 'url', 'value', 'style', 'confirm', 'accessibility_label'])
  text(report, `${at}/text`, value.text, 75, ['plain_text'])
  string(report, `${at}/action_id`, value.action_id, { max: 255, min: 1, optional: true })
  string(report, `${at}/value`, value.value, { max: 2000, optional: true })
  string(report, `${at}/url`, value.url, { max: 3000, min: 1, optional: true })
  if (typeof value.url === 'string' && !/^[a-z][a-z0-9+.-]*:/i.test(value.url))
    report(`${at}/url`, 'must be a valid url')
  string(report, `${at}/accessibility_label`, value.accessibility_label, { max: 75, optional: true })
  if (value.style !== undefined && !['primary', 'danger'].includes(String(value.style)))
    report(`${at}/style`, 'must be one of primary, danger')
}

const elements: Record<string, (report: Report, at: string, value: Bag) => void> = {
  button,
  plain_text_input: (report, at, value) => {
    only(report, at, value, [
      'type',
      'action_id',
      'initial_value',
      'multiline',
      'min_length',
      'max_length',
      'focus_on_load',
      'placeholder',
      'dispatch_action_config',
    ])
    string(report, `${at}/action_id`, value.action_id, { max: 255, min: 1 })
    if (value.placeholder !== undefined) text(report, `${at}/placeholder`, value.placeholder, 150, ['plain_text'])
    for (const name of ['min_length', 'max_length'])
      if (value[name] !== undefined && !(Number(value[name]) >= 0 && Number(value[name]) <= 3000))
        report(`${at}/${name}`, 'must be between 0 and 3000')
  },
  static_select: (report, at, value) => {
    only(report, at, value, ['type', 'action_id', 'placeholder', 'options', 'initial_option', 'focus_on_load'])
    string(report, `${at}/action_id`, value.action_id, { max: 255, min: 1 })
    if (value.placeholder !== undefined) text(report, `${at}/placeholder`, value.placeholder, 150, ['plain_text'])
    for (const [index, option] of array(report, `${at}/options`, value.options, 1, 100).entries()) {
      const place = `${at}/options/${index}`
      if (!isBag(option)) {
        report(place, 'must be an object')
        continue
      }
      only(report, place, option, ['text', 'value', 'description'])
      text(report, `${place}/text`, option.text, 75, ['plain_text'])
      // The reference says 150 now and the types of the SDK 75: what keeps the smaller one keeps both.
      string(report, `${place}/value`, option.value, { min: 1, max: 75 })
      if (option.description !== undefined) text(report, `${place}/description`, option.description, 75, ['plain_text'])
    }
  },
  users_select: (report, at, value) => {
    only(report, at, value, ['type', 'action_id', 'placeholder', 'initial_user', 'focus_on_load'])
    string(report, `${at}/action_id`, value.action_id, { max: 255, min: 1 })
    if (value.placeholder !== undefined) text(report, `${at}/placeholder`, value.placeholder, 150, ['plain_text'])
  },
  conversations_select: (report, at, value) => string(report, `${at}/action_id`, value.action_id, { max: 255, min: 1 }),
}

const richInline = (report: Report, at: string, value: unknown, kinds: string[]): void => {
  if (!isBag(value) || !kinds.includes(String(value.type))) return report(at, `must be one of ${kinds.join(', ')}`)
  if (value.type === 'text') string(report, `${at}/text`, value.text, { min: 1 })
  if (value.type === 'link') string(report, `${at}/url`, value.url, { min: 1, max: 3000 })
  if (value.type === 'link') string(report, `${at}/text`, value.text, { min: 1, optional: true })
  if (value.type === 'date') {
    if (typeof value.timestamp !== 'number') report(`${at}/timestamp`, 'must be a number')
    string(report, `${at}/format`, value.format, { min: 1 })
  }
  if (value.style !== undefined) {
    if (!isBag(value.style)) report(`${at}/style`, 'must be an object')
    else only(report, `${at}/style`, value.style, ['bold', 'italic', 'strike', 'code', 'underline', 'highlight'])
  }
}

const INLINE = ['text', 'link', 'date', 'emoji', 'user', 'channel', 'usergroup', 'broadcast', 'color', 'team']

const richElement = (report: Report, at: string, value: unknown): void => {
  if (!isBag(value)) return report(at, 'must be an object')
  if (value.type === 'rich_text_list') {
    only(report, at, value, ['type', 'style', 'elements', 'indent', 'offset', 'border'])
    if (!['bullet', 'ordered'].includes(String(value.style))) report(`${at}/style`, 'must be one of bullet, ordered')
    for (const [index, item] of array(report, `${at}/elements`, value.elements, 1, 1000).entries()) {
      if (!isBag(item) || item.type !== 'rich_text_section')
        report(`${at}/elements/${index}`, 'must be rich_text_section')
      else richElement(report, `${at}/elements/${index}`, item)
    }
    return
  }
  if (!['rich_text_section', 'rich_text_quote', 'rich_text_preformatted'].includes(String(value.type)))
    return report(`${at}/type`, 'unsupported rich text element')
  only(report, at, value, ['type', 'elements', 'border', 'language'])
  const kinds = value.type === 'rich_text_preformatted' ? ['text', 'link'] : INLINE
  for (const [index, item] of array(report, `${at}/elements`, value.elements, 1, 1000).entries())
    richInline(report, `${at}/elements/${index}`, item, kinds)
}

const richText = (report: Report, at: string, value: unknown, exactly?: number): void => {
  if (!isBag(value) || value.type !== 'rich_text') return report(at, 'must be rich_text')
  const items = array(report, `${at}/elements`, value.elements, 1, exactly ?? 1000)
  for (const [index, item] of items.entries()) richElement(report, `${at}/elements/${index}`, item)
}

const taskCard = (report: Report, at: string, value: unknown): void => {
  if (!isBag(value) || value.type !== 'task_card') return report(at, 'must be task_card')
  only(report, at, value, ['type', 'block_id', 'task_id', 'title', 'details', 'output', 'sources', 'status'])
  string(report, `${at}/task_id`, value.task_id, { min: 1, max: 255 })
  string(report, `${at}/title`, value.title, { min: 1, max: 256 })
  if (!['pending', 'in_progress', 'complete', 'error'].includes(String(value.status)))
    report(`${at}/status`, 'must be one of pending, in_progress, complete, error')
  for (const name of ['details', 'output'])
    if (value[name] !== undefined) richText(report, `${at}/${name}`, value[name], 1)
}

export type FileLookup = (id: string) => 'image' | 'other' | 'processing' | undefined

const blockRules = (file: FileLookup): Record<string, (report: Report, at: string, block: Bag) => void> => ({
  divider: (report, at, block) => only(report, at, block, ['type', 'block_id']),
  header: (report, at, block) => {
    only(report, at, block, ['type', 'block_id', 'text'])
    text(report, `${at}/text`, block.text, 150, ['plain_text'])
  },
  section: (report, at, block) => {
    only(report, at, block, ['type', 'block_id', 'text', 'fields', 'accessory', 'expand'])
    if (block.text === undefined && block.fields === undefined) report(at, 'missing required field: text or fields')
    if (block.text !== undefined) text(report, `${at}/text`, block.text, 3000)
    if (block.fields !== undefined)
      for (const [index, field] of array(report, `${at}/fields`, block.fields, 1, 10).entries())
        text(report, `${at}/fields/${index}`, field, 2000)
    if (block.accessory !== undefined) element(report, `${at}/accessory`, block.accessory)
  },
  context: (report, at, block) => {
    only(report, at, block, ['type', 'block_id', 'elements'])
    for (const [index, item] of array(report, `${at}/elements`, block.elements, 1, 10).entries())
      text(report, `${at}/elements/${index}`, item, 2000)
  },
  actions: (report, at, block) => {
    only(report, at, block, ['type', 'block_id', 'elements'])
    const ids = new Set<unknown>()
    for (const [index, item] of array(report, `${at}/elements`, block.elements, 1, 25).entries()) {
      element(report, `${at}/elements/${index}`, item)
      const id = isBag(item) ? item.action_id : undefined
      if (id !== undefined && ids.has(id)) report(`${at}/elements/${index}`, `\`action_id\` "${id}" already exists`)
      ids.add(id)
    }
  },
  image: (report, at, block) => {
    only(report, at, block, ['type', 'block_id', 'alt_text', 'title', 'image_url', 'slack_file'])
    string(report, `${at}/alt_text`, block.alt_text, { min: 1, max: 2000 })
    if (block.title !== undefined) text(report, `${at}/title`, block.title, 2000, ['plain_text'])
    if (!isBag(block.slack_file)) return string(report, `${at}/image_url`, block.image_url, { min: 1, max: 3000 })
    const id = String(block.slack_file.id)
    if (!/^F[A-Z0-9]{8,}$/.test(id)) report(`${at}/slack_file/id`, 'input must match regex pattern: ^[F][A-Z0-9]{8,}$')
    // A file that is still being processed is refused in the same words as one that is not there.
    else if (file(id) !== 'image') report(`${at}/slack_file`, 'invalid slack file')
  },
  markdown: (report, at, block) => {
    only(report, at, block, ['type', 'block_id', 'text'])
    string(report, `${at}/text`, block.text, { min: 1, max: 12_000 })
  },
  rich_text: (report, at, block) => {
    only(report, at, block, ['type', 'block_id', 'elements'])
    richText(report, at, block)
  },
  table: (report, at, block) => {
    only(report, at, block, ['type', 'block_id', 'rows', 'column_settings'])
    for (const [row, cells] of array(report, `${at}/rows`, block.rows, 1, 100).entries())
      for (const [column, cell] of array(report, `${at}/rows/${row}`, cells, 1, 20).entries())
        if (!isBag(cell) || !['raw_text', 'raw_number', 'rich_text'].includes(String(cell.type)))
          report(`${at}/rows/${row}/${column}`, 'must be one of raw_text, raw_number, rich_text')
        else if (cell.type === 'rich_text') richText(report, `${at}/rows/${row}/${column}`, cell)
        else string(report, `${at}/rows/${row}/${column}/text`, cell.text, { min: 1 })
  },
  task_card: taskCard,
  plan: (report, at, block) => {
    only(report, at, block, ['type', 'block_id', 'title', 'tasks'])
    string(report, `${at}/title`, block.title, { min: 1, max: 256 })
    const ids = new Set<unknown>()
    for (const [index, task] of array(report, `${at}/tasks`, block.tasks ?? [], 0, 50).entries()) {
      taskCard(report, `${at}/tasks/${index}`, task)
      const id = isBag(task) ? task.task_id : undefined
      if (ids.has(id)) report(`${at}/tasks/${index}/task_id`, 'must be unique')
      ids.add(id)
    }
  },
  input: (report, at, block) => {
    only(report, at, block, ['type', 'block_id', 'label', 'element', 'hint', 'optional', 'dispatch_action'])
    text(report, `${at}/label`, block.label, 2000, ['plain_text'])
    if (block.hint !== undefined) text(report, `${at}/hint`, block.hint, 2000, ['plain_text'])
    element(report, `${at}/element`, block.element)
  },
})

const element = (report: Report, at: string, value: unknown): void => {
  const rule = isBag(value) ? elements[String(value.type)] : undefined
  if (rule) rule(report, at, value as Bag)
  else report(at, `unsupported element: ${isBag(value) ? value.type : typeof value}`)
}

/** Which blocks a surface takes, by docs.slack.dev/reference/block-kit/blocks ("Available in surfaces"). */
const refusedOn: Record<Surface, string[]> = {
  message: ['input'],
  modal: ['markdown', 'table', 'plan', 'task_card'],
  home: ['markdown', 'table', 'plan', 'task_card'],
}

/** Returns why Slack would refuse these blocks; empty where it would show them. */
export const problemsOf = (blocks: unknown, surface: Surface, file: FileLookup = () => undefined): string[] => {
  const problems: string[] = []
  const report: Report = (pointer, problem) => problems.push(`[ERROR] ${problem} [json-pointer:${pointer}]`)
  const rules = blockRules(file)
  const ids = new Set<unknown>()
  for (const [index, block] of array(report, '/blocks', blocks, 0, surface === 'message' ? 50 : 100).entries()) {
    const at = `/blocks/${index}`
    const type = isBag(block) ? String(block.type) : ''
    const rule = rules[type]
    if (!rule || refusedOn[surface].includes(type)) {
      report(at, `unsupported type: ${type}`)
      continue
    }
    const { block_id: id } = block as Bag
    string(report, `${at}/block_id`, id, { max: 255, optional: true })
    if (id !== undefined && ids.has(id)) report(at, `\`block_id\` "${id}" already exists`)
    ids.add(id)
    rule(report, at, block as Bag)
  }
  return problems
}

const READ = new Set(['text', 'title', 'alt_text', 'value', 'url', 'label'])

/** Returns how many characters of blocks count into a message's total. */
export const sizeOf = (value: unknown, key = ''): number => {
  if (typeof value === 'string') return READ.has(key) ? value.length : 0
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + sizeOf(item), 0)
  return isBag(value) ? Object.entries(value).reduce((sum, [name, item]) => sum + sizeOf(item, name), 0) : 0
}

/** Returns the words that a person sees in blocks, a line each; buttons in brackets. */
export const wordsOf = (blocks: unknown): string => {
  if (!Array.isArray(blocks)) return ''
  return blocks
    .map((block) => words(block))
    .filter(Boolean)
    .join('\n')
}

const words = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(words).filter(Boolean).join('\n')
  if (!isBag(value)) return ''
  switch (value.type) {
    case 'button':
      return `[${words(value.text)}]`
    case 'actions':
      return (value.elements as unknown[]).map(words).join(' ')
    case 'image':
      return `(picture: ${value.alt_text})`
    case 'plan':
      return [`${value.title}`, ...((value.tasks as unknown[]) ?? []).map(words)].join('\n')
    case 'task_card':
      return [`  (${value.status}) ${value.title}`, words(value.details)].filter(Boolean).join(': ')
    case 'rich_text_section':
    case 'rich_text_quote':
    case 'rich_text_preformatted':
      return (value.elements as Bag[]).map((item) => String(item.text ?? item.fallback ?? item.url ?? '')).join('')
    case 'rich_text_list':
      return (value.elements as unknown[]).map((item) => `- ${words(item)}`).join('\n')
    case 'section':
      return [words(value.text), words(value.fields), words(value.accessory)].filter(Boolean).join('\n')
    case 'context':
      return (value.elements as unknown[]).map(words).join(' ')
    case 'table':
      return (value.rows as Bag[][]).map((row) => row.map((cell) => cell.text ?? words(cell)).join(' | ')).join('\n')
    case 'input':
      return `${words(value.label)}: ____`
    case 'rich_text':
      return words(value.elements)
    default:
      return typeof value.text === 'string' ? value.text : words(value.text)
  }
}
