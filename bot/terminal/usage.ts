/** What the command line asks for. */
export type Usage = { json: boolean; yes: boolean; team: string; invite?: string; messages: string[] }

export const usageText = `Usage: npm run -s chat -- [--json] [--yes] [--team NAME] ["message" ...]

Talks to AutoCoder. Without a message: a prompt, or one message a line where stdin is no terminal.
  --json       one JSON event a line on stdout
  --yes        press Approve on what the bot proposes, never on a loss of data; of a question's choices the first
  --team NAME  whose systems; "local" where absent
  --invite NAME  print an address that lets somebody into the web chat of the running bot, once, under that name
  --help       this text
Buttons are typed by their label or number. Exit code: 0 all was done, 1 something was not, 2 wrong usage.
`

/** Returns what the arguments ask for, or a sentence that says what is wrong with them. */
export const parseUsage = (args: readonly string[]): Usage | { help: true } | { wrong: string } => {
  const usage: Usage = { json: false, yes: false, team: 'local', messages: [] }
  let options = true
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index]!
    if (!options || !word.startsWith('-') || word === '-') {
      usage.messages.push(word)
      continue
    }
    if (word === '--') options = false
    else if (word === '--json') usage.json = true
    else if (word === '--yes' || word === '-y') usage.yes = true
    else if (word === '--help' || word === '-h') return { help: true }
    else if (word === '--team' || word.startsWith('--team=')) {
      const name = word === '--team' ? args[index + 1] : word.slice('--team='.length)
      if (word === '--team') index += 1
      if (!name || name.startsWith('--')) return { wrong: '--team needs a name.' }
      if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u.test(name))
        return { wrong: 'A team is named with letters, digits, spaces, dots and hyphens, 64 at most.' }
      usage.team = name
    } else if (word === '--invite' || word.startsWith('--invite=')) {
      const name = (word === '--invite' ? args[index + 1] : word.slice('--invite='.length))?.trim()
      if (word === '--invite') index += 1
      if (!name || name.startsWith('-') || !/^[\p{L}\p{N}][\p{L}\p{N} .'’-]{0,59}$/u.test(name))
        return { wrong: '--invite needs the name of a person: letters, digits, spaces, dots and hyphens, 60 at most.' }
      usage.invite = name
    } else return { wrong: `There is no option ${word}.` }
  }
  if (usage.messages.some((message) => message.trim() === '')) return { wrong: 'A message is empty.' }
  return usage
}
