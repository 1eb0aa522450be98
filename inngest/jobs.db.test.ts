import { createServer, type Server } from 'node:http'
import { serve } from 'inngest/node'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { changeProfile } from '@/lib/accounts/profile.server'
import { endWorkout } from '@/lib/classes/end-class.server'
import { listen, stopListening } from '@/lib/local/listen.server'
import { type Runner, startRunner } from '@/lib/local/runner.server'
import { env } from '@/lib/platform/env.server'
import { inngest } from '@/lib/platform/event.server'
import { findOwnSummary } from '@/lib/summaries/own-summary.server'
import { ingest } from '@/lib/telemetry/ingest.server'
import { chunksOf, makeMember, makeScene, openRun, steady } from '@/tests/telemetry'
import { completeSummariesOfProfile } from './complete-summaries'
import { summariseEndedClass } from './summarise-class'
import { sweep } from './sweep'

// The job client reads its runner's address when it is loaded, which is before anything below runs.
const runnerPort = await vi.hoisted(async () => {
  const { freePort } = await import('@/lib/local/port.server')
  const port = await freePort()
  vi.stubEnv('INNGEST_BASE_URL', `http://127.0.0.1:${port}`)
  return port
})

let app: Server
let runner: Runner
beforeAll(async () => {
  app = createServer(
    serve({ client: inngest, functions: [summariseEndedClass, completeSummariesOfProfile, sweep], servePath: '/api/inngest' }),
  )
  const port = await listen(app, 0, '127.0.0.1')
  const databaseUrl = env().DATABASE_URL
  runner = await startRunner({ port: runnerPort, host: '127.0.0.1', databaseUrl, appUrl: `http://127.0.0.1:${port}/api/inngest` })
  // Refuses when a job asks for something that the runner does not have.
  await runner.sync()
})
afterAll(async () => {
  await runner.close()
  await stopListening(app)
})

describe('the jobs on the real runner', () => {
  it('summarise a class when its workout ends, and complete the summary when the profile says more', async () => {
    const scene = await makeScene(120)
    const ana = await makeMember(scene, 'Ana')
    const { recorderId } = await openRun(ana, scene.startsAtMs)
    await ingest(recorderId, { chunks: chunksOf(steady(120, 150)), lastSeq: 7 })
    await endWorkout(scene.classId, scene.startsAtMs + 120_000)
    const summary = () => findOwnSummary(scene.classId, ana.personId)
    await vi.waitFor(async () => expect(await summary()).toMatchObject({ status: 'final', figures: { averageBpm: { value: 150 } } }), {
      timeout: 25_000,
      interval: 50,
    })
    expect((await summary())?.figures.zoneSeconds.outcome).toBe('not_computed')

    await changeProfile(ana.personId, { hrmaxBpm: 190 })
    await vi.waitFor(async () => expect(await summary()).toMatchObject({ figures: { zoneSeconds: { value: [0, 0, 0, 120, 0, 0] } } }), {
      timeout: 25_000,
      interval: 50,
    })
  }, 60_000)
})
