/** The stripe beside a message: calm, and never the only sign of what it means. */
export const colors = {
  plain: 0x5b6472,
  blue: 0x4466dd,
  good: 0x2e8b57,
  warning: 0xc98a00,
  bad: 0xb5382d,
} as const
