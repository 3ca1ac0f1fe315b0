const noun =
  '(?:owner|author|creator|poster|uploader|maker|requester|requestor|submitter|reporter|originator|initiator|proposer|sender-in|filer)s?'
const made =
  '(?:made|created|posted|submitted|placed|wrote|written|filed|opened|reported|owns|owned|booked|requested|uploaded|raised|logged|entered|started|added|proposed|registered|lodged|suggested|ordered|applied for|asked for|sent it in|handed it in|sent (?:it|them) in|handed (?:it|them) in|put (?:it|them) in|brought (?:it|them)(?: in)?)'
const it = '(?: (?:it|them|one|(?:the|that|this|an?|their) [\\p{L}-]+))?'
/** People as those who did it: "the person who reported it", "whoever submitted the claim", "the tenant that opened it". */
const clause = `(?:whoever|whosoever|(?:(?:the|an?|that|those|any) )?(?:[\\p{L}-]+ )?[\\p{L}-]+ (?:who|that|which)) (?:(?:has|have|had|first|originally|once) )*${made}${it}`

const makerNoun = new RegExp(`^${noun}$`, 'i')
const makerClause = new RegExp(`^${clause}$`, 'iu')

/** People in a pattern who are described by what they did. */
export const makersBy = clause

/** Whether words mean whoever made a row: it is theirs. Articles and "its" before them are gone. */
export const meansMaker = (words: string): boolean => makerNoun.test(words.trim()) || makerClause.test(words.trim())
