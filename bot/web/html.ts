/** A piece of HTML in which every foreign text is escaped. Only `html` makes one. */
export type Html = { readonly html: string }

type Piece = Html | string | number | undefined | false | null | readonly Piece[]

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign]!)

const textOf = (piece: Piece): string => {
  if (piece === undefined || piece === false || piece === null) return ''
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece))
  return 'html' in piece ? piece.html : piece.map(textOf).join('')
}

/** Tag of template literals: what is put in is escaped, unless `html` made it; lists are joined, absent values are nothing. */
export const html = (strings: TemplateStringsArray, ...pieces: Piece[]): Html => ({
  html: strings.reduce((all, string, index) => all + textOf(pieces[index - 1]) + string),
})
