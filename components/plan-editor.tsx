'use client'
import { useState } from 'react'
import { PLAN_PRESETS, type PlanPreset, type PresetNumber } from '@/lib/classes/plan-preset'
import { type PlanBlock, planMs, unrollPlan, type WorkoutPlan } from '@/lib/classes/workout-plan'
import { EMPTY_BLOCK, PlanBlockEditor } from './plan-block-editor'
import { PlanPicture } from './plan-picture'
import { timerStrings } from './strings-timer'
import { Button } from './ui-button'
import { TextField } from './ui-field'

const words = timerStrings.plan
const UNIT = { rounds: '×', s: 's', min: 'min' } as const

/** A plan in a minute: take a preset, change its numbers; or go on block by block. Controlled; whoever mounts it saves. */
export const PlanEditor = ({ plan, onChange }: { plan: WorkoutPlan | null; onChange: (plan: WorkoutPlan | null) => void }) => {
  const [preset, setPreset] = useState<PlanPreset | null>(null)
  const [numbers, setNumbers] = useState<Readonly<Record<string, number>>>({})
  const choose = (next: PlanPreset) => {
    const start = Object.fromEntries(next.numbers.map((number) => [number.key, number.start]))
    setPreset(next)
    setNumbers(start)
    onChange(next.build(start))
  }
  const adjust = (key: string, value: number) => {
    if (!preset) return
    const next = { ...numbers, [key]: value }
    setNumbers(next)
    onChange(preset.build(next))
  }
  /** By hand: the preset's numbers would undo it. */
  const edit = (blocks: readonly PlanBlock[]) => {
    setPreset(null)
    onChange(blocks.length === 0 ? null : { blocks: [...blocks] })
  }
  const blocks = plan?.blocks ?? []
  return (
    <div className="space-y-5">
      <div className="space-y-2">
        <p className="text-small text-soft">{words.intro}</p>
        <div className="flex flex-wrap gap-2">
          {PLAN_PRESETS.map((one) => (
            <Button key={one.id} variant={preset?.id === one.id ? 'primary' : 'secondary'} aria-pressed={preset?.id === one.id} onClick={() => choose(one)}>
              {words.presets[one.id]}
            </Button>
          ))}
        </div>
      </div>
      {preset ? (
        <div className="grid grid-cols-2 gap-3">
          {preset.numbers.map((number) => (
            <NumberField key={`${preset.id} ${number.key}`} number={number} onChange={(value) => adjust(number.key, value)} />
          ))}
        </div>
      ) : null}
      {plan ? (
        <div className="space-y-2">
          <PlanPicture plan={plan} />
          <p role="status" data-plan-total className="figures text-base font-semibold">
            {words.total(planMs(plan), unrollPlan(plan).length)}
          </p>
        </div>
      ) : (
        <p className="text-base text-soft">{words.none}</p>
      )}
      <ol className="space-y-4">
        {blocks.map((block, i) => (
          <li key={i}>
            <PlanBlockEditor
              block={block}
              number={i + 1}
              first={i === 0}
              last={i === blocks.length - 1}
              onChange={(next) => edit(blocks.map((one, at) => (at === i ? next : one)))}
              onMove={(by) => edit(moved(blocks, i, by))}
              onRemove={() => edit(blocks.filter((_, at) => at !== i))}
            />
          </li>
        ))}
      </ol>
      <Button variant="secondary" onClick={() => edit([...blocks, EMPTY_BLOCK])}>
        {words.addBlock}
      </Button>
    </div>
  )
}

/** Typed freely; counts within its limits. */
const NumberField = ({ number, onChange }: { number: PresetNumber; onChange: (value: number) => void }) => {
  const [text, setText] = useState(String(number.start))
  return (
    <TextField
      label={number.label}
      suffix={UNIT[number.unit]}
      inputMode="numeric"
      type="number"
      min={number.least}
      max={number.most}
      value={text}
      onChange={({ target }) => {
        setText(target.value)
        const value = target.valueAsNumber
        if (Number.isInteger(value) && value >= number.least && value <= number.most) onChange(value)
      }}
      onBlur={() => {
        const value = Math.round(Number(text))
        const kept = text === '' || !Number.isFinite(value) ? number.start : Math.min(number.most, Math.max(number.least, value))
        setText(String(kept))
        onChange(kept)
      }}
    />
  )
}

export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...list]
  const [one] = next.splice(at, 1)
  if (one !== undefined) next.splice(at + by, 0, one)
  return next
}
