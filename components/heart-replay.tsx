'use client'
import { useId, useState } from 'react'
import { classNames } from './class-names'
import { heartStrings } from './strings-heart'
import { Button } from './ui-button'
import { Disclosure } from './ui-disclosure'
import { FieldError, SelectField } from './ui-field'

const words = heartStrings.other

/** A recorded activity in place of a strap, for rehearsing. Behind a tap: nobody in a class needs it. */
export const HeartReplay = ({ onReplay }: { onReplay: (file: ArrayBuffer, speed: number) => void }) => {
  const id = useId()
  const [file, setFile] = useState<File | null>(null)
  const [speed, setSpeed] = useState('1')
  const [error, setError] = useState<string | null>(null)
  const play = async () => {
    if (!file) {
      setError(words.noFile)
      return
    }
    onReplay(await file.arrayBuffer(), Number(speed))
  }
  return (
    <Disclosure summary={<span className="text-small font-normal text-soft">{words.replay}</span>}>
      <div className="space-y-3">
        <p className="text-small text-soft">{words.replayText}</p>
        <div>
          <label htmlFor={id} className="mb-1.5 block text-base font-semibold">
            {words.file}
          </label>
          <input
            id={id}
            type="file"
            accept=".fit,.FIT,application/vnd.ant.fit"
            className={classNames(
              'block w-full text-small file:mr-3 file:min-h-11 file:cursor-pointer file:rounded-control file:border',
              'file:border-solid file:border-line-strong file:bg-surface file:px-4 file:font-semibold file:text-ink',
            )}
            onChange={(event) => {
              setFile(event.target.files?.[0] ?? null)
              setError(null)
            }}
          />
          <div aria-live="polite">{error ? <FieldError>{error}</FieldError> : null}</div>
        </div>
        <SelectField
          label={words.speed}
          value={speed}
          onChange={(event) => setSpeed(event.target.value)}
          options={Object.entries(words.speeds).map(([value, label]) => ({ value, label }))}
        />
        <Button variant="secondary" wide onClick={() => void play()}>
          {words.play}
        </Button>
      </div>
    </Disclosure>
  )
}
