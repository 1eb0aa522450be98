import Link from 'next/link'
import type { ActivityDetail } from '@/lib/activities/activity'
import type { ActivityView } from '@/lib/activities/activity-view'
import { ProviderName } from '@/lib/sync/provider'
import { NO_SHAPE } from '@/lib/summaries/workout-shape'
import { brandOf } from './connection-brand'
import { FigureRows } from './figure-rows'
import { figureRows, inPlotUnits, titleOf, type Units, whenOf, distanceWords } from './history-words'
import { RouteSketch } from './route-sketch'
import { StreamPlot } from './stream-plot'
import { historyStrings } from './strings-history'
import { SummaryPlot } from './summary-plot'
import { exactTime, inputWords } from './summary-words'
import { SummaryZones } from './summary-zones'
import { summaryStrings } from './strings-summary'
import { Notice } from './ui-notice'
import { Pill } from './ui-panel'

const words = historyStrings.page

type ActivityPageProps = {
  activity: Omit<ActivityDetail, 'recording'>
  view: ActivityView | null
  timezone: string
  units: Units
  /** The history that the other records of the same training open in. */
  base: string
  ownerOnly: boolean
}

/** One activity: what it was, drawn and in figures, where it came from, and what was not sound. */
export const ActivityPage = ({ activity, view, timezone, units, base, ownerOnly }: ActivityPageProps) => {
  const { figures, problems, linked } = activity
  const provider = ProviderName.safeParse(activity.source).data
  const brand = provider && brandOf(provider)
  const hrmaxBpm = figures.inputs.effortOnly ? null : figures.inputs.hrmaxBpm
  return (
    <div className="space-y-10">
      <header>
        <h1 className="type-title break-words">{titleOf(activity)}</h1>
        <p className="figures mt-2 text-lead text-soft">{whenOf(activity, timezone)}</p>
        <div className="mt-3 flex flex-wrap items-center gap-2 text-base">
          <Pill>{historyStrings.sport[activity.sport]}</Pill>
          <Pill>{historyStrings.sourceLong(historyStrings.source[activity.source])}</Pill>
          {activity.device ? (
            <span className="text-soft">
              {historyStrings.recorded} {activity.device}
            </span>
          ) : null}
        </div>
      </header>
      {ownerOnly ? (
        <Notice title={historyStrings.ownerOnly}>
          <p>{historyStrings.ownerOnlyText}</p>
          {brand && activity.sourceId !== null ? (
            <p className="mt-2">
              {brand.credit}.{' '}
              <a className="font-bold underline" href={brand.original.url(activity.sourceId)}>
                {brand.original.words}
              </a>
            </p>
          ) : null}
        </Notice>
      ) : null}
      {problems.length > 0 ? (
        <Notice tone="warning" title={words.problems}>
          {problems.map((problem) => (
            <p key={problem}>{historyStrings.problem[problem]}</p>
          ))}
        </Notice>
      ) : null}
      {view ? <SummaryPlot figures={view.heartRate} shape={NO_SHAPE} hrmaxBpm={hrmaxBpm} /> : <Notice>{words.gone}</Notice>}
      {figures.zoneSeconds.outcome === 'computed' ? <SummaryZones seconds={figures.zoneSeconds.value} hrmaxBpm={hrmaxBpm} /> : null}
      {view?.plots.map(({ stream, curve }) => (
        <StreamPlot
          key={stream}
          {...words.plots[stream]}
          seconds={view.seconds}
          curve={curve.map((value) => (value === null ? null : inPlotUnits(stream, value)))}
        />
      ))}
      {figures.powerZoneSeconds?.outcome === 'computed' ? (
        <section>
          <h2 className="mb-2 type-heading">{words.powerZones}</h2>
          <FigureRows
            rows={figures.powerZoneSeconds.value.map((seconds, at) => ({ name: summaryStrings.zones.zone(at + 1), note: null, value: exactTime(seconds), needs: null }))}
          />
        </section>
      ) : null}
      <section>
        <h2 className="mb-1 type-heading">{words.figures}</h2>
        <FigureRows rows={figureRows(figures, { sport: activity.sport, units })} />
        <p className="mt-2 text-small text-soft">
          {summaryStrings.lab.inputs}: {inputWords(figures.inputs)}.
        </p>
      </section>
      {view && view.laps.length > 0 ? <Laps laps={view.laps} units={units} /> : null}
      {view?.route ? <RouteSketch route={view.route} /> : null}
      {linked.length > 0 ? (
        <section>
          <h2 className="mb-1 type-heading">{words.linked}</h2>
          <p className="mb-2 text-base text-soft">{words.linkedText}</p>
          <ul>
            {linked.map((other) => (
              <li key={other.activityId}>
                <Link href={`${base}/${other.activityId}`} className="link inline-flex min-h-11 items-center gap-2">
                  {historyStrings.sourceLong(historyStrings.source[other.source])}: {titleOf(other)}
                  {other.duplicateOfId === null ? <Pill>{words.counts}</Pill> : null}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

const Laps = ({ laps, units }: { laps: ActivityView['laps']; units: Units }) => (
  <section>
    <h2 className="mb-2 type-heading">{words.laps}</h2>
    <table className="figures w-full max-w-md text-base">
      <thead>
        <tr className="text-left text-small text-soft">
          <th scope="col" className="py-1 font-normal">
            {words.lap}
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            {words.lapTime}
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            {words.lapDistance}
          </th>
        </tr>
      </thead>
      <tbody>
        {laps.map((lap, at) => (
          <tr key={`${at} ${lap.startSecond}`} className="border-t border-line">
            <td className="py-1.5">{at + 1}</td>
            <td className="py-1.5 text-right">{exactTime(lap.seconds)}</td>
            <td className="py-1.5 text-right">{lap.distanceM === null ? '' : distanceWords(lap.distanceM, units)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
