'use client'
import { type DragEvent, useEffect, useReducer, useRef, useState } from 'react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { FileUp } from 'lucide-react'
import { uploadRecording } from '@/lib/activities/upload.client'
import { formErrors } from './form-errors'
import { classNames } from './class-names'
import { addFiles, type DroppedFile, type DropNews, type FromWorker, reduceDrop } from './history-drop-state'
import { appleStrings } from './strings-apple'
import { historyStrings } from './strings-history'
import { timeWords } from './summary-words'
import { fullDateAndTime } from './time-words'
import { Button, buttonLook } from './ui-button'

const words = historyStrings.drop
const ACCEPT = '.fit,.tcx,.gpx,.gz'

/** Files from a watch: read here in a worker, one after the other, then saved. What fails stays, and can be tried again. */
export const HistoryDrop = ({ timezone }: { timezone: string }) => {
  const router = useRouter()
  const [files, tell] = useReducer(reduceDrop, [])
  const [over, setOver] = useState(false)
  const worker = useRef<Worker | null>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => () => worker.current?.terminate(), [])

  const next = files.find(({ step }) => step === 'waiting')
  const busy = files.some(({ step }) => step === 'reading' || step === 'sending')
  useEffect(() => {
    if (!next || busy) return
    tell({ type: 'began', id: next.id })
    worker.current ??= new Worker(new URL('../lib/activities/import-worker.client.ts', import.meta.url), { type: 'module' })
    const reader = worker.current
    const failed = () => {
      // A worker that fell over is not asked again; the file is as it was.
      worker.current?.terminate()
      worker.current = null
      tell({ type: 'failed', id: next.id, message: words.refused.unreadable })
    }
    reader.onerror = failed
    reader.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      tell({ type: 'heard', news: data })
      if (data.outcome === 'read') void save(data, next.file.name, tell).then((saved) => (saved ? router.refresh() : undefined))
    }
    reader.postMessage({ id: next.id, file: next.file })
  }, [next, busy, router])

  const take = (list: FileList | null) => {
    if (list && list.length > 0) tell({ type: 'added', files: addFiles([...list]) })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  const settled = files.filter(({ step }) => step === 'done' || step === 'failed').length
  return (
    <section>
      <div
        data-drop
        onDragOver={(event) => (event.preventDefault(), setOver(true))}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={classNames('rounded-panel border-2 border-dashed p-5 sm:p-7', over ? 'border-accent bg-accent-wash' : 'border-line-strong bg-surface')}
      >
        <h2 className="type-heading">{words.title}</h2>
        <p className="mt-1 text-base text-soft">{over ? words.here : words.text}</p>
        <input
          ref={input}
          type="file"
          multiple
          accept={ACCEPT}
          aria-label={words.choose}
          tabIndex={-1}
          className="sr-only"
          onChange={({ target }) => {
            take(target.files)
            target.value = ''
          }}
        />
        <div className="mt-4 flex flex-wrap gap-2">
          <Button variant="secondary" onClick={() => input.current?.click()}>
            <FileUp aria-hidden />
            {words.choose}
          </Button>
          <Link href="/history/import" className={buttonLook({ variant: 'quiet' })}>
            {appleStrings.fromHistory}
          </Link>
        </div>
      </div>
      {files.length > 0 ? (
        <>
          <p role="status" className="mt-4 text-base text-soft">
            {words.progress(settled, files.length)}
          </p>
          <ul className="mt-1 divide-y divide-line">
            {files.map((file) => (
              <FileRow key={file.id} file={file} timezone={timezone} onAgain={() => tell({ type: 'again', id: file.id })} />
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}

async function save(read: Extract<FromWorker, { outcome: 'read' }>, fileName: string, tell: (news: DropNews) => void): Promise<boolean> {
  try {
    const title = fileName.replace(/(\.(fit|tcx|gpx|gz))+$/i, '').slice(0, 80)
    tell({ type: 'saved', id: read.id, saved: await uploadRecording(read.packed, { source: 'file', externalId: read.externalId, title }) })
    return true
  } catch (cause) {
    tell({ type: 'failed', id: read.id, message: formErrors(cause, []).form ?? words.failed })
    return false
  }
}

const FileRow = ({ file, timezone, onAgain }: { file: DroppedFile; timezone: string; onAgain: () => void }) => {
  const { heard, saved, step, message } = file
  const state = step === 'done' && saved ? words.done[saved.outcome] : { waiting: words.waiting, reading: words.reading, sending: words.sending, done: '', failed: words.failed }[step]
  const streams = heard ? [...heard.streams.map((stream) => words.stream[stream]).filter(Boolean), ...(heard.hasRr ? [words.rr] : [])] : []
  return (
    <li data-file={file.file.name} data-step={step} className="py-3 text-base">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="min-w-0 font-medium break-all">{file.file.name}</span>
        <span className={classNames('font-semibold', step === 'failed' ? 'text-danger' : 'text-soft')}>{state}</span>
      </div>
      {heard ? (
        <p className="text-soft">
          {historyStrings.sport[heard.sport]}, {fullDateAndTime(heard.startedAt, timezone)}, {timeWords(heard.elapsedSeconds)}. {words.heard(streams)}{' '}
          {heard.problems.length === 0 ? words.sound : heard.problems.map((problem) => historyStrings.problem[problem]).join(' ')}
        </p>
      ) : null}
      {message ? <p role="alert">{message}</p> : null}
      <div className="flex gap-2">
        {saved ? (
          <Link href={`/history/${saved.activityId}`} className="link inline-flex min-h-11 items-center font-medium">
            {words.open}
          </Link>
        ) : null}
        {step === 'failed' ? (
          <button type="button" onClick={onAgain} className={buttonLook({ variant: 'quiet' })}>
            {words.again}
          </button>
        ) : null}
      </div>
    </li>
  )
}
