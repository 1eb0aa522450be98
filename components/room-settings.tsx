import type { RoomView } from '@/lib/room/room-view'
import type { SoundFrom } from '@/lib/room/video-room'
import { roomStrings } from './strings-room'
import { Choice } from './ui-choice'

const words = roomStrings.settings

/** Where the trainer's sound comes from, and how the link is doing. */
export const RoomSettings = ({ view, onSoundFrom }: { view: RoomView; onSoundFrom: (source: SoundFrom) => void }) => {
  const { video } = view
  const here = view.room.videoPlace === 'here'
  const facts: ReadonlyArray<readonly [string, string]> = [
    [words.link, view.offlineMs > 0 ? words.linkDown(view.offlineMs) : words.linkUp],
    [words.video, here ? words.videoState[video?.state ?? 'idle'] : words.videoOwnLink],
    ...(video ? [[words.people, String(video.remotes.filter((remote) => remote.connection === 'connected').length)] as const] : []),
    [words.latency, view.beatLatencyP95Ms === null ? words.latencyUnknown : words.latencyValue(view.beatLatencyP95Ms)],
    [words.awake, words.awakeState[view.wakeLock]],
  ]
  return (
    <div className="space-y-6">
      {here ? (
        <Choice<SoundFrom>
          legend={words.soundFrom}
          name="sound-from"
          value={view.soundFrom}
          onChange={onSoundFrom}
          options={[
            { value: 'headset', label: words.headset, hint: words.headsetText },
            { value: 'speaker', label: words.speaker, hint: words.speakerText },
          ]}
        />
      ) : null}
      <section>
        <h3 className="mb-1 text-base font-semibold">{words.diagnostics}</h3>
        <dl className="divide-y divide-line text-small">
          {facts.map(([name, value]) => (
            <div key={name} className="flex justify-between gap-4 py-2">
              <dt className="text-soft">{name}</dt>
              <dd className="figures shrink-0 font-semibold">{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <p className="text-small text-soft">{here ? roomStrings.controls.keys : roomStrings.controls.keysOwnLink}</p>
    </div>
  )
}
