import { now } from '@/lib/platform/clock'
import { type Comer, isLate } from '@/lib/classes/turnout'
import type { ClassAfter } from '@/lib/summaries/class-after'
import type { ClassSummary, MemberSummary } from '@/lib/summaries/class-summary'
import { classNames } from './class-names'
import { AfterAlike } from './after-alike'
import { AfterDigest } from './after-digest'
import { AfterMissed, AfterTake } from './after-missed'
import { PaidTick } from './after-paid'
import { LocalTime } from './local-time'
import { afterStrings } from './strings-after'
import { summaryStrings } from './strings-summary'
import { GroupCurve } from './summary-group-curve'
import { SummaryRefresh } from './summary-refresh'
import { memberLine, timeWords } from './summary-words'
import { ButtonLink } from './ui-button'
import { Notice } from './ui-notice'

const words = summaryStrings.group

type ClassSummaryProps = {
  summary: ClassSummary
  after: ClassAfter
  timezone: string
  series: { seriesId: string; url: string; payUrl: string | null; payNote: string | null }
}

/** The trainer's view of a class that is over. No health value of anybody who did not share. */
export const ClassSummaryPage = ({ summary, after, timezone, series }: ClassSummaryProps) => {
  const { members, workoutSeconds } = summary
  const comers = new Map(after.came.map((comer) => [comer.participantId, comer]))
  const shared = members.filter((member) => member.figures !== null).length
  return (
    <div className="space-y-10">
      <header className="space-y-2">
        <h1 className="type-title">{summary.title}</h1>
        <p className="text-base text-soft">
          {words.title} · <LocalTime at={summary.startsAt} drawnAt={now()} timezone={timezone} /> · {timeWords(workoutSeconds)}
        </p>
        <p className="text-lead">{members.length === 0 ? words.none : words.came(members.length, shared)}</p>
      </header>
      {summary.status === 'receiving' ? (
        <>
          <Notice live>{summaryStrings.receiving}</Notice>
          <SummaryRefresh />
        </>
      ) : null}
      {after.digest.length > 0 ? <AfterDigest digest={after.digest} title={summary.title} url={series.url} /> : null}
      {members.length > 0 ? (
        <section>
          <h2 className="type-heading mb-2">{words.people}</h2>
          <ul className="divide-y divide-line border-y border-line">
            {members.map((member) => (
              <MemberRow key={member.participantId} member={member} comer={comers.get(member.participantId)} classId={summary.classId} workoutSeconds={workoutSeconds} />
            ))}
          </ul>
          <p className="mt-3 text-small text-soft">{words.private}</p>
        </section>
      ) : null}
      {after.missed.length > 0 ? <AfterMissed missed={after.missed} /> : null}
      {members.length + after.missed.length > 0 ? <AfterTake classId={summary.classId} pay={{ url: series.payUrl, note: series.payNote }} /> : null}
      {after.alike.length > 0 ? <AfterAlike seriesId={series.seriesId} alike={after.alike} /> : null}
      <section>
        <h2 className="type-heading mb-1">{words.curve}</h2>
        <GroupCurve curve={summary.groupCurve} shape={summary.shape} />
      </section>
      {after.billedMessages > 0 ? (
        <section data-cost>
          <h2 className="type-heading mb-1">{afterStrings.cost.title}</h2>
          <p className="figures text-lead font-semibold">{afterStrings.cost.value(after.billedMessages)}</p>
          <p className="mt-1 max-w-prose text-small text-soft">{afterStrings.cost.text}</p>
        </section>
      ) : null}
      <ButtonLink variant="secondary" href={`/c/${summary.slug}`}>
        {words.again}
      </ButtonLink>
    </div>
  )
}

type MemberRowProps = { member: MemberSummary; comer: Comer | undefined; classId: string; workoutSeconds: number }

const MemberRow = ({ member, comer, classId, workoutSeconds }: MemberRowProps) => {
  const share = workoutSeconds > 0 ? Math.min(100, Math.round((100 * member.presentSeconds) / workoutSeconds)) : null
  return (
    <li
      data-member={member.participantId}
      className="grid grid-cols-[1fr_auto] items-center gap-x-6 py-2 sm:grid-cols-[minmax(10rem,1fr)_10rem_2fr_auto]"
    >
      <span className="font-semibold">
        {member.name}
        {comer ? <span className="block text-small font-normal text-soft">{arrival(comer)}</span> : null}
      </span>
      <span className="figures text-base max-sm:col-start-1">
        <span className="sr-only">{words.present}: </span>
        {timeWords(member.presentSeconds)}
        {share === null ? null : <span className="text-small text-soft"> · {share} %</span>}
      </span>
      <span className={classNames('text-base max-sm:col-start-1', member.figures ? 'figures' : 'text-soft')}>{memberLine(member)}</span>
      <span className="max-sm:col-start-2 max-sm:row-span-3 max-sm:row-start-1">
        <PaidTick classId={classId} participantId={member.participantId} name={member.name} paid={comer?.paid ?? false} />
      </span>
    </li>
  )
}

function arrival(comer: Comer): string {
  const { came, late, firstTime, removed } = afterStrings.people
  const how = isLate(comer) ? late(timeWords(comer.firstSecond)) : came
  return [how, comer.firstTime ? firstTime : null, comer.removed ? removed : null].filter((part) => part !== null).join(' · ')
}
