// The page works without this file, only not live: forms post, links link. This adds the stream, the keyboard and the clock.
import { complain, listen, parse, replaceList, say, tellTimes, toastText } from './frame.js'

const { body } = document
const entries = document.getElementById('entries')
const log = document.getElementById('thread')
const composer = document.getElementById('composer')
const field = document.getElementById('message')
const newest = document.getElementById('newest')

// ---- where the reader is -------------------------------------------------------------------------------------------
const NEAR = 120
const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR
const calm = matchMedia('(prefers-reduced-motion: reduce)')
// Whether what comes is shown at once: from the end of the thread and after one's own words and presses, until one
// scrolls away by hand. Where a smooth scroll is on its way, the position alone would say the contrary.
let following = true
let byHand = false
const toEnd = (smooth) => {
  following = true
  byHand = false
  log.scrollTo({ top: log.scrollHeight, behavior: smooth && !calm.matches ? 'smooth' : 'instant' })
  newest.hidden = true
}
newest.addEventListener('click', () => toEnd(true))
for (const kind of ['wheel', 'touchmove', 'pointerdown', 'keydown'])
  log.addEventListener(kind, () => (byHand = true), { passive: true })
log.addEventListener('scroll', () => {
  if (isAtEnd()) following = true
  else if (byHand) following = false
  if (following) newest.hidden = true
})
// Who opens something reads it there.
log.addEventListener('toggle', (event) => (following = isAtEnd() || !event.target.open), true)

// ---- showing what comes ----------------------------------------------------------------------------------------------
/** Keeps what a person has opened, written or focused when a card is replaced under their hands. */
const keep = (before, after) => {
  for (const old of before.querySelectorAll('[data-keep]')) {
    const same = after.querySelector(`[data-keep="${CSS.escape(old.dataset.keep)}"]`)
    if (!same) continue
    if (old.tagName === 'DETAILS') same.open = old.open
    else same.value = old.value
  }
}

const refocus = (before, after) => {
  const active = document.activeElement
  if (!active || !before.contains(active)) return () => {}
  const id = active.id
  const button = active.dataset?.button
  return () => {
    const same =
      (id && document.getElementById(id)) || (button && after.querySelector(`[data-button="${CSS.escape(button)}"]`))
    ;(same || after).focus({ preventScroll: true })
  }
}

const put = (text) => {
  const element = parse(text).firstElementChild
  if (!element) return
  const stay = !following
  const known = document.getElementById(element.id)
  document.getElementById('welcome')?.remove()
  if (known) {
    keep(known, element)
    const focus = refocus(known, element)
    const changed = known.dataset.announce !== element.dataset.announce
    element.classList.add('shown')
    known.replaceWith(element)
    focus()
    if (changed) say(element.dataset.announce)
  } else entries.append(element)
  tellTimes(element)
  if (element.dataset.system) setSystem(element.dataset.system)
  if (!stay) toEnd(!known)
  else if (!known) newest.hidden = false
}

// ---- the list of systems -----------------------------------------------------------------------------------------------
const states = new Map()
const setSystem = (slug) => {
  body.dataset.system = slug
  markCurrent()
}
const markCurrent = () => {
  const { system, thread } = body.dataset
  for (const link of document.querySelectorAll('#sidebar-lists a')) {
    const path = link.getAttribute('href')
    const current = system ? path === `/s/${encodeURIComponent(system)}` : path === `/c/${thread}`
    if (current) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
    if (current && system) {
      const name = link.querySelector('.name').textContent
      document.title = `${name} · AutoCoder`
      document.querySelector('.top .title').textContent = name
      field.placeholder = `Change ${name}, or ask about it`
    }
  }
  const state = system && states.get(system)
  if (state) document.getElementById('top-state').replaceChildren(state.cloneNode(true))
}
const onSidebar = (text) => {
  const content = parse(text)
  states.clear()
  for (const state of content.querySelectorAll('template[data-system]')) states.set(state.dataset.system, state.content)
  replaceList(content)
  markCurrent()
}

// ---- after an absence -------------------------------------------------------------------------------------------------
const refresh = async () => {
  const { thread } = body.dataset
  const answer = await fetch(`/c/${encodeURIComponent(thread)}`)
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  body.dataset.seen = page.body.dataset.seen
  for (const element of page.querySelectorAll('#entries > .card, #entries > .said')) put(element.outerHTML)
  onSidebar(page.getElementById('sidebar-lists').outerHTML)
}

// ---- sending -----------------------------------------------------------------------------------------------------------
const post = async (address, data) => {
  const answer = await fetch(address, { method: 'POST', body: data, headers: { accept: 'application/json' } })
  if (answer.ok) return
  const problem = await answer.json().catch(() => undefined)
  throw new Error(problem ? `${problem.text} ${problem.help ?? ''}` : 'This did not arrive. Please try again.')
}
// Messages go out one after the other, in the order in which they were written.
let outbox = Promise.resolve()
// A file that goes with the next message.
const attachment = document.getElementById('attachment')
const attached = document.getElementById('attached')
const showAttached = () => {
  const file = attachment.files[0]
  attached.hidden = !file
  field.required = !file
  document.getElementById('attached-name').textContent = file ? file.name : ''
}
attachment.addEventListener('change', () => {
  showAttached()
  field.focus()
})
const detach = () => {
  attachment.value = ''
  showAttached()
}
document.getElementById('detach').addEventListener('click', detach)
composer.addEventListener('dragover', (event) => event.preventDefault())
composer.addEventListener('drop', (event) => {
  event.preventDefault()
  if (event.dataTransfer.files.length === 0) return
  attachment.files = event.dataTransfer.files
  showAttached()
})

composer.addEventListener('submit', async (event) => {
  event.preventDefault()
  const text = field.value
  const file = attachment.files[0]
  if (text.trim() === '' && !file) return
  if (file && file.size > 1_000_000) return toastText('The file is too large: at most 1 MB is read.')
  const data = new URLSearchParams({ text, id: crypto.randomUUID() })
  field.value = ''
  if (file) {
    data.set('file_name', file.name)
    data.set('file_text', await file.text())
    detach()
  }
  grow()
  toEnd(true)
  outbox = outbox.then(async () => {
    try {
      await post(composer.action, data)
      const path = `/c/${body.dataset.thread}`
      if (location.pathname !== path) history.replaceState(null, '', path)
    } catch (error) {
      complain(error)
      // What did not arrive is given back, unless something new stands there.
      if (field.value === '') field.value = text
      grow()
    }
  })
})

/** A press carries an id of its own; where it is sent again because no answer came, it carries the same and counts once. */
const press = async (form) => {
  // Under way already. A button that was disabled instead would lose the focus.
  if (form.dataset.sending) return
  form.dataset.sending = 'yes'
  form.dataset.id ??= crypto.randomUUID()
  const data = new URLSearchParams(new FormData(form))
  data.set('id', form.dataset.id)
  toEnd(true)
  try {
    await post(form.action, data)
    delete form.dataset.id
    const details = form.closest('details')
    if (details) {
      details.open = false
      form.reset()
    }
  } catch (error) {
    complain(error)
  } finally {
    delete form.dataset.sending
  }
}
entries.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-press]')
  if (!form) return
  event.preventDefault()
  void press(form)
})

const grow = () => {
  field.rows = Math.min(8, Math.max(1, field.value.split('\n').length + Math.floor(field.value.length / 90)))
}
field.addEventListener('input', grow)
field.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  composer.requestSubmit()
})

// ---- small helps -------------------------------------------------------------------------------------------------------
document.addEventListener('click', (event) => {
  const example = event.target.closest('[data-fill]')
  if (example) {
    field.value = example.dataset.fill
    grow()
    field.focus()
  }
  const copy = event.target.closest('[data-copy]')
  if (copy) {
    const text = document.getElementById(copy.dataset.copy).textContent
    navigator.clipboard.writeText(text).then(
      () => {
        copy.textContent = 'Copied'
        say('Copied')
        setTimeout(() => (copy.textContent = 'Copy'), 2000)
      },
      () => toastText('The browser does not allow copying here. Select the text and copy it.'),
    )
  }
})
// At once, not with the event `toggle`, which comes later: who goes on typing would lose the first letters.
entries.addEventListener('click', (event) => {
  const ask = event.target.closest?.('details.ask > summary')?.parentElement
  if (!ask || ask.open) return
  event.preventDefault()
  ask.open = true
  ask.querySelector('textarea, select').focus()
})

document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.target.closest('input, textarea, select, [contenteditable]')) {
    event.preventDefault()
    field.focus()
  }
})

// The address says where the stream begins only once, after a form without this script.
if (location.search) history.replaceState(null, '', location.pathname)
tellTimes(document)
toEnd(false)
// On a phone the keyboard would cover what there is to read.
if (matchMedia('(min-width: 861px)').matches) field.focus({ preventScroll: true })
listen({
  card: put,
  said: put,
  sidebar: onSidebar,
  // This page has missed more than the bot remembers: the thread itself has it all.
  reload: () => (entries.querySelector('.card, .said') || field.value === '' ? refresh() : undefined),
})
