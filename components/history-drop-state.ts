import type { FileReadOutcome, Heard } from '@/lib/activities/import-file'
import type { Uploaded } from '@/lib/activities/params'
import { historyStrings } from './strings-history'

const { refused } = historyStrings.drop

export type FromWorker = { readonly id: number } & (FileReadOutcome | { readonly outcome: 'refused'; readonly reason: 'unreadable' })
export type DroppedFile = {
  readonly id: number
  /** Kept until the page goes: what was not saved can be tried again. */
  readonly file: File
  readonly step: 'waiting' | 'reading' | 'sending' | 'done' | 'failed'
  readonly heard: Heard | null
  readonly saved: Uploaded | null
  readonly message: string | null
}
export type DropNews =
  | { readonly type: 'added'; readonly files: readonly DroppedFile[] }
  | { readonly type: 'began' | 'again'; readonly id: number }
  | { readonly type: 'heard'; readonly news: FromWorker }
  | { readonly type: 'saved'; readonly id: number; readonly saved: Uploaded }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }

let lastId = 0
export const addFiles = (files: readonly File[]): DroppedFile[] =>
  files.map((file) => ({ id: ++lastId, file, step: 'waiting', heard: null, saved: null, message: null }))

/** What became of each file; newest last. */
export function reduceDrop(files: readonly DroppedFile[], news: DropNews): readonly DroppedFile[] {
  if (news.type === 'added') return [...files, ...news.files]
  const id = news.type === 'heard' ? news.news.id : news.id
  return files.map((file) => (file.id === id ? { ...file, ...changeBy(news) } : file))
}

function changeBy(news: Exclude<DropNews, { type: 'added' }>): Partial<DroppedFile> {
  switch (news.type) {
    case 'began':
      return { step: 'reading', message: null }
    case 'again':
      return { step: 'waiting', message: null }
    case 'heard':
      return news.news.outcome === 'read' ? { step: 'sending', heard: news.news.heard } : { step: 'failed', message: refused[news.news.reason] }
    case 'saved':
      return { step: 'done', saved: news.saved }
    case 'failed':
      return { step: 'failed', message: news.message }
  }
}
