import { ComponentType, MessageFlags } from 'discord.js'
import type { Component } from './components.ts'
import type { Message, World } from './world.ts'

/**
 * Returns a text as a client would show it: escapes are gone, and whatever became more than text is marked, so that a
 * test sees it: mentions, links, headings and quotes made by unescaped signs.
 */
export const visible = (world: World, text: string): string => {
  const kept: string[] = []
  const keep = (shown: string): string => `\ue000${kept.push(shown) - 1}\ue000`
  return text
    .replace(/```(?:\w*\n)?([\s\S]*?)```/g, (_, code: string) => keep(code))
    .replace(/\\([^0-9A-Za-z\s])/g, (_, sign: string) => keep(sign))
    .replace(/`([^`]+)`/g, (_, code: string) => keep(code))
    .replace(/<@!?(\d+)>/g, (_, id: string) => keep(`[mention ${world.users.get(id)?.username ?? id}]`))
    .replace(/<t:(-?\d+)(?::\w)?>/g, (_, moment: string) => keep(`[time ${moment}]`))
    .replace(/<\/([\w -]+):\d+>/g, (_, name: string) => keep(`[command ${name}]`))
    .replace(/<#(\d+)>/g, (_, id: string) => keep(`[channel ${world.channels.get(id)?.name ?? id}]`))
    .replace(/<(https?:[^>\s]+)>/g, (_, url: string) => keep(url))
    .replace(/@(everyone|here)/g, (_, who: string) => keep(`[mention ${who}]`))
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, (_, label: string, url: string) => keep(`${label} [link ${url}]`))
    .replace(/https?:\/\/\S+/g, (url: string) => keep(`[link ${url}]`))
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/^(?:-# |#{1,3} )/gm, '')
    .replace(/\ue000(\d+)\ue000/g, (_, index: string) => kept[Number(index)]!)
    .replace(/\ue000(\d+)\ue000/g, (_, index: string) => kept[Number(index)]!)
}

const linesOf = (world: World, component: Component): string[] => {
  switch (component.type) {
    case ComponentType.TextDisplay:
      return [visible(world, String(component.content))]
    case ComponentType.Button:
      return [`[${String(component.label)}]${component.url ? ` ${String(component.url)}` : ''}`]
    case ComponentType.StringSelect:
      return [
        `[${String(component.placeholder)}: ${(component.options as { label: string }[]).map(({ label }) => label).join(' | ')}]`,
      ]
    case ComponentType.MediaGallery:
      return (component.items as { description?: string }[]).map(({ description }) => `(picture: ${description ?? ''})`)
    case ComponentType.File:
      return [`(file: ${(component.file as { url: string }).url.replace('attachment://', '')})`]
    case ComponentType.Separator:
      return []
    case ComponentType.ActionRow:
      return [(component.components ?? []).flatMap((one) => linesOf(world, one)).join(' ')]
    default:
      return [
        ...(component.components ?? []).flatMap((one) => linesOf(world, one)),
        ...(component.accessory ? linesOf(world, component.accessory as Component) : []),
      ]
  }
}

/** Returns a message as a person reads it. */
export const shown = (world: World, message: Message): string =>
  [
    ...(message.content ? [visible(world, message.content)] : []),
    ...message.components.flatMap((one) => linesOf(world, one)),
    // Files of a message made of components are shown by a component, or not at all.
    ...((message.flags & MessageFlags.IsComponentsV2) === 0
      ? message.attachments.map(({ filename }) => `(file: ${filename})`)
      : []),
  ].join('\n')

/** Returns every control of a message: buttons and selects, wherever they stand. */
export const controls = (components: Component[]): Component[] =>
  components.flatMap((one) => [
    ...(one.type === ComponentType.Button || one.type === ComponentType.StringSelect ? [one] : []),
    ...controls(one.components ?? []),
    ...controls(one.accessory ? [one.accessory as Component] : []),
  ])
