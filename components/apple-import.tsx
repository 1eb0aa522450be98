'use client'
import { useEffect, useRef, useState } from 'react'
import { FileDown } from 'lucide-react'
import { type AppleImport, startAppleImport } from '@/lib/activities/apple-import.client'
import { type AppleImportView, isOver } from '@/lib/activities/apple-import'
import { classNames } from './class-names'
import { appleStrings as say } from './strings-apple'
import { Button, ButtonLink } from './ui-button'
import { Notice } from './ui-notice'
import { useStore } from './use-store'

/** Drops an export of Apple's Health app: what it is doing, what it found, and what could not be read. */
export const AppleImportPanel = () => {
  const [running, setRunning] = useState<AppleImport | null>(null)
  const view = useStore(running)
  useEffect(() => () => running?.stop(), [running])
  const busy = view !== null && !isOver(view)
  return (
    <div className="space-y-5">
      {busy ? <Progress view={view} onStop={() => running?.stop()} /> : null}
      {view !== null && !busy ? <Outcome view={view} /> : null}
      {busy ? null : <DropZone again={view !== null} onFile={(file) => setRunning(startAppleImport(file))} />}
    </div>
  )
}

const DropZone = ({ again, onFile }: { again: boolean; onFile: (file: File) => void }) => {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [many, setMany] = useState(false)
  const take = (files: FileList | null) => {
    const [file, ...others] = files ?? []
    setMany(others.length > 0)
    if (file && others.length === 0) onFile(file)
  }
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files)
      }}
      className={classNames(
        'flex flex-col items-center gap-3 rounded-control border-2 border-dashed px-4 py-8 text-center',
        over ? 'border-accent bg-accent-wash' : 'border-line-strong',
      )}
    >
      <FileDown aria-hidden className="size-8 text-soft" />
      <p className="hidden font-semibold sm:block">{say.drop}</p>
      <Button variant={again ? 'secondary' : 'primary'} onClick={() => input.current?.click()}>
        {again ? say.again : say.choose}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".zip,.xml,application/zip,text/xml"
        aria-label={say.choose}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          take(event.target.files)
          // The same file once more is a change too.
          event.target.value = ''
        }}
      />
      {many ? <p className="text-danger">{say.onlyOne}</p> : null}
    </div>
  )
}

const Progress = ({ view, onStop }: { view: AppleImportView; onStop: () => void }) => {
  const { phase, readBytes, ofBytes, pass, passes, found, known, saved } = view
  const share = ofBytes === 0 ? 0 : readBytes / ofBytes
  const title = phase === 'finding' ? say.finding : say.reading(pass, passes)
  return (
    <div className="space-y-4">
      <div>
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <p className="font-semibold" role="status">
            {title}
          </p>
          <p className="text-soft tabular-nums">
            {say.percent(share)} · {say.progress(readBytes, ofBytes)}
          </p>
        </div>
        <div role="progressbar" aria-label={title} aria-valuenow={Math.floor(share * 100)} aria-valuemin={0} aria-valuemax={100} className="mt-2 h-2 overflow-hidden rounded-full bg-sunk">
          <div className="h-full rounded-full bg-accent" style={{ width: `${Math.min(1, share) * 100}%` }} />
        </div>
      </div>
      {phase === 'reading' ? (
        <p className="tabular-nums">
          {say.found(found, known)}. {say.saved(saved, found - known)}.
        </p>
      ) : null}
      <p className="text-soft">{say.page}</p>
      <Button variant="secondary" onClick={onStop}>
        {say.stop}
      </Button>
    </div>
  )
}

const Outcome = ({ view }: { view: AppleImportView }) => {
  const { phase, reason, message, found, known, saved, trouble, tooLong } = view
  const left = [...trouble.map((each) => say.trouble[each]), ...(tooLong > 0 ? [say.tooLong(tooLong)] : [])]
  const counts = found > 0 ? `${say.found(found, known)}.${found > known ? ` ${say.saved(saved, found - known)}.` : ''}` : null
  if (phase === 'refused') return <Notice live tone="error" title={say.refused[reason ?? 'not_apple']} />
  const title = phase === 'stopped' ? say.stopped : phase === 'failed' ? say.failed : found === 0 ? say.none : say.done(saved)
  const text = phase === 'stopped' ? say.stoppedText : phase === 'failed' ? (message ?? say.failedText) : found === 0 ? say.noneText : null
  return (
    <div className="space-y-3">
      <Notice
        live
        tone={phase === 'done' ? 'done' : phase === 'failed' ? 'error' : 'info'}
        title={title}
        actions={saved + known > 0 ? <ButtonLink href="/history">{say.history}</ButtonLink> : null}
      >
        {text ? <p>{text}</p> : null}
        {counts ? <p className="tabular-nums">{counts}</p> : null}
      </Notice>
      {left.length === 0 ? null : (
        <Notice tone="warning">
          {left.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </Notice>
      )}
    </div>
  )
}
