import { mendSpelling } from './spelling.ts'
import { keepingNames } from './verbatim.ts'

/** Longer requests are read up to here: it is more than any person types, and keeps a draft fast. */
export const maxLength = 12_000

/** Spellings that stand for a plain word. Applied to the whole text, ignoring case. */
const shorthand: readonly (readonly [RegExp, string])[] = [
  [/\bu\b(?= (?:make|build|create|give|do|please|have|help|write|get|can|could|set))/gi, 'you'],
  [/\bIT (?=(?:staff|team|people|department|support|admins?)\b)/g, ''],
  [
    /\bIT (?=(?:can|may|must|should|has|is|and|or|keeps|manages|maintains|handles|approves|hands|assigns|closes|sees|adds|orders|registers|tracks|records|checks|confirms|issues|buys|repairs|fixes|stores|lends|decides)\b)/g,
    'it-staff ',
  ],
  [/\bIT (?=[a-z]+s?\b)/g, 'IT-'],
  [
    /\b(?:that|which) (?:can|must|may|should) (?:never|not) (?:be|go|become) (?:negative|below (?:zero|0))\b/gi,
    'at least 0',
  ],
  // "Track stock: products have …": what stands before the colon is the title of the rest.
  [/^\s*(?:track|manage|keep track of)\s+[\w -]{2,25}:\s+(?=(?:\w+ )?\w+s have\b)/gi, ''],
  [
    /\bonly ([\w -]{2,30}?) (?:can|may|should) (?:use|access|get into|enter) (?:it|this|the (?:system|api|app|tool|service))\b/gi,
    'only $1 can do everything',
  ],
  [
    /\b(?:everyone|everybody|anyone|anybody) (?:in|on|of|at|from) (?:the|our|my|this) [\w-]+(?= (?:can|may|should|sees?|reads?|adds?|edits?|changes?|manages?)\b)/gi,
    'every user',
  ],
  [/\band (?:also )?(?:plays?|races?|rides?|competes?) (?:for|with) (?=(?:an?|one|exactly one) )/gi, 'and belong to '],
  [/\b(can|may) subscribe with (?=(?:an?|their|his|her) )/gi, '$1 add subscribers with '],
  // "the books we read: title, …": whose books they are says nothing of what is stored.
  [
    /\b(\w+s) (?:that |which )?(?:we|i) (?:read|own|have|watch|grow|keep|use|play|collect|sell|visit|run|make|brew|bake|offer)(?=\s*[:(])/gi,
    '$1',
  ],
  // A title with accounts is a title: "A photo contest with user accounts."
  [
    /(^|[.\n]\s*)((?:an?\s+)?[\p{L}-]+(?:\s+[\p{L}-]+){0,3}?)\s+with\s+(?:(?:user|member|customer)\s+accounts|(?:a )?(?:log|sign)[ -]?in)(?=\s*(?:[.\n:]|$))/giu,
    '$1$2. With user accounts',
  ],
  // "Build an API for notes with accounts", where nothing else is said of accounts: those of people.
  [
    /^(?![\s\S]*\b(?:banks?|each account|accounts? (?:has|have|is|are|with|belongs?|numbers?|balances?))\b)(\s*[^.\n,;:(]{0,40}\b(?:api|app|application|site|website|system|tool|service|platform|backend)\b[^.\n,;:(]{0,60}?) with (?:accounts|(?:a )?(?:log|sign)[ -]?ins?)(?=\s*(?:[.\n]|$))/giu,
    '$1. With user accounts',
  ],
  // "Stays of a boat at a berth have …": of both, and what they have.
  [
    /(^|[.\n]\s*)([\p{L}][\p{L} -]{1,30}?s) (?:of|to|for|on|in|by|with|at) (an?) ([\p{L}-]+(?: [\p{L}-]+)?) (?:to|for|on|in|by|with|at|from) (an?) ([\p{L}-]+(?: [\p{L}-]+)?) have (?=\p{L})/giu,
    '$1$2 have $3 $4, $5 $6, ',
  ],
  [/(^|[.\n]\s*)([\p{L}-]+s) (?:to|at|in|on|for) (an? [\p{L}-]+) have (?=an?\b)/giu, '$1$2 of $3 have '],
  // Which kinds of files may be uploaded belongs to the file, not to the list that it stands in.
  [
    /\b(\d+ ?[kmg]b), ((?:jpe?g|png|gif|webp|svg|pdf|mp3|mp4|ogg|wav|flac)s?(?:(?:,? or |,? and |, |\/)(?:jpe?g|png|gif|webp|svg|pdf|mp3|mp4|ogg|wav|flac)s?)*)\b(?! (?:file|field))/gi,
    '$1 ($2)',
  ],
  // "When an order is placed the stock goes down": what happens then is a clause of its own.
  [
    /\b((?:when|whenever|once|if|as soon as) (?:(?:an?|the|its|their|each|every) (?:[\p{L}-]+ ){1,3}?|it |they )(?:is|are|gets?|was|were|has been|have been) (?:not )?(?:[\p{L}-]+ed|paid|made|sent|sold|lent|given|taken|lost|full|over|done|late|due)) (?=(?:(?:the(?! same| first| last)|an?|its|their|all|no) (?:[\p{L}-]+ ){1,3}?|it |they |nobody |everybody )(?:go|goes|gets?|is|are|becomes?|must|may|can|has|have|will|should|receives?|takes?|counts?|stops?|starts?|ends?|moves?|drops?|falls?|rises?|increases?|decreases?)\b)/giu,
    '$1, ',
  ],
  [/\b(the (?:date|day) (?:they|it|he|she) (?:were|was|are|is) [a-z]+) on\b/gi, '$1'],
  // Who signs up to keep something keeps what is their own.
  [
    /\b(signs? up and) (?:keeps?|tracks?|manages?|records?) (?=(?!their\b|his\b|her\b|the\b|all\b)[a-z]+s\b)/gi,
    '$1 manage their own ',
  ],
  // What is seen of those whom one follows is a sentence of its own.
  [
    /(^|[.\n]\s*)((?:the |all )?[\p{L}-]+s) (can |may )?follow ([^.,;]{3,40}?),? and (?:they )?(?:can )?(see|read|view) ([^.,;]{3,60} they follow)(?=\s*[.\n]|$)/giu,
    '$1$2 $3follow $4. $2 can $5 $6',
  ],
  // Who signs up and buys something does two things.
  [
    /(^|[.\n]\s*)((?:the |all )?[\p{L}-]+s) ((?:sign|log) (?:up|in)|register) and (?=(?:buy|purchase|order|pay|register (?:their )?\p{L}+ (?:for|in|with)) )/giu,
    '$1$2 $3. $2 ',
  ],
  // "each other's posts" are those of all.
  [
    /(?<!\b(?:not|cannot|never|nobody|no one|t) )\b(see|view|read|browse|list)s? (?:each other|one another)(?:['’]s|s['’]|s(?= [a-z]+s\b)) /gi,
    '$1 all ',
  ],
  [/\b(?<!(?:\bnot|n['’]t|\bnever|\bcannot) [a-z]+ )(?:each other|one another)['’]s? (?=[a-z])/gi, ''],
  // Examples of what there may be say nothing of what is kept.
  [
    /\b(groups|teams|clubs|categories|departments|courses|classes|events|items) (?:such as|like) (?:the |an? )?[a-z -]{2,30}(?:, (?:the |an? )?[a-z -]{2,30})*,? (?:and|or) (?:the |an? )?[a-z -]{2,30}(?=[.\n])/gi,
    '$1',
  ],
  [
    /\ba max(?:imum)? of (?=(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) (?!char|letter|sign|digit|mb\b|kb\b)[a-z])/gi,
    'at most ',
  ],
  // "And a teacher can't be in two lessons at once either": as the sentence before.
  [/(?<=(?:\bnot|n['’]t)\b[^.;!?\n]{3,80}),? either(?=\s*(?:[.;!?\n]|$))/gi, ''],
  // Nobody gives ups to anybody.
  [
    /\b(give|hand out|award|spend|cast) up to (?=\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)\b)/gi,
    '$1 at most ',
  ],
  // "Climbers sign up for courses themselves", "guests book courses online": how they do it.
  [
    /\b((?:sign(?:s|ed)? up|register|enrol|book|order|reserve|apply|pay|cancel)s?\b [^.,;:!?\n]{2,60}?) (?:themselves|by themselves|on their own|online|on the website|via the website)(?=\s*(?:[.,;!?\n]|$|and\b|but\b))/gi,
    '$1',
  ],
  // "Trainers see the list of who signed up".
  [
    /\b(sees?|views?|gets?|have|has|need|needs)( the| an?)? (?:list|overview) of (?=(?:who|whom|(?:everyone|everybody|those|people|all) who)\b)/gi,
    '$1 ',
  ],
  [/\bwho (booked|ordered|borrowed|reserved|rented|bought) which (\p{L}+)/giu, 'who $1 a $2'],
  // "Trainers see who signed up, climbers only see their own": two sentences.
  [
    /(?<=\b(?:see|sees|view|read) who [^.,;:\n]{3,60}), (?:and |but |while )?(?=(?:the )?\p{L}+s (?:can |may )?only (?:see|view|read)\b)/giu,
    '. ',
  ],
  // "Owners book a walk for one of their dogs".
  [/\bfor (?:one|any|some) of (?:their|his|her|our|my) (\p{L}+?)s\b/giu, 'for a $1'],
  // "If a student is sick, he can cancel a lesson": why they do it.
  [
    /(^|[.;\n]\s*)if (?:an? |the |one of the )?(\p{L}+) (?:is|gets|falls|becomes) (?:sick|ill|unwell|unable to come|not able to come|prevented|too busy|away|on holiday), (?:he|she|they|he or she|s?he) (can|may|must)\b/giu,
    '$1the $2 $3',
  ],
  [/\bsmth\b/gi, 'something'],
  [
    /[,;]? and (?:they )?both (?=(?:of them )?(?:can |may )?(?:write|add|see|read|post|edit|change|create|comment|reply|answer|upload)\w*\b)/gi,
    '. Both ',
  ],
  // "Every day at 0:00: a claim that …" is one sentence.
  [
    /((?:^|[.;\n])\s*(?:every|each|on every|on each) [\p{L}]+(?: [\p{L}]+)?(?: (?:at|on) (?:\d{1,2}(?::\d\d)? ?(?:am|pm|o'clock)?|noon|midnight|[\p{L}]+days?))*): +(?=\p{L})/giu,
    '$1 ',
  ],
  // A right after a colon is a sentence of its own.
  [
    /:\s+(?=(?:everyone|everybody|anyone|anybody|nobody|no one|only (?:the )?\w+|all (?:users|members)) (?:can|may|must|should|is|are)\b)/gi,
    '. ',
  ],
  [/\bw\/o\b\s*/gi, 'without '],
  [/\bw\/\s*/gi, 'with '],
  [/\bb\/c\b/gi, 'because'],
  [/\s&\s/g, ' and '],
  [/\s\+\s/g, ' and '],
  [/\b(?:e\.\s?g\.|for example|for instance|such as)\s*,?/gi, ' eg '],
  [/\bi\.\s?e\.\s*,?/gi, ' ie '],
  [/\betc\.?(?=[\s,;.)]|$)/gi, ' '],
  [/\band so on\b/gi, ' '],
  [/\band\/or\b/gi, 'and'],
  [/\be-mails?\b/gi, 'email'],
  [/\bto-?do('?s)?\b(?!\s+(?:is|list of)\s+(?:to|that))/gi, 'todo$1'],
  [/\bto do (list|app|api|items?|tracker)\b/gi, 'todo $1'],
  [/\bcheck(?:ed)?[ -](in|out)s?\b/gi, 'check-$1'],
  [/\bcan['’]?t\b/gi, 'can not'],
  [/\bwon['’]t\b/gi, 'will not'],
  [/\b(do|does|is|are|has|have|should|must|wo|would|could|did|was|were)n['’]t\b/gi, '$1 not'],
  [/\bcannot\b/gi, 'can not'],
  [/\b(it|that|what|who|there|here|he|she)['’]s\b/gi, '$1 is'],
  [/\b(they|we|you)['’]re\b/gi, '$1 are'],
  [/\b(i|they|we|you)['’]d\b/gi, '$1 would'],
  [/\b(i|they|we|you)['’]ve\b/gi, '$1 have'],
  [/\b(i|they|we|you)['’]ll\b/gi, '$1 will'],
  [/\blet['’]s\b/gi, 'let us'],
  [/\bi['’]m\b/gi, 'i am'],
  [/\bwanna\b/gi, 'want to'],
  [/\bgonna\b/gi, 'going to'],
  [/\bgimme\b/gi, 'give me'],
  [/\b(?:pls|plz)\b/gi, 'please'],
  [/\bppl\b/gi, 'people'],
  [/\bmgmt\b/gi, 'management'],
  [/\bauth(?:n|z)?\b(?!or)/gi, 'authentication'],
  // "trainers change courses of their own"
  [
    /\b(change|edit|update|delete|see|view|read|manage|cancel|add|create|write)(s?) (?:an? |the |only |just )?([\p{L}-]+) of (?:their|his or her|his|her) own\b(?! [\p{L}])/giu,
    '$1$2 their own $3',
  ],
  // "Everybody, even without an account, sees courses"
  [
    /\b(everybody|everyone|anybody|anyone|people|visitors), (?:even|also|including) (?:those )?(?:without (?:an account|accounts|a login|signing in|logging in)|(?:who are )?not (?:signed|logged) in), (?:can |may )?(see|view|read|browse|look at)s? ([^.,;]+)/gi,
    '$1 can $2 $3 without signing in',
  ],
  [/\b(?:log|logged|signed)[ -]?in\b(?= (?:users?|people|members?|customers?|accounts?))/gi, 'signed-in'],
]

/** One thing after another, two arrows or more, or one behind "status": these stay arrows, another one parts a name from what it is. */
const chain =
  /(?:\p{L}[\p{L}-]*(?: [\p{L}-]+){0,2}\s*(?:[\u2192\u21d2]|[-=]>)\s*){2,}\p{L}|\b(?:status|state|stage|phase|lifecycle|workflow)s?(?: field)?(?:\s*[:(]\s*|\s+(?:is |are |goes )?)(?:\p{L}[\p{L}-]*(?: [\p{L}-]+)?\s*(?:[\u2192\u21d2]|[-=]>)\s*)+\p{L}/giu

/** Returns the text in plain signs: one kind of quote and dash, no markup, no control characters, within `maxLength`. */
export const clean = (text: string): string => {
  let plain = text
    .slice(0, maxLength)
    .normalize('NFKC')
    // "10,000" is one number and no list of two; "(100,200)" is a list.
    .replace(/(?<![\d,.(])[1-9]\d{0,2}(?:,\d{3})+(?![\d,)])/g, (number) => number.replaceAll(',', ''))
    .replace(/\r\n?/g, '\n')
    .replace(/```\w*\n?/g, '\n')
    .replace(/<[^<>\n]{1,100}>/g, ' ')
    .replace(/[\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/[\u2018\u2019\u201a\u02bc]/g, "'")
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[\u2012-\u2015]/g, ' - ')
    .replace(/\u2026|\.{3,}/g, ' ')
    .replace(/\u2265/g, ' at least ')
    .replace(/\u2264/g, ' at most ')
    .replace(chain, (steps) => steps.replace(/\s*(?:[\u2192\u21d2]|[-=]>)\s*/g, ' \u21a6 '))
    .replace(/[\u2192\u21d2]|->|=>/g, ': ')
    .replace(/ \u21a6 /g, ' -> ')
    .replace(/\*\*|__(?=\S)|(?<=\S)__/g, '')
  plain = plain.replace(
    /(^|[.;:!?\n]\s*|\s-\s+)((?:an?\s+)?\p{L}[\p{L} ]{1,30}?)\s+=\s+(?=[^.\n=]*(?:,|\s(?:and|\+)\s))/gu,
    '$1$2: ',
  )
  return keepingNames(plain, (words) => {
    let meant = words
    for (const [pattern, word] of shorthand) meant = meant.replace(pattern, word)
    return mendSpelling(meant)
  }).replace(/[^\S\n]+/g, ' ')
}
