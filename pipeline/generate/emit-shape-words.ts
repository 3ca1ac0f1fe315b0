import { fileLinksPath } from '../blueprint/file-links.ts'
import { wireName } from '../blueprint/wire-names.ts'
import type { Context } from './emit-context.ts'

/** What the interface's page says about lists, errors, and whatever looks otherwise than usual. */
export const shapeWords = (context: Context): string => {
  const { architecture } = context
  const { http = {} } = architecture
  const name = (field: string) => wireName(architecture, field)
  const cursor = 'the header `Link` names the next page'
  const list =
    http.list === 'bare'
      ? `a bare array; ${cursor}`
      : http.list === 'named'
        ? `\`{"<plural>": [...], "${name('<plural>_count')}": 3}\`, the count being that of all pages; ${cursor}`
        : `\`{"${name(http.itemsKey ?? 'items')}": [...], "${name('next_cursor')}": null${http.totalKey ? `, "${name(http.totalKey)}": 3` : ''}}\`${http.totalKey ? ', the last being how many there are on all pages,' : ''}`
  const errors = {
    problem: '`application/problem+json` (RFC 9457) with a `request_id`; on 422, `errors` points at each wrong value',
    error: '`{"error": "..."}`',
    coded: '`{"error": {"code": "not_found", "message": "..."}}`',
    message: '`{"code": 404, "message": "..."}`',
    errors: '`{"errors": {"<field>": ["..."]}}`, with `body` for the request as a whole',
  }[http.errors ?? 'problem']
  const wrong = String(http.invalid ?? 422)
  const token = http.token && `\`${http.token.header}: ${`${http.token.scheme} <access token>`.trim()}\``
  const lines = [
    `Lists answer ${list}${list.includes('Link') ? '. They' : ' and'} take \`limit\`, \`cursor\`, \`sort\`, \`q\` and filters. An unknown parameter or field is ${http.unknown === 'ignore' ? 'not looked at' : `a ${wrong} that names it`}.`,
    '`If-Match` with the ETag that was read makes a change fail with 412 where somebody else was faster; `Idempotency-Key` makes a repeated POST harmless.',
    `Errors are ${errors}. 401 goes before 403, 403 before 404, 404 before ${wrong}.`,
    ...(http.casing === 'camel' ? ['Fields and parameters are written in camelCase.'] : []),
    ...(http.nulls === 'omit' ? ['Values that are null are left out of answers.'] : []),
    ...(http.root ? ['Objects are sent and answered under their name, as in `{"article": {...}}`.'] : []),
    ...(http.rootKey
      ? [`Objects are answered under one key, as in \`{"${name(http.rootKey)}": {...}}\`, and sent without it.`]
      : []),
    ...(token ? [`The access token is sent as ${token}.`] : []),
    ...(context.keyRoles.size
      ? ['API keys are shown once, when they are made, and sent in the header `X-API-Key`.']
      : []),
    ...(fileLinksPath(architecture)
      ? [
          `Files are sent with \`multipart/form-data\`: with the other fields to make an object, alone in the field \`file\` to replace one. Objects show \`{"url", "${name('expires_at')}", "name", "size", "${name('content_type')}"}\`; the link needs no sign-in until it ends, and is a 410 then. Downloads take \`Range\`.`,
        ]
      : []),
    ...(http.cors?.length
      ? [`Pages of ${http.cors.includes('*') ? 'every site' : http.cors.join(', ')} may call.`]
      : []),
  ]
  return lines.map((line) => `- ${line}\n`).join('')
}
