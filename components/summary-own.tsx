import { ArrowLeft } from 'lucide-react'
import { now } from '@/lib/platform/clock'
import type { OwnSummary } from '@/lib/summaries/own-summary'
import { LocalTime } from './local-time'
import { firstName } from './strings-room'
import { historyStrings } from './strings-history'
import { summaryStrings } from './strings-summary'
import { ClaimOffer } from './summary-claim'
import { SummaryErase } from './summary-erase'
import { SummaryOfMember } from './summary-figures'
import { SummaryAgain, SummaryGive } from './summary-give'
import { SummaryLinkRevoke } from './summary-link-revoke'
import { SummaryMail } from './summary-mail'
import { SummaryOnDevice } from './summary-on-device'
import { SendWhatIsLeft, SummaryRefresh } from './summary-refresh'
import { SummaryShare } from './summary-share'
import { timeWords, wanted } from './summary-words'
import { ButtonLink } from './ui-button'
import { Notice } from './ui-notice'

type OwnProps = {
  summary: OwnSummary
  timezone: string
  /** Whoever opened it by a mailed link may delete it and take the link back, and changes nothing else. */
  reader: 'owner' | { readonly token: string }
  /** The room still talks. */
  roomOpen: boolean
}

/** A member's summary page, from the title down. */
export const OwnSummaryPage = ({ summary, timezone, reader, roomOpen }: OwnProps) => {
  const { classId, consents, figures, hostName, inputs, startsAt, workoutEndedAt } = summary
  const missing = [...wanted(figures)]
  const measured = figures.measuredSeconds > 0 || figures.effort.count > 0
  // Of whoever was never asked, or keeps nothing, there is nothing to delete.
  const recorded = measured || (summary.kept && consents !== null)
  const page = (
    <div className="space-y-8">
      {reader === 'owner' ? <SendWhatIsLeft /> : null}
      {summary.status === 'receiving' ? (
        <>
          <Notice live>{summaryStrings.receiving}</Notice>
          <SummaryRefresh />
        </>
      ) : null}
      {!summary.kept && reader === 'owner' ? (
        <SummaryOnDevice
          classId={classId}
          startsAt={startsAt}
          workoutEndedAt={workoutEndedAt}
          inputs={inputs}
          shape={summary.shape}
          presentSeconds={summary.presentSeconds}
        />
      ) : (
        <SummaryOfMember figures={figures} inputs={inputs} shape={summary.shape} presentSeconds={summary.presentSeconds}>
          {reader === 'owner' && !inputs.effortOnly && missing.length > 0 ? <SummaryGive classId={classId} wanted={missing} /> : null}
          {reader === 'owner' && summary.profileChanged && missing.length === 0 ? <SummaryAgain classId={classId} /> : null}
        </SummaryOfMember>
      )}
      {reader === 'owner' && summary.kept && measured && summary.mail === 'none' ? <SummaryMail classId={classId} /> : null}
      {reader === 'owner' && summary.mail !== 'account' ? <ClaimOffer classId={classId} trainer={firstName(hostName)} /> : null}
      {reader === 'owner' && summary.mail === 'account' ? (
        <ButtonLink variant="quiet" href="/history" className="-ml-4">
          {historyStrings.summaryLink}
        </ButtonLink>
      ) : null}
      {reader === 'owner' && consents?.keep ? <SummaryShare classId={classId} hostName={hostName} choices={consents} /> : null}
      {reader === 'owner' ? null : <SummaryLinkRevoke token={reader.token} />}
    </div>
  )
  return (
    <div className="space-y-8">
      <header className="space-y-2">
        {roomOpen ? (
          <ButtonLink variant="quiet" href={`/room/${classId}`} className="-ml-4">
            <ArrowLeft aria-hidden />
            {summaryStrings.backToRoom}
          </ButtonLink>
        ) : null}
        <h1 className="type-heading">{summaryStrings.title(summary.title)}</h1>
        <p className="text-base text-soft">
          {hostName} · <LocalTime at={startsAt} drawnAt={now()} timezone={timezone} /> · {timeWords(summary.presentSeconds)}
        </p>
      </header>
      {recorded ? (
        <SummaryErase recording={reader === 'owner' ? { classId } : reader} hostName={hostName}>
          {page}
        </SummaryErase>
      ) : (
        page
      )}
    </div>
  )
}
