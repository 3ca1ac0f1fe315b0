import type { Welcomes } from '../../../bot/chat/adapter.ts'

/** For tests of an adapter alone, where nobody is to be greeted. */
export const noWelcomes: Welcomes = () => ({
  note: async () => undefined,
  greet: async () => undefined,
  resume: async () => undefined,
  forget: async () => undefined,
})
