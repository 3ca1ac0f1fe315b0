import { isContract } from './document.ts'

/** Stands between what was said and the file that came with it; nobody can type it. */
const BORDER = '\f'

/** Returns a wish together with the OpenAPI file that came with it, as one text. */
export const joinContract = (words: string, contract: string): string => `${words}${BORDER}${contract}`

/**
 * Returns the OpenAPI file of a wish and the words beside it: attached, pasted as a whole, or pasted between fences.
 * Undefined where there is none.
 */
export const splitContract = (text: string): { words: string; contract: string } | undefined => {
  const border = text.indexOf(BORDER)
  if (border >= 0) return { words: text.slice(0, border), contract: text.slice(border + 1) }
  if (isContract(text)) return { words: '', contract: text }
  const fenced = /```[a-z]*\n([\s\S]*?)```/.exec(text)
  if (fenced && isContract(fenced[1]!)) return { words: text.replace(fenced[0], '').trim(), contract: fenced[1]! }
  return undefined
}
