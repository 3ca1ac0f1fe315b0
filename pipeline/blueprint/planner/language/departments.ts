import { baseVerb, operationsOf, trackVerbs } from '../lexicon/verbs.ts'
import { plural, singularPhrase } from './words.ts'

const acts =
  /^(?<only>only )?(?:the |our )?(?<who>HR|QA|QC|PR|IT-staff|it-staff|R&D|CS|PM|HQ|GM|CEO|CFO|CTO|COO|PTA)(?: (?:team|department|staff|people))? (?:then |also |always )?(?<verb>[a-z]+s) (?<rest>.+)$/u

/** "HR keeps employees with a name": a department that is called by its letters does something, as anybody does. */
export const departmentActs = (text: string): string[] | undefined => {
  const found = acts.exec(text)?.groups
  if (!found) return undefined
  const { only = '', who = '', rest = '' } = found
  const verb = baseVerb(found.verb!)
  if (!operationsOf.has(verb) && !trackVerbs.has(verb)) return undefined
  const keeps = trackVerbs.has(verb) && !/^(?:share|sell|plan|schedule|list)$/.test(verb)
  // Who writes for the press signs in as staff, not by signing up.
  const people = /^(?:PR|CS|PM)$/.test(who) ? `${who}-staff` : who
  const can = `${only}${people} can ${keeps ? 'manage' : verb}`
  const having =
    /^(?:all |our |the |their )?(?<things>(?:[\p{L}-]+ )?[\p{L}-]+s) (?:with|who have|that have) (?<fields>.+)$/iu.exec(
      rest,
    )?.groups
  if (!having) return [`${can} ${rest}`]
  const one = singularPhrase(having.things!)
  return [`${can} ${plural(one)}`, `Each ${one} has ${having.fields}`]
}
