import { every } from '@/lib/platform/steady-timer.client'
import { ChannelRequest } from '@/lib/room/channel-auth'
import { STALE_MS } from '@/lib/room/room-view'
import { joinFromNode, type NodeMember } from '@/tests/node-member'
import { expect, inRoom, openRoom, productUrl, test, tile } from './people'

const MEMBERS = 12
const SILENT = 3
/** The promise is 5 s; the bench measures it. Browser, server and database of a test share what a trainer's laptop has for itself. */
const FIRST_FRAME_MS = 15_000
/** From a notification to its arrival, and from the fourth second to the next look, on a machine that runs everybody. */
const SLACK_MS = 500

declare global {
  /** Since this page was loaded: what stood on a tile as live, and when. */
  var seenLive: Array<[participantId: string, bpm: number, at: number]>
}
function watchLive(): void {
  globalThis.seenLive = []
  setInterval(() => {
    for (const article of document.querySelectorAll('article[data-participant]')) {
      const figure = article.querySelector('[data-reading=live] [data-figure] span')
      if (figure) globalThis.seenLive.push([article.getAttribute('data-participant') ?? '', Number(figure.textContent), Date.now()])
    }
  }, 50)
}

test('the trainer’s screen reloads while a class beats: the hearts are back at once, and none that fell silent is shown as live', async ({ chromium, trouble }) => {
  const { context, trainer, classId } = await openRoom(chromium, trouble, 'Tess')
  const asked: ChannelRequest[] = []
  trainer.on('request', (request) => {
    if (request.url().endsWith('/channels')) asked.push(ChannelRequest.parse(request.postDataJSON()))
  })
  const members: NodeMember[] = []
  for (let place = 1; place <= MEMBERS; place++) members.push(await joinFromNode(productUrl(), classId, `Member ${String(place).padStart(2, '0')}`))
  for (let place = 1; place <= MEMBERS; place++) await inRoom(trainer, `Member ${String(place).padStart(2, '0')}`)

  /** By participant: each notification of theirs. A number comes once in 40 s, so a number on a tile is one notification. */
  const notified = new Map<string, Array<{ bpm: number; at: number }>>(members.map(({ participantId }) => [participantId, []]))
  const silent = new Set<NodeMember>()
  let second = 0
  const stop = every(1_000, () => {
    second++
    members.forEach((member, place) => {
      if (silent.has(member)) return
      const bpm = 100 + ((second + place) % 40)
      notified.get(member.participantId)?.push({ bpm, at: Date.now() })
      member.notify(bpm)
    })
  })
  const liveTiles = trainer.locator('article[data-participant] [data-reading=live]')
  try {
    await expect(liveTiles).toHaveCount(MEMBERS)
    for (const member of members.slice(0, SILENT)) silent.add(member)
    // Still live when the page goes: whatever is told again of them must not be taken for new.
    const before = second
    await expect.poll(() => second).toBeGreaterThan(before + 1)
    await context.addInitScript(watchLive)
    await trainer.reload({ waitUntil: 'commit' })
    const reloadedAt = Date.now()

    await expect(liveTiles.first()).toBeVisible({ timeout: FIRST_FRAME_MS })
    const firstFrameMs = Date.now() - reloadedAt
    test.info().annotations.push({ type: 'first frame', description: `${firstFrameMs} ms` })
    await expect(liveTiles).toHaveCount(MEMBERS - SILENT, { timeout: FIRST_FRAME_MS })
    const again = second
    await expect.poll(() => second).toBeGreaterThan(again + 5)
    await expect(liveTiles).toHaveCount(MEMBERS - SILENT)
    for (const member of silent) await expect(tile(trainer, 'Member').and(trainer.locator(`[data-participant="${member.participantId}"]`)).locator('[data-figure]')).toHaveCount(0)

    // The page that came is the screen that went: reloads do not add up to too many.
    expect(new Set(asked.map(({ replaces }) => replaces)).size).toBe(2)
    expect(asked.at(-1)?.replaces).toBe(asked[0]?.screenId)
    // Whoever is heard again is live again.
    silent.clear()
    await expect(liveTiles).toHaveCount(MEMBERS)

    const seen = await trainer.evaluate(() => globalThis.seenLive)
    expect(new Set(seen.map(([participantId]) => participantId)).size).toBe(MEMBERS)
    const tooOld = seen.flatMap(([participantId, bpm, at]) => {
      const heard = notified.get(participantId)?.findLast((one) => one.bpm === bpm && one.at <= at)
      const ageMs = heard ? at - heard.at : Infinity
      return ageMs > STALE_MS + SLACK_MS ? [{ participantId, bpm, ageMs }] : []
    })
    expect(tooOld).toEqual([])
  } finally {
    stop()
    for (const member of members) member.leave()
  }
})
