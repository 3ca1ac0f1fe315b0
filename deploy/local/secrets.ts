import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SystemPaths } from './paths.ts'

/**
 * Writes a secret into a file (0600, one line) unless the file exists, and returns what the file holds.
 * Whole or not at all, and of two writers at once one wins: the file appears by a hard link.
 */
export const keepSecret = async (path: string, make: () => string): Promise<string> => {
  const known = await readFile(path, 'utf8').catch(() => '')
  if (known.trim()) return known.trim()
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const fresh = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = await open(fresh, 'wx', 0o600)
  try {
    await file.writeFile(`${make()}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await link(fresh, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(fresh)
  return (await readFile(path, 'utf8')).trim()
}

export const randomSecret = (bytes: number) => (): string => randomBytes(bytes).toString('base64url')

/**
 * Makes what is missing of a system's secrets; what exists stays as it is, so tokens survive a release.
 * Without `databaseUrl` that one is left to whoever makes the database.
 */
export const keepSecrets = async (
  paths: SystemPaths,
  wants: {
    accounts: boolean
    databaseUrl: (() => string) | undefined
    webhooks?: readonly string[]
    redisUrl?: (() => string) | undefined
  },
): Promise<void> => {
  await mkdir(paths.secrets, { recursive: true, mode: 0o700 })
  await keepSecret(paths.jwtKey, randomSecret(48))
  if (wants.databaseUrl) await keepSecret(paths.databaseUrl, wants.databaseUrl)
  if (wants.accounts) await keepSecret(paths.setupToken, randomSecret(24))
  if (wants.redisUrl) await keepSecret(paths.redisUrl, wants.redisUrl)
  for (const name of wants.webhooks ?? []) await keepSecret(paths.webhookSecret(name), randomSecret(24))
}

/** Returns a function that blanks the system's secrets, and passwords inside URLs, in a text that people will see. */
export const redactor = async (paths: SystemPaths): Promise<(text: string) => string> => {
  const names = await readdir(paths.secrets).catch(() => [])
  const values = await Promise.all(names.map((name) => readFile(join(paths.secrets, name), 'utf8').catch(() => '')))
  const secrets = values.map((value) => value.trim()).filter((value) => value.length >= 8)
  return (text) =>
    secrets
      .reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text)
      .replace(/(\w+:\/\/[^\s:/@]*:)[^\s@/]+@/g, '$1[secret]@')
}
