import { ComponentType } from 'discord.js'
import type { Payload } from './face.ts'

type Part = { type: number; components?: Part[] } & Record<string, unknown>

/** Returns a message without its files, for a channel in which the bot may not attach any; a line says what is missing. */
export const withoutFiles = ({ body, files }: Payload): Payload => {
  const [container] = body.components as [Part]
  const parts = container.components!.filter(
    ({ type }) => type !== ComponentType.File && type !== ComponentType.MediaGallery,
  )
  const note = {
    type: ComponentType.TextDisplay,
    content: `-# I may not attach ${files.length === 1 ? 'a file' : `${files.length} files`} here: it takes the permission "Attach Files"`,
  }
  const rows = parts.findIndex(({ type }) => type === ComponentType.ActionRow)
  parts.splice(rows < 0 ? parts.length : rows, 0, note)
  return { body: { ...body, attachments: [], components: [{ ...container, components: parts }] }, files: [] }
}
