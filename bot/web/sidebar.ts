import { inSize } from '../chat/plain.ts'
import { type SystemView, stateOf } from '../chat/systems.ts'
import type { SidebarSystem } from './page.ts'

const words: Readonly<Record<SystemView['health'], string>> = {
  running: 'running',
  starting: 'starting',
  crashing: 'crashing',
  silent: 'no answer',
  unknown: 'no answer',
  down: 'down',
  stopped: 'stopped',
  draft: 'blueprint',
  building: 'building',
}

/** Returns a system as a line of the list beside the page: how it is, what it takes, who looks after it. */
export const toSidebar = (system: SystemView): SidebarSystem => ({
  slug: system.slug,
  title: system.title,
  state: stateOf(system),
  words: system.building ? 'building' : words[system.health],
  facts: [system.usage && inSize(system.usage.memory), system.owner].filter(Boolean).join(' · '),
  url: system.url,
})
