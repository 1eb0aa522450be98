'use client'
import { useCallback, useMemo, useState } from 'react'
import { DoorOpen } from 'lucide-react'
import { uploadVerdict } from '@/lib/room/upload-verdict'
import type { SoundFrom } from '@/lib/room/video-room'
import { SoundLevel } from './check-level'
import { CheckRecording } from './check-recording'
import { CheckRow, type CheckState } from './check-row'
import { classNames } from './class-names'
import { checkStrings as words } from './strings-check'
import { roomStrings } from './strings-room'
import { TileVideo } from './tile-picture'
import { Button, ButtonLink } from './ui-button'
import { Choice } from './ui-choice'
import { SelectField } from './ui-field'
import { type CheckMedia, useCheckMedia } from './use-check-media'
import { type CheckRun, useCheckRun } from './use-check-run'

type CheckPageProps = {
  classId: string
  title: string
  places: number
  /** The pictures go through us; `false` beside the trainer's own call. */
  carriesVideo: boolean
  iceServers: readonly RTCIceServer[]
}

/** Everything that can be known before a class, from one tap, in letters for the mat. Audience: the trainer. */
export const CheckPage = ({ classId, title, places, carriesVideo, iceServers }: CheckPageProps) => {
  const { media, chosen, open, choose } = useCheckMedia()
  const { run, start } = useCheckRun(iceServers, carriesVideo)
  const [step, setStep] = useState<'waiting' | 'opening' | 'open'>('waiting')
  const [heard, setHeard] = useState(false)
  const onHeard = useCallback(() => setHeard(true), [])
  const begin = async () => {
    setStep('opening')
    setHeard(false)
    await open()
    setStep('open')
    await start()
  }
  const tracks = useMemo(() => [media.camera, media.microphone].filter((track) => track !== null), [media.camera, media.microphone])
  return (
    <main id="content" className="stage min-h-dvh p-4 sm:p-6 lg:p-8">
      <header className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-[clamp(1.75rem,3vw,3rem)] leading-tight font-bold">{words.title}</h1>
          <p className="truncate text-lead text-soft">{title}</p>
        </div>
        <ButtonLink href={`/room/${classId}`} variant={step === 'waiting' ? 'secondary' : 'primary'} size="large">
          <DoorOpen aria-hidden />
          {words.enter}
        </ButtonLink>
      </header>
      <div className="grid gap-x-8 gap-y-6 grid-cols-1 lg:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
        <section aria-label={words.picture} className="space-y-4">
          <div className="aspect-video overflow-hidden rounded-panel bg-sunk">
            {media.camera ? (
              <TileVideo track={media.camera} mirrored whole label={words.picture} />
            ) : (
              <div className="flex size-full flex-col items-center justify-center gap-4 p-6 text-center">
                <Button size="large" busy={step === 'opening'} onClick={() => void begin()} className="px-8! py-5! text-[clamp(1.25rem,2.4vw,2.25rem)]!">
                  {step === 'open' ? words.again : words.start}
                </Button>
                <p className="text-lead text-soft">{words.startHint}</p>
              </div>
            )}
          </div>
          {media.microphone ? <SoundLevel track={media.microphone} onHeard={onHeard} /> : null}
          {step === 'open' ? <CheckRecording tracks={tracks} /> : null}
        </section>
        {/* What a trainer reads from the mat comes before what they set from the chair. */}
        <ul className="border-y border-line lg:row-span-2 lg:border-y-0">
          <MediaRows media={media} opened={step} heard={heard} />
          <PathRow run={run} />
          <UploadRow run={run} places={places} soundFrom={chosen.soundFrom} carriesVideo={carriesVideo} started={step === 'open'} />
          <PowerRows run={run} />
        </ul>
        {step === 'open' ? (
          <section aria-label={words.devices} className="space-y-4">
            <Devices media={media} chosen={chosen} onChoose={choose} />
            {media.camera ? (
              <Button variant="secondary" wide onClick={() => void begin()}>
                {words.again}
              </Button>
            ) : null}
          </section>
        ) : null}
      </div>
    </main>
  )
}

const MediaRows = ({ media, opened, heard }: { media: CheckMedia; opened: 'waiting' | 'opening' | 'open'; heard: boolean }) => {
  const settled = (good: boolean): CheckState => (opened === 'open' ? (good ? 'good' : 'bad') : opened === 'opening' ? 'running' : 'waiting')
  const { camera, microphone, cameraProblem, microphoneProblem } = media
  return (
    <>
      <CheckRow
        name={words.camera.name}
        state={settled(camera !== null)}
        line={
          camera
            ? words.camera.on(camera.label, camera.getSettings().height ?? null)
            : cameraProblem
              ? words.camera.problem[cameraProblem]
              : undefined
        }
      />
      <CheckRow
        name={words.microphone.name}
        state={opened === 'open' && microphone && !heard ? 'running' : settled(microphone !== null)}
        line={microphone ? (heard ? words.microphone.heard : words.microphone.listening) : microphoneProblem ? words.microphone.problem[microphoneProblem] : undefined}
        more={microphone?.label}
      />
    </>
  )
}

const PathRow = ({ run: { path } }: { run: CheckRun }) =>
  path === 'waiting' || path === 'running' ? (
    <CheckRow name={words.path.name} state={path} />
  ) : (
    <CheckRow
      name={words.path.name}
      state={path.outcome === 'direct' ? 'good' : path.outcome === 'none' ? 'bad' : path.outcome === 'near' ? 'unknown' : 'warn'}
      line={words.path.verdict(path)}
      more={words.path.advice(path)}
    />
  )

type UploadRowProps = { run: CheckRun; places: number; soundFrom: SoundFrom; carriesVideo: boolean; started: boolean }
const UploadRow = ({ run: { upload }, places, soundFrom, carriesVideo, started }: UploadRowProps) => {
  const name = words.upload.name
  if (!carriesVideo) return <CheckRow name={name} state={started ? 'unknown' : 'waiting'} line={words.upload.ownLink} />
  if (upload.state === 'waiting') return <CheckRow name={name} state="waiting" />
  if (upload.state === 'failed') return <CheckRow name={name} state="bad" line={words.upload.failed} />
  if (upload.state === 'running')
    return (
      <CheckRow name={name} state="running" line={words.upload.measuring(upload.kbps)}>
        <progress
          max={1}
          value={upload.part}
          aria-label={name}
          className={classNames(
            'block h-3 w-full appearance-none overflow-hidden rounded-full bg-accent-wash',
            '[&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:bg-accent',
          )}
        />
      </CheckRow>
    )
  const verdict = uploadVerdict(upload.kbps, places, soundFrom)
  return (
    <CheckRow
      name={name}
      state={verdict.outcome === 'good' ? 'good' : verdict.outcome === 'fewer' ? 'warn' : 'bad'}
      line={words.upload.verdict(verdict)}
      more={words.upload.advice(verdict, upload.kbps)}
    />
  )
}

const PowerRows = ({ run: { power, awake } }: { run: CheckRun }) => (
  <>
    {power === 'waiting' ? (
      <CheckRow name={words.power.name} state="waiting" />
    ) : power === null ? (
      <CheckRow name={words.power.name} state="unknown" line={words.power.unsaid} more={words.power.unsaidMore} />
    ) : power.charging ? (
      <CheckRow name={words.power.name} state="good" line={words.power.plugged} />
    ) : (
      <CheckRow name={words.power.name} state="warn" line={words.power.onBattery(Math.round(power.level * 100))} more={words.power.plugIn} />
    )}
    {awake === 'waiting' ? (
      <CheckRow name={words.awake.name} state="waiting" />
    ) : (
      <CheckRow
        name={words.awake.name}
        state={awake === 'on' ? 'good' : awake === 'off' ? 'warn' : 'unknown'}
        line={words.awake[awake]}
        more={awake === 'on' ? undefined : awake === 'off' ? words.awake.offMore : words.awake.unsupportedMore}
      />
    )}
  </>
)

type DevicesProps = {
  media: CheckMedia
  chosen: { cameraId: string | null; microphoneId: string | null; soundFrom: SoundFrom }
  onChoose: (change: { cameraId?: string | null; microphoneId?: string | null; soundFrom?: SoundFrom }) => void
}
const Devices = ({ media, chosen, onChoose }: DevicesProps) => {
  const options = (kind: MediaDeviceInfo['kind'], name: string) => [
    { value: '', label: words.browserChoice },
    ...media.devices
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map((device, index) => ({ value: device.deviceId, label: device.label || words.unnamed(name, index + 1) })),
  ]
  const { settings } = roomStrings
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label={words.camera.choose}
        value={chosen.cameraId ?? ''}
        onChange={(event) => onChoose({ cameraId: event.target.value || null })}
        options={options('videoinput', words.camera.name)}
      />
      <SelectField
        label={words.microphone.choose}
        value={chosen.microphoneId ?? ''}
        onChange={(event) => onChoose({ microphoneId: event.target.value || null })}
        options={options('audioinput', words.microphone.name)}
      />
      <Choice<SoundFrom>
        className="sm:col-span-2"
        legend={settings.soundFrom}
        name="sound-from"
        layout="row"
        value={chosen.soundFrom}
        onChange={(soundFrom) => onChoose({ soundFrom })}
        options={[
          { value: 'headset', label: settings.headset, hint: settings.headsetText },
          { value: 'speaker', label: settings.speaker, hint: settings.speakerText },
        ]}
      />
    </div>
  )
}
