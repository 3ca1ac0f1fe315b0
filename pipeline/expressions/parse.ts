import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js'
import { mistake } from './mistake.ts'

/** What a person could still read; more is a program. */
const LIMITS = { maxAstNodes: 500, maxDepth: 25, maxListElements: 100, maxMapEntries: 0, maxCallArguments: 8 }
const MOST_CHARACTERS = 2000

const environment = new Environment({ limits: LIMITS })

export type Node = ASTNode

/** Returns the syntax tree of an expression. Throws a Mistake where it is not CEL, too long or nested too deep. */
export const parseExpression = (text: string): Node => {
  if (text.length > MOST_CHARACTERS)
    throw mistake(0, `the expression has more than ${MOST_CHARACTERS} characters`, 'Split it, or say less.')
  try {
    return environment.parse(text).ast
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const at = Math.min(error.range?.start ?? 0, text.length)
    if (error.code === 'limit_exceeded')
      throw mistake(at, 'the expression is larger or nested deeper than a person can read', 'Split it, or say less.')
    if (at >= text.length) throw mistake(at, 'the expression ends too early', 'Finish it.')
    throw mistake(at, sentence(error.summary), 'Mend the expression at this place.')
  }
}

const sentence = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)
