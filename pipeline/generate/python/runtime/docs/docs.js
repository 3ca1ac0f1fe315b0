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

const schemes = description.components?.securitySchemes ?? {}
const FORM = 'multipart/form-data'

// An API key ends in 64 hexadecimal digits; anything else is an access token.
const credentials = (token, security) => {
  const ways = security.flatMap((way) => Object.keys(way))
  if (ways.includes('apiKey') && (!ways.includes('bearer') || /_[0-9a-f]{64}$/.test(token)))
    return { [schemes.apiKey.name]: token }
  const { type, name, 'x-scheme': scheme = 'Bearer' } = schemes.bearer ?? {}
  return { [type === 'apiKey' ? name : 'Authorization']: `${scheme} ${token}`.trim() }
}

// The access token in an answer, whatever it is called and wherever it stands.
const issuedIn = (value) => {
  if (typeof value !== 'object' || value === null) return undefined
  return value.access_token ?? value.accessToken ?? Object.values(value).map(issuedIn).find(Boolean)
}

const asForm = (values) => {
  const sent = new FormData()
  for (const [name, value] of values)
    if (name.startsWith('form:') && (value.size ?? value.length)) sent.append(name.slice(5), value)
  return sent
}

const read = async (answer) => {
  const type = answer.headers.get('content-type') ?? ''
  if (!/json|text/.test(type)) return { text: `${(await answer.blob()).size} bytes of ${type || 'nothing'}` }
  const text = await answer.text()
  if (!/json/.test(type)) return { text }
  const data = JSON.parse(text)
  return { text: JSON.stringify(data, null, 2), data }
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
  if (token && operation.security) Object.assign(headers, credentials(token, operation.security))
  const isForm = operation.requestBody?.content[FORM]
  const body = isForm ? asForm(values) : values.get('body')
  if (body && !isForm) headers['Content-Type'] = 'application/json'
  const url = query.size ? `${target}?${query}` : target
  output.hidden = false
  try {
    const answer = await fetch(url, { method: method.toUpperCase(), headers, body: body || undefined })
    const { text, data } = await read(answer)
    output.textContent = `${answer.status} ${answer.statusText}  ${method.toUpperCase()} ${url}\n\n${text}`
    const issued = answer.ok && issuedIn(data)
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

const formField = (required) => ([name, schema]) =>
  make(
    'label',
    {},
    make('span', {}, make('code', { textContent: name }), required.includes(name) ? ' required' : ''),
    make('input', { name: `form:${name}`, type: schema.format === 'binary' ? 'file' : 'text' }),
    make('small', { textContent: [kindOf(schema), schema.description].filter(Boolean).join('. ') }),
  )

const show = (path, method, operation) => {
  const body = operation.requestBody?.content?.['application/json']
  const output = make('pre', { hidden: true, tabIndex: 0 })
  output.setAttribute('aria-live', 'polite')
  const form = make('form', {}, ...(operation.parameters ?? []).map(field))
  const parts = operation.requestBody?.content?.[FORM]?.schema
  if (parts) form.append(...Object.entries(parts.properties).map(formField(parts.required ?? [])))
  else if (body)
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
