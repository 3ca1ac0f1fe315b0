import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { keepSecret } from '../../deploy/local/secrets.ts'
import { AppError } from '../../schemas/errors.ts'

/** Seals texts with the first key and opens what any of them sealed. */
export type Seal = {
  /** `about` is bound to the text: what was sealed for one workspace does not open as another's. */
  seal: (text: string, about: string) => string
  /** Returns the text, and whether an older key sealed it. Throws AppError `seal-broken`. */
  open: (sealed: string, about: string) => { text: string; old: boolean }
}

const VERSION = 'v1'
/** Bytes of the nonce and of the tag of AES-GCM (NIST SP 800-38D). */
const NONCE = 12
const TAG = 16

/** Returns the seal of keys of 32 bytes in base64; the first seals, each opens. */
export const createSeal = (keys: readonly string[]): Seal => {
  const known = new Map(
    keys.map((key) => {
      const bytes = Buffer.from(key, 'base64')
      return [createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes] as const
    }),
  )
  const [first] = known.keys()
  return {
    seal: (text, about) => {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', known.get(first!)!, nonce, { authTagLength: TAG })
      cipher.setAAD(Buffer.from(about))
      const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${VERSION}.${first}.${body.toString('base64url')}`
    },
    open: (sealed, about) => {
      const [version, id = '', body = ''] = sealed.split('.')
      const key = version === VERSION ? known.get(id) : undefined
      if (!key)
        throw new AppError('seal-broken', 'A stored token was sealed with a key that is not among AUTOCODER_KEYS', {
          help: 'Add the earlier key behind the present one, or install the app in the workspace again.',
        })
      const bytes = Buffer.from(body, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
      decipher.setAAD(Buffer.from(about))
      decipher.setAuthTag(bytes.subarray(-TAG))
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8')
        return { text, old: id !== first }
      } catch (cause) {
        throw new AppError('seal-broken', 'A stored token was changed since it was sealed', {
          help: 'Install the app in the workspace again.',
          cause,
        })
      }
    },
  }
}

/** Returns the key of a data directory in base64, made on first use; only its owner may read the file. */
export const keyOf = (path: string): Promise<string> => keepSecret(path, () => randomBytes(32).toString('base64'))
