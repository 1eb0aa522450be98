import type { ConsentChoices } from '@/lib/accounts/consent'
import type { Membership } from '@/lib/classes/membership'
import { Memberships } from './leave-series'
import { SharingForm } from './sharing-form'
import { memberStrings } from './strings-member'
import { firstName } from './strings-room'
import { Disclosure } from './ui-disclosure'

type MemberSayProps = { trainerId: string; trainerName: string; choices: ConsentChoices | null; memberships: readonly Membership[] }

/** For a guest, who has no account page: what they agreed to with this trainer as it stands, and the way out of a series. */
export const MemberSay = ({ trainerId, trainerName, choices, memberships }: MemberSayProps) =>
  choices === null && memberships.length === 0 ? null : (
    <Disclosure className="mt-8 border-y border-line" summary={memberStrings.open(firstName(trainerName))}>
      <div className="space-y-8 pt-2">
        {choices ? <SharingForm trainerId={trainerId} trainerName={trainerName} choices={choices} /> : null}
        {memberships.length > 0 ? (
          <section>
            <h3 className="mb-2 text-lg font-semibold">{memberStrings.leave.title}</h3>
            <Memberships memberships={memberships} />
          </section>
        ) : null}
      </div>
    </Disclosure>
  )
