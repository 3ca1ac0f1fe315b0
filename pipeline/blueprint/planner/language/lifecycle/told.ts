/** Reads a sentence about states: what it says plainly, by what was said before it and all there is; undefined for others. */
export type Told = (text: string, before: string, all: string) => string[] | undefined
