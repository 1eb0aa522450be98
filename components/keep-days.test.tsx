import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ProfileChange } from '@/lib/accounts/profile'
import { KeepDaysForm } from './keep-days'

let sent: unknown[]
beforeEach(() => {
  sent = []
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    sent.push(ProfileChange.parse(JSON.parse(String(init.body))))
    return Response.json({})
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const choose = (days: string) => fireEvent.change(screen.getByLabelText('Delete the seconds after'), { target: { value: days } })

it('says before it is saved that a shorter time deletes for good, and afterwards what holds', async () => {
  render(<KeepDaysForm keepDays={90} />)
  choose('365')
  expect(screen.queryByText(/There is no way back/)).toBeNull()
  choose('8')
  expect(screen.getByText(/There is no way back/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText(/kept for 8 days after a class/)).toBeTruthy()
  expect(sent).toEqual([{ keepDays: 8 }])
})

it('keeps a number that it does not offer until another is chosen', () => {
  render(<KeepDaysForm keepDays={45} />)
  expect(screen.getByLabelText<HTMLSelectElement>('Delete the seconds after').value).toBe('45')
  expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['8 days', '30 days', '45 days', '90 days', 'a year', 'ten years'])
})
