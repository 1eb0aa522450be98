import type { ReactNode } from 'react'
import { Bike } from 'lucide-react'
import type { MotionView } from '@/lib/room/room-view'
import type { SensorTrouble } from '@/lib/sensors/sensor'
import { classNames } from './class-names'
import { motionWords } from './motion-words'
import { motionStrings as words } from './strings-motion'
import { Button } from './ui-button'

/** Beside the own number: the figures of the machine, or that its signal is gone. Nothing without a machine. */
export const MotionLine = ({ motion, className }: { motion: MotionView; className?: string }) => {
  const { sensor, now } = motion
  if (sensor.state !== 'live' && sensor.state !== 'reconnecting') return null
  return (
    <p
      aria-label={words.label}
      data-motion={now ? 'live' : 'none'}
      className={classNames('figures flex min-h-9 items-center justify-center gap-2 px-2 py-1 text-center font-semibold', className)}
    >
      <Bike aria-hidden className="size-5 shrink-0 text-soft" />
      <span>{now ? motionWords(now) : sensor.state === 'live' ? words.nothingYet : words.lost}</span>
    </p>
  )
}

function failedWords(trouble: SensorTrouble, name: string | null): string {
  switch (trouble) {
    case 'cancelled':
    case 'not_found':
      return words.failed.cancelled
    case 'wrong_device':
      return words.failed.wrong(name)
    case 'blocked':
      return words.failed.blocked
    case 'bluetooth_off':
      return words.failed.off
    case 'unsupported':
    case 'insecure':
      return words.failed.unsupported
    default:
      return words.failed.asleep(name)
  }
}

type RowProps = {
  motion: MotionView
  trainer: string
  /** Who sees it, where it stands alone; without it, it goes beside the heart rate. */
  sharing: ReactNode
  onConnect: () => void
  onDisconnect: () => void
}

/** Under the heart in its sheet: the way to a machine, and out of it. */
export const MotionRow = ({ motion, trainer, sharing, onConnect, onDisconnect }: RowProps) => {
  const { sensor } = motion
  const there = sensor.state === 'live' || sensor.state === 'reconnecting'
  const busy = sensor.state === 'choosing' || sensor.state === 'connecting'
  const battery = sensor.state === 'live' ? sensor.batteryPct : null
  return (
    <section aria-label={words.label} className="mt-6 space-y-3 border-t border-line pt-5">
      <p role="status" className="flex items-start gap-2 text-base">
        <Bike aria-hidden className="mt-0.5 size-5 shrink-0 text-soft" />
        <span>
          {there ? (
            <>
              <span className="font-semibold">{words.connected(sensor.name)}</span>
              {battery === null ? null : <span className="text-soft"> · {words.battery(battery)}</span>}
              {sharing ? null : <span className="block text-soft">{words.sees(trainer)}</span>}
            </>
          ) : busy ? (
            words.searching
          ) : sensor.state === 'failed' ? (
            failedWords(sensor.trouble, sensor.name)
          ) : (
            words.addText
          )}
        </span>
      </p>
      {there ? sharing : null}
      {there ? (
        <Button variant="quiet" wide onClick={onDisconnect}>
          {words.disconnect}
        </Button>
      ) : (
        <Button variant="secondary" wide busy={busy} onClick={onConnect}>
          {sensor.state === 'failed' ? words.again : words.add}
        </Button>
      )}
    </section>
  )
}
