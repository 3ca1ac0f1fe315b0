/** What a request may ask for and a blueprint cannot say yet: how to notice it, and what is built without it. */
export type Gap = { topic: string; pattern: RegExp; text: string; whole: boolean }

const gap = (topic: string, source: string, text: string, whole = true): Gap => ({
  topic,
  pattern: new RegExp(source, 'iu'),
  text,
  whole,
})

export const gaps: readonly Gap[] = [
  gap(
    'rows',
    '^the rows of \\S+ are loaded$',
    'A file says what is stored; its rows are not loaded. Send them to the running system, or say "take many at once" and send them together.',
  ),
  gap(
    'makers',
    "\\b(?:(?:can|may|must|should|do|does|shall) ?(?:not|never)|never|nobody|no one|cannot|can't|neither) (?:be able to |get to |can |may |ever )?(?:see|sees|know|knows|learn|learns|find out|finds out|be told|tell) who (?:has |have |had |is |are |it )*[\\p{L}]+",
    'Whoever sees what was made sees whose it is: hiding that from some is not built.',
  ),
  gap(
    'messages',
    '\\bnotif(?:y|ies|ied|ying)\\b|\\b(?:push|email|sms|in-app|real-?time)? ?notifications?\\b(?! (?:table|model|has|have))|\\balert(?:s|ed|ing)? (?:me|us|them|the|when|if|users?|someone|somebody)\\b|\\bremind(?:s|ed|ing)? (?:me|us|them|people|users?|the|everyone|members?|customers?)\\b|\\breminders? (?:by|via|to|before|when|emails?)\\b|\\bsend(?:s|ing)? (?:out )?(?:(?:an?|the|them|me|us|out|weekly|daily|automatic) )*(?:\\w+ )?(?:emails?|sms|texts?|notifications?|newsletters?|reminders?|alerts?)\\b|\\bemail(?:s|ed|ing)? (?:the|them|me|us|users?|customers?|when|a|an|everyone|people)\\b|\\b(?:is|are|be|gets?) (?:told|notified|alerted|reminded|informed|emailed|pinged)\\b|\\btell(?:s)? (?:the|them|me|us|everyone) (?:when|if|about)\\b|\\bgets? an? (?:email|sms|message|reminder|alert|notification)\\b|\\bconfirmation emails?\\b|\\bemail (?:reminders?|confirmations?|alerts?|notifications?)\\b',
    'Emails and other messages to the world are not sent, and who is to be told here was not understood; say it as "when an order is shipped, the customer is told".',
  ),
  gap(
    'payments',
    '\\b(?:stripe|paypal|credit cards?|card payments?|online payments?|payment (?:processing|gateway|provider)|check-?out (?:flow|process|with)|charge (?:the|them|customers?|cards?)|pay (?:online|with|by|via)|take payments?|accept payments?|process(?:ing)? payments?|billing)\\b',
    'Taking payments is not built; amounts and what was paid can be stored.',
    false,
  ),
  gap(
    'reports',
    '\\b(?:reports?|statistics|stats|analytics|dashboards?|charts?|graphs?|summar(?:y|ies) (?:of|per|by)|overview (?:of|per)|leader-?boards?|rankings?|trends?|totals?|sums?|averages?|mean) (?:of|per|by|on|about|for|showing|how|with|over|each|every|is|are)\\b|\\b(?:monthly|weekly|daily|yearly|annual) (?:reports?|totals?|summar(?:y|ies)|statistics|overview)\\b|\\b(?:see|show|get|view|give|calculate|compute|count|know|tell|report|sum up|add up|display)(?:s|ing)? (?:me |us |them )?(?:up )?(?:the |a |an )?(?:how (?:many|much)|number of|total|sum|average|monthly|weekly|count|statistics|stats|reports?|dashboards?|charts?|analytics|leader-?board|balance)\\b|\\bper (?:month|week|year|day) and\\b|\\b(?:with|and|plus) (?:reports|reporting|statistics|stats|analytics|dashboards?|charts?|leader-?boards?)\\b|\\b(?:reporting|who owes)\\b',
    'What is added up, and by what, was not understood; say "show total donations per month and campaign".',
  ),
  gap(
    'computed',
    '\\b(?:is|are|be|gets?) (?:automatically |auto-?)?(?:calculated|computed|derived|summed|updated automatically|counted|recalculated|averaged)\\b|\\bautomatically (?:calculat|comput|updat|set|assign|generat|creat|clos|archiv|delet|mark|decreas|reduc|increas|deduct)\\w*|\\b(?:decreas|reduc|increas|deduct|decrement|increment)(?:e|es|ed|ing|s|t)\\b',
    'What works itself out was not understood here; say it as "the total is the sum of its lines" or "when an order is placed, the stock goes down".',
  ),
  gap(
    'timers',
    '\\b(?:every (?:day|night|week|month|hour|morning|evening|monday|tuesday|wednesday|thursday|friday|saturday|sunday|\\d+ (?:minutes|hours|days))|nightly|cron|background job|scheduled (?:job|task)|after \\d+ (?:minutes|hours|days|weeks|months)|automatically (?:after|every|when|at|once)|expires? after|recurring|repeat(?:s|ing)? (?:every|weekly|daily|monthly))\\b',
    'What happens by itself, and when, was not understood; say "every Monday unpaid dues are flagged" or "reservations not paid within 15 minutes are cancelled".',
  ),
  gap(
    'overlap',
    '\\b(?:overlap\\w*|double[- ]?book\\w*|at the same time|same (?:time )?slot|conflict(?:s|ing)?|clash\\w*)\\b',
    'Which of them must not overlap was not understood; say it as "two bookings of one room must not overlap".',
  ),
  gap(
    'capacity',
    '\\b(?:at most|no more than|not more than|maximum of|max|up to|only|never more than) (?:\\d+|one|two|three|four|five|six|ten|twelve|twenty) (?!char|letter|sign|digit|word|star|point)[\\p{L}-]+(?: [\\p{L}-]+)? (?:per|for each|in (?:a|each|one)|at a time|can|may)\\b|\\b(?:more (?:often |than )*than there are|(?:is|are|when|once|if) (?:it is |they are )?(?:full|sold out|fully booked)|waiting ?list|wait-?list|capacity (?:is|can|must|should)|exceed\\w*|run(?:s)? out of|can not be (?:lent|rented|booked|borrowed|reserved)|if (?:it is )?available)\\b',
    'What is counted was not understood; say it as "at most 12 participants per course" or "a course can not be overbooked".',
  ),
  gap(
    'states',
    '\\b(?:skip a step|skip steps|can only (?:go|move|change) (?:from|to)|must (?:first )?be (?:approved|confirmed|reviewed|paid) (?:by|before)|only (?:after|once|when|if) (?:it|they|the)|once (?:it is |they are )?(?:approved|submitted|closed|published|paid|confirmed|completed|shipped)|needs? (?:an? )?approval|approval (?:flow|process|workflow)|workflow|state machine|go(?:es)? from|transitions?)\\b',
    'The order of the steps was not understood; say it as "an order goes placed, paid, shipped".',
  ),
  gap(
    'realtime',
    '\\b(?:real-?time|live (?:updates?|chat|feed|view)|web-?sockets?|streaming|server-sent)\\b',
    'Live updates are not built; clients ask again.',
    false,
  ),
  gap(
    'frontend',
    '\\b(?:frontend|front-end|user interface|\\bui\\b|mobile app|ios app|android app|react|landing page)\\b',
    'The page or app that people look at is not built; this is the API behind it.',
    false,
  ),
  gap(
    'oauth',
    '\\b(?:google|facebook|github|apple|microsoft|social|single|twitter|linkedin) (?:login|sign-?in|sign-?on|accounts?|oauth|auth\\w*)|\\b(?:log|sign)(?:ging|ning)? in (?:with|via|using|through) (?:google|facebook|github|apple|microsoft|their google)|\\b(?:oauth2?|sso|saml|openid|ldap|active directory|two-factor|2fa|mfa|magic links?)\\b',
    'Signing in through other services or with a second factor is not built; people sign in with email and password.',
    false,
  ),
  gap(
    'verification',
    '\\b(?:verif(?:y|ication|ied)) (?:of )?(?:the |their |an? )?(?:emails?|address)|\\bemail (?:verification|confirmation)|\\bforgot(?:ten)? passwords?',
    'Emails are not sent, so addresses are not verified; an administrator can issue a password reset.',
    false,
  ),
  gap(
    'webhooks',
    '\\b(?:webhooks?|call(?:s|ing)? (?:an?|the|our|another) (?:\\w+ )?(?:api|url|endpoint|service)|integrat(?:e|es|ion|ions|ing) with|sync(?:s|ing|hronis\\w*|hroniz\\w*)? (?:with|to|from)|import(?:s|ing)? (?:from|csv|excel)|zapier|slack integration|pulls? (?:data )?from)\\b',
    'Talking to this service was not understood; say "carriers send us status updates by webhook" or "POST to https://... when an order is paid".',
  ),
  gap(
    'export',
    '\\b(?:export(?:s|ed|ing)?|excel|print(?:able|ing)? (?:version|labels?|lists?)|(?<!\\b(?:has|have|with|is|are|uploads?|uploaded|attach|attached|store|stored|keep) .{0,60})(?:as|to|into|in)(?: an?| the)?(?: \\w+)? pdfs?|(?:generate|create|make|print|download|send|produce|get)(?: an?| the)?(?: \\w+)? pdfs?|pdf (?:exports?|reports?|invoices?|downloads?|versions?))\\b',
    'Documents such as PDF or Excel are not made; every list can be had as CSV: say "export orders as CSV".',
    false,
  ),
  gap(
    'ai',
    '\\b(?:recommend(?:s|ations?|er|ing)?|machine learning|gpt|\\bai\\b|artificial intelligence|predict\\w*|suggestions? (?:based|from)|auto-?suggest|personali[sz]ed|image recognition|ocr|chat ?bot)\\b',
    'Recommendations and other machine intelligence are not built.',
    false,
  ),
  gap(
    'maps',
    '\\b(?:nearby|near me|within \\d+ ?(?:km|miles|m|meters|metres)|closest|distance between|on a map|maps?|geo-?(?:location|search|fence)|gps|directions to)\\b',
    'Searching by distance and maps are not built; a place is stored as given.',
    false,
  ),
  gap(
    'history',
    '\\b(?:audit (?:log|trail)|history of (?:changes|edits|who)|version history|revisions?|undo|soft[- ]delet\\w*|restore|recycle bin|trash|who changed what|change log|changelog|keep track of (?:who|what) changed)\\b',
    'What is kept of changes was not understood; say "keep a history of changes to orders" or "deleted orders can be restored".',
    false,
  ),
  gap(
    'keys',
    '\\b(?:api[- ]keys?|service accounts?|device tokens?|access tokens? for)\\b',
    'Who gets a key was not understood; say "each sensor gets its own API key" or "the ERP can read orders with an API key".',
    false,
  ),
  gap(
    'tenants',
    '\\b(?:multi-?tenan\\w*|white-?label|each (?:company|organi[sz]ation|team|school|customer) (?:has|gets) its own (?:data|space|workspace|account))\\b',
    'Separate spaces for several organisations in one system are not built.',
    false,
  ),
  gap(
    'offline',
    '\\b(?:offline (?:mode|sync)|barcode scan\\w*|qr codes?|scan(?:s|ning)? (?:a|the|barcodes?))\\b',
    'Scanning codes and working offline are not built; a code can be stored as text.',
    false,
  ),
  gap(
    'calendar',
    '\\b(?:calendar (?:sync|feed|export|view)|google calendar|ical|outlook)\\b',
    'Calendar feeds are not built; dates can be listed and filtered.',
    false,
  ),
]
