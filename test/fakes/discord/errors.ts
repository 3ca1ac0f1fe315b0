/** An answer that is no success, as the REST API words it. */
export class ApiError extends Error {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(status: number, body: Record<string, unknown>, headers: Record<string, string> = {}) {
    super(String(body.message))
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** Codes and sentences of the page "Opcodes and Status Codes", JSON error codes. */
const known = {
  unauthorized: [401, 0, '401: Unauthorized'],
  notFound: [404, 0, '404: Not Found'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  missingAccess: [403, 50001, 'Missing Access'],
  notEditable: [403, 50005, 'Cannot edit a message authored by another user'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  cannotMessageUser: [403, 50007, 'Cannot send messages to this user'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  invalidWebhookToken: [401, 50027, 'Invalid Webhook Token'],
  archived: [400, 50083, 'Thread is archived'],
  tooLarge: [413, 40005, 'Request entity too large'],
  badJson: [400, 50109, 'The request body contains invalid JSON.'],
  threadExists: [400, 160004, 'A thread has already been created for this message'],
} as const satisfies Record<string, readonly [number, number, string]>

export const fail = (name: keyof typeof known): ApiError => {
  const [status, code, message] = known[name]
  return new ApiError(status, { message, code })
}

/** Collects what is wrong with a body and answers as the service does: code 50035 and a tree of `_errors`. */
export const createForm = () => {
  const problems: { path: (string | number)[]; code: string; message: string }[] = []
  const add = (path: (string | number)[], code: string, message: string): void => {
    problems.push({ path, code, message })
  }
  return {
    add,
    length: (path: (string | number)[], value: unknown, least: number, most: number): void => {
      if (typeof value !== 'string') {
        add(path, 'BASE_TYPE_REQUIRED', 'This field is required')
        return
      }
      const length = [...value].length
      if (length < least || length > most)
        add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`)
    },
    count: (path: (string | number)[], value: unknown, least: number, most: number): value is unknown[] => {
      if (!Array.isArray(value)) {
        add(path, 'BASE_TYPE_REQUIRED', 'This field is required')
        return false
      }
      if (value.length >= least && value.length <= most) return true
      add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`)
      return false
    },
    /** Throws where anything was wrong. */
    check: (): void => {
      if (problems.length === 0) return
      const errors: Record<string, unknown> = {}
      for (const { path, code, message } of problems) {
        let node = errors
        for (const step of path) node = (node[String(step)] ??= {}) as Record<string, unknown>
        const list = (node._errors ??= []) as unknown[]
        list.push({ code, message })
      }
      throw new ApiError(400, { message: 'Invalid Form Body', code: 50035, errors })
    },
  }
}

export type Form = ReturnType<typeof createForm>
