const names: ReadonlyMap<string, string> = new Map(
  Intl.supportedValuesOf('timeZone').flatMap((zone) => {
    const city = zone.split('/').at(-1)!.replaceAll('_', ' ').toLowerCase()
    return [
      [city, zone],
      [zone.toLowerCase(), zone],
    ] as const
  }),
)
const common: Readonly<Record<string, string>> = {
  utc: 'UTC',
  gmt: 'UTC',
  german: 'Europe/Berlin',
  cet: 'Europe/Berlin',
  'central european': 'Europe/Berlin',
  british: 'Europe/London',
  uk: 'Europe/London',
  eastern: 'America/New_York',
  est: 'America/New_York',
  pacific: 'America/Los_Angeles',
  pst: 'America/Los_Angeles',
  'us central': 'America/Chicago',
  japan: 'Asia/Tokyo',
}
const zoneOf = (text: string): string | undefined => common[text.toLowerCase()] ?? names.get(text.toLowerCase())

/** Takes the time zone out of a sentence: "in Berlin time", "(Europe/Vienna)", "at 6 am New York time". */
export const takeZone = (text: string): { text: string; zone?: string } => {
  for (const pattern of [
    /\s*\(?\b(?:in |at )?(?:the )?([A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z_]+)?)(?: time ?zone| time)?\)?/,
    /\s*[,(]?\s*\b(?:in |at )?(?:the )?([\p{L}]+(?: [\p{L}]+)?) (?:time ?zone|(?:local |standard )?time)\b\)?/iu,
    /\s*[,(]?\s*\b(?:time ?zone(?: is| of)?:?|in) (UTC|GMT|CET)\b\)?/,
    /\s+\(?(UTC|GMT|CET)\)?(?=[\s,.]|$)/,
  ]) {
    const found = pattern.exec(text)
    if (!found) continue
    const last = found[1]!.split(' ').at(-1)!
    const zone = zoneOf(found[1]!) ?? zoneOf(last)
    if (zone) return { text: `${text.slice(0, found.index)}${text.slice(found.index + found[0].length)}`.trim(), zone }
  }
  return { text }
}
