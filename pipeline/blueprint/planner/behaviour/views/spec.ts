/** What a report adds up: "average weight" is avg of "weight"; without `take` it is a count, or the sum of what is counted. */
export type MeasureSpec = { take?: 'count' | 'sum' | 'avg' | 'min' | 'max'; of: string }

/** "Most liked": `by` what was done; `well`: how well rather than how often; `up`: the least first; `period`: of that alone. */
export type Rank = { by: string; well?: true; up?: true; period?: string }

/** A report in the words of a sentence. */
export type ViewSpec = {
  /** Who may see it, in words; `only`: nobody else. */
  who?: { words: string; only: boolean }
  measures: MeasureSpec[]
  /** "month", "campaign", "product category". */
  groups: string[]
  /** Which rows: "that are paid", "in the last 30 days". */
  where?: string
  top?: number
  /** What the first ones are first by, where it is said by a deed or not at all: "liked", "popular", "best". */
  rank?: Rank
  /** Groups of which the first measure is above, below ... a number; `total`: what is added up, and not how many there are. */
  having?: { sign: '>' | '>=' | '<' | '<='; value: number; total?: true }
  /** By what is added up, the most or the least first. */
  order?: 'most' | 'least'
  zone?: string
  said: string
}
