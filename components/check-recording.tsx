'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Circle, Maximize, RotateCcw, X } from 'lucide-react'
import { checkStrings } from './strings-check'
import { Button } from './ui-button'

const words = checkStrings.record
const READY_S = 3
const RECORD_S = 10

type Step = { readonly step: 'idle' | 'failed' } | { readonly step: 'ready' | 'recording'; readonly left: number } | { readonly step: 'done'; readonly url: string }

/** Ten seconds of what the class would get, kept in this page's memory, played back once it is whole, and freed when it is closed. */
export const CheckRecording = ({ tracks }: { tracks: readonly MediaStreamTrack[] }) => {
  const { step, start, close } = useRecording(tracks)
  if (step.step === 'done') return <Playback url={step.url} onClose={close} />
  return (
    <>
      {typeof MediaRecorder === 'undefined' ? (
        <p className="text-body text-soft">{words.unsupported}</p>
      ) : (
        <div className="space-y-2">
          <Button size="large" wide onClick={start} disabled={tracks.length === 0 || step.step === 'ready' || step.step === 'recording'}>
            <Circle aria-hidden />
            {words.start}
          </Button>
          <p className="text-small text-soft">{step.step === 'failed' ? words.failed : words.hint}</p>
        </div>
      )}
      {step.step === 'ready' || step.step === 'recording' ? (
        <p
          role="timer"
          data-counting={step.step}
          className="figures pointer-events-none fixed inset-0 z-40 flex flex-col items-center justify-center bg-stage/85 text-ink"
        >
          <span className="text-[min(55vh,40vw)] leading-none font-bold">{step.left}</span>
          <span className="text-[clamp(1.5rem,4vw,4rem)] font-semibold">{step.step === 'ready' ? words.ready(step.left) : words.recording}</span>
        </p>
      ) : null}
    </>
  )
}

function useRecording(tracks: readonly MediaStreamTrack[]) {
  const [step, setStep] = useState<Step>({ step: 'idle' })
  const stop = useRef<() => void>(() => undefined)
  useEffect(() => () => stop.current(), [])

  const start = useCallback(() => {
    const began = performance.now()
    let recorder: MediaRecorder | null = null
    let over = false
    const parts: Blob[] = []
    let url: string | null = null
    const timer = setInterval(tick, 100)
    stop.current = () => {
      over = true
      clearInterval(timer)
      if (recorder?.state === 'recording') recorder.stop()
      if (url) URL.revokeObjectURL(url)
    }
    setStep({ step: 'ready', left: READY_S })

    function tick(): void {
      const passed = (performance.now() - began) / 1000
      if (passed < READY_S) return setStep({ step: 'ready', left: Math.ceil(READY_S - passed) })
      try {
        recorder ??= record()
      } catch {
        clearInterval(timer)
        return setStep({ step: 'failed' })
      }
      const left = Math.ceil(READY_S + RECORD_S - passed)
      if (left > 0) return setStep({ step: 'recording', left })
      clearInterval(timer)
      recorder.stop()
    }
    function record(): MediaRecorder {
      const made = new MediaRecorder(new MediaStream([...tracks]))
      made.ondataavailable = ({ data }) => parts.push(data)
      made.onerror = () => setStep({ step: 'failed' })
      made.onstop = () => {
        if (over) return
        url = URL.createObjectURL(new Blob(parts, { type: made.mimeType }))
        setStep({ step: 'done', url })
      }
      made.start()
      return made
    }
  }, [tracks])

  const close = useCallback(() => {
    stop.current()
    setStep({ step: 'idle' })
  }, [])
  return { step, start, close }
}

/** Over the whole page, as others see it: not mirrored, with its sound. */
const Playback = ({ url, onClose }: { url: string; onClose: () => void }) => {
  const root = useRef<HTMLElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    root.current?.focus()
    // Ten seconds after the tap a browser may want another before it sounds: "Play again" is one.
    void video.current?.play().catch(() => undefined)
  }, [])
  const again = () => {
    if (!video.current) return
    video.current.currentTime = 0
    void video.current.play().catch(() => undefined)
  }
  return (
    <section
      ref={root}
      tabIndex={-1}
      role="dialog"
      aria-modal
      aria-label={words.playback}
      onKeyDown={(event) => (event.key === 'Escape' ? onClose() : undefined)}
      className="fixed inset-0 z-50 flex flex-col bg-stage outline-none"
    >
      <p className="px-6 py-3 text-[clamp(1.25rem,2.4vw,2rem)] font-semibold">{words.playback}</p>
      <video ref={video} data-playback src={url} playsInline className="min-h-0 grow bg-stage object-contain" />
      <div className="flex flex-wrap justify-center gap-3 p-4">
        <Button size="large" onClick={onClose}>
          <X aria-hidden />
          {words.close}
        </Button>
        <Button size="large" variant="secondary" onClick={again}>
          <RotateCcw aria-hidden />
          {words.play}
        </Button>
        <Button size="large" variant="secondary" onClick={() => void root.current?.requestFullscreen?.().catch(() => undefined)}>
          <Maximize aria-hidden />
          {words.fill}
        </Button>
      </div>
    </section>
  )
}
