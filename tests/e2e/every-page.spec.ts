import { mkdirSync, readdirSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { checkStrings } from '@/components/strings-check'
import { deviceStrings } from '@/components/strings-devices'
import { rehearsalStrings } from '@/components/strings-rehearsal'
import { roomStrings } from '@/components/strings-room'
import { words } from '@/components/strings'
import { expect, openBrowser, test, tile } from './people'
import { ask, makeWorld, type World } from './whole-world'

const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
/** Where pictures of all of it go, for whoever wants to look. */
const shots = process.env.SHOTS

type Visit = { as: 'trainer' | 'member' | 'guest' | 'stranger'; path: (world: World) => string }
const visit = (as: Visit['as'], path: Visit['path'] | string): Visit => ({ as, path: typeof path === 'string' ? () => path : path })

/** Every page as each kind of person finds it. Rooms come after, in the order of a class. */
const PAGES: Record<string, readonly Visit[]> = {
  'page.tsx': [visit('stranger', '/')],
  'privacy/page.tsx': [visit('stranger', '/privacy')],
  'sign-in/page.tsx': [visit('stranger', '/sign-in'), visit('stranger', '/sign-in?new')],
  'sign-in/confirm/page.tsx': [visit('stranger', '/sign-in/confirm'), visit('stranger', '/sign-in/confirm#token=x')],
  'home/page.tsx': [visit('trainer', '/home'), visit('member', '/home')],
  'home/past/page.tsx': [visit('trainer', '/home/past')],
  'classes/new/page.tsx': [visit('trainer', '/classes/new')],
  'series/[seriesId]/page.tsx': [visit('trainer', ({ seriesId }) => `/series/${seriesId}`), visit('trainer', ({ weekly }) => `/series/${weekly.seriesId}`)],
  'c/[slug]/page.tsx': [
    visit('stranger', ({ weekly }) => `/c/${weekly.slug}`),
    visit('guest', ({ weekly }) => `/c/${weekly.slug}`),
    visit('stranger', ({ live }) => `/c/${live.slug}`),
    visit('trainer', ({ weekly }) => `/c/${weekly.slug}`),
    visit('trainer', ({ live }) => `/c/${live.slug}`),
    visit('stranger', '/c/no-such-class-00000000'),
  ],
  'c/[slug]/talk/page.tsx': [visit('guest', ({ live }) => `/c/${live.slug}/talk`), visit('trainer', ({ live }) => `/c/${live.slug}/talk`), visit('stranger', ({ live }) => `/c/${live.slug}/talk`)],
  'classes/[classId]/page.tsx': [visit('trainer', ({ past }) => `/classes/${past.classId}`)],
  'summaries/[classId]/page.tsx': [
    visit('guest', ({ past }) => `/summaries/${past.classId}`),
    visit('member', ({ past }) => `/summaries/${past.classId}`),
    visit('stranger', ({ past }) => `/summaries/${past.classId}`),
  ],
  's/[token]/page.tsx': [visit('stranger', ({ summaryLink }) => summaryLink)],
  'notices/[token]/page.tsx': [visit('stranger', ({ noticeLink }) => noticeLink), visit('stranger', `/notices/${'x'.repeat(43)}`)],
  'history/page.tsx': [visit('member', '/history')],
  'history/[activityId]/page.tsx': [visit('member', ({ activity }) => activity), visit('member', '/history/act_none')],
  'people/[personId]/history/page.tsx': [visit('trainer', '/people/per_none/history')],
  'people/[personId]/history/[activityId]/page.tsx': [visit('trainer', '/people/per_none/history/act_none')],
  'history/import/page.tsx': [visit('member', '/history/import')],
  'go/page.tsx': [visit('stranger', '/go')],
  'tv/page.tsx': [visit('stranger', '/tv')],
  'tv/approve/page.tsx': [visit('trainer', '/tv/approve#AB23CD')],
  'connections/page.tsx': [visit('member', '/connections')],
  'account/page.tsx': [visit('member', '/account'), visit('trainer', '/account')],
  'room/[classId]/check/page.tsx': [],
  'room/[classId]/page.tsx': [],
  'tv/[classId]/page.tsx': [],
  'remote/[classId]/page.tsx': [],
}

test('every page, in both themes, on a phone and on a wide screen: nothing for axe, nothing cut off, nothing too small for a thumb', async ({ chromium, trouble }) => {
  // Some 150 looks at some 40 pages; two busy cores take their time.
  test.setTimeout(600_000)
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('page.tsx'))
  expect(files.map((file) => file.replaceAll('\\', '/')).sort()).toEqual(Object.keys(PAGES).sort())

  const wrong: string[] = []
  const seen = new Set<string>()
  let count = 0
  const inspect = async (page: Page, file: string, name: string): Promise<void> => {
    seen.add(file)
    count++
    for (const size of [WIDE, PHONE]) {
      await page.setViewportSize(size)
      for (const colorScheme of ['light', 'dark'] as const) {
        // What moves between two colours has neither.
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.evaluate(() => Promise.allSettled(document.getAnimations().flatMap((one) => (one instanceof CSSTransition ? [one.finished] : []))))
        const where = `${name}, ${size.width} px, ${colorScheme}`
        wrong.push(...(await axe(page, colorScheme === 'light')).map((what) => `${where}: ${what}`))
        if (shots) await shoot(page, `${String(count).padStart(2, '0')}-${name.replaceAll(/\W+/g, '-')}-${size.width}-${colorScheme}`)
      }
    }
    wrong.push(...(await page.evaluate(whatDoesNotFit)).map((what) => `${name}, ${PHONE.width} px: ${what}`))
    await page.setViewportSize(WIDE)
  }

  const world = await test.step('the world', () => makeWorld(chromium, trouble, process.env.E2E_DATA ?? '.data'))
  const { trainer, guest, live } = world
  for (const [file, visits] of Object.entries(PAGES)) {
    for (const { as, path } of visits) {
      await test.step(`${file} as ${as}`, async () => {
        await world[as].goto(path(world))
        await expect(world[as].locator('main h1').first()).toBeAttached()
        await inspect(world[as], file, `${path(world).split('#')[0]} as ${as}`)
      })
    }
  }

  await test.step('rooms', async () => {
    const room = 'room/[classId]/page.tsx'
    await trainer.goto(`/room/${live.classId}/check`)
    await inspect(trainer, 'room/[classId]/check/page.tsx', 'check')
    await trainer.getByRole('button', { name: checkStrings.start }).click()
    await expect(trainer.locator('[data-check]').last()).toHaveAttribute('data-state', /good|warn|bad|unknown/)
    await inspect(trainer, 'room/[classId]/check/page.tsx', 'check done')
    await trainer.goto(`/room/${live.classId}`)
    await expect(trainer.getByText(roomStrings.wall.emptyTitle)).toBeVisible()
    await inspect(trainer, room, 'wall empty')
    await trainer.getByRole('button', { name: rehearsalStrings.offer }).click()
    await expect(trainer.locator('article[data-participant^="sim_"]')).toHaveCount(12)
    await inspect(trainer, room, 'wall rehearsal')

    await guest.goto(`/c/${live.slug}`)
    await guest.getByRole('button', { name: words.classLink.join, exact: true }).click()
    await guest.waitForURL(/\/room\//)
    await expect(tile(trainer, 'Ana')).toBeVisible()
    await ask(trainer, 'POST', `/api/classes/${live.classId}/timer`, { command: 'start', revision: 0 })
    for (const page of [trainer, guest]) await expect(page.locator('[data-timer-figure]')).toBeVisible()
    await inspect(guest, room, 'member')
    for (const panel of [roomStrings.controls.heart, roomStrings.controls.more]) {
      await guest.getByRole('button', { name: panel, exact: true }).click()
      await inspect(guest, room, `member ${panel}`)
    }
    const { participantId } = (await ask<{ participants: { participantId: string; role: string }[] }>(trainer, 'GET', `/api/classes/${live.classId}/state`)).participants.find(({ role }) => role === 'member') ?? { participantId: '' }
    await ask(trainer, 'POST', `/api/classes/${live.classId}/spotlight`, { participantId })
    await inspect(trainer, room, 'wall')
    for (const panel of [roomStrings.controls.people, roomStrings.controls.more]) {
      await trainer.getByRole('button', { name: panel, exact: true }).click()
      await inspect(trainer, room, `wall ${panel}`)
    }

    const screen = await (await openBrowser(chromium, trouble)).newPage()
    await screen.goto('/tv')
    const code = (await screen.locator('[data-code]').getAttribute('data-code')) ?? ''
    await inspect(screen, 'tv/page.tsx', 'tv waiting')
    await ask(trainer, 'POST', `/api/classes/${live.classId}/tv`, { code, audience: 'trainer' })
    await screen.waitForURL(/\/tv\/cls_/)
    await expect(screen.locator('[data-tv="live"] article')).toBeVisible()
    await inspect(screen, 'tv/[classId]/page.tsx', 'tv')

    const connect = async (by: Page, wanted: object): Promise<Page> => {
      const offer = await ask<{ code: string }>(by, 'POST', `/api/classes/${live.classId}/pairings`, wanted)
      const page = await (await openBrowser(chromium, trouble)).newPage()
      await page.goto(`/go#${offer.code}`)
      await page.getByRole('button', { name: deviceStrings.go.connect }).click()
      return page
    }
    const remote = await connect(trainer, { kind: 'remote' })
    await expect(remote.locator('[data-remote="live"]')).toBeVisible()
    await inspect(remote, 'remote/[classId]/page.tsx', 'remote')
    const sensor = await connect(guest, { kind: 'screen', part: 'sensor' })
    await expect(sensor.locator('[data-part="sensor"]')).toBeVisible()
    await inspect(sensor, room, 'sensor')
    await trainer.goto('/account')
    await inspect(trainer, 'account/page.tsx', 'account with screens')
  })

  expect([...seen].sort()).toEqual(Object.keys(PAGES).sort())
  expect(wrong).toEqual([])
  // A page that is not there says so in the console too.
  trouble.splice(0, trouble.length, ...trouble.filter((line) => !/no-such-class|_none/.test(line)))
})

/** All rules once a width; the other theme differs in colours only. */
async function axe(page: Page, all: boolean): Promise<string[]> {
  // No page has a frame: the mode without a window of its own for each result is enough.
  const builder = new AxeBuilder({ page }).setLegacyMode(true).options({
    resultTypes: ['violations'],
    preload: false,
    ...(all ? {} : { runOnly: ['color-contrast', 'link-in-text-block'] }),
  })
  const { violations } = await builder.analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`))
}

/** In the page: what sticks out of the screen, and what a thumb cannot hit. */
function whatDoesNotFit(): string[] {
  const said: string[] = []
  const width = window.innerWidth
  const page = document.documentElement
  if (page.scrollWidth > width) said.push(`${page.scrollWidth} px wide`)
  const name = (element: Element): string => `<${element.tagName.toLowerCase()}> ${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 50)}`
  const hidden = (element: Element, box: DOMRect): boolean =>
    box.width <= 1 || box.height <= 1 || getComputedStyle(element).clipPath !== 'none' || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const scrolls = (element: Element | null): boolean =>
    element !== null && element !== document.body && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
  for (const element of document.querySelectorAll('h1, h2, h3, p, li, label, button, a, input, select, textarea')) {
    const box = element.getBoundingClientRect()
    if (hidden(element, box) || scrolls(element)) continue
    if (box.right > width + 1 || box.left < -1) said.push(`sticks out (${Math.round(box.left)} to ${Math.round(box.right)}): ${name(element)}`)
  }
  for (const element of document.querySelectorAll('button, a, input:not([type=hidden]), select, textarea, summary, [role=button]')) {
    const target = element.closest('label') ?? element
    const box = target.getBoundingClientRect()
    // A link within a sentence is as high as its line.
    if (hidden(element, box) || getComputedStyle(element).display === 'inline') continue
    if (Math.round(box.height) < 44 || Math.round(box.width) < 44) said.push(`${Math.round(box.width)} × ${Math.round(box.height)} px to tap: ${name(element)}`)
  }
  return said
}

async function shoot(page: Page, name: string): Promise<void> {
  if (!shots) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: joinPath(shots, `${name}.png`), fullPage: true, scale: 'css' })
}
