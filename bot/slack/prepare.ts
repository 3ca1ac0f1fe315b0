import type { Logger } from 'pino'
import type { TeamFiles, ThreadCard } from '../chat/adapter.ts'
import { type Needs, type Ready, type Rendered, renderCard } from './render/card.ts'
import type { Marks } from './replies.ts'
import type { Team } from './teams.ts'
import { digestOf, type Upload, uploadFiles } from './uploads.ts'

export type Prepare = (
  team: Team,
  thread: string,
  card: ThreadCard,
  has: Marks | undefined,
) => Promise<{ rendered: Rendered; marks: Marks }>

/** Returns what brings a card's pictures and files to Slack and renders it with them. */
export const createPrepare = (deps: { files: TeamFiles; log: Logger }): Prepare => {
  const { log } = deps

  const bytesOf = async (team: Team, needs: Needs): Promise<Upload[]> => {
    const uploads = needs.files.map(({ name, text }): Upload => ({ name, bytes: Buffer.from(text) }))
    const zip = needs.download && (await deps.files.download(team.key, needs.download.id))
    return zip ? [...uploads, zip] : uploads
  }

  const pictureOf = async (team: Team, needs: Needs): Promise<string | undefined> => {
    const png = needs.picture && (await deps.files.picture(team.key, needs.picture.id))
    if (!png) return undefined
    const ids = await uploadFiles(team, [{ name: 'components.png', bytes: png, alt: needs.picture!.alt }], log)
    return ids?.[0]
  }

  /**
   * Brings what a card needs to Slack, except what a message of it already has. Files go into the thread ahead of their
   * card: where the process dies in between, they are there twice rather than not at all.
   */
  return async (
    team: Team,
    thread: string,
    { key, card }: ThreadCard,
    has: Marks | undefined,
  ): Promise<{ rendered: Rendered; marks: Marks }> => {
    const { needs } = renderCard(card, key, { files: true })
    const uploads = await bytesOf(team, needs)
    const digest = uploads.length > 0 ? digestOf(uploads) : undefined
    const attached =
      digest === undefined || has?.files === digest || (await uploadFiles(team, uploads, log, thread)) !== undefined
    const known = has?.picture && has.pictureOf === needs.picture?.id ? has.picture : undefined
    const picture = needs.picture ? (known ?? (await pictureOf(team, needs))) : undefined
    const ready: Ready = { picture, files: attached }
    return {
      rendered: renderCard(card, key, ready),
      marks: {
        key,
        ...(attached && digest ? { files: digest } : {}),
        ...(picture ? { picture, pictureOf: needs.picture!.id } : {}),
      },
    }
  }
}
