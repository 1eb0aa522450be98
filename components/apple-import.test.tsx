import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { type AppleImportView, BEGUN } from '@/lib/activities/apple-import'
import { AppleImportPanel } from './apple-import'
import { appleStrings as say } from './strings-apple'

/** The browser's worker, of which the test is the inside. */
class PretendWorker extends EventTarget {
  static last: PretendWorker | null = null
  taken: unknown = null
  ended = false
  constructor() {
    super()
    PretendWorker.last = this
  }
  postMessage(message: unknown): void {
    this.taken = message
  }
  terminate(): void {
    this.ended = true
  }
  say(change: Partial<AppleImportView>): void {
    act(() => void this.dispatchEvent(new MessageEvent('message', { data: { ...BEGUN, ...change } })))
  }
}
afterEach(() => vi.unstubAllGlobals())

it('shows how far it is, what it found and how it ended; stops, and begins again', () => {
  vi.stubGlobal('Worker', PretendWorker)
  render(<AppleImportPanel />)
  const file = new File(['x'], 'export.zip')
  const choose = () => fireEvent.change(screen.getByLabelText(say.choose), { target: { files: [file] } })
  choose()
  expect(PretendWorker.last?.taken).toBe(file)
  PretendWorker.last?.say({ readBytes: 250e6, ofBytes: 1e9 })
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25')
  screen.getByText(/250 MB of 1\.0 GB/)
  PretendWorker.last?.say({ phase: 'reading', pass: 2, passes: 3, found: 900, known: 100, saved: 400 })
  screen.getByText('Reading them, part 2 of 3')
  screen.getByText('900 workouts found, 800 new. 400 of 800 in your history.')
  fireEvent.click(screen.getByRole('button', { name: say.stop }))
  expect(PretendWorker.last?.ended).toBe(true)
  screen.getByText(say.stopped)

  choose()
  PretendWorker.last?.say({ phase: 'done', found: 2, saved: 1, known: 1, trouble: ['cut'], tooLong: 1 })
  screen.getByText(say.done(1))
  screen.getByText(say.trouble.cut)
  screen.getByText('1 workout longer than a day was left out.')
  expect(screen.getByRole('link', { name: say.history }).getAttribute('href')).toBe('/history')

  choose()
  PretendWorker.last?.say({ phase: 'refused', reason: 'unsafe' })
  screen.getByText(say.refused.unsafe)
})
