import type { MessageCard } from '../../schemas/generated/card.ts'

/** The key of the card with which a workspace is greeted; no conversation has it. */
export const WELCOME = 'welcome'

/**
 * Returns the first words in a workspace: what the bot is, where help is, and an example to copy. `name` is what people
 * call it by; `help` is a sentence, `first` what one does to begin on that platform.
 */
export const welcomeCard = ({ name, help, first }: { name: string; help: string; first: string }): MessageCard => ({
  kind: 'message',
  tone: 'plain',
  text: `Hello! Say what your team needs, and I build it: a tested web API that runs.\n${help} To begin, ${first}:`,
  code: `@${name} build me a todo API with user authentication`,
})
