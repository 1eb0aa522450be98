'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { cameraWish, problemOf, soundWish } from '@/lib/room/local-media.client'
import { rememberDevices, rememberedDevices, type RememberedDevices } from '@/lib/room/remembered-devices.client'
import type { DeviceProblem } from '@/lib/room/video-room'

export type CheckMedia = {
  readonly camera: MediaStreamTrack | null
  readonly microphone: MediaStreamTrack | null
  readonly cameraProblem: DeviceProblem | null
  readonly microphoneProblem: DeviceProblem | null
  readonly devices: readonly MediaDeviceInfo[]
}
const NOTHING: CheckMedia = { camera: null, microphone: null, cameraProblem: null, microphoneProblem: null, devices: [] }

/** Camera and microphone as the room will open them, until the page goes. What is chosen here is what the room takes. */
export function useCheckMedia() {
  const [media, setMedia] = useState<CheckMedia>(NOTHING)
  const [chosen, setChosen] = useState<RememberedDevices>(() => ({ cameraId: null, microphoneId: null, soundFrom: 'headset' }))
  // Every opening raises `turn`: an answer that comes for an older one is let go.
  const held = useRef<{ turn: number; tracks: MediaStreamTrack[] }>({ turn: 0, tracks: [] })

  const open = useCallback(async (): Promise<void> => {
    const holder = held.current
    const mine = ++holder.turn
    for (const track of holder.tracks.splice(0)) track.stop()
    const wanted = rememberedDevices()
    const [camera, microphone] = await openBoth({ video: cameraWish('host', wanted), audio: soundWish(wanted.soundFrom, wanted) })
    const tracks = [camera.track, microphone.track].filter((track) => track !== null)
    if (mine !== holder.turn) return tracks.forEach((track) => track.stop())
    holder.tracks = tracks
    const state = { camera: camera.track, microphone: microphone.track, cameraProblem: camera.problem, microphoneProblem: microphone.problem }
    camera.track?.addEventListener('ended', () => setMedia((now) => ({ ...now, camera: null, cameraProblem: 'ended' })))
    microphone.track?.addEventListener('ended', () => setMedia((now) => ({ ...now, microphone: null, microphoneProblem: 'ended' })))
    setChosen(wanted)
    // Names are told only after permission.
    const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => [])
    if (mine === holder.turn) setMedia({ ...state, devices: devices ?? [] })
  }, [])

  useEffect(() => {
    const holder = held.current
    return () => {
      holder.turn++
      for (const track of holder.tracks.splice(0)) track.stop()
    }
  }, [])

  const choose = useCallback(
    (change: Partial<RememberedDevices>) => {
      rememberDevices(change)
      setChosen(rememberedDevices())
      void open()
    },
    [open],
  )
  return { media, chosen, open, choose }
}

type Opened = { readonly track: MediaStreamTrack | null; readonly problem: DeviceProblem | null }

/** Both in one question; where that fails each alone, so that one missing device does not hide the other. */
async function openBoth(wanted: { video: MediaTrackConstraints; audio: MediaTrackConstraints }): Promise<readonly [Opened, Opened]> {
  // Absent on plain http, whatever the type says.
  const devices: MediaDevices | undefined = navigator.mediaDevices
  if (!devices) return [INSECURE, INSECURE]
  const both = await devices.getUserMedia(wanted).catch(() => null)
  if (both) return [{ track: both.getVideoTracks()[0] ?? null, problem: null }, { track: both.getAudioTracks()[0] ?? null, problem: null }]
  const one = async (constraints: MediaStreamConstraints): Promise<Opened> => {
    try {
      return { track: (await devices.getUserMedia(constraints)).getTracks()[0] ?? null, problem: null }
    } catch (error) {
      return { track: null, problem: problemOf(error) }
    }
  }
  return [await one({ video: wanted.video }), await one({ audio: wanted.audio })]
}
const INSECURE: Opened = { track: null, problem: 'insecure' }
