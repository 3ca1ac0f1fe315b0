import { configDefaults, defineConfig } from 'vitest/config'

/** Minutes of work each, some an hour: `npm run campaign` runs them. */
const campaigns = [
  'test/harden/requests.test.ts',
  'test/harden/systems.test.ts',
  'test/harden/mutation.test.ts',
  'test/harden/outsiders-all.test.ts',
  'test/migrations/chains.test.ts',
  'test/migrations/killed.test.ts',
]

export default defineConfig({
  test: {
    include: process.env.CAMPAIGN ? campaigns : ['test/**/*.test.ts'],
    exclude: process.env.CAMPAIGN ? configDefaults.exclude : [...configDefaults.exclude, ...campaigns],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Real servers on a shared machine of two cores: what fails by the clock once may pass, what is broken fails twice.
    retry: process.env.CI ? 1 : 0,
  },
})
