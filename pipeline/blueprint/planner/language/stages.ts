import { knownThings } from '../lexicon/things.ts'
import { singular, withArticle } from './words.ts'

const many =
  /\b(?<things>[\p{L}-]+s|people) with (?:different |several |various )?(?<what>stages|statuses|states|phases|priorities)(?= *(?:\(|,|$| and (?!of\b)))/giu

/** "Deals with stages": each is at one of them; which there are is known of some. */
export const oneStageEach = (text: string): string =>
  text.replace(many, (whole, things: string, what: string, at: number) => {
    const one = singular(what.toLowerCase())
    const named = text
      .slice(at + whole.length)
      .trimStart()
      .startsWith('(')
    const usual = knownThings.get(singular(things.toLowerCase()))?.fields ?? ''
    const alone = at + whole.length === text.length || /^\s*$/.test(text.slice(at + whole.length))
    return !named && alone && new RegExp(`\\b${one}\\??:enum`).test(usual)
      ? things
      : `${things} with ${withArticle(one)}`
  })
