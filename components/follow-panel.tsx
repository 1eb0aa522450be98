import type { FollowState } from '@/lib/classes/follow'
import { FollowForm } from './follow-form'
import { noticeStrings } from './strings-notices'
import { Panel } from './ui-panel'

const say = noticeStrings

type FollowPanelProps = { seriesId: string; trainerId: string; trainer: string; state: FollowState; pushKey: string | null; host?: boolean }

/** "Remind me", where somebody looks at a class: its page, after booking, and the summary. */
export const FollowPanel = ({ seriesId, trainerId, trainer, state, pushKey, host = false }: FollowPanelProps) => (
  <Panel className="max-w-2xl">
    <h2 className="type-heading">{host ? say.hostTitle : say.title}</h2>
    <p className="mt-1 mb-4 text-soft">{host ? say.hostLead : say.lead}</p>
    <FollowForm reader={{ seriesId, trainerId }} trainer={trainer} initial={state} pushKey={pushKey} host={host} />
  </Panel>
)
