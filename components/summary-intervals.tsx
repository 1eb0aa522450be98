import type { IntervalFigures } from '@/lib/summaries/summary'
import { planSummaryStrings as words } from './strings-plan-summary'
import { exactTime } from './summary-words'
import { Disclosure } from './ui-disclosure'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** What the plan and the heart say together; nothing where either is missing. */
export function intervalSentences(intervals: readonly IntervalFigures[]): string[] {
  const aimed = intervals.filter(({ inTargetSeconds }) => inTargetSeconds !== null)
  const recoveries = intervals.flatMap(({ recoveryBpm }) => (recoveryBpm === null ? [] : [recoveryBpm]))
  const mean = Math.round(sum(recoveries) / recoveries.length)
  return [
    aimed.length === 0
      ? null
      : words.target(exactTime(sum(aimed.map(({ inTargetSeconds }) => inTargetSeconds ?? 0))), exactTime(sum(aimed.map(({ seconds }) => seconds)))),
    recoveries.length === 0 || mean < 0 ? null : words.recovered(mean, recoveries.length),
  ].filter((sentence) => sentence !== null)
}

/** Each work interval in a line, for whoever wants to know. */
export const SummaryIntervals = ({ intervals }: { intervals: readonly IntervalFigures[] }) => {
  if (intervals.every(({ measuredSeconds }) => measuredSeconds === 0)) return null
  const heads = [words.interval, words.asked, words.inTarget, words.recovery]
  return (
    <Disclosure summary={<span className="type-heading">{words.title}</span>}>
      <p className="mb-3 text-small text-soft">{words.note}</p>
      <div className="overflow-x-auto">
        <table className="figures w-full max-w-2xl text-small">
          <thead>
            <tr className="text-left text-soft">
              {heads.map((head) => (
                <th key={head} scope="col" className="py-1 pr-4 font-normal">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {intervals.map(({ fromSecond, seconds, round, of, cue, targetZone, inTargetSeconds, recoveryBpm }) => (
              <tr key={fromSecond} className="border-t border-line">
                <td className="py-1.5 pr-4">{words.name(cue, round, of)}</td>
                <td className="py-1.5 pr-4 whitespace-nowrap">
                  {exactTime(seconds)}
                  {targetZone === null ? null : `, ${words.zone(targetZone)}`}
                </td>
                <td className="py-1.5 pr-4 whitespace-nowrap">
                  {inTargetSeconds === null ? words.none : words.of(exactTime(inTargetSeconds), exactTime(seconds))}
                </td>
                <td className="py-1.5 whitespace-nowrap">{recoveryBpm === null ? words.none : words.bpm(Math.round(recoveryBpm))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Disclosure>
  )
}
