'use client'
import { memo, useEffect, useRef } from 'react'
import { classNames } from './class-names'
import { initials } from './tile-words'

type VideoProps = { track: MediaStreamTrack; mirrored?: boolean; whole?: boolean; label: string; className?: string }

/** One video track. Always silent: voices are played by `RoomSound`, so that a picture never waits for permission to sound. */
export const TileVideo = ({ track, mirrored = false, whole = false, label, className }: VideoProps) => {
  const element = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const video = element.current
    if (!video) return
    video.srcObject = new MediaStream([track])
    // Refused only while the page is hidden; `autoPlay` starts it when the page is back.
    void video.play().catch(() => undefined)
    return () => {
      video.srcObject = null
    }
  }, [track])
  return (
    <video
      ref={element}
      autoPlay
      playsInline
      muted
      disablePictureInPicture
      aria-label={label}
      className={classNames('size-full', whole ? 'object-contain' : 'object-cover', mirrored && '-scale-x-100', className)}
    />
  )
}

/** Stands where there is no picture. The words say why, when there is a reason to give. */
export const TileInitials = memo(function TileInitials({ name, words, className }: { name: string; words: string | null; className?: string }) {
  return (
    <div className={classNames('flex size-full flex-col items-center justify-center gap-[4cqh] px-2 text-center', className)}>
      <span
        aria-hidden
        className={classNames(
          'flex aspect-square h-[min(28cqh,34cqw,7rem)] items-center justify-center rounded-full bg-accent-wash',
          'text-[min(11cqh,13cqw,2.75rem)] font-semibold text-soft [@container_(max-height:150px)]:hidden',
        )}
      >
        {initials(name)}
      </span>
      {words ? (
        <span className="text-[clamp(0.8125rem,5cqh,1rem)] leading-tight text-soft [@container_(max-height:190px)]:hidden">{words}</span>
      ) : null}
    </div>
  )
})
