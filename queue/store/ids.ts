import { randomBytes } from 'node:crypto'

/**
 * Returns a UUID of version 7 (RFC 9562): 48 bits of milliseconds, then random bits. Sorts by time of creation, so
 * indexes grow at one end.
 */
export const newId = (now: number = Date.now()): string => {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Returns 32 hexadecimal digits that name a build in logs and errors. */
export const newTraceId = (): string => randomBytes(16).toString('hex')
