import { setTimeout as sleep } from 'node:timers/promises'
import type { Platform, Reach } from './chat/adapter.ts'

/** A team platform that is set up, and whether it is reached now. */
export type Reached = { name: Platform; reach: Reach }

const names: Partial<Record<Platform, string>> = { slack: 'Slack', discord: 'Discord' }

/** Milliseconds: a platform says hello some moments after the connection stands. */
const PATIENCE = 3_000

/** Returns what is true of each platform, a line each; `log` is the file that says why one is away. */
export const reachWords = (platforms: readonly Reached[], log: string): string[] =>
  platforms.map(({ name, reach }) => {
    const called = names[name] ?? name
    if (reach === 'connected') return `It is connected to ${called} too.`
    if (reach === 'called') return `It answers ${called} too, when ${called} calls it.`
    return `${called} cannot be reached yet; it is tried again by itself. Why: ${log}`
  })

/** Resolves when every platform is reached, or after a moment. */
export const reached = async (look: () => readonly Reached[]): Promise<void> => {
  for (const end = Date.now() + PATIENCE; Date.now() < end && look().some(({ reach }) => reach === 'away'); )
    await sleep(100)
}
