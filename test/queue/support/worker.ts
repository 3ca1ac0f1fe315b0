/** A worker's process: `node worker.ts <place as JSON> <milliseconds a stage takes>`. Ends by itself on SIGTERM, with 0 where nothing leaked. */
import { openRig, type Place, QUICK } from './columns.ts'

const rig = await openRig(JSON.parse(process.argv[2]!) as Place, { timing: QUICK })
rig.pipeline.pace = Number(process.argv[3])
await rig.work()
process.once('SIGTERM', () => void rig.close())
console.log('working')
