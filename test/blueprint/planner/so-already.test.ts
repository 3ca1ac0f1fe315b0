import { describe, expect, it } from 'vitest'
import { canonicalArchitecture } from '../../../pipeline/blueprint/canonical.ts'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { Architecture } from '../../../schemas/generated/architecture.ts'

const library =
  'Build me an API for a tool library. Tools have a name, copies and a photo. Members borrow tools. Staff manage tools.'

/** Returns the system that sentences lead to, one change after another. */
const systemOf = (request: string, ...changes: string[]): Architecture => {
  const first = planSystem(request)
  if (first.kind !== 'draft') throw new Error(JSON.stringify(first))
  return changes.reduce((current, change) => {
    const plan = planChange(change, current)
    if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
    return canonicalArchitecture(plan.architecture).value
  }, canonicalArchitecture(first.architecture).value)
}

const answerTo = (change: string, ...before: string[]): string => {
  const plan = planChange(change, systemOf(library, ...before))
  return plan.kind === 'refusal' ? plan.text : plan.kind
}

describe('what is asked for and is so already', () => {
  it.each([
    [
      'answer 204 when something is deleted',
      /^There is nothing to change\. It is so already: a delete is answered with 204/,
    ],
    ['use Bearer tokens', /so already: the token is sent as Authorization: Bearer/],
    ['use snake_case', /so already: fields are spelled in snake_case\.$/],
    ['return lists in items', /so already: the items of a list are under items\.$/],
    ['errors as problem+json', /so already: errors are problem documents/],
    ['return 401 if not logged in', /so already: whoever is not signed in is answered 401\.$/],
    ['paginate lists', /so already: lists are answered in pages/],
    ['make creates idempotent', /so already: a POST with the header Idempotency-Key/],
    ['delete tools for good', /What is deleted of tools is gone for good already\.$/],
  ])('is said so: %s', (change, answer) => {
    expect(answerTo(change)).toMatch(answer)
  })

  it.each([
    [
      'API keys can be rotated',
      'the kiosk reads tools with an API key',
      /replaced with POST and revoked with DELETE at \/v1\/services\/\{id\}\/keys/,
    ],
    [
      'show failed deliveries',
      'POST to https://example.com/hook when a loan is created',
      /GET \/v1\/admin\/deliveries \(\?status=failed\)/,
    ],
    [
      'retry failed webhooks',
      'POST to https://example.com/hook when a loan is created',
      /POST \/v1\/admin\/deliveries\/\{id\}\/retry/,
    ],
    ['deletes are soft', 'deletes are soft', /can be restored, by whoever may delete, already\.$/],
    ['keep an audit log', 'audit log', /is kept: who did what when, already\.$/],
  ])('is said where it is found: %s', (change, before, answer) => {
    expect(answerTo(change, before)).toMatch(answer)
  })

  it('stands among the assumptions where something else is changed', () => {
    const plan = planChange('use Bearer tokens and prefix everything with /api', systemOf(library))
    expect(plan).toMatchObject({
      kind: 'draft',
      understood: ['All paths begin with /api.'],
      assumptions: [expect.stringMatching(/^It is so already: the token is sent/)],
      notCarried: [],
    })
  })

  it('says of a new system what it does anyway, and makes nothing of the words', () => {
    const plan = planSystem(`${library} Answer 204 when something is deleted. Use Bearer tokens.`)
    if (plan.kind !== 'draft') throw new Error(plan.kind)
    expect(Object.keys(plan.architecture.models)).toEqual(['User', 'Tool', 'Loan'])
    expect(plan.architecture.http).toBeUndefined()
    expect(plan.assumptions).toEqual(expect.arrayContaining([expect.stringMatching(/^It is so already: a delete/)]))
    expect(plan.notCarried).toEqual([])
  })
})

describe('what there is not', () => {
  it.each([
    ['members get an API key', /People sign in with their account/],
    ['the members read tools with an API key', /People sign in with their account/],
    ['revoke keys after 90 days', /No key ends by itself/],
    ['API keys can be rotated', /Nothing has an API key yet/],
    ['show failed deliveries', /Nothing calls or is called here yet/],
    ['replay dead letters', /Nothing calls or is called here yet/],
    ['only accept webhooks that are signed', /Nothing calls here yet/],
    ['the supplier posts to us, signed with a secret', /It does not say what the calls are about/],
    ['suppliers tell us by webhook when a part arrives', /There is nothing called “part”/],
    ['payments come in from Stripe by webhook', /It is not clear what is paid/],
    ['only admins can restore deleted tools', /Who may delete tools may restore them, so also staff\.$/],
    ['only admins can see who changed what', /Who may read tools sees who changed them, so also members and staff\.$/],
    ['members can restore deleted tools', /members may not delete tools\.$/],
    ['purge deleted tools after 30 days', /Nothing removes for good what was deleted/],
    ['tools can be imported as CSV', /Files of CSV or Excel are not read in/],
    ['ids should be integers', /ids stay as they are/],
    ['rate limit 100 requests per minute', /How often somebody may call is not limited/],
    ['add pagination with limit and offset', /not by number or offset/],
    ['optimize everything', /Not understood/],
  ])('is named, and nothing is made of the words: %s', (change, answer) => {
    expect(answerTo(change)).toMatch(answer)
  })

  it('is not the same where people keep something of that name', () => {
    const plan = planChange(
      'show failed deliveries',
      systemOf('A courier. Deliveries have an address and a status (open, failed, done). No login.'),
    )
    expect(JSON.stringify(plan)).not.toMatch(/admin\/deliveries|Nothing calls/)
  })
})

describe('one sentence of several that cannot be carried out', () => {
  it.each([
    ['Remove the serial number from tools. Tools have a colour.'],
    ['Tools have a colour. Remove the serial number from tools.'],
  ])('is named, and keeps no other from it: %s', (change) => {
    const plan = planChange(change, systemOf(library))
    if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
    expect(plan.architecture.models.Tool?.fields).toHaveProperty('colour')
    expect(plan.notCarried).toEqual([
      'Not built: “Remove the serial number from tools”. There is no “serial number” in this system.',
    ])
  })

  it('is what is answered where nothing else was said', () => {
    expect(answerTo('Remove the serial number from tools. Remove the brand from tools.')).toBe(
      'There is no “serial number” in this system.',
    )
  })
})
