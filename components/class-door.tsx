import type { ReactNode } from 'react'
import { DeviceHints } from './device-hints'
import { JoinForm, type JoinFormProps } from './join-form'
import { PageWatch } from './page-watch'
import { words } from './strings'
import { ButtonLink } from './ui-button'
import { Notice } from './ui-notice'

const say = words.classLink

type DoorView =
  | { door: 'join'; remembered: JoinFormProps['remembered'] }
  | { door: 'full'; taken: number }
  | { door: 'removed'; summary: boolean }
  | { door: 'waiting' }
  | { door: 'over'; wasThere: boolean; roomOpen: boolean }

type ClassDoorProps = { view: DoorView; trainer: string; call: string | null; eachToEach?: boolean; capacity: number; classId: string | null }

/** What a member finds behind the permanent link. */
export const ClassDoor = ({ view, trainer, call, eachToEach, capacity, classId }: ClassDoorProps) => {
  switch (view.door) {
    case 'join':
      return classId === null ? null : (
        <div className="space-y-6">
          <JoinForm classId={classId} trainer={trainer} remembered={view.remembered} call={call} eachToEach={eachToEach} />
          <DeviceHints />
        </div>
      )
    case 'full':
      return (
        <>
          <PageWatch />
          <Notice title={say.full.title(view.taken, capacity)}>{say.full.text}</Notice>
        </>
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
          <p className="mt-1 text-soft">{say.over.again(trainer)}</p>
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
