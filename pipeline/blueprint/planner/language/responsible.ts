import { plural, singularPhrase } from './words.ts'

const deeds =
  'teach|give|lead|run|drive|host|treat|coach|supervise|manage|handle|look after|care for|take care of|train|mentor|work on|work at|work in|work with|serve|maintain|clean|guard|guide|direct|conduct|instruct|tutor|advise|counsel|assess|judge|review|referee|examine|inspect|deliver|repair|fix|operate|oversee|monitor|tend|watch|process|attend to|play in|head|chair|organi[sz]e|edit|moderate|represent|cover|staff|perform|are in charge of|are responsible for|are on|are working on|are working at'
const acts =
  '(?:see|view|read|list|look at|access|open|change|edit|update|manage|close|finish|complete|handle|work with|confirm|cancel|approve|reject)'
/** "Tutors see only lessons they teach", "only see the rides that they drive", "may change only cases they handle". */
const onlyTheirs = new RegExp(
  `^(?<who>(?:the |all |each |every )?[\\p{L}-]+(?: (?!can\\b|may\\b|only\\b|see\\b)[\\p{L}-]+)?) (?<act>(?:(?:can|may|should|must) )?(?:sign in and |log in and )?(?:only |just )?${acts}s?(?:,? (?:and|or) ${acts}s?)*(?: only| just)?) (?<det>(?:the |those )?)(?<what>[\\p{L}-]+(?: (?!they\\b|that\\b|which\\b)[\\p{L}-]+)?) (?:(?:that|which|where|at which|in which|on which) )?(?:they|he|she|he or she) (?:themselves )?(?:${deeds})s?$`,
  'iu',
)

/**
 * "Tutors see only lessons they teach": what somebody is responsible for is assigned to them, unless they are who makes such
 * things, of which they see their own.
 */
export const responsibleFor = (text: string, all: string): string[] | undefined => {
  const found = text.length > 200 || !/\bthey\b|\bs?he\b/i.test(text) ? undefined : onlyTheirs.exec(text)?.groups
  if (!found || !/\b(?:only|just)\b/i.test(found.act!)) return undefined
  const who = plural(singularPhrase(found.who!.replace(/^(?:the|all|each|every) /i, '').toLowerCase()))
  const things = plural(singularPhrase(found.what!.toLowerCase()))
  const makes = new RegExp(
    `\\b${who} (?:can |may )?(?:add|create|make|post|publish|offer|enter|plan|schedule|submit|upload|write)s? (?:[\\p{L}]+ )?${things}\\b`,
    'iu',
  ).test(all)
  return [`${found.who} ${found.act} ${makes ? `their own ${things}` : `the ${things} assigned to them`}`]
}
