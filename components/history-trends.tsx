'use client'
import { dayText, FOUR_WEEKS, type Trends } from '@/lib/activities/history-figures'
import { PlotLine, PlotTicks } from './plot-frame'
import { historyStrings } from './strings-history'
import { plotScale } from './summary-plot-scale'
import { timeWords } from './summary-words'
import { Disclosure } from './ui-disclosure'
import { dayWords } from './time-words'
import { useSize } from './use-size'

const words = historyStrings.trends
const HEIGHT = 200
const SHOWN_DAYS = 84
const dateOf = (day: number): string => dayWords(day * 86_400_000, 0, 'UTC')

/** Four weeks in figures, twelve as curves of fitness and fatigue over the load of each day. */
export const HistoryTrends = ({ trends }: { trends: Trends }) => {
  const [ref, { width }] = useSize()
  const days = trends.days.slice(-SHOWN_DAYS)
  const fromDay = trends.fromDay + trends.days.length - days.length
  const last = days.at(-1)
  const { load, before, seconds, count, withoutLoad } = trends.fourWeeks
  const most = Math.max(10, ...days.flatMap((day) => [day.fitness, day.fatigue]))
  const heaviest = Math.max(1, ...days.map((day) => day.load))
  const scale = plotScale({ width, height: HEIGHT, seconds: days.length, low: 3, high: most, marginRight: 64 })
  const xOf = (at: number) => scale.x(at + 0.5)
  const label = (text: string, value: number, other: number) => (
    <text x={scale.right + 6} y={scale.y(value) + (value >= other ? -2 : 12)} className="fill-ink text-[0.75rem]">
      {text}
    </text>
  )
  return (
    <section>
      <h2 className="type-heading">{words.title}</h2>
      <dl className="mt-2 flex flex-wrap gap-x-8 gap-y-2">
        <Sum name={words.load} value={String(Math.round(load))} note={words.before(before)} />
        <Sum name={words.time} value={timeWords(seconds)} />
        <Sum name={words.count} value={String(count)} />
      </dl>
      {withoutLoad > 0 ? <p className="mt-2 text-small text-soft">{words.without(withoutLoad)}</p> : null}
      {last && days.some((day) => day.load > 0) ? (
        <>
          <p className="mt-4 text-base text-soft">
            {words.alt(last.fitness, last.fatigue, days.at(-FOUR_WEEKS)?.fitness ?? 0)} {words.describes}
          </p>
          <div ref={ref} className="mt-2 h-50 w-full">
            {width > 0 ? (
              <svg aria-hidden data-trends width={width} height={HEIGHT} className="figures">
                <PlotTicks scale={scale} />
                {days.map((day, at) =>
                  day.load > 0 ? (
                    <rect
                      key={at}
                      x={scale.x(at) + 0.5}
                      width={Math.max(1, scale.x(at + 1) - scale.x(at) - 1)}
                      y={scale.bottom - (0.5 * (scale.bottom - scale.top) * day.load) / heaviest}
                      height={(0.5 * (scale.bottom - scale.top) * day.load) / heaviest}
                      className="fill-line-strong"
                      opacity={0.35}
                    />
                  ) : null,
                )}
                <PlotLine curve={days.map((day) => day.fatigue)} xOf={xOf} scale={scale} className="stroke-soft" dashed />
                <PlotLine curve={days.map((day) => day.fitness)} xOf={xOf} scale={scale} className="stroke-accent" />
                {label(words.fitness, last.fitness, last.fatigue)}
                {label(words.fatigue, last.fatigue, last.fitness)}
                {days.map((_, at) =>
                  at % FOUR_WEEKS === 0 ? (
                    <text key={at} x={scale.x(at)} y={HEIGHT - 4} className="fill-soft text-[0.75rem]">
                      {dateOf(fromDay + at)}
                    </text>
                  ) : null,
                )}
              </svg>
            ) : null}
          </div>
          <Disclosure summary={<span className="text-small font-normal text-soft">{words.table}</span>}>
            <table className="figures w-full max-w-md text-small">
              <thead>
                <tr className="text-left text-soft">
                  {[words.week, words.load, words.fitness, words.fatigue].map((name) => (
                    <th key={name} scope="col" className="py-1 font-normal">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7)).map((week, at) => (
                  <tr key={at} className="border-t border-line">
                    <td className="py-1">{dayText(fromDay + at * 7)}</td>
                    <td className="py-1">{Math.round(week.reduce((sum, day) => sum + day.load, 0))}</td>
                    <td className="py-1">{Math.round(week.at(-1)?.fitness ?? 0)}</td>
                    <td className="py-1">{Math.round(week.at(-1)?.fatigue ?? 0)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className="mt-2 text-small text-soft">{words.note}</p>
          </Disclosure>
        </>
      ) : null}
    </section>
  )
}

const Sum = ({ name, value, note }: { name: string; value: string; note?: string }) => (
  <div>
    <dt className="text-small text-soft">{name}</dt>
    <dd className="figures text-2xl font-semibold">{value}</dd>
    {note ? <dd className="figures text-small text-soft">{note}</dd> : null}
  </div>
)
