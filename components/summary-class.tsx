import { now } from '@/lib/platform/clock'
import type { ClassSummary, MemberSummary } from '@/lib/summaries/class-summary'
import { LocalTime } from './local-time'
import { summaryStrings } from './strings-summary'
import { GroupCurve } from './summary-group-curve'
import { SummaryRefresh } from './summary-refresh'
import { memberLine, timeWords } from './summary-words'
import { ButtonLink } from './ui-button'
import { Notice } from './ui-notice'

const words = summaryStrings.group

/** The trainer's view of a class that is over. No health value of anybody who did not share. */
export const ClassSummaryPage = ({ summary, timezone }: { summary: ClassSummary; timezone: string }) => {
  const { members, workoutSeconds } = summary
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
      {members.length > 0 ? (
        <section>
          <h2 className="type-heading mb-2">{words.people}</h2>
          <ul className="divide-y divide-line border-y border-line">
            {members.map((member) => (
              <MemberRow key={member.participantId} member={member} workoutSeconds={workoutSeconds} />
            ))}
          </ul>
          <p className="mt-3 text-small text-soft">{words.private}</p>
        </section>
      ) : null}
      <section>
        <h2 className="type-heading mb-1">{words.curve}</h2>
        <GroupCurve curve={summary.groupCurve} shape={summary.shape} />
      </section>
      <ButtonLink variant="secondary" href={`/c/${summary.slug}`}>
        {words.again}
      </ButtonLink>
    </div>
  )
}

const MemberRow = ({ member, workoutSeconds }: { member: MemberSummary; workoutSeconds: number }) => {
  const share = workoutSeconds > 0 ? Math.min(100, Math.round((100 * member.presentSeconds) / workoutSeconds)) : null
  return (
    <li data-member={member.participantId} className="grid gap-x-6 py-3 sm:grid-cols-[minmax(10rem,1fr)_8rem_2fr] sm:items-baseline">
      <span className="font-semibold">{member.name}</span>
      <span className="figures text-base">
        <span className="sr-only">{words.present}: </span>
        {timeWords(member.presentSeconds)}
        {share === null ? null : <span className="text-small text-soft"> · {share} %</span>}
      </span>
      <span className={member.figures ? 'figures text-base' : 'text-base text-soft'}>{memberLine(member)}</span>
    </li>
  )
}
