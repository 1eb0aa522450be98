'use client'
import { type ReactNode, useEffect, useRef } from 'react'
import { Camera, CameraOff } from 'lucide-react'
import { words } from './strings'
import { Button } from './ui-button'
import { Disclosure } from './ui-disclosure'
import type { PreviewState } from './use-camera-preview'

const say = words.classLink.camera

type CameraPreviewProps = {
  preview: PreviewState
  /** The person chose to be seen by nobody. */
  hidden: boolean
  trainer: string
  onStart: () => void
}

/** What the camera sees, mirrored as in a mirror; or why there is no picture, and the way on. */
export const CameraPreview = ({ preview, hidden, trainer, onStart }: CameraPreviewProps) => (
  <div className="stage relative aspect-2/1 w-full md:aspect-video overflow-hidden rounded-panel">
    {!hidden && preview.state === 'on' ? (
      <PreviewVideo stream={preview.stream} />
    ) : (
      <div className="flex size-full flex-col items-center justify-center gap-3 overflow-y-auto p-4 text-center text-base" aria-live="polite">
        {hidden ? <Still icon={<CameraOff aria-hidden />}>{say.nobody}</Still> : <NoPicture {...{ preview, trainer, onStart }} />}
      </div>
    )}
  </div>
)

const Still = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <p className="flex flex-col items-center gap-2 text-soft [&_svg]:size-7">
    {icon}
    {children}
  </p>
)

const NoPicture = ({ preview, trainer, onStart }: Omit<CameraPreviewProps, 'hidden'>) => {
  const again = (
    <Button variant="secondary" onClick={onStart}>
      {say.again}
    </Button>
  )
  switch (preview.state) {
    case 'asking':
      return <Still icon={<Camera aria-hidden />}>{say.asking}</Still>
    case 'denied':
      return (
        <>
          <p>{say.denied(trainer)}</p>
          <Disclosure summary={say.deniedHow} className="w-full max-w-xs">
            <p className="text-left text-small text-soft">{say.deniedSteps}</p>
          </Disclosure>
          {again}
        </>
      )
    case 'missing':
      return <p>{say.missing(trainer)}</p>
    case 'in_use':
      return (
        <>
          <p>{say.inUse}</p>
          {again}
        </>
      )
    case 'insecure':
      return <p>{words.classLink.insecureTitle}</p>
    default:
      return (
        <Button variant="secondary" onClick={onStart}>
          <Camera aria-hidden />
          {say.turnOn}
        </Button>
      )
  }
}

const PreviewVideo = ({ stream }: { stream: MediaStream }) => {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current) video.current.srcObject = stream
  }, [stream])
  return <video ref={video} autoPlay playsInline muted aria-label={say.preview} className="size-full -scale-x-100 object-cover" />
}
