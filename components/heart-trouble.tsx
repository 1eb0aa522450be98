'use client'
import type { SensorTrouble } from '@/lib/sensors/sensor'
import { useDevice } from './browser-facts'
import { EffortInstead } from './heart-effort-pad'
import { HeartReplay } from './heart-replay'
import { heartStrings } from './strings-heart'
import { Button } from './ui-button'

const words = heartStrings.trouble
type Told = { readonly title: string; readonly text?: string; readonly steps?: readonly string[] }

/** By cause: what happened and what helps. Never blame; the class goes on. `iphone`: Apple's rule, said as such. */
export function troubleWords(trouble: SensorTrouble, name: string | null, iphone: boolean): Told {
  switch (trouble) {
    case 'unsupported':
      return iphone ? { title: words.iphoneTitle, text: words.iphoneText } : { title: words.unsupportedTitle, text: words.unsupportedText }
    case 'insecure':
      return { title: words.insecureTitle, text: words.insecureText }
    case 'bluetooth_off':
      return { title: words.bluetooth_offTitle, text: words.bluetooth_offText }
    case 'blocked':
      return { title: words.blockedTitle, text: words.blockedText }
    case 'cancelled':
      return { title: words.cancelledTitle, steps: words.steps }
    case 'not_found':
      return { title: words.notFoundTitle, steps: words.steps }
    case 'in_use_or_asleep':
      return { title: words.in_use_or_asleepTitle(name), steps: words.steps }
    case 'wrong_device':
      return { title: words.wrong_deviceTitle(name), text: words.wrong_deviceText }
    case 'out_of_range':
      return { title: words.out_of_rangeTitle, text: words.out_of_rangeText }
    case 'no_data':
      return { title: words.no_dataTitle(name), text: words.no_dataText }
    case 'ended':
      return { title: words.endedTitle, text: words.endedText }
  }
}

export const TroubleWords = ({ trouble, name }: { trouble: SensorTrouble; name: string | null }) => {
  const iphone = useDevice()?.strap === 'iphone'
  const told = troubleWords(trouble, name, iphone)
  return (
    <div role="status" className="space-y-2">
      <h3 className="type-heading">{told.title}</h3>
      {told.text ? <p className="text-base">{told.text}</p> : null}
      {trouble === 'unsupported' && iphone ? <p className="text-base">{words.iphoneWays(window.location.host)}</p> : null}
      {told.steps ? (
        <ol className="list-inside list-decimal space-y-2 text-base marker:font-semibold">
          {told.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      ) : null}
    </div>
  )
}

type TroubleProps = {
  trouble: SensorTrouble
  name: string | null
  onSearch: () => void
  onEffort: () => void
  onReplay: (file: ArrayBuffer, speed: number) => void
  onGoOn: () => void
}

export const HeartTrouble = ({ trouble, name, onSearch, onEffort, onReplay, onGoOn }: TroubleProps) => {
  const searchable = trouble !== 'unsupported' && trouble !== 'insecure'
  return (
    <div className="space-y-5">
      <TroubleWords trouble={trouble} name={name} />
      <div className="flex flex-wrap gap-2">
        {searchable ? (
          <Button className="grow" onClick={onSearch}>
            {words.again}
          </Button>
        ) : null}
        <Button variant={searchable ? 'quiet' : 'secondary'} className="grow" onClick={onGoOn}>
          {words.goOn}
        </Button>
      </div>
      <EffortInstead onEffort={onEffort} />
      <HeartReplay onReplay={onReplay} />
    </div>
  )
}
