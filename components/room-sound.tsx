'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Volume2 } from 'lucide-react'
import type { RemoteMedia } from '@/lib/room/video-room'
import { roomStrings } from './strings-room'
import { Button } from './ui-button'

/** Every voice of the class, played apart from the pictures. A browser that waits for a tap gets one button for all of them. */
export const RoomSound = ({ remotes }: { remotes: readonly RemoteMedia[] }) => {
  const [refused, setRefused] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const onRefused = useCallback(() => setRefused(true), [])
  const allow = () => {
    setRefused(false)
    root.current?.querySelectorAll('audio').forEach((element) => void element.play().catch(onRefused))
  }
  return (
    <>
      <div ref={root} hidden>
        {remotes.flatMap(({ screenId, audio, screenAudio }) => [
          audio ? <Voice key={screenId} track={audio} onRefused={onRefused} /> : null,
          screenAudio ? <Voice key={`${screenId} screen`} track={screenAudio} onRefused={onRefused} /> : null,
        ])}
      </div>
      {refused ? (
        <div role="alert" className="fixed inset-x-0 top-[max(1rem,env(safe-area-inset-top))] z-40 flex justify-center px-4">
          <div className="flex flex-col items-center gap-2 rounded-panel bg-surface p-4 shadow-2xl">
            <p className="text-base">{roomStrings.member.soundOffText}</p>
            <Button size="large" onClick={allow}>
              <Volume2 aria-hidden />
              {roomStrings.member.soundOff}
            </Button>
          </div>
        </div>
      ) : null}
    </>
  )
}

const Voice = ({ track, onRefused }: { track: MediaStreamTrack; onRefused: () => void }) => {
  const element = useRef<HTMLAudioElement>(null)
  useEffect(() => {
    const audio = element.current
    if (!audio) return
    audio.srcObject = new MediaStream([track])
    audio.play().catch((cause: unknown) => {
      // Only a missing tap is the person's to mend; a source that changed meanwhile is played by the next effect.
      if (cause instanceof DOMException && cause.name === 'NotAllowedError') onRefused()
    })
    return () => {
      audio.srcObject = null
    }
  }, [track, onRefused])
  return <audio ref={element} autoPlay />
}
