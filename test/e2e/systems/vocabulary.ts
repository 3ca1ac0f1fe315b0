import { expect } from 'vitest'
import { atOnce, type Running, type Story } from './story.ts'

const lesson = async (system: Running) => {
  const teacher = await system.person('tom', 'teacher')
  const student = await system.person('sue')
  const question = await teacher.make('/v1/questions', { word: 'Haus', solution: 'house' })
  return { teacher, student, question }
}

export const vocabulary: Story = {
  name: 'a vocabulary trainer',
  says: [
    'A vocabulary trainer. Teachers make questions with a word and a solution. Students sign up and answer questions; an answer has a text and whether it is correct. A student can answer each question only once. Students see only their own answers. Teachers see the results: how many correct answers each student has.',
  ],
  tests: {
    'takes one answer a question and student': async (system) => {
      const { student, question } = await lesson(system)
      const answer = { question_id: question.id, text: 'house', correct: true }
      const statuses = await atOnce(20, () => student.call('POST', '/v1/answers', answer))
      expect(statuses).toEqual({ 201: 1, 409: 19 })
      const other = await system.person('sam')
      await other.make('/v1/answers', answer)
    },
    'shows the results to teachers only': async (system) => {
      const { teacher, student, question } = await lesson(system)
      await student.make('/v1/answers', { question_id: question.id, text: 'house', correct: true })
      const paths = Object.keys((await system.nobody.get('/openapi.json')).paths)
      const view = paths.find((path) => /^\/v1\/answers\/[a-z-]+$/.test(path))!
      const rows = await teacher.items(view)
      const mine = rows.find((row) => Object.values(row).includes(student.id))
      expect(Object.values(mine)).toContain(1)
      expect(await student.status('GET', view)).toBe(403)
    },
  },
}
