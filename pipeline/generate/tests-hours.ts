import type { Architecture } from '../../schemas/generated/architecture.ts'

const REAL_TIME = `AHEAD = dt.timedelta()
"""How far the tests are ahead of the real time."""
`
const WORKING_NOON = `def _to_working_noon() -> dt.timedelta:
    real = dt.datetime.now(dt.UTC)
    noon = real.replace(hour=12, minute=0, second=0, microsecond=0) + dt.timedelta(days=(2 - real.weekday()) % 7)
    return (noon if noon > real else noon + dt.timedelta(days=7)) - real


AHEAD = _to_working_noon()
"""How far the tests are ahead of the real time: some things may only be done on some days and hours, so it is Wednesday noon."""
`

/**
 * Returns tests/world.py for a blueprint. Where a condition looks at the hour or the weekday of the present, the tests run
 * on a Wednesday at noon, one of the moments at which their rows were made up (`MOMENTS` of blueprint/fitting.ts).
 */
export const atWorkingNoon = (world: string, architecture: Architecture): string =>
  /\b(?:hourOf|weekday)\(\s*(?:now|today\(\))/.test(JSON.stringify(architecture))
    ? world.replace(REAL_TIME, WORKING_NOON)
    : world
