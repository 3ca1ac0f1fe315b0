import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { distinctTitle } from '../../bot/chat/systems.ts'
import { approversWords } from '../../bot/conversation/turns/decided.ts'
import { planChange, planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { startTestBot } from './support/bot.ts'
import { openChat, says } from './support/chat.ts'

describe('what the audit list and the decided card say', () => {
  let bot: Awaited<ReturnType<typeof startTestBot>>
  beforeAll(async () => {
    bot = await startTestBot({ planner: { planSystem, planChange } })
  })
  afterAll(() => bot.stop())

  it('names everybody whose approval it took, in order', async () => {
    const ada = await openChat(bot.data, { actor: 'Ada' })
    await says(ada, 'team: two people must approve')
    await says(ada, 'Build me an API for gardens with a name')
    await says(ada, 'approve')
    expect(await says(ada, 'audit')).toContain('Ada approved blueprint 1 of Gardens (1 of 2)')
    ada.close()
    // Who comes next goes on with the same thread.
    const bob = await openChat(bot.data, { actor: 'Bob' })
    const approved = await bob.tell('approve')
    expect(approved.events.some((event) => event.type === 'deployed')).toBe(true)
    const log = await says(bob, 'audit')
    expect(log).toMatch(
      /Bob approved blueprint 1 of Gardens \(2 of 2\)[\s\S]*Ada approved blueprint 1 of Gardens \(1 of 2\)/,
    )
    expect(await says(bob, 'approve')).toContain('Nothing waits for approval here')
    await says(bob, 'team: one approval is enough')
    bob.close()
  })

  it('says from which build to which a system was rolled', async () => {
    const ada = await openChat(bot.data, { actor: 'Ada' })
    await says(ada, 'add a size to gardens')
    await says(ada, 'approve')
    await says(ada, 'roll back')
    expect(await says(ada, 'audit')).toContain('Ada rolled Gardens back from build 2 to build 1')
    await says(ada, 'roll forward')
    expect(await says(ada, 'audit')).toContain('Ada rolled Gardens forward from build 1 to build 2')
    ada.close()
  })

  it('tells two systems of one title apart by their names', async () => {
    const ada = await openChat(bot.data, { actor: 'Ada' })
    expect(await says(ada, 'systems')).toMatch(/- Gardens: /)
    await says(ada, 'Build me an API for gardens with a name')
    await says(ada, 'approve')
    const list = await says(ada, 'systems')
    expect(list).toContain('- Gardens (gardens): ')
    expect(list).toContain('- Gardens (gardens-2): ')
    expect(await says(ada, 'audit')).toContain('approved blueprint 1 of Gardens (gardens-2)')
    ada.close()
  })

  it('names those who approved on the decided card, oldest first, each once', () => {
    const [ada, bob] = [
      { id: 'U1', name: 'Ada' },
      { id: 'U2', name: 'Bob' },
    ]
    expect(approversWords([], ada)).toBe('Ada')
    expect(approversWords([{ actor: ada }, { actor: bob }], bob)).toBe('Ada and Bob')
    // One approval became enough after Ada had given hers.
    expect(approversWords([{ actor: ada }], bob)).toBe('Ada and Bob')
  })

  it('leaves a title alone that no other system has', () => {
    const todo = { slug: 'todo', title: 'Todo' }
    expect(distinctTitle(todo, [todo, { slug: 'shop', title: 'Shop' }])).toBe('Todo')
    expect(distinctTitle(todo, [todo, { slug: 'todo-2', title: ' todo' }])).toBe('Todo (todo)')
  })
})
