import Link from 'next/link'
import { historyStrings as words } from './strings-history'

/** Whose history a trainer may open; nothing at all where nobody shares one. */
export const HistorySharers = ({ people }: { people: ReadonlyArray<{ readonly personId: string; readonly name: string }> }) =>
  people.length === 0 ? null : (
    <section className="mt-12">
      <h2 className="mb-1 type-heading">{words.sharers}</h2>
      <ul>
        {people.map(({ personId, name }) => (
          <li key={personId}>
            <Link href={`/people/${personId}/history`} className="link inline-flex min-h-11 items-center">
              {words.ofMember(name)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
