import { roleOf } from '../people.ts'
import type { Reader } from '../reader.ts'

const appointed =
  /^(?:(?:only|the|all|our) )*(?<role>[\p{L}-]+(?: [\p{L}-]+)?) (?:are|is|get|gets|can be|may be|must be|should be|have to be|need to be) (?:only )?(?:made|appointed|chosen|named|picked|elected|promoted|nominated) (?:only )?by (?:(?:an?|the|our) )?(?<by>[\p{L}-]+(?: [\p{L}-]+)?)$/iu
const notARole = new Set(['everyone', 'nobody', 'we', 'owner', 'signed', 'user', 'admin'])

/** "Keyholders are made by the mayor": what one does not become by signing up. Who makes them is an administrator. */
export const readAppointed = (text: string, reader: Reader): boolean => {
  const { role: said = '', by = '' } = appointed.exec(text.trim())?.groups ?? {}
  const role = said ? roleOf(said) : undefined
  const maker = by ? roleOf(by) : undefined
  if (!role || !maker || notARole.has(role)) return false
  reader.facts.push({ kind: 'role', name: role, granted: true })
  if (maker !== 'admin')
    reader.facts.push({ kind: 'unbuilt', text, why: `Roles are given by administrators: make the ${by} one.` })
  return true
}
