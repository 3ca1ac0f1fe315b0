/** Why nobody is reminded where nobody signs in. */
export const nobodySignsIn =
  'Nobody signs in here, so that nobody could find a reminder: say who signs up and what is theirs, as in "members sign up and borrow books".'

/** Why nobody is shown what is theirs where nobody signs in. */
export const nothingOfTheirs =
  'Nobody signs in here, so that it is not known what is whose: say who signs up and what is theirs, as in "members sign up and borrow books".'

/** Whether a line about what was not built says that it would take a sign-in. */
export const takesSignIn = (line: string): boolean => line.endsWith(nobodySignsIn) || line.endsWith(nothingOfTheirs)
