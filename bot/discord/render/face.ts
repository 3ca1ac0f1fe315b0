import { ComponentType, MessageFlags } from 'discord.js'
import type { Button } from '../../../schemas/generated/card.ts'
import { plain } from '../../chat/plain.ts'
import { marksOf } from '../press-id.ts'
import { controlsOf, listsOf } from './controls.ts'

/** A file as it goes out; `data` is never empty. */
export type OutFile = { name: string; data: string | Uint8Array }
/** A message as Discord's API takes it, with what is uploaded beside it. */
export type Payload = { body: Record<string, unknown>; files: OutFile[] }
/** Lines of a kind, as markdown that is safe already. At most `most` of them stand in the message. */
export type Section = { title?: string; lines: string[]; most?: number }

/** A card before it is measured. */
export type Face = {
  color: number
  /** Always shown. */
  head: string[]
  sections: Section[]
  /** A block in a fixed-width face, already framed. */
  code?: string
  /** Small print at the end. */
  foot?: string[]
  picture?: { file: OutFile; alt: string }
  files?: OutFile[]
  /** The whole card as text, and what the file is called that carries it where it does not fit. */
  full: { name: string; text: string }
  /** What the line about the file says; that it holds all of the card where absent. */
  shortened?: string
  /** Whether something was already shortened. */
  cut: boolean
  buttons: readonly Button[]
  /** What is chosen from a list rather than pressed, whatever its number. */
  choose?: { placeholder: string; buttons: readonly Button[] }
  /** Rows that are no buttons of a stored card. */
  rows?: Record<string, unknown>[]
}

/** Characters of all texts of a message: Discord takes 4,000; the rest is for the notes that say what is elsewhere. */
const BUDGET = 3_600
/** Bytes of all files of a message; Discord takes 10 MiB, with the form around them. */
export const LARGEST = 10 * 1024 * 1024 - 64 * 1024

/** Shares the room out: every section gets its part, what one leaves over goes to the next. */
const share = (sections: Section[], room: number): { shown: string[]; hidden: number; title?: string }[] => {
  let left = room
  return sections.map((section, index) => {
    const part = Math.floor(left / (sections.length - index))
    const title = section.title ? section.title.length + 5 : 0
    let used = title
    const shown: string[] = []
    for (const line of section.lines) {
      if (shown.length >= (section.most ?? Number.POSITIVE_INFINITY) || used + line.length + 1 > part) break
      shown.push(line)
      used += line.length + 1
    }
    left -= used
    return { shown, hidden: section.lines.length - shown.length, title: section.title }
  })
}

/** Returns the message of a card: one container, marked with the card's key so that the history knows it again. */
export const layOut = (key: string, face: Face): Payload => {
  const [containerMark, textMark] = marksOf(key)
  const controls = controlsOf(key, face.buttons)
  const chosen = face.choose && listsOf(key, face.choose.buttons, face.choose.placeholder)
  const foot = [...(face.foot ?? []), ...(chosen?.notes ?? []), ...controls.notes]
  const fixed = [...face.head, face.code ?? '', ...foot].join('\n').length
  const parts = share(face.sections, Math.max(0, BUDGET - fixed))
  const hidden = parts.some((part) => part.hidden > 0)
  const texts = parts.flatMap(({ shown, hidden: more, title }) => {
    if (shown.length === 0 && more === 0) return []
    const note = more > 0 ? [`-# ${more} more in ${face.full.name}`] : []
    return [[...(title ? [`**${title}**`] : []), ...shown, ...note].join('\n')]
  })
  if (face.code) texts.push(face.code)
  const overflow = hidden || face.cut || controls.cut || chosen?.cut
  if (overflow && !hidden) foot.push(`-# ${face.shortened ?? `Shortened: all of it is in ${face.full.name}`}`)
  if (foot.length > 0) texts.push(foot.join('\n'))

  const files: OutFile[] = [
    ...(face.picture ? [face.picture.file] : []),
    ...(face.files ?? []),
    ...(overflow
      ? [
          {
            name: face.full.name,
            data: [face.full.text, ...(chosen?.elsewhere ?? []), ...controls.elsewhere].join('\n') || '\n',
          },
        ]
      : []),
  ]
  const head = face.head.filter((line) => line.trim() !== '').join('\n')
  const [first = '…', ...others] = [...(head ? [head] : []), ...texts].map((text) => text.trim()).filter(Boolean)
  const components: Record<string, unknown>[] = [
    { type: ComponentType.TextDisplay, id: textMark, content: first },
    ...(face.picture
      ? [
          {
            type: ComponentType.MediaGallery,
            items: [{ media: { url: `attachment://${face.picture.file.name}` }, description: altOf(face.picture.alt) }],
          },
        ]
      : []),
    ...others.map((content) => ({ type: ComponentType.TextDisplay, content })),
    ...files
      .filter((file) => file !== face.picture?.file)
      .map((file) => ({ type: ComponentType.File, file: { url: `attachment://${file.name}` } })),
    ...(chosen?.rows ?? []),
    ...controls.rows,
    ...(face.rows ?? []),
  ]
  return {
    body: {
      flags: MessageFlags.IsComponentsV2,
      components: [{ type: ComponentType.Container, id: containerMark, accent_color: face.color, components }],
      allowed_mentions: { parse: [] },
      // An edit replaces the files of the message by these.
      attachments: files.map((file, id) => ({
        id,
        filename: file.name,
        ...(file === face.picture?.file ? { description: altOf(face.picture.alt) } : {}),
      })),
    },
    files,
  }
}

/** Discord takes 1,024 characters that describe a picture. */
const altOf = (alt: string): string => plain(alt).slice(0, 1_000).trim() || 'A picture'
