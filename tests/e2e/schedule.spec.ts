import ICAL from 'ical.js'
import { words } from '@/components/strings'
import { scheduleStrings as say } from '@/components/strings-schedule'
import { expect, freshEmail, openBrowser, phone, signUp, test } from './people'

/** Days from now on the wall clock of this machine, which is the browser's too. */
const day = (ahead: number): string => new Intl.DateTimeFormat('en-CA').format(Date.now() + ahead * 86_400_000)
const weekday = (date: string): string => new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`))
const dateWords = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`)).replace(',', '')

test('a weekly class: made, its link says the next date, one moved, this and following moved, one cancelled, in the calendar', async ({ chromium, trouble }) => {
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Mara', freshEmail('mara'))
  const [first, second, third] = [day(2), day(9), day(16)]
  await trainer.goto('/classes/new')
  await trainer.getByLabel(words.newClass.name).fill('Evening HIIT')
  await trainer.getByRole('radio', { name: say.weekly }).check()
  for (const name of Object.values(say.dayNames)) await trainer.getByRole('checkbox', { name, exact: true }).setChecked(name === weekday(first))
  await trainer.getByLabel(say.time, { exact: true }).fill('18:30')
  await expect(trainer.getByLabel(say.timezone)).toHaveValue(await trainer.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone))
  await trainer.getByRole('button', { name: say.moreNew }).click()
  await trainer.getByLabel(say.plan).selectOption('tabata')
  await trainer.getByLabel(say.payNote).fill('8 € a class')
  await trainer.getByLabel(say.payUrl).fill('https://paypal.me/mara')
  await trainer.getByRole('button', { name: words.newClass.create }).click()
  const link = await trainer.getByRole('textbox', { name: words.invite.label }).inputValue()

  // A member with nothing but the link, on a phone.
  const member = await (await openBrowser(chromium, trouble, phone)).newPage()
  await member.goto(link)
  const dates = member.getByRole('region', { name: say.nextDates })
  await expect(dates.getByRole('listitem')).toHaveCount(4)
  await expect(dates.getByRole('listitem').first()).toHaveText(`${dateWords(first)}, 18:30`)
  await expect(dates.getByRole('link', { name: say.pay })).toHaveAttribute('href', 'https://paypal.me/mara')

  await trainer.goto('/home')
  const row = (date: string) => trainer.locator(`[data-date^="${date}"]`)
  await row(second).getByRole('button', { name: new RegExp(`^${say.edit}`) }).click()
  let dialog = trainer.getByRole('dialog')
  await dialog.getByLabel(say.time).fill('19:15')
  await dialog.getByLabel(say.name).fill('HIIT with Tom')
  await dialog.getByRole('button', { name: say.save }).click()
  await expect(row(second)).toContainText('19:15')
  await expect(row(second)).toContainText('HIIT with Tom')
  await expect(row(first)).toContainText('18:30')

  // From here on an hour earlier; what was changed alone stays.
  await row(first).getByRole('button', { name: new RegExp(`^${say.edit}`) }).click()
  dialog = trainer.getByRole('dialog')
  await dialog.getByLabel(say.time).fill('17:30')
  await dialog.getByRole('radio', { name: say.scopeFollowing }).check()
  await dialog.getByRole('button', { name: say.save }).click()
  await expect(row(first)).toContainText('17:30')
  await expect(row(second)).toContainText('19:15')

  await row(first).getByRole('button', { name: new RegExp(`^${say.cancel}`) }).click()
  dialog = trainer.getByRole('dialog')
  await dialog.getByLabel(say.cancelNote).fill('I have a cold.')
  await dialog.getByRole('button', { name: say.cancelDo }).click()
  await expect(row(first)).toContainText(say.cancelled)

  await member.reload()
  await expect(member.getByText(`${say.isCancelled(`${dateWords(first)}, 17:30`)}: I have a cold.`)).toBeVisible()
  await expect(member.getByText(say.next(`${dateWords(second)}, 19:15`))).toBeVisible()
  await expect(dates.getByRole('listitem').nth(1)).toHaveText(`${dateWords(third)}, 17:30`)

  const [download] = await Promise.all([member.waitForEvent('download'), dates.getByRole('link', { name: say.calendar }).click()])
  expect(download.suggestedFilename()).toMatch(/^evening-hiit-\w+\.ics$/)
  const file = await member.request.get(`${new URL(link).pathname}/calendar.ics`)
  expect(file.headers()['content-type']).toBe('text/calendar; charset=utf-8')
  const events = new ICAL.Component(ICAL.parse(await file.text()) as never).getAllSubcomponents('vevent').map((component) => new ICAL.Event(component))
  const master = events.find((event) => event.isRecurring())
  expect(master?.component.getAllProperties('exdate').map((property) => String(property.getFirstValue()))).toEqual([`${first}T17:30:00`])
  expect(events.filter((event) => event.isRecurrenceException()).map((event) => [String(event.recurrenceId), event.summary])).toEqual([
    [`${second}T17:30:00`, 'HIIT with Tom with Mara'],
  ])

  await row(first).getByRole('button', { name: new RegExp(`^${say.restore}`) }).click()
  await expect(row(first)).not.toContainText(say.cancelled)
  await member.reload()
  await expect(member.getByText(say.isCancelled(`${dateWords(first)}, 17:30`))).toHaveCount(0)
})

test('a template, last week once more, other days, and the end of a series', async ({ chromium, trouble }) => {
  const trainer = await (await openBrowser(chromium, trouble)).newPage()
  await signUp(trainer, 'Ines', freshEmail('ines'))
  await trainer.goto('/classes/new')
  await trainer.getByLabel(words.newClass.name).fill('Slow flow')
  await trainer.getByLabel(words.newClass.capacity).fill('6')
  await trainer.getByRole('button', { name: words.newClass.create }).click()
  await expect(trainer.getByRole('textbox', { name: words.invite.label })).toBeVisible()

  // A class that was started by hand comes again next week, once.
  await trainer.goto('/home')
  await trainer.getByRole('button', { name: say.duplicate }).click()
  await expect(trainer.getByRole('status').filter({ hasText: say.duplicated(1, 0) })).toBeVisible()
  await expect(trainer.locator(`[data-date^="${day(7)}"]`)).toContainText('Slow flow')
  await trainer.getByRole('button', { name: say.duplicate }).click()
  await expect(trainer.getByRole('status').filter({ hasText: say.duplicated(0, 1) })).toBeVisible()

  await trainer.getByRole('link', { name: say.settings }).first().click()
  await trainer.getByLabel(say.templateName).fill('Small and slow')
  await trainer.getByRole('button', { name: say.saveTemplate }).click()
  await expect(trainer.getByText(say.templateSaved)).toBeVisible()
  await trainer.goto('/classes/new')
  await trainer.getByRole('link', { name: 'Small and slow' }).click()
  await expect(trainer.getByText(say.templateUsed('Small and slow'))).toBeVisible()
  await expect(trainer.getByLabel(words.newClass.capacity)).toHaveValue('6')
  await trainer.getByLabel(words.newClass.name).fill('Slow flow 2')
  await trainer.getByRole('radio', { name: say.once }).check()
  await trainer.getByLabel(say.date, { exact: true }).fill(day(3))
  await trainer.getByLabel(say.time, { exact: true }).fill('07:00')
  await trainer.getByRole('button', { name: words.newClass.create }).click()
  await expect(trainer.getByRole('textbox', { name: words.invite.label })).toBeVisible()

  // One date becomes every week.
  await trainer.goto('/home')
  await trainer.locator(`[data-date^="${day(3)}"]`).getByRole('link', { name: 'Slow flow 2', exact: true }).click()
  await expect(trainer.getByLabel(words.newClass.name)).toHaveValue('Slow flow 2')
  await trainer.getByRole('radio', { name: say.weekly }).check()
  await trainer.getByRole('button', { name: say.save, exact: true }).click()
  await expect(trainer.getByText(say.everyWeek(weekday(day(3)), '07:00'))).toBeVisible()
  await expect(trainer.locator('[data-date]')).toHaveCount(8)

  await trainer.getByRole('button', { name: say.endDo }).click()
  await trainer.getByRole('dialog').getByRole('button', { name: say.endDo }).click()
  await expect(trainer.locator('[data-date]')).toHaveCount(0)
  await expect(trainer.getByText(say.ended)).toBeVisible()
})
