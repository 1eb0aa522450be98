import { InviteShare } from './invite-share'
import { QrCode } from './qr-code'
import { words } from './strings'
import { Panel } from './ui-panel'

/** Everything a trainer needs to bring people to the permanent link. */
export const InvitePanel = ({ url, title, message }: { url: string; title: string; message: string }) => (
  <Panel>
    <div className="grid gap-x-8 gap-y-6 md:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <h2 className="type-heading">{words.invite.title}</h2>
        <p className="mt-1 mb-5 text-soft">{words.invite.text}</p>
        <InviteShare url={url} title={title} message={message} />
      </div>
      <QrCode text={url} label={words.invite.qr} className="size-44 self-start overflow-hidden rounded-control border border-line md:size-48" />
    </div>
  </Panel>
)
