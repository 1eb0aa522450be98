'use client'
import { useEffect, useState } from 'react'
import { useRouter } from 'next/navigation'
import { TvAsked, TvClaim } from '@/lib/accounts/device'
import { api } from '@/lib/platform/api.client'
import { now } from '@/lib/platform/clock'
import { BigCode } from './pairing-code'
import { QrCode } from './qr-code'
import { Mark } from './site-shell'
import { words as catalogue } from './strings'
import { deviceStrings } from './strings-devices'

const words = deviceStrings.tv
const { product } = catalogue
/** One small request every two seconds from one television, for as long as somebody stands before it. */
const ASK_EVERY_MS = 2_000

/** A television that waits: its code is for the trainer, its secret stays in this page. Nothing is typed here. */
export const TvDoor = () => {
  const router = useRouter()
  const [asked, setAsked] = useState<TvAsked | null>(null)
  const [failing, setFailing] = useState(false)
  useEffect(() => {
    let current: TvAsked | null = null
    let stopped = false
    let timer: ReturnType<typeof setTimeout>
    const look = async () => {
      try {
        if (current === null || now() >= current.expiresAt) {
          current = await api('POST', '/api/pairings/tv', { reply: TvAsked })
          if (!stopped) setAsked(current)
        } else {
          const claim = await api('POST', '/api/pairings/tv/claim', { body: { secret: current.secret }, reply: TvClaim })
          if (claim.outcome === 'approved') return router.replace(`/tv/${claim.classId}`)
        }
        setFailing(false)
      } catch {
        setFailing(true)
      }
      if (!stopped) timer = setTimeout(() => void look(), ASK_EVERY_MS)
    }
    void look()
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [router])

  return (
    <main id="content" className="stage flex min-h-dvh flex-col items-center justify-center gap-[5vh] p-[5vmin] text-center">
      <p className="flex items-center gap-[0.4em] text-[max(1.125rem,2.8vmin)] font-semibold text-soft">
        <Mark className="size-[1.2em]" />
        {product}
      </p>
      <h1 className="text-[max(1.5rem,5.5vmin)] leading-tight font-bold">{words.title}</h1>
      {asked ? (
        <div className="flex flex-wrap items-center justify-center gap-x-[8vw] gap-y-[5vh]">
          <div className="space-y-[3vh]">
            <p className="mx-auto max-w-[26ch] text-[max(1.125rem,2.8vmin)] text-soft">{words.step}</p>
            <BigCode
              code={asked.code}
              className="figures text-[max(4rem,18vmin)] leading-none font-bold tracking-[0.06em] whitespace-nowrap text-ink"
            />
          </div>
          <div className="space-y-[2vh]">
            <QrCode
              text={`${window.location.origin}/tv/approve#${asked.code}`}
              label={words.qrLabel}
              className="mx-auto w-[max(11rem,34vmin)] rounded-control"
            />
            <p className="text-[max(1rem,2.4vmin)] text-soft">{words.qr}</p>
          </div>
        </div>
      ) : null}
      <p role="status" className="text-[max(1rem,2.4vmin)] text-soft">
        {failing ? words.failed : words.waiting}
      </p>
    </main>
  )
}
