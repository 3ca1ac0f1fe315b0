/** Returns a condition in CEL that is true where another one is not. */
export const negated = (text: string): string =>
  /^!this\.\w+$/.test(text)
    ? text.slice(1)
    : /^this\.\w+$/.test(text)
      ? `!${text}`
      : / == "[^"]*"$/.test(text) && !text.includes('&&')
        ? text.replace(' == ', ' != ')
        : / != "[^"]*"$/.test(text) && !text.includes('&&')
          ? text.replace(' != ', ' == ')
          : `!(${text})`
