import type { Statement } from './statements.ts'

const lead =
  '(?:(?:please )?(?:i|we) (?:want|need|would like) |(?:please )?(?:build|make|create|write|give)(?: (?:me|us))? )?'
const kind = '(?:app|application|system|server|tool|service|platform|backend|api|program|website|site|client)'
const chat = new RegExp(
  `^${lead}(?:an? |the |our )?(?:(?:simple|small|real-?time|basic|little|team|group|internal|private|online|web) )*(?:chat|messaging|messenger|instant messaging)(?: ${kind})?$`,
  'i',
)
const spoken = /\b(?:messages?|rooms?|channels?|conversations?|threads?|groups?|posts?)\b/i

/** Returns the sentences with what a system of a well-known kind keeps, where nothing else is said of it. */
export const wellKnown = (statements: readonly Statement[]): Statement[] =>
  statements.flatMap((one) => {
    if (one.items || !chat.test(one.text)) return [one]
    const others = statements.filter((other) => other !== one)
    if (others.some(({ text, items }) => spoken.test([text, ...(items ?? [])].join(' ')))) return [one]
    const open = others.some(({ text }) => /\b(?:no|without) (?:an? )?(?:log-?in|accounts?|sign-?in)\b/i.test(text))
    return [
      one,
      ...[
        ...(open ? [] : ['Users sign up and log in']),
        'Rooms have a name',
        'Messages belong to a room',
        `Messages have a content${open ? ' and an author name' : ''}`,
        ...(open ? [] : ['Users can add rooms', 'Users can add messages', 'Users can see all messages']),
      ].map((text) => ({ text })),
    ]
  })
