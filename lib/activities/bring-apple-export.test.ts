import { expect, it } from 'vitest'
import { appleXml, exportZip, heartXml, workoutXml } from '@/tests/apple-export'
import { createApi } from '@/lib/platform/api.client'
import type { AppleImportView } from './apple-import'
import { bringAppleExport } from './bring-apple-export.client'
import { unpackRecording } from './packed-recording'

const T0 = Date.UTC(2026, 10, 20, 7, 15)
const HOUR = 3_600_000
const run = (hour: number) => workoutXml({ type: 'Running', startMs: T0 + hour * HOUR, endMs: T0 + hour * HOUR + 60_000 })
const export3 = exportZip(appleXml(heartXml(T0, 101), heartXml(T0 + HOUR, 102), heartXml(T0 + 2 * HOUR, 103), run(0), run(1), run(2)))

/** A server that keeps what it is sent, and answers as ours does; `fail` breaks a save. */
function server(fail: (save: number) => Response | null = () => null) {
  const kept = new Map<string, Uint8Array>()
  let saves = 0
  const send = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = new URL(String(input), 'http://localhost')
    if (url.pathname === '/api/activities/known') {
      const { externalIds } = JSON.parse(String(init?.body)) as { externalIds: string[] }
      return Response.json({ known: externalIds.filter((id) => kept.has(id)) })
    }
    const failure = fail(++saves)
    if (failure) return failure
    const id = url.searchParams.get('externalId') ?? ''
    kept.set(id, new Uint8Array(await new Response(init?.body).arrayBuffer()))
    return Response.json({ outcome: 'saved', activityId: 'act_1' })
  }
  return { kept, api: createApi(send) }
}
const never = new AbortController().signal

it('saves each workout, the newest first; what is in the history is not sent again', async () => {
  const { kept, api } = server()
  const seen: AppleImportView[] = []
  expect(await bringAppleExport(export3, (view) => seen.push(view), never, api)).toMatchObject({ phase: 'done', found: 3, known: 0, saved: 3, trouble: [] })
  const recordings = await Promise.all([...kept.values()].map((bytes) => unpackRecording(bytes)))
  expect(recordings.map((recording) => [recording?.startedAt, recording?.streams.bpm[0]])).toEqual([2, 1, 0].map((hour) => [T0 + hour * HOUR, 101 + hour]))
  expect(seen.map(({ phase }) => phase)).toContain('reading')
  expect(await bringAppleExport(export3, () => undefined, never, api)).toMatchObject({ phase: 'done', found: 3, known: 3, saved: 0 })
})

it('goes on where it stopped: after a refusal, and after a stop', async () => {
  const error = (code: string, status: number) => Response.json({ error: { code, message: 'Sign in again.' }, requestId: 'r' }, { status })
  const { kept, api } = server((save) => (save === 2 ? error('sign_in_required', 401) : null))
  expect(await bringAppleExport(export3, () => undefined, never, api)).toMatchObject({ phase: 'failed', saved: 1 })
  const stop = new AbortController()
  const stopped = await bringAppleExport(export3, ({ saved }) => saved === 1 && stop.abort(), stop.signal, api)
  expect([stopped.phase, stopped.known, stopped.saved, kept.size]).toEqual(['stopped', 1, 1, 2])
  expect(await bringAppleExport(export3, () => undefined, never, api)).toMatchObject({ phase: 'done', known: 2, saved: 1 })
})

it('refuses what is no export', async () => {
  expect(await bringAppleExport(new Blob(['<gpx/>']), () => undefined, never, server().api)).toMatchObject({ phase: 'refused', reason: 'not_apple' })
})
