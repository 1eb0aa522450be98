import type { HeartView } from '@/lib/room/room-view'
import { EffortInstead } from './heart-effort-pad'
import { HeartReplay } from './heart-replay'
import { TroubleWords } from './heart-trouble'
import { heartStrings } from './strings-heart'
import { Button } from './ui-button'

const words = heartStrings.card
type StartProps = { heart: HeartView; onSearch: () => void; onEffort: () => void; onReplay: (file: ArrayBuffer, speed: number) => void }

/** Read before the browser's chooser opens: an empty chooser looks like a broken product. */
export const HeartStart = ({ heart, onSearch, onEffort, onReplay }: StartProps) => (
  <div className="space-y-5">
    {heart.pairing.possible ? (
      <>
        <h3 className="sr-only">{words.title}</h3>
        <ol className="list-inside list-decimal space-y-2 text-base marker:font-semibold">
          <li>{words.worn}</li>
          <li>{words.closed}</li>
          <li>{words.bluetooth}</li>
        </ol>
        <Button size="large" wide onClick={onSearch}>
          {heart.rememberedName ? words.searchNamed(heart.rememberedName) : words.search}
        </Button>
      </>
    ) : (
      <>
        <TroubleWords trouble={heart.pairing.trouble} name={null} />
        {/* It may be on by now, or the browser mistaken: its own chooser knows. */}
        {heart.pairing.trouble === 'bluetooth_off' ? (
          <Button size="large" wide onClick={onSearch}>
            {heart.rememberedName ? words.searchNamed(heart.rememberedName) : words.search}
          </Button>
        ) : null}
      </>
    )}
    <EffortInstead onEffort={onEffort} primary={!heart.pairing.possible && heart.pairing.trouble !== 'bluetooth_off'} />
    <HeartReplay onReplay={onReplay} />
  </div>
)
