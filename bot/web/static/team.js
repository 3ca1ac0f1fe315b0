// The page of the team works without this file: forms post, links link. This keeps it up to date and says what is private.
import { listen, parse, replaceList, tellTimes } from './frame.js'

/** Whether somebody is in the middle of something here, which a newer page would take from under their hands. */
const isBusy = () => {
  const team = document.getElementById('team')
  return team.contains(document.activeElement) || team.querySelector('details.more[open]') !== null
}
const refresh = async () => {
  if (isBusy()) return
  const answer = await fetch(location.href)
  if (!answer.ok || isBusy()) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const open = document.querySelector('#team details.fold')?.open
  document.getElementById('team').replaceWith(page.getElementById('team'))
  const fold = document.querySelector('#team details.fold')
  if (fold && open !== undefined) fold.open = open
  tellTimes(document)
}

// One form at a time: the others would only stand in the way.
document.addEventListener(
  'toggle',
  (event) => {
    if (!event.target.matches?.('details.more') || !event.target.open) return
    for (const other of document.querySelectorAll('details.more[open]')) if (other !== event.target) other.open = false
    event.target.querySelector('select, input:not([type=hidden]), button')?.focus()
  },
  true,
)
document.addEventListener('keydown', (event) => {
  const open = event.key === 'Escape' && document.querySelector('details.more[open]')
  if (!open) return
  open.open = false
  open.querySelector('summary').focus()
})

tellTimes(document)
const refreshSoon = () => void refresh().catch(() => undefined)
listen({
  sidebar: (text) => {
    replaceList(parse(text))
    refreshSoon()
  },
  reload: refreshSoon,
})
