/** What a sentence says of who sees a field, before it is known which field that is. */
export type Seen = {
  /** "the salary", "each other's phone number", "the email and the phone of a member". */
  object: string
  /** Who alone sees it; who does not; who sees it too; or that it is not for everybody, whoever that leaves. */
  who: { kind: 'only' | 'not' | 'also'; words: string } | { kind: 'confidential' | 'private' }
  /** What it says besides, for the ordinary reader: "customers see their own tickets". */
  rest: string[]
}
