import { firstOf, type Shape } from './shape.ts'

/** Which pages may call. */
export const readCors = firstOf([
  [
    /^(?:allow |enable |support |use |turn on |add |accept |permit )*(?:cors|cross[- ]origin(?: requests?| calls?)?(?: sharing)?)(?: (?:requests?|calls?|access))?(?: (?:for|from|to|on))?\s*(.*)$/i,
    (found) => cors(found[1]!),
  ],
  [
    /^(?:allow|let|permit) (?:requests? |calls? |access )?(?:from )?(?:the )?(?:browsers?|web ?pages?|front-?ends?|origins?|sites?|our (?:website|site|web app|front-?end))(?: (?:at|on|from|of))? (https?:\/\/\S+.*?)(?: (?:to )?(?:call|use|access|reach)(?: (?:it|the api|us))?)?$/i,
    (found) => cors(found[1]!),
  ],
])

const cors = (said: string): Shape => {
  const origins = [...said.matchAll(/https?:\/\/[^\s/,;"'`)]+/gi)].map(([origin]) =>
    origin.toLowerCase().replace(/[.]+$/, ''),
  )
  const bare =
    origins.length > 0
      ? []
      : [...said.matchAll(/\b((?:[a-z0-9-]+\.)+[a-z]{2,}|localhost:\d+)\b/gi)].map(([, host]) =>
          host!.startsWith('localhost') ? `http://${host}` : `https://${host!.toLowerCase()}`,
        )
  const found = [...new Set([...origins, ...bare])].slice(0, 50)
  return {
    set: (shape) => {
      shape.cors =
        found.length > 0 ? [...new Set([...(shape.cors ?? []).filter((one) => one !== '*'), ...found])] : ['*']
    },
    rule: found.length > 0 ? `Pages of ${found.join(', ')} may call it.` : 'Pages of every origin may call it.',
  }
}
