import { deviceStrings } from '@/components/strings-devices'
import { codeOn, expect, join, newPage, openMore, openRoom, phone, test } from './people'

// The last of all files by its name: after it this machine's address has tried too often for ten minutes.
test('five wrong codes and the right one is refused too', async ({ chromium, trouble }) => {
  const { link } = await openRoom(chromium, trouble, 'Nora')
  const mobile = await newPage(chromium, trouble, phone)
  await join(mobile, link, 'Lou')
  await openMore(mobile, deviceStrings.bigger.title)
  const right = await codeOn(mobile)
  const guesser = await newPage(chromium, trouble)
  await guesser.goto('/go')
  const guess = (code: string) =>
    guesser.request.post('/api/pairings/redeem', { data: { code }, headers: { origin: new URL(guesser.url()).origin } })
  const answers: number[] = []
  for (let tries = 0; tries < 6; tries++) answers.push((await guess('ZZZZZZ')).status())
  // The tests before may have used up some of the five.
  expect(answers).toEqual([...answers.filter((status) => status === 401), ...answers.filter((status) => status === 429)])
  expect(answers.at(-1)).toBe(429)
  await guesser.getByLabel(deviceStrings.go.code).fill(right)
  await guesser.getByRole('button', { name: deviceStrings.go.connect }).click()
  await expect(guesser.getByText('wrong too often', { exact: false })).toBeVisible()
  trouble.splice(0, trouble.length, ...trouble.filter((line) => !/4(01|29)/.test(line)))
})
