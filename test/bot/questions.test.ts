import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { likeness, planChange, planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { startTestBot } from './support/bot.ts'
import { openChat } from './support/chat.ts'

const wish = 'Build me a recipe app with login'
type Chat = Awaited<ReturnType<typeof openChat>>
type Events = Awaited<ReturnType<Chat['tell']>>['events']

const assumptionsOf = (events: Events): string => JSON.stringify(events.find((event) => event.type === 'blueprint'))

describe("a planner's question in a conversation", () => {
  let bot: Awaited<ReturnType<typeof startTestBot>>
  beforeAll(async () => {
    bot = await startTestBot({
      planner: { planSystem, planChange },
      reader: { likeness, makesSystem: (text: string) => likeness(text).newSystem > 0.5 },
    })
  })
  afterAll(() => bot.stop())

  it('stands as a card with choices, and the draft goes on with the one that is pressed by its number', async () => {
    const chat = await openChat(bot.data, { team: 'numbers' })
    const asked = await chat.tell(wish)
    expect(asked.outcome).toBe('question')
    expect(asked.events.find((event) => event.type === 'question')).toMatchObject({
      text: expect.stringContaining('Who may see the recipes?'),
    })
    const answered = await chat.tell('1')
    expect(answered.outcome).toBe(true)
    expect(assumptionsOf(answered.events)).toContain('Each person sees only their own, as answered')
    chat.close()
  })

  it('takes an answer in words, kindly asks again where they mean none, and can be put aside', async () => {
    const chat = await openChat(bot.data, { team: 'words' })
    await chat.tell(wish)
    const puzzled = await chat.tell('purple elephants')
    expect(puzzled.outcome).toBe('question')
    expect(JSON.stringify(puzzled.events)).toContain('Please choose one: Each person sees only their own')
    const answered = await chat.tell('anybody may read them')
    expect(answered.outcome).toBe(true)
    expect(assumptionsOf(answered.events)).toContain('Anybody may read them')
    await chat.tell('cancel')
    await chat.tell(wish)
    expect((await chat.tell('cancel')).outcome).toBe(true)
    expect((await chat.tell('approve')).outcome).toBe(false)
    chat.close()
  })

  it('asks where a change could mean two things', async () => {
    const chat = await openChat(bot.data, { team: 'changes' })
    await chat.tell('Build an API for pets with a name and toys with a name. No login.')
    expect((await chat.tell('approve')).outcome).toBe(true)
    const asked = await chat.tell('add a colour')
    expect(asked.outcome).toBe('question')
    const answered = await chat.tell('toys')
    expect(answered.outcome).toBe(true)
    expect(JSON.stringify(answered.events)).toContain('Adds colour (text) to toys')
    chat.close()
  })

  it('takes the first choice under --yes, says so, and goes on to the address', async () => {
    const chat = await openChat(bot.data, { team: 'yes', yes: true })
    const { outcome, events } = await chat.tell(wish)
    expect(outcome).toBe(true)
    const types = events.map((event) => event.type)
    expect(types).toContain('deployed')
    expect(JSON.stringify(events)).toContain('--yes takes the first choice: Each person sees only their own')
    chat.close()
  })
})
