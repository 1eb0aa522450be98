import { MAX_BPM, MAX_RR, MIN_BPM, MIN_RR } from '@/lib/physiology/plausible-heart-rate'
import { MAX_CADENCE, MAX_SPEED, MAX_WATTS } from '@/lib/physiology/plausible-motion'
import { readBatteryLevel } from '@/lib/sensors/battery-level'
import { readHeartRateMeasurement } from '@/lib/sensors/heart-rate-measurement'
import { CYCLING_POWER, INDOOR_BIKE, MotionMeter, RUNNING, SPEED_CADENCE } from '@/lib/sensors/motion'
import { mutate, seeded } from './mutate-bytes'

const bytes = (text: string): Uint8Array => Uint8Array.from(text.split(' '), (byte) => parseInt(byte, 16))
const HEART_RATE = 0x2a37
const BATTERY = 0x2a19

/** What real devices send, by characteristic. */
const SENT: ReadonlyArray<readonly [characteristic: number, packet: Uint8Array]> = [
  [HEART_RATE, bytes('16 48 55 03')],
  [HEART_RATE, bytes('18 8c 2c 01 90 01 a0 01')],
  [HEART_RATE, bytes('01 b4 00')],
  [CYCLING_POWER.characteristic, bytes('35 00 d6 00 64 80 02 70 11 01 00 00 08 84 03 00 04')],
  [CYCLING_POWER.characteristic, bytes('20 00 b4 00 10 00 00 04')],
  [SPEED_CADENCE.characteristic, bytes('03 00 28 6b ee 01 02 0c 00 4d 00')],
  [SPEED_CADENCE.characteristic, bytes('02 0d 00 4d 04')],
  [RUNNING.characteristic, bytes('04 00 03 aa')],
  [RUNNING.characteristic, bytes('03 00 03 55 6e 00 10 27 00 00')],
  [INDOOR_BIKE.characteristic, bytes('44 02 9c 09 5c 00 4f 00 50')],
  [INDOOR_BIKE.characteristic, bytes('74 0b 3c 05 48 00 21 00 00 01 00 18 00 02 00 00 00 00 56 10 00')],
  [INDOOR_BIKE.characteristic, bytes('41 00 cd 00')],
  [BATTERY, bytes('57')],
]

const expectWithin = (value: number | null, least: number, most: number): void => {
  if (value !== null && !(Number.isInteger(value) && value >= least && value <= most)) throw new Error(`${value} is not within ${least} to ${most}`)
}

/**
 * Damages real notifications and gives them to the readers, one link of every hundred. Throws with the seed of the one that crashed a
 * reader or gave a number that nobody has. The same seed makes the same notifications.
 */
export function gattFuzz(seed: number, runs: number): { heard: number; read: number } {
  let meter = new MotionMeter()
  let [heard, read, atMs] = [0, 0, 0]
  for (let run = seed; run < seed + runs; run++) {
    const next = seeded(run)
    const [characteristic, packet] = SENT[next(SENT.length)] ?? [HEART_RATE, new Uint8Array()]
    const damaged = next(8) === 0 ? packet : mutate(packet, SENT[next(SENT.length)]?.[1] ?? packet, run)
    if (run % 100 === 0) meter = new MotionMeter()
    atMs += next(4_000)
    try {
      if (hear(meter, characteristic, damaged, atMs)) read++
    } catch (cause) {
      throw new Error(`seed ${run}`, { cause })
    }
    heard++
  }
  return { heard, read }
}

function hear(meter: MotionMeter, characteristic: number, packet: Uint8Array, atMs: number): boolean {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength)
  if (characteristic === BATTERY) {
    const percent = readBatteryLevel(view)
    expectWithin(percent, 0, 100)
    return percent !== null
  }
  if (characteristic === HEART_RATE) {
    const measured = readHeartRateMeasurement(view)
    if (measured.outcome === 'refused') return false
    expectWithin(measured.bpm, MIN_BPM, MAX_BPM)
    for (const rr of measured.rr) expectWithin(rr, MIN_RR, MAX_RR)
    return true
  }
  const motion = meter.hear(characteristic, view, atMs)
  expectWithin(motion?.watts ?? null, 0, MAX_WATTS)
  expectWithin(motion?.cadence ?? null, 0, MAX_CADENCE)
  expectWithin(motion?.speed ?? null, 0, MAX_SPEED)
  return motion !== null
}
