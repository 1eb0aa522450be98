import { ButtonLink } from './ui-button'
import { Panel } from './ui-panel'

/** A panel that says what is elsewhere, and leads there. */
export const LeadPanel = ({ title, text, href, open }: { title: string; text: string; href: string; open: string }) => (
  <Panel>
    <h2 className="type-heading">{title}</h2>
    <p className="mt-1 mb-4 text-soft">{text}</p>
    <ButtonLink variant="secondary" href={href}>
      {open}
    </ButtonLink>
  </Panel>
)
