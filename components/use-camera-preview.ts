'use client'
import { useCallback, useEffect, useRef, useState } from 'react'

export type PreviewState =
  | { readonly state: 'idle' | 'asking' | 'denied' | 'missing' | 'in_use' | 'insecure' }
  | { readonly state: 'on'; readonly stream: MediaStream }

const IDLE: PreviewState = { state: 'idle' }
/** Picture only: no microphone is asked for on this page. */
const WANTED: MediaStreamConstraints = { audio: false, video: { facingMode: 'user', width: { ideal: 640 }, height: { ideal: 360 } } }

const problemOf = (error: unknown): PreviewState => {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return { state: 'denied' }
  if (name === 'NotReadableError' || name === 'AbortError') return { state: 'in_use' }
  return { state: 'missing' }
}

const isGranted = async (): Promise<boolean> => {
  try {
    return (await navigator.permissions.query({ name: 'camera' })).state === 'granted'
  } catch {
    return false // Firefox and old Safari do not know the name: they ask on a tap.
  }
}

const stop = (stream: MediaStream | null) => stream?.getTracks().forEach((track) => track.stop())

/**
 * The own picture before joining. While `wanted`, it starts by itself where the browser would not ask, else on `start()`, from a tap.
 * When it is no longer wanted, or the page goes, the capture ends and the light goes out.
 */
export const useCameraPreview = (wanted: boolean): { preview: PreviewState; start: () => Promise<void> } => {
  const [preview, setPreview] = useState<PreviewState>(IDLE)
  // Every start and every end raises `turn`: an answer that comes for an older one is let go.
  const capture = useRef<{ turn: number; stream: MediaStream | null }>({ turn: 0, stream: null })

  const start = useCallback(async () => {
    const holder = capture.current
    const mine = ++holder.turn
    // Absent on plain http, whatever the type says.
    const devices: MediaDevices | undefined = navigator.mediaDevices
    if (!devices) return setPreview({ state: 'insecure' })
    setPreview({ state: 'asking' })
    try {
      const stream = await devices.getUserMedia(WANTED)
      if (mine !== holder.turn) return stop(stream)
      holder.stream = stream
      stream.getVideoTracks()[0]?.addEventListener('ended', () => setPreview({ state: 'missing' }))
      setPreview({ state: 'on', stream })
    } catch (error) {
      if (mine === holder.turn) setPreview(problemOf(error))
    }
  }, [])

  useEffect(() => {
    if (!wanted) return
    const holder = capture.current
    const mine = holder.turn
    void isGranted().then((granted) => (granted && mine === holder.turn ? start() : undefined))
    return () => {
      holder.turn++
      stop(holder.stream)
      holder.stream = null
      setPreview(IDLE)
    }
  }, [wanted, start])

  return { preview, start }
}
