/** An answer `{ok: false, error}` of the Web API. */
export class Refusal extends Error {
  readonly more: Record<string, unknown>
  constructor(error: string, more: Record<string, unknown> = {}) {
    super(error)
    this.more = more
  }
}
