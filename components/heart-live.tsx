import type { ReactNode } from 'react'
import { Bluetooth, EyeOff, Eye } from 'lucide-react'
import type { HeartView } from '@/lib/room/room-view'
import { heartStrings } from './strings-heart'
import { motionStrings } from './strings-motion'
import { Button } from './ui-button'

const words = heartStrings.live
/** A tap's height around a word in a line, without moving the lines apart. */
const inlineLook = 'link -my-2.5 inline-block min-h-11 cursor-pointer py-2.5 font-semibold'

/** The strap is on: what it is, how the zones are made, and the way out. */
export const HeartLive = ({
  heart,
  onCorrect,
  onDisconnect,
  children,
}: {
  heart: HeartView
  onCorrect: () => void
  onDisconnect: () => void
  children: ReactNode
}) => {
  const { sensor, hrmax, profile } = heart
  const battery = sensor.state === 'live' ? sensor.batteryPct : null
  return (
    <div className="space-y-5">
      <p role="status" className="flex items-center gap-2 text-base font-semibold">
        <Bluetooth aria-hidden className="size-5 shrink-0 text-soft" />
        <span>
          {sensor.state === 'live'
            ? words.connected(sensor.name)
            : sensor.state === 'reconnecting' && sensor.trouble === 'no_data'
              ? heartStrings.trouble.no_dataText
              : heartStrings.own.lost}
          {battery === null ? null : <span className="font-normal text-soft"> · {words.battery(battery)}</span>}
        </span>
      </p>
      {children}
      <p className="text-base">
        <span>
          {profile.effortOnly
            ? words.effortOnly
            : hrmax
              ? hrmax.source === 'own'
                ? words.maxOwn(hrmax.bpm)
                : words.maxGuess(hrmax.bpm)
              : words.maxNone}
        </span>
        {profile.effortOnly ? null : (
          <>
            {'. '}
            <button type="button" className={inlineLook} onClick={onCorrect}>
              {hrmax ? words.correct : words.giveIt}
            </button>
          </>
        )}
      </p>
      {heart.pendingChunks > 2 ? <p className="text-small text-soft">{words.pending}</p> : null}
      <Button variant="secondary" wide onClick={onDisconnect}>
        {words.disconnect}
      </Button>
    </div>
  )
}

type SharingProps = {
  heart: HeartView
  trainer: string
  classReach: 'trainer' | 'everyone'
  /** The consent is from another class. */
  remembered: boolean
  onChange: () => void
  onHide: (hidden: boolean) => void
}

/** Who sees it, in one line, with the one tap that hides it. */
export const SharingLine = ({ heart, trainer, classReach, remembered, onChange, onHide }: SharingProps) => {
  const { consent, hidden } = heart
  if (!consent) return null
  const reach = consent.live === 'everyone' && classReach === 'trainer' ? 'trainer' : consent.live
  const isOn = ({ state }: HeartView['sensor']) => state === 'live' || state === 'reconnecting'
  const { heartRate, effort } = heartStrings.consent
  const what = isOn(heart.sensor) ? heartRate : isOn(heart.motion.sensor) ? motionStrings.what : effort
  const sees = heartStrings.consent.sees[reach](what, trainer)
  return (
    <div className="space-y-3">
      <p className="text-base">
        {hidden ? words.hidden(trainer) : `${sees}${remembered ? heartStrings.consent.asLastTime : '.'}`}{' '}
        {consent.keep ? heartStrings.consent.kept : heartStrings.consent.notKept}{' '}
        <button type="button" className={inlineLook} onClick={onChange}>
          {heartStrings.consent.change}
        </button>
      </p>
      {reach === 'me' ? null : (
        <Button variant={hidden ? 'primary' : 'secondary'} wide aria-pressed={hidden} onClick={() => onHide(!hidden)}>
          {hidden ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
          {hidden ? words.show : words.hide}
        </Button>
      )}
    </div>
  )
}
