import { toName } from '../../language/words.ts'

/** State -> the verb that leads to it, where leaving out the ending does not do. */
const irregular: { readonly [state: string]: string } = Object.fromEntries(
  `done finish|complete complete|open reopen|paid pay|sent send|unpaid mark_unpaid|won win|lost mark_lost|sold sell|lent lend|given give|taken take|
  begun begin|shown show|written write|built build|made make|bought buy|brought bring|held hold|kept keep|met meet|set set|cut cut|put put|read read|
  told tell|found find|closed close|active activate|inactive deactivate|live go_live|ready mark_ready|in_progress start|in_work start|in_review submit_for_review|
  in_production start_production|in_transit ship|on_hold put_on_hold|on_the_way send_out|out_for_delivery send_out|under_review start_review|in_preparation start_preparation|
  checked_in check_in|checked_out check_out|picked_up pick_up|signed_off sign_off|handed_over hand_over|handed_out hand_out|picked pick|put_away put_away|sent_back send_back|
  scheduled schedule|planned plan|shipped ship|stopped stop|dropped drop|submitted submit|admitted admit|permitted permit|refitted refit|running start|waiting queue|
  dealt_with deal_with|overdue mark_overdue|missing mark_missing|broken mark_broken|free release|available make_available|empty empty|full fill|new renew|pending resubmit|
  draft withdraw_to_draft|public publish|private make_private|archived archive|baked bake|released release|invoiced invoice|priced price|placed place|
  solved solve|served serve|resolved resolve|approved approve|declined decline|received receive|completed complete|stored store|moved move|removed remove|purchased purchase|used use|
  returned return|withdrawn withdraw|drawn draw|upheld uphold|overridden override|frozen freeze|hidden hide|chosen choose|driven drive|cancelled cancel|canceled cancel|fulfilled fulfil|fulfilled fulfill|labelled label|refused refuse|arrived arrive|expired expire|retired retire|revised revise|hung hang|cast cast|sown sow|sewn sew|grown grow|flown fly|thrown throw|caught catch|taught teach|led lead|fed feed|laid lay|swept sweep|bred breed|
  worn wear|shut shut|spent spend|lit light|dug dig|bound bind|wound wind|ground grind|hit hit|split split|bent bend|left leave`
    .split('|')
    .map((pair) => {
      const [state, verb] = pair.trim().split(/\s+/)
      return [state!, verb!]
    }),
)

/** Endings before which a verb loses its e: stor(ed) is store, not stor. */
const withE =
  /(?:[aeiou][cgsvz]|[^aeiou]l|at|iv|ur|ir|ar|or|id|ud|ad|od|ok|ak|ik|in|um|ut|it|ys|us|is|os|as|rg|dg|nc|rc|lv|rv|uc|iz|yz|ag|eg|pt?l)ed$/
const withoutE =
  /(?:[aeiou]{2}[a-z]|[^aeiou][^aeioulr]|er|en|on|et|it(?=ed)|ow|aw|ew|ay|oy|ey|[^e]x|print|visit|edit|limit|deposit|audit|order|enter|offer|deliver|cover|register|consider|answer|render|monitor|return|confirm|inform|assign|sign|repair|review|answer)ed$/

/** Returns the operation that leads to a state: approved -> approve, in_progress -> start, odd -> mark_odd. */
export const verbOf = (state: string): string => {
  const known = irregular[state]
  if (known) return known
  const [head = '', ...rest] = state.split('_')
  // Being cleaned is what something is from when somebody starts to.
  if (head === 'being' && rest.length > 0) return `start_${gerundOf(verbOf(rest.join('_')))}`
  const tail = rest.length ? `_${rest.join('_')}` : ''
  if (/ied$/.test(head)) return `${head.slice(0, -3)}y${tail}`
  if (/ed$/.test(head) && head.length > 4) return `${stemOf(head)}${tail}`
  return `mark_${state}`
}

const gerundOf = (verb: string): string => {
  const [head = '', ...rest] = verb.split('_')
  return [`${head.replace(/(?<![e])e$/, '')}ing`, ...rest].join('_')
}

const stemOf = (word: string): string => {
  const stem = word.slice(0, -2)
  const doubled = /([a-z])\1$/.test(stem)
  const known = [`${stem}e`, stem, ...(doubled ? [stem.slice(0, -1)] : [])].find((verb) => processVerbs.has(verb))
  if (known) return known
  // "Framed" is of frame: of fram it would be frammed. So are shelved, rehearsed and refereed of what ends in e.
  if (/^[^aeiou]*[aeiou][bcdfgklmnprstvz]$|v$|[lnr]s$|e$/.test(stem)) return `${stem}e`
  if (/([bdgmnprt])\1$/.test(stem)) return stem.slice(0, -1)
  if (/(?:ss|ll|ff|zz)$/.test(stem)) return stem
  if (withoutE.test(word)) return stem
  return withE.test(word) ? `${stem}e` : stem
}

/** Returns the operation that a verb as people say it names: "approve", "picks up", "marks as paid". */
export const saidVerb = (verb: string): string => {
  const plain = verb.trim().toLowerCase()
  const marked =
    /^(?:marks?|sets?|flags?|puts?|moves?|changes?|turns?|switch(?:es)?)\s+(?:.*?\s)?(?:as|to|into|in|on)\s+(?:the status )?["“']?([\p{L} -]+?)["”']?$/iu.exec(
      plain,
    )
  if (marked) return verbOf(toName(marked[1]!.split(/[\s-]+/)))
  const [head = '', ...rest] = plain.split(/[\s-]+/)
  const base = /(?:ches|shes|sses|xes|zes)$/.test(head)
    ? head.slice(0, -2)
    : /ies$/.test(head)
      ? `${head.slice(0, -3)}y`
      : /[^s]s$/.test(head)
        ? head.slice(0, -1)
        : head
  return [base, ...rest].join('_')
}

/** Verbs of people who things that have states; others are the ordinary reader's. */
export const processVerbs = new Set(
  `refuse ground accept acknowledge activate admit approve archive arrive assess assign audit authorise authorize award bake book brew calculate calibrate cancel certify check check_in check_out clean clear close
  collect complete conclude confirm cook deactivate decide decline deliver deny deposit dispatch dispose disable enable escalate estimate evaluate examine execute expire fail fill glue finalise finalize
  finish fix forward fulfil fulfill grade grant hand_out hand_over harvest hold inspect install investigate invoice issue judge launch load lock mark measure merge open order pack paint
  park pause pay pick pick_up pickle plan post postpone prepare price print process produce publish queue quote reserve ready reassign reactivate rebook receive recommend reject release renew reopen repair
  reply resolve resume retire return review revise revoke roast schedule score seal select sell send ship sign sign_off sort start stop submit suspend take_over test triage turn_down unload unlock
  unpublish uphold dismiss endorse ratify veto override validate verify void waive wash weigh withdraw witness work_on write_off
  appraise assemble bind bottle diagnose digitise digitize discharge engrave frame glaze mend notarise polish proofread restore sew shortlist slice stitch translate typeset weld`.split(
    /\s+/,
  ),
)

/** Stands for every step of a thing, where people are said to move it on. */
export const anyStep = 'any_step'

/** The two ends of a decision: what was approved is not rejected afterwards. */
export const consents = /^(?:approved|accepted|granted|confirmed|admitted|upheld|endorsed|ratified|authori[sz]ed)$/
export const refusals = /^(?:rejected|declined|refused|denied|turned_down|dismissed|vetoed)$/

export const isDecided = (state: string): boolean => consents.test(state) || refusals.test(state)

/** Returns the state in which a decision leaves a thing: accept -> accepted; undefined for what is no decision. */
export const decidedBy = (verb: string): string | undefined =>
  ({ uphold: 'upheld', deny: 'denied', ratify: 'ratified', admit: 'admitted', turn_down: 'turned_down' })[verb] ??
  [`${verb.replace(/e$/, '')}ed`].find(isDecided)

/** "Accept or decline ideas": both ways that a decision on something can go are named. */
export const isDecision = (acts: readonly { verb: string; thing: string }[], thing: string): boolean => {
  const states = acts.flatMap((act) =>
    act.thing === thing || pronoun.test(act.thing) || pronoun.test(thing) ? (decidedBy(act.verb) ?? []) : [],
  )
  return states.some((state) => consents.test(state)) && states.some((state) => refusals.test(state))
}

const pronoun = /^(?:it|they|them)$/i
