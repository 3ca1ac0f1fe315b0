import { sentence } from '../../language/words.ts'

/** That somebody may not do something, as a part of a pattern. */
export const cannot =
  '(?:can ?not|can not|may not|must not|should not|shall not|(?:are|is) not allowed to|can no longer|may no longer)'

/** What they may not do, as groups `verb` and `thing` of a pattern. */
export const deed = '(?<verb>[\\p{L}]+(?: (?:for|in|up for|on))?) (?<thing>.+?)'

/** Returns the sentence as the rule that people read on the card and in an answer. */
export const asRule = (said: string): string =>
  `${sentence(said.replace(/[.!]+$/, '').replace(/\bcan not\b/i, 'cannot'))}.`
