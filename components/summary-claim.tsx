import { words } from './strings'
import { ButtonLink } from './ui-button'
import { Notice } from './ui-notice'

const say = words.signIn.claim

export const claimHref = (classId: string): string => `/sign-in?${new URLSearchParams({ claim: classId })}`

/** For a guest: what only this browser opens becomes an account's. */
export const ClaimOffer = ({ classId, trainer }: { classId: string; trainer: string }) => (
  <section className="space-y-3">
    <div>
      <h2 className="type-heading">{say.offerTitle}</h2>
      <p className="text-base text-soft">{say.offerText(trainer)}</p>
    </div>
    <ButtonLink variant="secondary" href={claimHref(classId)}>
      {say.offer}
    </ButtonLink>
  </section>
)

/** Said once, when they come back from the code. */
export const ClaimDone = ({ email, claim }: { email: string; claim: 'became' | 'merged' | undefined }) => (
  <Notice tone="done" live className="mb-8">
    {claim === 'merged' ? say.merged(email) : say.done(email)}
  </Notice>
)
