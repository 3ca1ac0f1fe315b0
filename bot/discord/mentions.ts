import type { Mention } from '../../schemas/generated/chat-event.ts'
import type { Directory } from './directory.ts'

const notation = /<@(!|&)?(\d{1,20})>/g

/** More than this in one message are not looked up. */
const MOST = 20

/** Returns a text with names for the people and roles that it mentions, and whom it names, in its order. */
export const namedIn = async (
  directory: Pick<Directory, 'memberName' | 'roleName'>,
  guild: string | undefined,
  text: string,
): Promise<{ text: string; mentions?: Mention[] }> => {
  const found = new Map<string, Mention>()
  for (const [, sign, id] of text.matchAll(notation)) {
    if (found.has(id!) || found.size === MOST || guild === undefined) continue
    const kind = sign === '&' ? 'group' : 'person'
    const name = kind === 'group' ? await directory.roleName(guild, id!) : await directory.memberName(guild, id!)
    found.set(id!, { kind, id: id!, name: name ?? id! })
  }
  const mentions = [...found.values()]
  return {
    text: text.replace(notation, (_, _sign, id: string) => `@${found.get(id)?.name ?? id}`),
    ...(mentions.length > 0 ? { mentions } : {}),
  }
}
