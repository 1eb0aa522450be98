import type { PlanStep } from '@/lib/classes/workout-plan'
import { cuesBetween, type TimerCue } from './timer-cues'
import type { TimerSession } from './timer-session.client'

/** Cues are laid on the audio clock this far ahead, so that a busy page does not delay them. */
const AHEAD_MS = 400
const LOOK_MS = 150
/** News of "Next" takes a moment to arrive: what began this short a time ago is still sounded. */
const JUST_NOW_MS = 1_500
const HERTZ = { tick: 880, work: 1_320, other: 587, end: 784 } as const

export interface TimerSound {
  /** On this screen only; the trainer's switch for all is in the timer. */
  setOn(on: boolean): void
  dispose(): void
}

/**
 * Three, two, one and go, and a spoken word on what comes. `say` gives the words of an interval, `null` the end. Browsers give sound only
 * after a tap or a key: until then it is silent, and nothing is played late.
 */
export function createTimerSound(session: TimerSession, say: (step: PlanStep | null) => string): TimerSound {
  let on = true
  let audio: AudioContext | null = null
  let playedToMs: number | null = null
  let seen = session.view.timer
  const planned = new Set<OscillatorNode>()
  const voice = typeof window !== 'undefined' && 'speechSynthesis' in window ? window.speechSynthesis : null
  let words: ReturnType<typeof setTimeout>[] = []

  const unlock = (): void => {
    if (typeof AudioContext === 'undefined') return
    audio ??= new AudioContext()
    if (audio.state === 'suspended') void audio.resume().catch(() => undefined)
  }
  const gestures = ['pointerdown', 'keydown'] as const
  for (const gesture of gestures) window.addEventListener(gesture, unlock, { passive: true })
  if (navigator.userActivation?.hasBeenActive) unlock()

  function silence(): void {
    for (const node of planned) node.disconnect()
    planned.clear()
    for (const word of words) clearTimeout(word)
    words = []
  }

  function play(cue: TimerCue, inMs: number): void {
    if (!audio || audio.state !== 'running') return
    const kind = cue.sound === 'tick' ? 'tick' : cue.step === null ? 'end' : cue.step.kind === 'work' ? 'work' : 'other'
    const at = audio.currentTime + inMs / 1000
    const long = kind === 'tick' ? 0.09 : 0.45
    const gain = audio.createGain()
    gain.gain.setValueAtTime(0.0001, at)
    gain.gain.exponentialRampToValueAtTime(0.25, at + 0.01)
    gain.gain.exponentialRampToValueAtTime(0.0001, at + long)
    const tone = audio.createOscillator()
    tone.frequency.value = HERTZ[kind]
    tone.connect(gain).connect(audio.destination)
    tone.start(at)
    tone.stop(at + long + 0.02)
    planned.add(tone)
    tone.addEventListener('ended', () => planned.delete(tone))
    if (cue.sound === 'begin' && voice) words.push(setTimeout(() => speak(say(cue.step)), inMs + 350))
  }

  function speak(text: string): void {
    if (!voice || text === '') return
    voice.cancel()
    const said = new SpeechSynthesisUtterance(text)
    said.lang = 'en'
    said.rate = 1.1
    voice.speak(said)
  }

  function look(): void {
    const nowMs = session.nowMs()
    const { steps, timer } = session.view
    if (nowMs === null) return
    let from = Math.max(playedToMs ?? nowMs, nowMs - LOOK_MS)
    if (timer !== seen) {
      // What was laid ahead belongs to a plan that somebody has just changed.
      const moved = timer.anchor?.beganAtMs !== seen.anchor?.beganAtMs || timer.anchor?.index !== seen.anchor?.index
      if (moved || timer.pausedAtMs !== seen.pausedAtMs || timer.anchor?.addedMs !== seen.anchor?.addedMs) {
        silence()
        voice?.cancel()
        from = nowMs
        const began = timer.anchor && !timer.anchor.leadIn && timer.pausedAtMs === null ? timer.anchor : null
        if (moved && on && timer.soundOn && began && nowMs - began.beganAtMs < JUST_NOW_MS)
          play({ atMs: nowMs, sound: 'begin', step: steps[began.index] ?? null }, 0)
      }
      seen = timer
    }
    const to = nowMs + AHEAD_MS
    if (from >= to) return
    playedToMs = to
    if (!on || !timer.soundOn) return
    for (const cue of cuesBetween(steps, timer, from, to)) play(cue, Math.max(0, cue.atMs - nowMs))
  }
  const timer = setInterval(look, LOOK_MS)

  return {
    setOn(next) {
      on = next
      if (!on) {
        silence()
        voice?.cancel()
      }
    },
    dispose() {
      clearInterval(timer)
      for (const gesture of gestures) window.removeEventListener(gesture, unlock)
      silence()
      voice?.cancel()
      void audio?.close().catch(() => undefined)
    },
  }
}
