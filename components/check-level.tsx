'use client'
import { useEffect, useRef } from 'react'
import { checkStrings } from './strings-check'

/** Louder than a quiet room. */
const HEARD = 0.04

/** How loud the microphone is, drawn without drawing the page anew. */
export const SoundLevel = ({ track, onHeard }: { track: MediaStreamTrack; onHeard: () => void }) => {
  const meter = useRef<HTMLDivElement>(null)
  const bar = useRef<HTMLSpanElement>(null)
  const heard = useRef(onHeard)
  useEffect(() => {
    heard.current = onHeard
  })
  useEffect(() => {
    const context = new AudioContext()
    const listener = context.createAnalyser()
    listener.fftSize = 1024
    const samples = new Float32Array(listener.fftSize)
    context.createMediaStreamSource(new MediaStream([track])).connect(listener)
    void context.resume()
    let frame = requestAnimationFrame(draw)
    function draw(): void {
      listener.getFloatTimeDomainData(samples)
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
      if (peak > HEARD) heard.current()
      // Ears are logarithmic: -48 dB is nothing, 0 dB is all.
      const level = Math.max(0, Math.min(1, 1 + (20 * Math.log10(peak || 1e-6)) / 48))
      if (bar.current) bar.current.style.transform = `scaleX(${level.toFixed(3)})`
      meter.current?.setAttribute('aria-valuenow', String(Math.round(level * 100)))
      frame = requestAnimationFrame(draw)
    }
    return () => {
      cancelAnimationFrame(frame)
      void context.close()
    }
  }, [track])
  return (
    <div
      ref={meter}
      role="meter"
      aria-label={checkStrings.microphone.level}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      className="h-5 overflow-hidden rounded-full bg-accent-wash"
    >
      <span ref={bar} className="block h-full origin-left scale-x-0 rounded-full bg-accent" />
    </div>
  )
}
