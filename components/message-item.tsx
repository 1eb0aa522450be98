import type { ReactNode } from 'react'
import { Trash2 } from 'lucide-react'
import { firstName } from './strings-room'
import { classNames } from './class-names'
import { MessageText } from './message-text'
import { talkStrings as words } from './strings-talk'
import { IconButton } from './ui-button'

type MessageItemProps = {
  name: string
  role: 'host' | 'member'
  text: string
  mine: boolean
  deletedBy: 'author' | 'trainer' | null
  /** When it was said; not yet known for one that is on its way. */
  time: ReactNode
  /** Absent where the reader may not take it away. */
  onDelete?: () => void
  /** Under the text: that it is on its way, or was not sent. */
  children?: ReactNode
}

/** One message: who, when, what. The own ones stand on the right. */
export const MessageItem = ({ name, role, text, mine, deletedBy, time, onDelete, children }: MessageItemProps) => (
  <li className={classNames('flex flex-col', mine ? 'items-end' : 'items-start')} data-message={mine ? 'mine' : 'other'}>
    <p className="px-1 text-small text-soft">
      <span className="font-semibold text-ink">{mine ? words.you : name}</span>
      {role === 'host' && !mine ? ` (${words.trainer})` : null} {time}
    </p>
    <div className={classNames('flex max-w-[88%] items-center gap-1', mine && 'flex-row-reverse')}>
      <div className={classNames('min-w-0 rounded-control px-3 py-2', deletedBy ? 'border border-line' : mine ? 'bg-accent-wash' : 'bg-sunk')}>
        {deletedBy ? <p className="text-small text-soft italic">{deletedWords(deletedBy, mine, name)}</p> : <MessageText text={text} />}
      </div>
      {onDelete && !deletedBy ? (
        <IconButton
          label={mine ? words.delete : words.removeOf(name)}
          icon={<Trash2 aria-hidden />}
          onClick={onDelete}
          className="shrink-0 text-soft"
        />
      ) : null}
    </div>
    {children}
  </li>
)

const deletedWords = (by: 'author' | 'trainer', mine: boolean, name: string): string =>
  by === 'trainer' ? words.deletedByTrainer : mine ? words.deletedByYou : words.deletedByAuthor(firstName(name))
