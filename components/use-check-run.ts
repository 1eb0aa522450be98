'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { findPaths } from '@/lib/room/path-test.client'
import { pathVerdict, type PathVerdict } from '@/lib/room/path-verdict'
import { type Power, readPower } from '@/lib/room/power.client'
import { measureUpload } from '@/lib/room/upload-test.client'
import { keepAwake, type WakeLock } from '@/lib/room/wake-lock.client'

export type Upload =
  | { readonly state: 'waiting' }
  | { readonly state: 'failed' }
  | { readonly state: 'running'; readonly kbps: number | null; readonly part: number }
  | { readonly state: 'measured'; readonly kbps: number }
export type CheckRun = {
  readonly upload: Upload
  readonly path: PathVerdict | 'waiting' | 'running'
  /** `null`: the browser does not say. */
  readonly power: Power | null | 'waiting'
  readonly awake: WakeLock['state'] | 'waiting'
}
const NOT_YET: CheckRun = { upload: { state: 'waiting' }, path: 'waiting', power: 'waiting', awake: 'waiting' }

/** What is checked without the person's help, one after the other, so that the measurement has the line for itself. */
export function useCheckRun(iceServers: readonly RTCIceServer[], carriesVideo: boolean) {
  const [run, setRun] = useState<CheckRun>(NOT_YET)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])

  const start = useCallback(async (): Promise<void> => {
    stop.current?.abort()
    const mine = (stop.current = new AbortController())
    const { signal } = mine
    const learn = (change: Partial<CheckRun>) => (signal.aborted ? undefined : setRun((now) => ({ ...now, ...change })))
    setRun({ ...NOT_YET, path: 'running' })
    const lock = keepAwake(() => learn({ awake: lock.state }))
    signal.addEventListener('abort', () => lock.close())
    learn({ power: await readPower() })
    const path = await findPaths(iceServers).then(pathVerdict, (): PathVerdict => ({ outcome: 'none' }))
    learn({ path, awake: lock.state, ...(carriesVideo ? { upload: { state: 'running', kbps: null, part: 0 } } : {}) })
    if (!carriesVideo) return
    const kbps = await measureUpload({
      signal,
      onProgress: ({ part, kbps: soFar }) => learn({ upload: { state: 'running', kbps: soFar, part } }),
    }).catch(() => null)
    learn({ upload: kbps === null ? { state: 'failed' } : { state: 'measured', kbps } })
  }, [iceServers, carriesVideo])
  return { run, start }
}
