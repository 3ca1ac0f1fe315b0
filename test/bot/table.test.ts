import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { planChange, planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { startTestBot } from './support/bot.ts'
import { openChat, says } from './support/chat.ts'

let bot: Awaited<ReturnType<typeof startTestBot>>
beforeAll(async () => {
  bot = await startTestBot({ planner: { planSystem, planChange } })
})
afterAll(() => bot.stop())

it('draws a blueprint of what the rows of a table are, and says that they are not loaded', async () => {
  const file = join(bot.data, 'members.csv')
  await writeFile(file, 'name,joined on,fee\nAnna,2020-02-01,12.50\nBert,2021-03-04,9.00\n')
  const chat = await openChat(bot.data)
  const card = await says(chat, `build ${file} with user accounts`)
  for (const words of [
    'Members: name, joined on (date), fee (decimal number)',
    'Whoever signs up',
    'rows are not loaded',
  ])
    expect(card).toContain(words)
  expect(card).not.toContain('Anna')

  await writeFile(file, '4711,Anna\n4712,Bert\n')
  expect(await says(chat, `build ${file}`)).toMatch(/does not name its columns.*whose first line names the columns/s)
  chat.close()
})
