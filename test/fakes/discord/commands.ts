import { ApplicationCommandType } from 'discord.js'
import { createForm } from './errors.ts'

export type Command = Record<string, unknown> & { id: string; name: string; type: number }

/** Checks a bulk overwrite of commands (page "Application Commands") and returns what is then registered. */
export const checkCommands = (body: unknown, newId: () => string): Command[] => {
  const form = createForm()
  if (!form.count([], body, 0, 130)) {
    form.check()
    return []
  }
  const counts = new Map<number, number>()
  const names = new Set<string>()
  for (const [index, raw] of body.entries()) {
    const command = raw as Record<string, unknown>
    const type = (command.type as number | undefined) ?? ApplicationCommandType.ChatInput
    counts.set(type, (counts.get(type) ?? 0) + 1)
    form.length([index, 'name'], command.name, 1, 32)
    if (names.has(`${type}:${String(command.name)}`))
      form.add([index, 'name'], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique')
    names.add(`${type}:${String(command.name)}`)
    if (type === ApplicationCommandType.ChatInput) {
      const name = String(command.name)
      if (!/^[-_'\p{L}\p{N}]{1,32}$/u.test(name) || name !== name.toLowerCase())
        form.add([index, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')
      form.length([index, 'description'], command.description, 1, 100)
      options(index, command.options)
    } else if (command.description) {
      form.add(
        [index, 'description'],
        'APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED',
        'Context menu commands cannot have description',
      )
    }
  }
  if ((counts.get(1) ?? 0) > 100 || (counts.get(2) ?? 0) > 15 || (counts.get(3) ?? 0) > 15)
    form.add([], 'APPLICATION_COMMANDS_MAX', 'Maximum number of application commands reached')
  form.check()
  return body.map((raw) => {
    const command = raw as Command
    // What was left out comes back with the defaults of the service.
    return {
      description: '',
      default_member_permissions: null,
      nsfw: false,
      version: newId(),
      ...command,
      name: command.name,
      type: command.type ?? 1,
      id: newId(),
    }
  })

  function options(index: number, value: unknown): void {
    if (value === undefined) return
    if (!form.count([index, 'options'], value, 0, 25)) return
    let optional = false
    for (const [place, raw] of value.entries()) {
      const option = raw as Record<string, unknown>
      const path = [index, 'options', place]
      form.length([...path, 'name'], option.name, 1, 32)
      form.length([...path, 'description'], option.description, 1, 100)
      if (option.autocomplete && option.choices)
        form.add(
          [...path, 'choices'],
          'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
          'Choices and autocomplete exclude each other',
        )
      if (option.required && optional)
        form.add(
          path,
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
          'Required options must be placed before non-required options',
        )
      if (!option.required) optional = true
      const most = option.max_length
      if (most !== undefined && !(typeof most === 'number' && most >= 1 && most <= 6_000))
        form.add([...path, 'max_length'], 'NUMBER_TYPE_MAX', 'int value should be less than or equal to 6000.')
    }
  }
}
