import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { Browser, Page } from '@playwright/test'

const FOLDER = 'docs/screenshots'
const MOST_BYTES = 220_000
const QUALITY = 0.84

export type Studio = {
  /** One picture; `whole` goes down to the page's end. */
  take(page: Page, name: string, options?: { whole?: boolean; of?: string }): Promise<void>
  /** The same in light and in dark. */
  both(page: Page, name: string, options?: { whole?: boolean; of?: string }): Promise<void>
}

/** Empties docs/screenshots and fills it again. The browser itself makes WebP of what it has drawn: no other tool is needed. */
export async function openStudio(browser: Browser): Promise<Studio> {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const darkroom = await (await browser.newContext()).newPage()
  const develop = (png: string): Promise<string> =>
    darkroom.evaluate(
      async ([source, quality]) => {
        const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob())
        const canvas = document.createElement('canvas')
        Object.assign(canvas, { width: picture.width, height: picture.height })
        canvas.getContext('2d')?.drawImage(picture, 0, 0)
        return canvas.toDataURL('image/webp', quality).split(',')[1] ?? ''
      },
      [png, QUALITY] as const,
    )
  const take: Studio['take'] = async (page, name, { whole = false, of } = {}) => {
    await page.mouse.move(0, 0)
    const options = { scale: 'css', animations: 'disabled' } as const
    const png = of ? await page.locator(of).screenshot(options) : await page.screenshot({ ...options, fullPage: whole })
    const webp = Buffer.from(await develop(png.toString('base64')), 'base64')
    const path = `${FOLDER}/${name}.webp`
    writeFileSync(path, webp)
    process.stdout.write(`${path}  ${Math.round(webp.length / 1000)} kB\n`)
    if (webp.length > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES} bytes`)
  }
  const both: Studio['both'] = async (page, name, options) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await take(page, `${name}-${colorScheme}`, options)
    }
  }
  return { take, both }
}
