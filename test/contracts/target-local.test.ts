import { createLocalTarget } from '../../deploy/local/target.ts'
import { cleanUp, makeContext, makeOptions, makeRelease } from '../deploy/stand-in.ts'
import { targetContract } from './target.ts'

targetContract('local', async () => {
  const options = await makeOptions({ patience: 2 })
  const behaviours = { good: {}, sick: { ready: false }, broken: { migrate: 'fail' } } as const
  return {
    target: createLocalTarget(options),
    release: (system, kind) => makeRelease(options.data, system, behaviours[kind]),
    context: makeContext,
    close: () => cleanUp(options.data),
  }
})
