export const platforms = ['web', 'slack', 'discord'] as const
export const themes = ['light', 'dark'] as const
export const devices = ['desktop', 'phone'] as const

export type Platform = (typeof platforms)[number]
export type Theme = (typeof themes)[number]
export type Device = (typeof devices)[number]

/** What is looked at, and how; it is the whole state of the page and stands in its address. */
export type Choice = { scene: string; platform: Platform; theme: Theme; device: Device }

const oneOf = <Word extends string>(words: readonly Word[], asked: string | null): Word =>
  words.find((word) => word === asked) ?? words[0]!

/** Returns the choice in an address; what it leaves out or gets wrong is the first of its kind. */
export const readChoice = (query: URLSearchParams, scenes: readonly string[]): Choice => ({
  scene: oneOf(scenes, query.get('scene')),
  platform: oneOf(platforms, query.get('platform')),
  theme: oneOf(themes, query.get('theme')),
  device: oneOf(devices, query.get('device')),
})

/** Returns the address of a choice under a path. */
export const addressOf = (path: string, choice: Choice): string => `${path}?${new URLSearchParams(choice)}`
