import { problemsOf } from './blocks.ts'
import { lookup } from './chat.ts'
import type { Context, Method } from './methods.ts'
import { Refusal } from './refusal.ts'

type Bag = Record<string, unknown>

/** Limits of docs.slack.dev/reference/views: title, submit and close 24, callback_id 255, private_metadata 3000. */
const checkedView = (context: Context, value: string | undefined, kind: 'modal' | 'home'): Bag => {
  const view = JSON.parse(value ?? 'null') as Bag | null
  if (!view || view.type !== kind)
    throw new Refusal('invalid_arguments', { response_metadata: { messages: ['[ERROR] view'] } })
  const problems = problemsOf(view.blocks, kind, lookup(context))
  const long = (name: string, length: number, limit: number): void => {
    if (length > limit) problems.push(`[ERROR] must be less than ${limit + 1} characters [json-pointer:/${name}]`)
  }
  if (kind === 'modal')
    for (const name of ['title', 'submit', 'close']) {
      const text = view[name] as Bag | undefined
      if (name === 'title' && text?.type !== 'plain_text') problems.push('[ERROR] missing required field: title')
      long(name, String(text?.text ?? '').length, 24)
    }
  long('callback_id', String(view.callback_id ?? '').length, 255)
  long('private_metadata', String(view.private_metadata ?? '').length, 3000)
  if (kind === 'modal' && (view.blocks as Bag[]).some((block) => block.type === 'input') && !view.submit)
    problems.push('[ERROR] submit is required when an input block is within the blocks array')
  if (problems.length > 0) throw new Refusal('invalid_arguments', { response_metadata: { messages: problems } })
  return view
}

const answer = (context: Context, id: string, view: Bag): Bag => ({
  view: {
    ...view,
    id,
    team_id: context.install.team,
    app_id: context.appId,
    hash: `${Date.now()}.hash`,
    state: { values: {} },
  },
})

export const viewMethods: Record<string, Method> = {
  'views.open': (context, args) => {
    const view = checkedView(context, args.view, 'modal')
    const { team, user } = context.spendTrigger(args.trigger_id)
    const id = context.state.id('V')
    context.state.views.set(id, { id, team, user, view, kind: 'modal' })
    return answer(context, id, view)
  },
  'views.update': (context, args) => {
    const known = context.state.views.get(args.view_id ?? '')
    if (!known) throw new Refusal('not_found')
    known.view = checkedView(context, args.view, known.kind)
    return answer(context, known.id, known.view)
  },
  'views.publish': (context, args) => {
    const view = checkedView(context, args.view, 'home')
    const user = args.user_id ?? ''
    if (context.state.people.get(user)?.team !== context.install.team) throw new Refusal('invalid_arguments')
    const id = `V0HOME${user.slice(-6)}`
    context.state.views.set(id, { id, team: context.install.team, user, view, kind: 'home' })
    return answer(context, id, view)
  },
}
