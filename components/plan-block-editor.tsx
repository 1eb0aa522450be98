'use client'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { blockMs, IntervalKind, type PlanBlock, type PlanInterval } from '@/lib/classes/workout-plan'
import { controlLook } from './ui-field'
import { classNames } from './class-names'
import { clockWords, timerStrings } from './strings-timer'
import { Button, IconButton } from './ui-button'

const words = timerStrings.plan
const WORK: PlanInterval = { kind: 'work', durationS: 40, targetZone: 4, cue: '' }
const REST: PlanInterval = { kind: 'rest', durationS: 20, targetZone: null, cue: '' }
export const EMPTY_BLOCK: PlanBlock = { rounds: 4, intervals: [WORK, REST] }
const ZONES = [0, 1, 2, 3, 4, 5] as const
const small = classNames(controlLook, 'min-h-11 border-line-strong px-2.5! text-base!')

type BlockProps = {
  block: PlanBlock
  number: number
  first: boolean
  last: boolean
  onChange: (block: PlanBlock) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

/** Rounds of a few intervals. */
export const PlanBlockEditor = ({ block, number, first, last, onChange, onMove, onRemove }: BlockProps) => {
  const set = (i: number, interval: PlanInterval) =>
    onChange({ ...block, intervals: block.intervals.map((one, at) => (at === i ? interval : one)) })
  return (
    <fieldset className="@container space-y-3 rounded-control border border-line p-3">
      <legend className="figures px-1 text-base font-semibold">
        {words.block(number)} · {clockWords(blockMs(block))}
      </legend>
      <div className="flex items-end gap-2">
        <label className="mr-auto w-24 text-small font-semibold">
          {words.rounds}
          <WholeNumber least={1} most={100} value={block.rounds} onChange={(rounds) => onChange({ ...block, rounds })} />
        </label>
        <IconButton label={words.up} icon={<ArrowUp aria-hidden />} disabled={first} onClick={() => onMove(-1)} />
        <IconButton label={words.down} icon={<ArrowDown aria-hidden />} disabled={last} onClick={() => onMove(1)} />
        <IconButton label={words.removeBlock} icon={<Trash2 aria-hidden />} onClick={onRemove} />
      </div>
      <ul className="space-y-3">
        {block.intervals.map((interval, i) => (
          <li key={i} className="grid grid-cols-2 gap-2 border-t border-line pt-3 @xl:grid-cols-[8.5rem_5.5rem_7.5rem_1fr_auto]">
            <label className="min-w-0 text-small font-semibold">
              {words.kind}
              <select
                className={small}
                value={interval.kind}
                onChange={({ target }) => set(i, { ...interval, kind: IntervalKind.parse(target.value) })}
              >
                {IntervalKind.options.map((kind) => (
                  <option key={kind} value={kind}>
                    {timerStrings.kinds[kind]}
                  </option>
                ))}
              </select>
            </label>
            <label className="min-w-0 text-small font-semibold">
              {words.seconds}
              <WholeNumber least={5} most={14_400} value={interval.durationS} onChange={(durationS) => set(i, { ...interval, durationS })} />
            </label>
            <label className="min-w-0 text-small font-semibold">
              {words.zone}
              <select
                className={small}
                value={interval.targetZone ?? ''}
                onChange={({ target }) => set(i, { ...interval, targetZone: target.value === '' ? null : Number(target.value) })}
              >
                <option value="">{words.noZone}</option>
                {ZONES.map((zone) => (
                  <option key={zone} value={zone}>
                    {words.zoneName(zone)}
                  </option>
                ))}
              </select>
            </label>
            <label className="order-last col-span-full min-w-0 text-small font-semibold @xl:order-none @xl:col-span-1">
              {words.cue}
              <input
                className={small}
                maxLength={80}
                value={interval.cue}
                onChange={({ target }) => set(i, { ...interval, cue: target.value })}
              />
            </label>
            <IconButton
              label={words.remove}
              icon={<Trash2 aria-hidden />}
              className="self-end justify-self-end"
              disabled={block.intervals.length === 1}
              onClick={() => onChange({ ...block, intervals: block.intervals.filter((_, at) => at !== i) })}
            />
          </li>
        ))}
      </ul>
      <Button
        variant="quiet"
        disabled={block.intervals.length >= 40}
        onClick={() => onChange({ ...block, intervals: [...block.intervals, block.intervals.at(-1)?.kind === 'work' ? REST : WORK] })}
      >
        <Plus aria-hidden />
        {words.addInterval}
      </Button>
    </fieldset>
  )
}

/** An empty or impossible number waits for its end: nothing jumps while somebody types. */
const WholeNumber = ({ value, least, most, onChange }: { value: number; least: number; most: number; onChange: (value: number) => void }) => (
  <input
    // What somebody types stays until it is a number; one that comes from elsewhere replaces it.
    key={value}
    className={classNames(small, 'figures')}
    type="number"
    inputMode="numeric"
    min={least}
    max={most}
    defaultValue={value}
    onBlur={({ target }) => {
      const given = Math.round(target.valueAsNumber)
      const kept = Number.isFinite(given) ? Math.min(most, Math.max(least, given)) : value
      target.value = String(kept)
      if (kept !== value) onChange(kept)
    }}
  />
)
