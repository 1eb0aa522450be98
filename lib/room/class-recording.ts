import type { MotionReading } from '@/lib/sensors/motion'
import type { Reading, SensorKind } from '@/lib/sensors/sensor'

/** The part of the uplink that a class needs. */
export interface Recorders {
  openRecorder(spec: {
    readonly classId: string
    readonly participantId: string
    readonly source: SensorKind | 'effort'
    readonly label: string
    readonly keep: boolean
  }): Recorder
}
export interface Recorder {
  push(reading: Pick<Reading, 'atMs' | 'bpm' | 'rr'>): void
  pushEffort(effort: number, atMs: number): void
  pushMotion(reading: MotionReading): void
  complete(): Promise<void>
}

/** The recovery minute after a workout, and a little more for the reading that ends it. */
export const RECORD_ON_MS = 65_000

/** What is written down of one person in one class; `keep: false` stays on this device. Nothing is written before `allow`. */
export interface ClassRecording {
  /** Consent to keep, or its withdrawal: what comes next is written under the new word. `null`: nothing is written. */
  allow(keep: boolean | null): void
  reading(source: SensorKind, label: string, reading: Reading): void
  effort(effort: number, atMs: number): void
  motion(label: string, reading: MotionReading): void
  /** The bike was given up or paired anew. */
  cutMotion(): void
  /** The sensor was given up or paired anew: the next reading begins another run. */
  cutSensor(): void
  /** The workout ended `agoMs` ago: the recording ends after the recovery minute. */
  workoutEnded(agoMs: number): void
  end(): void
}

export function recordClass(recorders: Recorders, classId: string, participantId: string): ClassRecording {
  let keep: boolean | null = null
  let sensor: Recorder | null = null
  let byHand: Recorder | null = null
  let machine: Recorder | null = null
  let ending: ReturnType<typeof setTimeout> | undefined
  let ended = false

  const done = (recorder: Recorder | null): null => {
    // A chunk that cannot be sent now is kept and sent by the uplink; nobody waits for it here.
    void recorder?.complete().catch(() => undefined)
    return null
  }
  const open = (source: SensorKind | 'effort', label: string) =>
    recorders.openRecorder({ classId, participantId, source, label: label.slice(0, 80), keep: keep === true })

  function cutAll(): void {
    sensor = done(sensor)
    byHand = done(byHand)
    machine = done(machine)
  }
  function end(): void {
    ended = true
    clearTimeout(ending)
    cutAll()
  }

  return {
    allow(next) {
      if (next === keep) return
      cutAll()
      keep = next
    },
    reading(source, label, reading) {
      if (ended || keep === null) return
      sensor ??= open(source, label)
      sensor.push(reading)
    },
    effort(effort, atMs) {
      if (ended || keep === null) return
      byHand ??= open('effort', 'Effort')
      byHand.pushEffort(effort, atMs)
    },
    motion(label, reading) {
      if (ended || keep === null) return
      machine ??= open('motion_sensor', label)
      machine.pushMotion(reading)
    },
    cutMotion() {
      machine = done(machine)
    },
    cutSensor() {
      sensor = done(sensor)
    },
    workoutEnded(agoMs) {
      if (ended || ending !== undefined) return
      ending = setTimeout(end, Math.max(0, RECORD_ON_MS - agoMs))
    },
    end,
  }
}
