import type { Browser, Page } from '@playwright/test'
import { OwnSummary } from '@/lib/summaries/own-summary'
import { CHUNK_SECONDS, type Chunk } from '@/lib/telemetry/chunk'
import { newId, randomCode } from '@/lib/platform/id'
import { expect, freshEmail, openBrowser, productUrl, signUp } from './people'
import { newestMail } from './product'

/** Everything that a page may have to show, made through the product's own API: clicking it together is proved by the other files. */
export type World = {
  trainer: Page
  /** An account, who was in the past class and is booked for the next. */
  member: Page
  /** A guest of the same. */
  guest: Page
  stranger: Page
  seriesId: string
  weekly: { slug: string; seriesId: string; classId: string }
  /** Its series, with a class that runs now. */
  live: { slug: string; seriesId: string; classId: string }
  past: { classId: string }
  /** The member's part in it, in their history. */
  activity: string
  summaryLink: string
  noticeLink: string
}

export const PLAN = {
  blocks: [
    { rounds: 1, intervals: [{ kind: 'warm-up', durationS: 300, targetZone: 1, cue: 'Loosen up' }] },
    { rounds: 8, intervals: [{ kind: 'work', durationS: 40, targetZone: 4, cue: 'Squat jumps' }, { kind: 'rest', durationS: 20, targetZone: 2, cue: '' }] },
    { rounds: 1, intervals: [{ kind: 'cool-down', durationS: 240, targetZone: 1, cue: 'Walk it out' }] },
  ],
}
const CONSENT = { live: 'everyone', keep: true, shareSummary: 'curve' }

/** Asks the product as this page's person. */
export async function ask<Answer>(page: Page, method: string, path: string, data?: unknown, bearer?: string): Promise<Answer> {
  const headers = { origin: productUrl(), ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) }
  const response = await page.request.fetch(path, { method, headers, ...(data === undefined ? {} : { data }) })
  const text = await response.text()
  if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${text}`)
  return (text === '' ? {} : JSON.parse(text)) as Answer
}

type Made = { seriesId: string; classId: string; slug: string }
const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)

/** A seat, and a recorder that began now; `record` sends what its heart did since. */
export async function takePart(page: Page, classId: string, name: string) {
  const { participantId } = await ask<{ participantId: string }>(page, 'POST', `/api/classes/${classId}/join`, { name, cameraReach: 'everyone' })
  await ask(page, 'POST', `/api/classes/${classId}/consents`, CONSENT)
  const startedAt = (await ask<{ now: number }>(page, 'GET', '/api/time')).now
  const run = { classId, participantId, runId: `run_${randomCode(26)}`, source: 'heart_rate_strap', label: 'Polar H10', startedAt, clockUncertaintyMs: 20 }
  const { recorderId, grant } = await ask<{ recorderId: string; grant: string }>(page, 'POST', '/api/recorders', run)
  return async (from: number): Promise<void> => {
    const seconds = Math.max(5, Math.floor((Date.now() - startedAt) / 1000))
    const beats = Array.from({ length: seconds }, (_, second) => from + 2 * second)
    const chunks: Chunk[] = []
    for (let seq = 0; seq * CHUNK_SECONDS < seconds; seq++)
      chunks.push({ seq, bpm: beats.slice(seq * CHUNK_SECONDS, (seq + 1) * CHUNK_SECONDS), effort: [], rr: [] })
    await ask(page, 'POST', `/api/recorders/${recorderId}/chunks`, { chunks, lastSeq: chunks.length - 1 }, grant)
    const now = Date.now()
    await ask(page, 'POST', `/api/classes/${classId}/presence`, { fromMs: Math.max(startedAt, now - 15_000), toMs: now })
  }
}

export async function firstActivity(page: Page): Promise<string> {
  const link = page.locator('a[href^="/history/act_"]').first()
  await expect(async () => {
    await page.goto('/history')
    await expect(link).toBeVisible({ timeout: 2_000 })
  }).toPass()
  return (await link.getAttribute('href')) ?? ''
}

const linkIn = (mail: string, path: string): string => new RegExp(`/${path}/[\\w-]+`).exec(mail)?.[0] ?? ''

export async function makeWorld(chromium: Browser, trouble: string[], dataDir: string): Promise<World> {
  const open = async (): Promise<Page> => (await openBrowser(chromium, trouble)).newPage()
  const [trainer, member, guest, stranger] = [await open(), await open(), await open(), await open()]
  await signUp(trainer, 'Tess Lindqvist', freshEmail('tess'))
  const series = await ask<Made>(trainer, 'POST', '/api/series', { title: 'Thursday HIIT', kind: 'hiit', timezone: 'Europe/Berlin', heartRateReach: 'everyone', payNote: '8 € a class', payUrl: 'https://paypal.me/tess' })
  await ask(trainer, 'PUT', `/api/series/${series.seriesId}/plan`, { plan: PLAN })
  await ask(trainer, 'POST', `/api/classes/${series.classId}/timer`, { command: 'start', revision: 0 })
  const guestBeats = await takePart(guest, series.classId, 'Ana')
  await ask(guest, 'PATCH', `/api/profile?classId=${series.classId}`, { hrmaxBpm: 188 })
  await signUp(member, 'Noah Berg', freshEmail('noah'))
  const memberBeats = await takePart(member, series.classId, 'Noah Berg')

  const tomorrow = { startsOn: day(1), localStart: '18:30', rule: 'FREQ=WEEKLY' }
  const weekly = await ask<Made>(trainer, 'POST', '/api/series', { title: 'Evening strength', kind: 'strength', timezone: 'Europe/Berlin', schedule: tomorrow })
  for (const [page, name] of [[member, 'Noah Berg'], [guest, 'Ana']] as const)
    await ask(page, 'POST', `/api/classes/${weekly.classId}/booking`, { name, cameraReach: 'trainer' })
  await ask(trainer, 'POST', '/api/templates', { seriesId: series.seriesId, name: 'HIIT, 40/20' })
  for (const kind of ['announcement', 'thread'])
    await ask(trainer, 'POST', `/api/series/${series.seriesId}/messages`, { messageId: newId('msg'), kind, text: 'Bring a band next week: https://example.com/bands' })
  await ask(guest, 'POST', `/api/series/${series.seriesId}/messages`, { messageId: newId('msg'), kind: 'thread', text: 'I have two to lend.' })
  const wish = { reminders: true, announcements: true, thread: false, byEmail: true, byPush: false }
  await ask(member, 'PUT', `/api/series/${series.seriesId}/follow`, wish)
  const email = freshEmail('ana')
  await ask(guest, 'PUT', `/api/series/${series.seriesId}/follow`, { ...wish, email })

  await Promise.all([guestBeats(120), memberBeats(131)])
  await ask(trainer, 'POST', `/api/classes/${series.classId}/end-workout`)
  await ask(trainer, 'POST', `/api/classes/${series.classId}/close`)
  const summaryTo = freshEmail('ana.summary')
  await expect
    .poll(async () => OwnSummary.safeParse(await (await guest.request.get(`/api/classes/${series.classId}/summary`)).json()).data?.status, { timeout: 60_000 })
    .toBe('final')
  await ask(guest, 'POST', `/api/classes/${series.classId}/summary/mail`, { email: summaryTo })
  const again = await ask<{ classId: string }>(trainer, 'POST', `/api/series/${series.seriesId}/classes`)
  return {
    ...{ trainer, member, guest, stranger, weekly, seriesId: series.seriesId },
    live: { ...series, classId: again.classId },
    past: { classId: series.classId },
    activity: await firstActivity(member),
    noticeLink: linkIn(await newestMail(dataDir, email), 'notices'),
    summaryLink: linkIn(await newestMail(dataDir, summaryTo), 's'),
  }
}
