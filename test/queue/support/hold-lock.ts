/** Holds the lock of a data directory until it is killed: `node hold-lock.ts <folder>`. */
import { lockData } from '../../../queue/store/data-lock.ts'
import { toAppError } from '../../../schemas/errors.ts'

try {
  await lockData(process.argv[2]!)
  console.log('holding')
  setInterval(() => undefined, 1_000)
} catch (error) {
  console.log(toAppError(error).code)
}
