// What every page has: the list of systems, the drawer that it is on a phone, times, words for one person.
const { body } = document
const announce = document.getElementById('announce')
const toasts = document.getElementById('toasts')

// ---- times ---------------------------------------------------------------------------------------------------------
const inWords = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < 60) return `${whole} s`
  return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
const clockFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const dayFormat = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const tick = () => {
  for (const time of document.querySelectorAll('time[data-since]'))
    time.textContent = inWords((Date.now() - Date.parse(time.dataset.since)) / 1000)
}
export const tellTimes = (root) => {
  for (const time of root.querySelectorAll('time[data-time]')) {
    const date = new Date(time.dateTime)
    const today = date.toDateString() === new Date().toDateString()
    time.textContent = (today ? clockFormat : dayFormat).format(date)
    time.title = date.toLocaleString()
  }
  tick()
}
setInterval(tick, 1000)

// ---- pieces ----------------------------------------------------------------------------------------------------------
export const parse = (text) => {
  const template = document.createElement('template')
  template.innerHTML = text
  return template.content
}

export const say = (text) => {
  if (!text) return
  announce.textContent = ''
  // A change of an empty region is what readers announce.
  requestAnimationFrame(() => {
    announce.textContent = text
  })
}

export const toast = (content) => {
  toasts.append(content)
  const last = toasts.lastElementChild
  last.querySelector('.close')?.addEventListener('click', () => last.remove())
  setTimeout(() => last.remove(), 12_000)
}
export const toastText = (text) => {
  const box = parse('<div class="toast"><p></p><button type="button" class="close" aria-label="Close">×</button></div>')
  box.querySelector('p').textContent = text
  toast(box)
}

export const complain = (error) =>
  toastText(
    error instanceof TypeError ? 'AutoCoder cannot be reached. Nothing is lost; try again in a moment.' : error.message,
  )

// ---- the stream --------------------------------------------------------------------------------------------------------
/** Hears what happens after what the page has seen: `heard` says what is done with the data of each kind of event. */
export const listen = (heard) => {
  const { thread, seen } = body.dataset
  const source = new EventSource(`/events?${new URLSearchParams({ ...(thread ? { thread } : {}), seen })}`)
  for (const [type, act] of Object.entries({ whisper: (text) => toast(parse(text)), ...heard }))
    source.addEventListener(type, ({ data }) => act(data))
  source.addEventListener('open', () => {
    body.classList.remove('away')
    body.dataset.live = 'yes'
  })
  source.addEventListener('error', () => {
    body.classList.add('away')
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(heard), 2000)
  })
}

// ---- the list of systems ---------------------------------------------------------------------------------------------
/** Puts a newer list in the place of the one that is shown; who was in it with the keyboard stays there. */
export const replaceList = (content) => {
  const fresh = content.querySelector('nav')
  const old = document.getElementById('sidebar-lists')
  const active = old.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
  old.replaceWith(fresh)
  if (active) fresh.querySelector(`a[href="${CSS.escape(active)}"]`)?.focus()
}

const menu = document.getElementById('menu')
const scrim = document.getElementById('scrim')
const drawer = (open) => {
  body.classList.toggle('drawer', open)
  menu.setAttribute('aria-expanded', String(open))
  scrim.hidden = !open
  if (open) document.querySelector('#sidebar a').focus()
  else menu.focus()
}
menu.addEventListener('click', () => drawer(!body.classList.contains('drawer')))
scrim.addEventListener('click', () => drawer(false))
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && body.classList.contains('drawer')) drawer(false)
})
