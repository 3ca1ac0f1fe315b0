export const noAccounts =
  /(?<!\b(?:nothing|nobody|no one|none|not)\s)\b(?:no|without(?: any)?|not need(?: any)?|not (?:require|want|have)(?: any)?|skip(?: the)?|do not need(?: any)?|needs? no|leave out(?: the)?|free of)\s+(?:user\s+)?(?:authentication|authorization|auth|log[ -]?ins?|sign[ -]?ins?|sign[ -]?ups?|registration|accounts?|users?(?: accounts?)?|passwords?|security|logging in|signing in)\b|^(?:(?:it|this|everything|the api|all) (?:is|should be) )?(?:fully |completely )?open (?:to everyone|to all|for everyone)$|\b(?:open|unauthenticated) (?:api|access)\b|\bno need (?:to|for) (?:log|sign|authentic|login|auth)\w*|\b(?:anyone|everyone|everybody) (?:can|may|should be able to) (?:do|access|change|edit) (?:everything|anything|it all)\b|\ball public\b|\bsingle user\b/i

export const accounts =
  /\b(?:(?:user|account|member|customer|admin|staff)s? (?:authentication|accounts?|login|log-?ins?|sign-?ups?|registration|management|roles)|authentication|authorization|log-?in|log in|sign-?in|sign in|signed-in|logged-in|sign-?up|sign up|user registration|user accounts?|multi-?user|multiple users|multi user|jwt|password protected|passwords|role-based|roles|permissions|protected by|rbac)\b/i

export const withAccounts =
  /^(?:(?:basic|simple|jwt|token|secure|proper|full|email(?: and password)?|password|role-based|user|users|account|accounts|login|log-?in|sign-?up|registration|authentication|authorization|auth|access control|permissions|roles|and|with|sign-?in|management|token-based|protected|support|for)\s*)+$/i

/** True where "no login" is said of one thing that may be done, not of the whole system: "no login for that". */
export const isLocal = (clause: string): boolean =>
  /\b(?:no|without(?: an?)?) (?:log-?in|login|auth\w*|accounts?|sign-?in|sign-?up|registration)(?: (?:is|are))?(?: (?:needed|required|necessary))? (?:for (?:that|this|it|these)\b|to (?!use|run|access|have)\w+)/i.test(
    clause,
  )
