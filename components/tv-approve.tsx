'use client'
import { useState } from 'react'
import { CODE_LENGTH } from '@/lib/accounts/device'
import { ConnectTv } from './device-panels'
import { deviceStrings } from './strings-devices'
import { Choice } from './ui-choice'
import { useFragment } from './use-fragment'

const words = deviceStrings.approve

/** Reached by the television's QR code: its code is in the fragment. */
export const TvApprove = ({ classes }: { classes: ReadonlyArray<{ classId: string; title: string }> }) => {
  const code = useFragment(CODE_LENGTH)
  const [classId, setClassId] = useState(classes[0]?.classId ?? '')
  return (
    <div className="space-y-6">
      {classes.length > 1 ? (
        <Choice
          legend={words.which}
          name="class"
          value={classId}
          onChange={setClassId}
          options={classes.map((one) => ({ value: one.classId, label: one.title }))}
        />
      ) : null}
      <ConnectTv key={code} classId={classId} code={code} />
    </div>
  )
}
