// Shows /openapi.json, and lets people try each operation. No library, nothing from elsewhere.
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

const tokenForm = document.querySelector('#token')
const description = await (await fetch('/openapi.json')).json()

const follow = (schema) =>
  schema?.$ref ? description.components.schemas[schema.$ref.split('/').pop()] : schema

const kindOf = (schema) => {
  const found = follow(schema) ?? {}
  if (found.anyOf) return [...new Set(found.anyOf.map(kindOf))].join(' or ')
  if (found.enum) return found.enum.map((value) => JSON.stringify(value)).join(', ')
  if (found.type === 'array') return `list of ${kindOf(found.items)}`
  return [found.format ?? found.type ?? 'any', found.maxLength && `up to ${found.maxLength}`].filter(Boolean).join(', ')
}

const send = async (method, path, operation, form, output) => {
  const values = new FormData(form)
  let target = path
  const query = new URLSearchParams()
  const headers = {}
  for (const { name, in: place } of operation.parameters ?? []) {
    const value = values.get(`${place}:${name}`)
    if (!value) continue
    if (place === 'path') target = target.replace(`{${name}}`, encodeURIComponent(value))
    if (place === 'query') query.set(name, value)
    if (place === 'header') headers[name] = value
  }
  const token = tokenForm.elements.token.value.trim()
  if (token && operation.security) headers.Authorization = `Bearer ${token}`
  const body = values.get('body')
  if (body) headers['Content-Type'] = 'application/json'
  const url = query.size ? `${target}?${query}` : target
  output.hidden = false
  try {
    const answer = await fetch(url, { method: method.toUpperCase(), headers, body: body || undefined })
    const text = await answer.text()
    const shown = text.startsWith('{') ? JSON.stringify(JSON.parse(text), null, 2) : text
    output.textContent = `${answer.status} ${answer.statusText}  ${method.toUpperCase()} ${url}\n\n${shown}`
    const issued = answer.ok && text.startsWith('{') && JSON.parse(text).access_token
    if (issued) tokenForm.elements.token.value = issued
  } catch (error) {
    output.textContent = `No answer: ${error.message}`
  }
}

const field = ({ name, in: place, required, schema, description: words }) =>
  make(
    'label',
    {},
    make('span', {}, make('code', { textContent: name }), ` ${place}${required ? ', required' : ''}`),
    make('input', { name: `${place}:${name}`, required: Boolean(required) }),
    make('small', { textContent: [kindOf(schema), words].filter(Boolean).join('. ') }),
  )

const show = (path, method, operation) => {
  const body = operation.requestBody?.content?.['application/json']
  const output = make('pre', { hidden: true, tabIndex: 0 })
  output.setAttribute('aria-live', 'polite')
  const form = make('form', {}, ...(operation.parameters ?? []).map(field))
  if (body)
    form.append(
      make(
        'label',
        {},
        'Body',
        make('textarea', { name: 'body', spellcheck: false, value: JSON.stringify(body.example ?? {}, null, 2) }),
      ),
    )
  form.append(make('button', { textContent: 'Send' }))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    send(method, path, operation, form, output)
  })
  const answers = Object.entries(operation.responses).map(([status, answer]) =>
    make('li', {}, make('code', { textContent: status }), ` ${answer.description}`),
  )
  return make(
    'details',
    {},
    make(
      'summary',
      {},
      make('span', { className: `method ${method}`, textContent: method }),
      make('span', { className: 'path', textContent: path }),
      make('span', { className: 'what', textContent: operation.summary ?? '' }),
    ),
    make(
      'div',
      { className: 'inside' },
      make('p', { textContent: operation.security ? 'Needs a sign-in.' : 'Open to everybody.' }),
      form,
      output,
      make('h3', { textContent: 'Answers' }),
      make('ul', {}, ...answers),
    ),
  )
}

const groups = new Map()
for (const [path, methods] of Object.entries(description.paths))
  for (const [method, operation] of Object.entries(methods)) {
    const group = operation.tags?.[0] ?? 'other'
    if (!groups.has(group)) groups.set(group, [])
    groups.get(group).push(show(path, method, operation))
  }

document.querySelector('#about').textContent = [description.info.description, `Version ${description.info.version}`]
  .filter(Boolean)
  .join('. ')
tokenForm.hidden = !description.components?.securitySchemes
tokenForm.addEventListener('submit', (event) => event.preventDefault())
document
  .querySelector('#operations')
  .replaceChildren(
    ...[...groups].map(([name, shown]) =>
      make('section', {}, make('h2', { textContent: name.replaceAll('_', ' ') }), ...shown),
    ),
  )
