import { singular } from '../language/words.ts'

/** What may be uploaded into a field; without a size the usual one. */
export type FileSpec = { maxBytes?: number; types: readonly string[] }

const images = ['image/jpeg', 'image/png', 'image/webp']
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const slides = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
const formats: Readonly<Record<string, readonly string[]>> = {
  jpg: ['image/jpeg'],
  jpeg: ['image/jpeg'],
  png: ['image/png'],
  gif: ['image/gif'],
  webp: ['image/webp'],
  svg: ['image/svg+xml'],
  heic: ['image/heic'],
  tiff: ['image/tiff'],
  pdf: ['application/pdf'],
  mp3: ['audio/mpeg'],
  wav: ['audio/wav', 'audio/x-wav'],
  ogg: ['audio/ogg'],
  opus: ['audio/ogg', 'audio/opus'],
  flac: ['audio/flac', 'audio/x-flac'],
  aac: ['audio/aac'],
  m4a: ['audio/mp4', 'audio/x-m4a'],
  mp4: ['video/mp4'],
  mov: ['video/quicktime'],
  webm: ['video/webm'],
  avi: ['video/x-msvideo'],
  mkv: ['video/x-matroska'],
  doc: ['application/msword'],
  docx: [word],
  xls: ['application/vnd.ms-excel'],
  xlsx: [sheet],
  odt: ['application/vnd.oasis.opendocument.text'],
  ods: ['application/vnd.oasis.opendocument.spreadsheet'],
  ppt: ['application/vnd.ms-powerpoint'],
  pptx: [slides],
  epub: ['application/epub+zip'],
  csv: ['text/csv'],
  txt: ['text/plain'],
  zip: ['application/zip'],
}
/** One format by its usual ending, for patterns. */
export const formatPattern = `(?:${Object.keys(formats).join('|')})s?`
const nouns =
  /\b(?:photos?|pictures?|images?|files?|documents?|pdfs?|videos?|audio|scans?|recordings?|attachments?|avatars?|logos?|uploads?|covers?|certificates?|contracts?|receipts?|cvs?|resumes?|songs?|tracks?|screenshots?|selfies?|drawings?|icons?|banners?|thumbnails?|manuals?|invoices?|samples?|spreadsheets?|slides?|posters?|artworks?|floor ?plans?|sheet music|scores?|clips?)\b/i
const limitWords =
  '(?:up to|at most|max(?:imum)?\\.?(?: size)?(?: of)?|maximal|no (?:larger|bigger|more) than|not (?:larger|bigger|more) than|smaller than|less than|under|below|limited to|with a limit of|of)'
const size = new RegExp(
  `\\s*,?\\s*(?:\\b(?:of|with|and|is) )?(?:${limitWords}\\s*|[<≤]=?\\s*)?(\\d+(?:[.,]\\d+)?)\\s*(kb|mb|gb|kilobytes?|megabytes?|gigabytes?)\\b(?:\\s*(?:max(?:imum)?|each|at most|per (?:file|\\w+)|large|big|in size))*`,
  'i',
)
/** A photo beside a document is a kind of file, and no name of a field: "a photo or PDF". */
const depicted = '(?:photo|picture|image)s?'
const oneOf = '\\s*(?:/|,? ?\\bor\\b|\\band/or\\b)\\s*(?:an? )?'
const listed = new RegExp(
  `\\s*,?\\s*\\b(?:in |as |of type |only |an? )*((?:${depicted}${oneOf}(?=pdf|docx?\\b|xlsx?\\b|mp4|mov\\b|mp3))?(?:${formatPattern})(?:\\s*(?:,\\s*(?:or |and )?|/|\\bor\\b|\\band\\b)\\s*(?:${formatPattern}))*(?:${oneOf}${depicted}\\b)?)(?: only| files?| format| images?| documents?)*\\b`,
  'i',
)

/** The media types that a noun of something uploaded usually has; `*\/*` for any. */
export const usualTypes = (noun: string): readonly string[] => {
  const text = noun.toLowerCase()
  if (
    /\b(?:photo|picture|image|avatar|logo|thumbnail|screenshot|selfie|icon|banner|cover|poster|artwork|portrait)s?\b/.test(
      text,
    )
  )
    return images
  if (/\b(?:video|clip|movie)s?\b/.test(text)) return ['video/*']
  if (/\b(?:audio|song|track|recording|podcast|voice message)s?\b/.test(text)) return ['audio/*']
  if (/\bpdfs?\b/.test(text)) return ['application/pdf']
  return ['*/*']
}

const power = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 } as const

/** Returns so many bytes as "8" and "MB" say, at most 1 GB; 0 where they say none. */
export const bytesOf = (count: string, unit: string): number => {
  const bytes = Number(count.replace(',', '.')) * power[unit.charAt(0).toLowerCase() as keyof typeof power]
  return bytes > 0 ? Math.min(2 ** 30, Math.max(1, Math.round(bytes))) : 0
}

/** Returns the media types of formats: "jpg or png". */
export const typesNamed = (said: string): string[] => [
  ...new Set(
    said
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .flatMap(
        (one) =>
          (/^(?:photo|picture|image)s?$/.test(one) ? images : undefined) ??
          formats[one] ??
          formats[one.replace(/s$/, '')] ??
          [],
      ),
  ),
]

/** Takes what makes a field a file out of its words: "a picture up to 8 MB", "contract (PDF)", "an image file". */
export const takeFile = (item: string): { rest: string; file?: FileSpec } => {
  if (
    !/\d\s*(?:[kmg]b\b|kilo|mega|giga)|\b(?:files?|uploads?|uploaded)\b/i.test(item) &&
    !new RegExp(`\\b${formatPattern}\\b`, 'i').test(item)
  )
    return { rest: item }
  let rest = item
  const bytes = size.exec(rest)
  if (bytes) rest = `${rest.slice(0, bytes.index)}${rest.slice(bytes.index + bytes[0].length)}`
  const of = new RegExp(
    `^((?:an?|the|its|their|optional|and) )*(?:${formatPattern})(?: files?| scan| copy| version)? of (?:the |an? |its |their )?(.+)$`,
    'i',
  ).exec(rest.trim())
  const kinds = listed.exec(rest)
  const types = kinds ? typesNamed(kinds[1]!) : []
  const noun = (
    of ? of[2]! : kinds ? `${rest.slice(0, kinds.index)} ${rest.slice(kinds.index + kinds[0].length)}` : rest
  )
    .replace(/\(\s*[,;]?\s*\)/g, ' ')
    .replace(/[(,;:]\s*\)?\s*$/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const filed = /\b(?:files?|uploads?)(?=\s*(?:$|\())|^(?:an? |the )?uploaded /i.test(rest)
  const isFormat = /\b(?:format|type|extension|kind|size)s?\b/i.test(noun)
  if (
    isFormat ||
    !(
      filed ||
      ((bytes || types.length > 0) &&
        (bytes
          ? nouns.test(item)
          : of !== null || nouns.test(noun) || (noun === '' && types.includes('application/pdf'))))
    )
  )
    return { rest: item }
  const name = noun
    .replace(/^(?:an? |the )?uploaded /i, '')
    .replace(/\b(?:an?|the)\s*$/i, '')
    .replace(/ (?:files?|uploads?)$/i, '')
    .trim()
  const bare = name.replace(/^(?:an?|the|its|their|optional|one|and)\s*/gi, '').trim()
  const most = bytes ? bytesOf(bytes[1]!, bytes[2]!) : 0
  return {
    rest: bare === '' ? (types.includes('application/pdf') ? `${name} document`.trim() : 'file') : name,
    file: {
      ...(most > 0 ? { maxBytes: most } : {}),
      types: types.length > 0 ? types : usualTypes(item),
    },
  }
}

export type Upload = { what: string; several: boolean; to?: string; file: FileSpec }

const what =
  '(?:(?:an?|the|their|own|new|several|multiple|more|his|her|its|one|some|many|other|up to \\w+)\\s+)*([\\p{L}-]+(?: (?!to\\b|for\\b|with\\b|and\\b|of\\b|on\\b|in\\b|or\\b|that\\b|which\\b|from\\b|as\\b|up\\b)[\\p{L}-]+)?)'
const target =
  '(?: (?:to|for|of|on|with) (?:an?|the|their|each|every|all|his|her|its)?\\s*([\\p{L}-]+(?: [\\p{L}-]+)?))?'
const uploading = [
  new RegExp(`\\bupload(?:s|ing)?\\s+${what}${target}`, 'iu'),
  new RegExp(
    `\\battach(?:es|ing)?\\s+${what} to (?:an?|the|their|each|every|all|his|her|its)?\\s*([\\p{L}-]+(?: [\\p{L}-]+)?)`,
    'iu',
  ),
]
const uploaded =
  /\b(?:the |an? |all )?([\p{L}-]+(?: [\p{L}-]+)?) (?:can be|may be|should be|must be|are|is|get) (?:uploaded|attached)(?: to (?:an?|the|their|each|every)?\s*([\p{L}-]+(?: [\p{L}-]+)?))?/iu

/** "upload a PDF of the contract" is to upload the contract. */
export const withoutFormat = (clause: string): string =>
  clause.replace(
    new RegExp(
      `\\b(upload(?:s|ing|ed)?|attach(?:es|ing)?) (?:an? |the |their )?(?:${formatPattern}|scan|scanned copy|copy|photo copy)(?: files?| copy| version)? of (?=(?:the|an?|their|his|her|its|each) )`,
      'i',
    ),
    '$1 ',
  )

/** A clause about one thing that is attached to another, and nothing more. */
export const attachesOnly =
  /^[\p{L} -]{2,30}? attach(?:es)? (?:an? |one |the |their )[\p{L} -]{2,40}? to (?:an?|the|their|each|every|its) [\p{L} -]{2,30}$/iu

/** Returns what a clause says is uploaded, and to what it belongs. */
export const uploadsIn = (clause: string): Upload[] => {
  const found = uploading.map((pattern) => pattern.exec(clause)).find((one) => one) ?? uploaded.exec(clause)
  if (!found?.[1]) return []
  const { file } = takeFile(
    `${found[1]} file${size.exec(clause)?.[0] ?? ''}${listed.exec(clause)?.[0] ? ` (${listed.exec(clause)![1]!})` : ''}`,
  )
  const last = found[1].split(' ').at(-1)!
  return [
    {
      what: found[1],
      several: singular(last.toLowerCase()) !== last.toLowerCase(),
      ...(found[2] ? { to: found[2] } : {}),
      file: file ?? { types: usualTypes(found[1]) },
    },
  ]
}
