'use client'
import type { ReactNode } from 'react'
import { effortOf } from '@/lib/room/attention'
import type { HeartSession, HeartView } from '@/lib/room/room-view'
import { HeartConsentCard } from './heart-consent'
import { EffortPad } from './heart-effort-pad'
import { FLOW_START, heartStep, type HeartFlow } from './heart-flow'
import { HeartGuess, HeartQuestion } from './heart-question'
import { HeartLive, SharingLine } from './heart-live'
import { HeartStart } from './heart-start'
import { HeartTrouble } from './heart-trouble'
import { MotionRow } from './motion-row'
import { heartStrings } from './strings-heart'

type HeartPanelProps = {
  heart: HeartView
  session: HeartSession
  trainer: string
  classReach: 'trainer' | 'everyone'
  /** Kept by the room, so that closing the sheet forgets nothing. */
  flow: HeartFlow
  onFlow: (next: HeartFlow) => void
  onClose: () => void
}

/** The way to a live heart rate, one card at a time, while the class goes on behind it; a machine may be added where nothing is asked. */
export const HeartPanel = (props: HeartPanelProps) => {
  const { heart, session, trainer, classReach, flow, onFlow } = props
  const { step } = heartStep(heart, flow)
  const asks = step === 'connecting' || step === 'consent' || step === 'question' || step === 'guess'
  const sharing = (
    <SharingLine
      heart={heart}
      trainer={trainer}
      classReach={classReach}
      remembered={!flow.consented}
      onChange={() => onFlow({ ...flow, changing: true })}
      onHide={session.setHidden}
    />
  )
  const alone = step === 'start' || step === 'trouble'
  return (
    <>
      <HeartSteps {...props} sharing={sharing} />
      {asks || !heart.pairing.possible ? null : (
        <MotionRow motion={heart.motion} trainer={trainer} sharing={alone ? sharing : null} onConnect={() => void session.connectMotion()} onDisconnect={session.disconnectMotion} />
      )}
    </>
  )
}

const HeartSteps = ({ heart, session, trainer, classReach, flow, sharing, onFlow, onClose }: HeartPanelProps & { sharing: ReactNode }) => {
  const change = (next: Partial<HeartFlow>) => onFlow({ ...flow, ...next })
  const step = heartStep(heart, flow)
  const strap = () => {
    change({ by: 'strap' })
    void session.connectStrap()
  }
  const replay = (file: ArrayBuffer, speed: number) => {
    change({ by: 'replay' })
    void session.connectReplay(file, speed)
  }
  const effort = () => change({ by: 'effort' })

  switch (step.step) {
    case 'start':
      return <HeartStart heart={heart} onSearch={strap} onEffort={effort} onReplay={replay} />
    case 'connecting':
      return (
        <p role="status" className="py-6 text-center text-lead">
          {step.choosing ? heartStrings.card.searching : heartStrings.card.connecting(step.name)}
        </p>
      )
    case 'trouble':
      return <HeartTrouble trouble={step.trouble} name={step.name} onSearch={strap} onEffort={effort} onReplay={replay} onGoOn={onClose} />
    case 'consent':
      return (
        <HeartConsentCard
          about={step.about}
          given={heart.consent}
          trainer={trainer}
          classReach={classReach}
          onStart={async (consent) => {
            await session.setConsent(consent)
            change({ changing: false, consented: true })
          }}
          onNotNow={() => {
            if (heart.consent === null) {
              session.disconnect()
              if (heart.motion.sensor.state !== 'idle') session.disconnectMotion()
            }
            onFlow(FLOW_START)
            onClose()
          }}
        />
      )
    case 'question':
      return (
        <HeartQuestion
          profile={heart.profile}
          onSave={async (profile) => {
            await session.setProfile(profile)
            change({ asked: true, correcting: false, guessRead: false })
          }}
          onSkip={() => change({ asked: true, correcting: false })}
        />
      )
    case 'guess':
      return (
        <HeartGuess
          bpm={step.bpm}
          onUse={() => change({ guessRead: true })}
          onKnow={() => change({ correcting: true, guessRead: true })}
          onEffort={() => void session.setProfile({ effortOnly: true })}
        />
      )
    case 'live':
      return (
        <HeartLive heart={heart} onCorrect={() => change({ correcting: true })} onDisconnect={session.disconnect}>
          {sharing}
        </HeartLive>
      )
    case 'effort':
      return (
        <div className="space-y-5">
          <EffortPad value={effortOf(heart.own)} onTap={session.setEffort} />
          {sharing}
        </div>
      )
  }
}
