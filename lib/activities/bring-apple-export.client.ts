import { type AppleTrouble, findAppleWorkouts, openAppleExport, passesFor, readAppleWorkouts } from '@/lib/formats/apple-export'
import { ZipBomb } from '@/lib/formats/zip'
import { type Api, api as ours } from '@/lib/platform/api.client'
import { AppError } from '@/lib/platform/app-error'
import { type AppleImportView, BEGUN } from './apple-import'
import { MAX_PACKED_BYTES, packRecording } from './packed-recording'
import { KnownActivities } from './known'
import { Uploaded } from './params'

/** How many ids one question may hold. */
const ASK_AT_ONCE = 1_000
const PATIENCE_MS = [1_000, 3_000, 10_000, 30_000, 60_000]
/** Progress is drawn by people's eyes. */
const TELL_EVERY_MS = 200

/**
 * Finds the workouts of an export, leaves out those that are in the history, and puts in the others, the newest first. Each is saved by
 * itself: whatever ends this early, the same or a newer export goes on where it stopped. Resolves with how it ended; never rejects.
 */
export async function bringAppleExport(file: Blob, tell: (view: AppleImportView) => void, signal: AbortSignal, api: Api = ours): Promise<AppleImportView> {
  let view = BEGUN
  let told = 0
  const trouble = new Set<AppleTrouble>()
  const note = (change: Partial<AppleImportView>, now = performance.now()) => {
    view = { ...view, ...change, trouble: [...trouble] }
    if (change.phase === undefined && change.readBytes !== undefined && now - told < TELL_EVERY_MS) return
    told = now
    tell(view)
  }
  const onProgress = ({ bytes, of }: { bytes: number; of: number }) => {
    // A new pass begins again at the front.
    const pass = view.phase === 'reading' && bytes < view.readBytes ? view.pass + 1 : view.pass
    note({ readBytes: bytes, ofBytes: of, pass })
  }
  try {
    const opened = await openAppleExport(file)
    if ('outcome' in opened) {
      note({ phase: 'refused', reason: opened.reason })
      return view
    }
    const { workouts, trouble: found } = await findAppleWorkouts(opened, signal, onProgress)
    for (const each of found) trouble.add(each)
    const known = await knownOf(workouts.map(({ externalId }) => externalId), api, signal)
    const wanted = workouts.filter(({ externalId }) => !known.has(externalId))
    const passes = passesFor(wanted)
    note({ phase: 'reading', found: workouts.length, known: known.size, pass: 1, passes, readBytes: 0 })
    for await (const { workout, recording } of readAppleWorkouts(opened, wanted, { trouble, signal, onProgress })) {
      const bytes = await packRecording(recording)
      if (bytes.length > MAX_PACKED_BYTES) {
        note({ tooLong: view.tooLong + 1 })
        continue
      }
      const query = new URLSearchParams({ source: 'apple_health', externalId: workout.externalId })
      await patiently(signal, () => api('POST', `/api/activities?${query}`, { bytes, reply: Uploaded, signal }))
      note({ saved: view.saved + 1 })
    }
    note({ phase: 'done' })
  } catch (error) {
    if (signal.aborted) note({ phase: 'stopped' })
    else if (error instanceof ZipBomb) note({ phase: 'refused', reason: 'unsafe' })
    // A file that is moved while it is read can be read no further: what to do is the page's to say.
    else note({ phase: 'failed', message: error instanceof AppError ? error.message : null })
  }
  return view
}

async function knownOf(externalIds: readonly string[], api: Api, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (let at = 0; at < externalIds.length; at += ASK_AT_ONCE) {
    const body = { source: 'apple_health', externalIds: externalIds.slice(at, at + ASK_AT_ONCE) }
    const answer = await patiently(signal, () => api('POST', '/api/activities/known', { body, reply: KnownActivities, signal }))
    for (const externalId of answer.known) known.add(externalId)
  }
  return known
}

/** Waits out a lost network and a busy server; anything else is thrown. */
async function patiently<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const passes = error instanceof AppError && (error.code === 'unavailable' || error.code === 'too_many_requests')
      const wait = PATIENCE_MS[attempt]
      if (!passes || wait === undefined) throw error
      await new Promise((resolve) => setTimeout(resolve, wait))
      signal.throwIfAborted()
    }
  }
}
