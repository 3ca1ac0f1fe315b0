/** A text whose brackets are folded into single signs, so that a list can be parted without looking into them. */
export type Packed = { text: string; open: (part: string) => string }

const sign = /\s*⟦(\d{1,3})⟧/g

/** Folds every outer bracket of a text into `⟦n⟧`; `open` puts those of a part back. */
export const pack = (source: string): Packed => {
  const kept: string[] = []
  const text = source
    .replace(/[⟦⟧]/g, ' ')
    .replace(/\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g, (found) => {
      kept.push(found)
      return `⟦${kept.length - 1}⟧`
    })
    .replace(/"[^"\n]{1,80}"/g, (found) => {
      kept.push(found)
      return `⟦${kept.length - 1}⟧`
    })
  return { text, open: (part) => part.replace(sign, (_, index: string) => ` ${kept[Number(index)] ?? ''}`).trim() }
}

/** What stands in the first bracket of a packed part. */
export const bracketOf = (part: string, packed: Packed): string | undefined => {
  const found = /⟦\d{1,3}⟧/.exec(part)
  const inner = found ? /^\((.*)\)$/s.exec(packed.open(found[0]))?.[1] : undefined
  return inner
}
