import { closest } from '../blueprint/suggest.ts'

/** What is wrong with an expression, and where. `word` and `names` say what might have been meant. */
export type Problem = { message: string; at: number; help: string; word?: string; names?: string[] }

/** A problem on its way out of the checker. */
export class Mistake extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

export const mistake = (at: number, message: string, help: string, meant?: { word: string; names: string[] }) => {
  const near = meant && closest(meant.word, meant.names)
  return new Mistake({ message, at, help: near ? `Did you mean '${near}'?` : help, ...meant })
}
