import type { Question } from '../result.ts'

/** Answers to earlier questions: a question's id -> the value of a choice, or its label in words. */
export type Answers = Readonly<Record<string, string>>

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Returns the value of the choice that was made, by value or by words; undefined while the question is open. */
export const answered = (question: Question, answers: Answers): string | undefined => {
  const said = Object.hasOwn(answers, question.id) ? answers[question.id]! : undefined
  if (said === undefined) return undefined
  const exact = question.choices.find(({ value, label }) => value === said || plain(label) === plain(said))
  if (exact) return exact.value
  const words = plain(said)
  const near = words.length > 2 ? question.choices.filter(({ label }) => plain(label).includes(words)) : []
  return near.length === 1 ? near[0]!.value : undefined
}

/** The words of the choice that a value stands for. */
export const labelOf = (question: Question, value: string): string =>
  question.choices.find((choice) => choice.value === value)?.label ?? value
