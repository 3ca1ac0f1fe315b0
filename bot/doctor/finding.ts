/** What one look found, a line each. `fix` is the one thing to do about it. */
export type Finding = { name: string; state: 'good' | 'bad' | 'note'; text: string; fix?: string }

export const good = (name: string, text: string): Finding => ({ name, state: 'good', text })
export const bad = (name: string, text: string, fix: string): Finding => ({ name, state: 'bad', text, fix })
/** What is neither: it works, and may be meant so. */
export const note = (name: string, text: string, fix?: string): Finding => ({
  name,
  state: 'note',
  text,
  ...(fix === undefined ? {} : { fix }),
})

/** The sign before a line. */
export const marksOf = { good: '✓', bad: '✗', note: '·' } as const satisfies Record<Finding['state'], string>
