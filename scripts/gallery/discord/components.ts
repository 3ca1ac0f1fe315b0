import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js'
import type { OutFile } from '../../../bot/discord/render/face.ts'
import { type Html, html } from '../../../bot/web/html.ts'
import { renderMarkdown } from '../markdown.ts'
import { renderButton, renderRow } from './controls.ts'

type Part = APIMessageTopLevelComponent

const nameOf = (address: string): string => address.replace('attachment://', '')

/** Bytes as Discord says them. */
const sizeOf = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} bytes`
    : bytes < 1024 ** 2
      ? `${(bytes / 1024).toFixed(2)} KB`
      : `${(bytes / 1024 ** 2).toFixed(2)} MB`

const hex = (color: number): string => `#${color.toString(16).padStart(6, '0')}`

/** Returns a component of a message. Throws where the gallery has never seen its kind, so that no card is half shown. */
export const renderComponent = (component: Part, files: readonly OutFile[]): Html => {
  switch (component.type) {
    case ComponentType.Container: {
      const color = component.accent_color
      const stripe =
        color == null
          ? undefined
          : html`<svg class="stripe" aria-hidden="true"><rect width="100%" height="100%" fill="${hex(color)}"/></svg>`
      return html`<div class="container">${stripe}${component.components.map((part) => renderComponent(part, files))}</div>`
    }
    case ComponentType.TextDisplay:
      return html`<div class="text">${renderMarkdown(component.content, 'discord')}</div>`
    case ComponentType.Section:
      return html`<div class="section"><div class="body">${component.components.map((part) => renderComponent(part, files))}</div>${
        component.accessory.type === ComponentType.Button
          ? renderButton(component.accessory)
          : html`<img class="thumb" src="/pictures/story.png" alt="${component.accessory.description ?? ''}">`
      }</div>`
    case ComponentType.Separator:
      return component.divider === false ? html`<div class="gap"></div>` : html`<hr>`
    case ComponentType.MediaGallery:
      return html`<div class="media">${component.items.map((item) => html`<img src="/pictures/story.png" alt="${item.description ?? ''}">`)}</div>`
    case ComponentType.File: {
      const name = nameOf(component.file.url)
      const data = files.find((file) => file.name === name)?.data
      if (data === undefined) throw new Error(`The message shows the file ${name} and does not bring it`)
      return html`<div class="file"><span class="sheet" aria-hidden="true"></span><div><p class="name">${name}</p><p class="kind">${sizeOf(Buffer.byteLength(data))}</p></div></div>`
    }
    case ComponentType.ActionRow:
      return renderRow(component.components)
    default:
      throw new Error(`The gallery does not know Discord's component ${(component as { type: number }).type}`)
  }
}
