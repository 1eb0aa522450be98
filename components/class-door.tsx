import type { ReactNode } from 'react'
import type { ClassPlace } from '@/lib/classes/booking'
import { ClassWait } from './class-wait'
import { DeviceHints } from './device-hints'
import { JoinForm, type JoinFormProps } from './join-form'
import { LocalTime } from './local-time'
import { PageWatch } from './page-watch'
import { words } from './strings'
import { doorStrings } from './strings-door'
import { ButtonLink } from './ui-button'
import { Notice } from './ui-notice'

const say = words.classLink

type DoorView =
  | { door: 'join'; remembered: JoinFormProps['remembered'] }
  | { door: 'wait'; place: ClassPlace; remembered: JoinFormProps['remembered']; nextStartsAt: number | null }
  | { door: 'removed'; summary: boolean }
  | { door: 'waiting' }
  | { door: 'over'; wasThere: boolean; roomOpen: boolean; talkGoesOn: boolean; nextStartsAt: number | null }

type ClassDoorProps = {
  view: DoorView
  trainer: string
  call: string | null
  eachToEach?: boolean
  classId: string | null
  timezone: string
  drawnAt: number
}

/** What a member finds behind the permanent link. */
export const ClassDoor = ({ view, trainer, call, eachToEach, classId, timezone, drawnAt }: ClassDoorProps) => {
  switch (view.door) {
    case 'join':
      return classId === null ? null : (
        <div className="space-y-6">
          <JoinForm classId={classId} trainer={trainer} remembered={view.remembered} call={call} eachToEach={eachToEach} />
          <DeviceHints />
        </div>
      )
    case 'wait':
      return classId === null ? null : (
        <div className="space-y-8">
          <ClassWait
            classId={classId}
            trainer={trainer}
            remembered={view.remembered}
            call={call}
            eachToEach={eachToEach}
            first={view.place}
            timezone={timezone}
            drawnAt={drawnAt}
            nextStartsAt={view.nextStartsAt}
          />
          {view.place.door === 'shut' ? <Needs /> : <DeviceHints />}
        </div>
      )
    case 'removed':
      return (
        <Notice
          title={say.removed.title}
          actions={view.summary && classId !== null ? <ButtonLink variant="secondary" href={`/summaries/${classId}`}>{say.over.summary}</ButtonLink> : null}
        >
          {say.removed.text(trainer)}
        </Notice>
      )
    case 'waiting':
      return (
        <>
          <PageWatch />
          <Waiting lead={say.before.nothingYet(trainer)} />
        </>
      )
    case 'over':
      return (
        <>
          <PageWatch everyMs={10_000} />
          <h2 className="type-heading">{say.over.title}</h2>
          {view.wasThere ? <p className="mt-1">{say.over.summaryText}</p> : null}
          {view.talkGoesOn && !view.wasThere ? <p className="mt-1">{doorStrings.overTalk}</p> : null}
          <p className="mt-1 text-soft">
            {view.nextStartsAt === null ? (
              say.over.again(trainer)
            ) : (
              <>
                {doorStrings.next} <LocalTime at={view.nextStartsAt} drawnAt={drawnAt} timezone={timezone} />
              </>
            )}
          </p>
          {view.wasThere ? (
            <div className="mt-6 flex flex-wrap gap-2">
              <ButtonLink href={`/summaries/${classId}`} size="large">
                {say.over.summary}
              </ButtonLink>
              {view.roomOpen ? (
                <ButtonLink href={`/room/${classId}`} size="large" variant="secondary">
                  {say.over.room}
                </ButtonLink>
              ) : null}
            </div>
          ) : null}
        </>
      )
  }
}

const Waiting = ({ lead }: { lead: ReactNode }) => (
  <div className="space-y-8">
    <div>
      <h2 className="type-heading">{say.before.title}</h2>
      <p className="mt-1">{lead}</p>
      <p className="mt-1 text-soft">{say.before.soon}</p>
    </div>
    <Needs />
  </div>
)

const Needs = () => (
  <div className="space-y-8">
    <div>
      <h2 className="type-heading">{say.before.need}</h2>
      <ul className="mt-2 list-disc space-y-1 pl-5 marker:text-soft">
        {say.before.needs.map((need) => (
          <li key={need}>{need}</li>
        ))}
      </ul>
      <p className="mt-3 text-soft">{say.before.strap}</p>
    </div>
    <DeviceHints />
  </div>
)
