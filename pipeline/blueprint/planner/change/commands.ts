import { become } from './commands/become.ts'
import type { Command } from './commands/command.ts'
import { makeDefault } from './commands/default.ts'
import { limit } from './commands/limit.ts'
import { remove } from './commands/remove.ts'
import { rename } from './commands/rename.ts'
import { retype } from './commands/retype.ts'
import { split } from './commands/split.ts'
import { addValues } from './commands/values.ts'

/** In the order in which they are tried. */
export const commands: readonly Command[] = [rename, split, addValues, remove, makeDefault, retype, become, limit]
