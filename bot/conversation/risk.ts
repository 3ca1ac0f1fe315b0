import type { BlueprintCard, CardChange } from '../../schemas/generated/card.ts'

/** Returns the worst risk of a list of changes. */
export const riskOf = (changes: CardChange[]): NonNullable<BlueprintCard['risk']> =>
  (['hides-data', 'shows-more', 'breaks-clients'] as const).find((risk) =>
    changes.some((change) => change.risk === risk),
  ) ?? 'none'

/** What a change takes away, from the differ's sentence: "Removes tags from todos; the values stay …" gives `tags`. */
const nameIn = (text: string): string | undefined => /^removes (.{1,40}?)(?: from [^;]+)?(?:;|$)/i.exec(text)?.[1]

/** Returns the label of the button that approves: it names what is hidden, so nobody hides data unseen. */
export const approveLabel = (changes: CardChange[]): string => {
  const hidden = changes.filter((change) => change.risk === 'hides-data')
  if (hidden.length === 0)
    return changes.some((change) => change.risk === 'shows-more') ? 'Approve and show to more people' : 'Approve'
  const names = hidden.map((change) => nameIn(change.text)).filter((name) => name !== undefined)
  if (names.length === 0 || names.length > 3) return `Approve and hide data (${hidden.length})`
  const label = `Approve and hide ${names.map((name) => `'${name}'`).join(', ')}`
  return label.length <= 75 ? label : `Approve and hide data (${hidden.length})`
}

/** Returns what stands at the top of a blueprint that takes something away, or undefined. */
export const warningOf = (changes: CardChange[]): string | undefined => {
  const lines = (risk: CardChange['risk']) =>
    changes.filter((change) => change.risk === risk).map((change) => change.text)
  const hidden = lines('hides-data')
  const shown = lines('shows-more')
  const breaking = lines('breaks-clients')
  const parts = [
    ...(hidden.length > 0
      ? [`This hides data: ${hidden.join('; ')}. Nothing is deleted: rolling back brings it back.`]
      : []),
    ...(shown.length > 0 ? [`More people will see what is stored: ${shown.join('; ')}.`] : []),
    ...(breaking.length > 0 ? [`This may break programs that use the system now: ${breaking.join('; ')}.`] : []),
  ]
  return parts.length > 0 ? parts.join(' ') : undefined
}
