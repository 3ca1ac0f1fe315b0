/** Returns a text as the part of a pattern that matches it sign for sign. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
