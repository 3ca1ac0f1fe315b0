import type { Field } from '../../schemas/generated/architecture.ts'

/** A small file of a kind that a field takes: its name, and the shell command that writes it. */
export type SampleFile = { name: string; command: string }

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** Media type -> a file of it, in the order in which they are offered. */
const KNOWN: readonly [string, SampleFile][] = [
  ['image/png', { name: 'sample.png', command: `echo ${PNG} | base64 -d > sample.png` }],
  ['image/jpeg', { name: 'sample.jpg', command: `printf '\\377\\330\\377\\340' > sample.jpg` }],
  ['image/gif', { name: 'sample.gif', command: `printf 'GIF89a' > sample.gif` }],
  ['application/pdf', { name: 'sample.pdf', command: `printf '%%PDF-1.4\\n' > sample.pdf` }],
  ['text/plain', { name: 'sample.txt', command: `echo 'A first file' > sample.txt` }],
  ['text/csv', { name: 'sample.csv', command: `echo 'a,b' > sample.csv` }],
]

const fits = (type: string, pattern: string): boolean =>
  pattern === '*/*' || pattern === type || (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1)))

/** Returns a file that the field takes; undefined for kinds that a shell cannot write in a line. */
export const sampleFile = ({ file }: Field): SampleFile | undefined =>
  KNOWN.find(([type]) => file?.types.some((pattern) => fits(type, pattern)))?.[1]
