import type { DiffCard, FileCard, ListCard } from '../../../schemas/generated/card.ts'
import { renderText, riskText, stateWord } from '../../chat/render-text.ts'
import { colors } from './colors.ts'
import { type Face, LARGEST, type OutFile } from './face.ts'
import { createPen } from './pen.ts'

const states = { good: '🟢', busy: '🔵', idle: '⚪', bad: '🔴' } as const

/** Returns several things of one kind; what can be done with each becomes a control below that names it. */
export const listFace = (card: ListCard): Face => {
  const pen = createPen()
  // With several lines each they need air between them.
  const airy = card.items.some(({ details }) => details)
  const lines = card.items.map((item, index) => {
    const state = item.state ? `${states[item.state]} ` : ''
    const text = [stateWord(item), item.text ? pen.words(item.text, 250) : '']
    return `${airy && index > 0 ? '\n' : ''}${state}**${pen.words(item.title, 120)}** ${text.filter(Boolean).join(' · ')}${(item.details ?? []).map((line) => `\n-# ${pen.words(line, 250)}`).join('')}${item.url ? `\n${pen.link(item.url)}` : ''}`.trimEnd()
  })
  const single = card.choose !== undefined && card.items.every(({ buttons = [] }) => buttons.length === 1)
  const own = card.items.flatMap((item) =>
    (item.buttons ?? []).map((button) => ({
      ...button,
      label: single ? item.title : `${button.label}: ${item.title}`,
    })),
  )
  return {
    color: colors.plain,
    head: [`### ${pen.words(card.title, 150)}`, ...(card.text ? pen.lines(card.text, 300).slice(0, 3) : [])],
    sections: [
      {
        lines: (card.text ?? '')
          .split('\n')
          .slice(3)
          .map((line) => pen.words(line, 300)),
      },
      { lines: lines.length > 0 ? lines : [pen.words(card.empty, 400)], most: 25 },
    ],
    full: { name: 'list.txt', text: renderText(card) },
    cut: pen.cut(),
    ...(card.choose === undefined
      ? { buttons: [...own, ...(card.buttons ?? [])] }
      : { choose: { placeholder: card.choose, buttons: own }, buttons: card.buttons ?? [] }),
  }
}

/** Returns what changes from one revision to the next. */
export const diffFace = (card: DiffCard): Face => {
  const pen = createPen()
  const between = card.from !== undefined && card.to !== undefined ? [`-# blueprint ${card.from} → ${card.to}`] : []
  return {
    color: colors.plain,
    head: [`### ${pen.words(card.title, 150)}`, ...between],
    sections: [{ lines: card.changes.map((change) => `- ${pen.words(riskText(change), 300)}`), most: 25 }],
    full: { name: 'changes.txt', text: renderText(card) },
    cut: pen.cut(),
    buttons: card.buttons ?? [],
  }
}

/** Files that stand one by one; more of them go into one text. Discord takes ten, with the zip and that text. */
const SEPARATE = 6

/** Letters that Discord keeps in the name of a file, in a name of its own. */
const nameOf = (path: string, taken: Set<string>): string => {
  const base =
    path
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[-.]+/, '')
      .slice(-80) || 'file.txt'
  let name = base
  for (let number = 2; taken.has(name); number += 1) name = `${number}-${base}`
  taken.add(name)
  return name
}

/** Returns files to read: a short one in the message, others attached, and the system's code as a zip. */
export const fileFace = (card: FileCard, download: { name: string; bytes: Uint8Array } | undefined): Face => {
  const pen = createPen()
  const taken = new Set(['files.txt'])
  const [only] = card.files
  const inline = card.files.length === 1 && only && only.text.length <= 1_200 && only.text.trim() !== ''
  const files: OutFile[] = []
  const notes: string[] = []
  let room = LARGEST - Buffer.byteLength(renderText(card))
  if (download && download.bytes.length <= room) {
    files.push({ name: nameOf(download.name, taken), data: download.bytes })
    room -= download.bytes.length
  } else if (card.download)
    notes.push(
      download
        ? `-# ${pen.words(card.download.name, 80)} is larger than Discord takes: the web chat offers it`
        : `-# ${pen.words(card.download.name, 80)} is no longer there`,
    )
  if (!inline)
    for (const file of card.files.slice(0, SEPARATE)) {
      const bytes = Buffer.byteLength(file.text)
      if (bytes > room) break
      files.push({ name: nameOf(file.path, taken), data: file.text || '\n' })
      room -= bytes
    }
  const attached = files.length - (files[0] && files[0].data === download?.bytes ? 1 : 0)
  const rest = inline ? 0 : card.files.length - attached
  const code = inline ? pen.block(only.text, 1_500) : undefined
  return {
    color: colors.plain,
    head: [`### ${pen.words(card.title, 150)}`, ...(card.text ? [pen.words(card.text, 600)] : [])],
    sections: [
      {
        lines: card.files.map((file) => `- ${pen.code(file.path, 160)}${file.cut ? ' (only the beginning)' : ''}`),
        most: 12,
      },
    ],
    code,
    foot: notes,
    ...(rest > 0 ? { shortened: `${rest} more in files.txt` } : {}),
    files,
    full: { name: 'files.txt', text: renderText(card) },
    cut: pen.cut() || rest > 0,
    buttons: card.buttons ?? [],
  }
}
