import { expect, it } from 'vitest'
import { timerItems } from '../../bot/conversation/timer-items.ts'
import { readFixture } from '../harden/build.ts'

it('says of each timer when it fires and what for', () => {
  expect(timerItems(readFixture('dues'))).toEqual([
    { title: 'Timer flag unpaid, every Monday at 8:00 (UTC)', text: 'Flag what is due and not paid.' },
    { title: 'Timer tick, every hour' },
  ])
  expect(timerItems(readFixture('todo'))).toEqual([])
})
