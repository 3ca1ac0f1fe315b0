import { UnrecoverableError } from 'bullmq'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jobId, parsePayload } from '../../queue/jobs.ts'
import { flowOf } from '../../queue/producer.ts'
import { isConnectionLoss, Stopped, stopReasonOf, toJobError, toStageError } from '../../queue/stage-run.ts'
import { newId } from '../../queue/store/ids.ts'
import { AppError } from '../../schemas/errors.ts'

describe('jobId', () => {
  it('returns ids that the queue takes: neither a colon nor a number, whatever the component is called', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(), fc.string({ minLength: 1 }), (buildId, attempt, component) => {
        const id = jobId('generate-component', { buildId, attempt, component })
        expect(id).not.toContain(':')
        expect(Number.isInteger(Number(id))).toBe(false)
      }),
    )
  })

  it('returns another id for another attempt, stage or component', () => {
    const base = { buildId: 'b', attempt: 1 }
    const ids = [
      jobId('generate', base),
      jobId('harden', base),
      jobId('generate', { ...base, attempt: 2 }),
      jobId('generate-component', { ...base, component: 'a' }),
      jobId('generate-component', { ...base, component: 'b' }),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('parsePayload', () => {
  it('returns what is right', () => {
    expect(parsePayload('compile', { draftId: 'd', attempt: 0 })).toEqual({ draftId: 'd', attempt: 0 })
  })

  it.each([
    null,
    1,
    'x',
    [],
    {},
    { draftId: 'd' },
    { draftId: '', attempt: 0 },
    { draftId: 'd', attempt: 0, extra: 1 },
  ])('throws when the payload is %j', (data) => {
    expect(() => parsePayload('compile', data)).toThrowError(expect.objectContaining({ code: 'job-invalid' }))
  })
})

describe('flowOf', () => {
  it('returns deploy over package over harden over generate over every component', () => {
    const flow = flowOf({ id: 'b', attempt: 3 }, ['x', 'y'])
    const names: string[][] = []
    for (let level = [flow]; level.length > 0; level = level.flatMap((node) => node.children ?? []))
      names.push(level.map((node) => node.name))
    expect(names).toEqual([
      ['deploy'],
      ['package'],
      ['harden'],
      ['generate'],
      ['generate-component', 'generate-component'],
    ])
    const parts = flow.children![0]!.children![0]!.children![0]!.children!
    expect(parts.map((part) => part.opts?.priority)).toEqual([1, 2])
    expect(flow.opts).not.toHaveProperty('failParentOnFailure')
    expect(flow.children?.[0]?.opts).toMatchObject({ failParentOnFailure: true, jobId: 'b.3.package' })
  })
})

describe('errors of stages', () => {
  it('become unrecoverable when no other try can mend them', () => {
    expect(toJobError(new AppError('internal', 'y'))).toBeInstanceOf(UnrecoverableError)
    expect(toJobError(new AppError('internal', 'y', { retryable: true }))).toBeInstanceOf(AppError)
  })

  it('are a lost database when a connection failed somewhere below', () => {
    const lost = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    expect(isConnectionLoss(new Error('Failed query', { cause: lost }))).toBe(true)
    expect(toStageError(new Error('Failed query', { cause: lost }))).toMatchObject({
      code: 'store-unreachable',
      retryable: true,
    })
    expect(isConnectionLoss(Object.assign(new Error('shutdown'), { code: '57P01' }))).toBe(true)
  })

  it('stay what they are when a stage says so itself, whatever their cause', () => {
    const lost = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    const own = new AppError('deploy-unhealthy', 'It does not answer', { cause: lost })
    expect(toStageError(own)).toBe(own)
    expect(isConnectionLoss(new Error('other'))).toBe(false)
    expect(isConnectionLoss('text')).toBe(false)
  })
})

describe('stopReasonOf', () => {
  it('returns why work was told to stop', () => {
    const controller = new AbortController()
    expect(stopReasonOf(controller.signal)).toBeUndefined()
    controller.abort(new Stopped('cancelled'))
    expect(stopReasonOf(controller.signal)).toBe('cancelled')
  })
})

describe('newId', () => {
  it('returns ids that sort by time and never come twice', () => {
    const ids = Array.from({ length: 2_000 }, (_, n) => newId(1_700_000_000_000 + n))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(ids)
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
