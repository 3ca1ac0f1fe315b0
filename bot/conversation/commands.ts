import type { Intent, IntentContext, Lifecycle, Reading } from './intents.ts'
import { stripName } from './names.ts'

type Rule = { kind: Lifecycle | Reading; pattern: RegExp }

// Every rule is a whole sentence with at most one place for a name (and for the number of a build): "a status page" inside a wish must not be a command.
const rules: Rule[] = [
  {
    kind: 'purge',
    pattern: /^(?:purge|erase|wipe|(?:remove|delete) all(?: the)? data (?:of|from|in))(?: (?<name>.+))?$/,
  },
  {
    kind: 'purge',
    pattern:
      /^(?:remove|delete|purge) (?<name>.+?)(?:,? (?:and|with|including) (?:all )?(?:its|the|of its|of the)? ?data)$/,
  },
  {
    kind: 'rollback',
    pattern:
      /^(?:roll ?(?:back|forward)|revert|go|go (?:back|forward)|return|switch|deploy|redeploy|run|restore)(?: to)? (?:build|version|release) #?(?<build>\d{1,6})(?: (?:of |for |on |in )?(?<name>.+?))?(?: again)?$/,
  },
  {
    kind: 'rollback',
    pattern:
      /^(?:roll|go|return|switch)(?: forward| on)? to (?:the )?(?<newest>newest|latest)(?: (?:build|version|release))?(?: (?:of |for |on |in )?(?<name>.+))?$/,
  },
  { kind: 'rollback', pattern: /^(?<forward>roll|go) forward(?: (?<name>.+))?$/ },
  {
    kind: 'rollback',
    pattern:
      /^(?:roll ?back|revert|undo|go back)(?: the last (?:change|build|release))?(?: (?:to (?:the )?(?:previous|last|earlier) (?:version|release|build)))?(?: (?:of |for |on |in )?(?<name>.+))?$/,
  },
  { kind: 'rollback', pattern: /^roll (?<name>.+) back$/ },
  { kind: 'restart', pattern: /^(?:restart|reboot)(?: (?<name>.+))?$/ },
  { kind: 'start', pattern: /^(?:start|resume|turn on|boot|wake)(?: up)?(?: (?<name>.+?))?(?: (?:again|up|on))?$/ },
  {
    kind: 'stop',
    pattern: /^(?:stop|pause|halt|shut ?down|turn off|switch off|take down)(?: (?<name>.+?))?(?: (?:now|down|off))?$/,
  },
  { kind: 'remove', pattern: /^(?:remove|delete|destroy|uninstall|drop|get rid of|tear down)(?: (?<name>.+))$/ },
  { kind: 'status', pattern: /^(?:what(?:'s| is) the )?(?:status|state|health)(?: (?:of |for )?(?<name>.+))?$/ },
  { kind: 'status', pattern: /^(?:how is|how's) (?<name>.+?)(?: doing| going| running| coming along)?$/ },
  {
    kind: 'status',
    pattern: /^is (?<name>.+?) (?:up|running|online|alive|down|ready|done|working|healthy|ok)(?: yet)?$/,
  },
  {
    kind: 'logs',
    pattern:
      /^(?:(?:show|get|give|see|print|view|open)(?: me)? )?(?:the )?(?:whole |full |complete )?(?:logs?|output) (?:of|for|from)(?: the)? build #?(?<build>\d{1,6})(?: of (?<name>.+))?$/,
  },
  {
    kind: 'logs',
    pattern:
      /^(?:(?:show|get|give|see|print|view|open)(?: me)? )?(?:the )?(?:whole |full |complete )?(?:(?<failed>(?:failed |last )?build|checks?|test) (?:logs?|output))(?: of (?<name>.+))?$/,
  },
  {
    kind: 'logs',
    pattern:
      /^(?:(?:show|get|give|see|print|tail|view)(?: me)? )?(?:the )?(?:last |latest |recent )?(?:\d+ )?(?:lines? of )?(?:the )?logs?(?: lines?| output| file)?(?: (?:of |for |from )?(?<name>.+))?$/,
  },
  { kind: 'logs', pattern: /^(?:(?:show|get|give)(?: me)? )(?<name>.+?)(?:'s)? logs?$/ },
  {
    kind: 'cost',
    pattern:
      /^(?:(?:show|tell)(?: me)? )?(?:the )?(?:costs?|spend|spending|bill|price)(?: so far)?(?: (?:of |for )?(?<name>.+?))?(?: so far)?$/,
  },
  {
    kind: 'cost',
    pattern:
      /^(?:how much|what) (?:did|does|has|have|is|will) (?<name>.+?) (?:costs?|spent?|been charged)(?: so far| us| me| until now| to run)*$/,
  },
  {
    kind: 'cost',
    pattern:
      /^(?:what|how much) (?:is|are|was) the (?:costs?|spend|price)(?: so far)?(?: (?:of |for )(?<name>.+?))?(?: so far)?$/,
  },
  {
    kind: 'download',
    pattern:
      /^(?:download|export|zip|get)(?: me)?(?: (?:the )?(?:zip|code|source(?: code)?|files?))?(?: (?:of |for |from )?(?<name>.+?))?(?: as (?:a )?zip)?$/,
  },
  {
    kind: 'files',
    pattern:
      /^(?:show|list|see|view|open|give)(?: me)?(?: all)?(?: the| its)? (?:files?|code|source(?: code)?|blueprint|yaml)(?: (?:of |for |from )?(?<name>.+))?$/,
  },
  {
    kind: 'files',
    pattern: /^(?:show|list|see|view)(?: me)? (?<name>.+?)(?:'s)? (?:files?|code|source(?: code)?|blueprint|yaml)$/,
  },
  { kind: 'files', pattern: /^(?:files|code|blueprint)(?: (?:of |for )?(?<name>.+))?$/ },
  {
    kind: 'builds',
    pattern:
      /^(?:(?:show|list|see)(?: me)? )?(?:all )?(?:the |my |our )?(?:builds?|history|releases?|versions?)(?: (?:of |for )?(?<name>.+))?$/,
  },
  {
    kind: 'changes',
    pattern:
      /^(?:what(?:'s| has| is)? (?:changed|new|different)|(?:show(?: me)? )?(?:the )?(?:diff|changes))(?: (?:in |of |for )?(?<name>.+))?$/,
  },
  {
    kind: 'open',
    pattern:
      /^(?:open|where is|where's|what(?:'s| is) the (?:url|address|link)(?: (?:of|for))?|(?:show(?: me)? )?(?:the )?(?:url|address|link)(?: (?:of|for))?)(?: (?<name>.+))?$/,
  },
]

/** Commands that nothing but the name of a system can follow, and such with "of" before the name. */
const wantsName =
  /^(?:open|stop|start|restart|reboot|resume|pause|halt|shut ?down|turn (?:on|off)|switch off|take down|boot|wake|remove|delete|destroy|uninstall|purge|erase|wipe|roll ?back|roll|revert|download|zip)\b|\b(?:status|state|health|logs?|costs?|files?|code|blueprint|builds?|history|releases?|versions?|url|address|link|data|(?:build|version|release) #?\d+) (?:of|for|from) /

/** Whether a text may be a system's name: up to three words without what holds a sentence together: "book club", not "reminders after a week". */
export const isName = (text: string): boolean =>
  /^[\p{L}\d-]+(?: [\p{L}\d-]+){0,2}$/u.test(text) &&
  !/(?:^| )(?:an?|the|to|of|for|from|with|that|where|which|when|if|after|before|and|or|in|on|by|as|at|all|every|each|per|me|us|them|over|new|another)(?: |$)|^\S+ing /.test(
    text,
  )

/** Whether a name that no system has still names one, rather than something inside the system at hand. */
const namesSystem = (kind: Lifecycle | Reading, sentence: string, said: string, context: IntentContext): boolean => {
  if (!isName(said)) return false
  const inside = context.current !== undefined || context.systems.length === 1
  if (context.current !== undefined && context.mentions(said)) return false
  // "remove tags" is a change of the system at hand; "remove the tags app" is not.
  if (inside && (kind === 'remove' || kind === 'download' || /^(?:remove|delete|drop)\b/.test(sentence)))
    return / (?:system|app|api|application|service)$/.test(sentence)
  return said.includes(' ') || ['open', 'remove', 'start', 'purge', 'download'].includes(kind)
    ? wantsName.test(sentence)
    : true
}

/** Which build a command is about; the groups of its rule are called so. */
const whichBuild = ({ build, newest, forward, failed }: NonNullable<RegExpExecArray['groups']> = {}) => {
  if (build) return { build: Number(build) }
  if (newest) return { build: 'newest' }
  if (forward) return { build: 'next' }
  return failed ? { build: 'last' } : {}
}

/** Returns the command that a whole sentence is, or undefined; `sentence` is in lower case. */
export const commandIn = (sentence: string, context: IntentContext): Intent | undefined => {
  for (const { kind, pattern } of rules) {
    const match = pattern.exec(sentence)
    if (!match) continue
    const named = stripName(match.groups?.name, context)
    const which = { ...whichBuild(match.groups), ...(named.kind === 'system' ? { system: named.slug } : {}) }
    if (named.kind !== 'unknown') return { kind, ...which } as Intent
    if (namesSystem(kind, sentence, named.text, context)) return { kind, unknown: named.text }
  }
  return undefined
}
