'use client'
import { Plus } from 'lucide-react'
import { ClassLine } from '@/lib/classes/booking'
import { MAX_CAPACITY } from '@/lib/classes/series'
import { api } from '@/lib/platform/api.client'
import { doorStrings } from './strings-door'
import { Button } from './ui-button'
import { Notice } from './ui-notice'
import { useAct } from './use-act'

const say = doorStrings.line

type PlacesListProps = { classId: string; line: ClassLine; onChange: (line: ClassLine) => void }

/** For the trainer: how full the class is, who is expected, who waits; and room for one more. */
export const PlacesList = ({ classId, line, onChange }: PlacesListProps) => {
  const { busy, problem, act } = useAct({ field: 'capacity' })
  const add = async () => onChange(await api('POST', `/api/classes/${classId}/capacity`, { body: { capacity: line.capacity + 1 }, reply: ClassLine }))
  return (
    <div className="space-y-3" data-places>
      <p role="status" className="figures text-base font-semibold">
        {say.count(line.taken, line.capacity, line.waiting.length)}
      </p>
      <Names title={say.booked} names={line.booked.map(({ bookingId, name, here }) => ({ id: bookingId, name, note: here ? say.here : null }))} />
      <Names title={say.waiting} ordered names={line.waiting.map(({ bookingId, name }) => ({ id: bookingId, name, note: null }))} />
      {line.capacity < MAX_CAPACITY ? (
        <div className="space-y-1">
          <Button variant="secondary" busy={busy} onClick={() => void act(add)}>
            {busy ? null : <Plus aria-hidden />}
            {say.add}
          </Button>
          {line.waiting.length > 0 ? <p className="text-small text-soft">{say.addNote}</p> : null}
        </div>
      ) : null}
      {problem ? (
        <Notice tone="error" live>
          {problem}
        </Notice>
      ) : null}
    </div>
  )
}

type NamesProps = { title: string; names: ReadonlyArray<{ id: string; name: string; note: string | null }>; ordered?: boolean }

const Names = ({ title, names, ordered = false }: NamesProps) => {
  if (names.length === 0) return null
  const List = ordered ? 'ol' : 'ul'
  return (
    <div>
      <h3 className="text-small font-semibold text-soft">{title}</h3>
      <List aria-label={title} className={ordered ? 'mt-1 list-decimal space-y-1 pl-6 marker:text-soft' : 'mt-1 space-y-1'}>
        {names.map(({ id, name, note }) => (
          <li key={id} className="text-base wrap-anywhere">
            {name}
            {note ? <span className="text-soft"> · {note}</span> : null}
          </li>
        ))}
      </List>
    </div>
  )
}
