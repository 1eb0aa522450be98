import { expect, it } from 'vitest'
import { z } from 'zod'
import { oneLine, unlinked } from './one-line'

it('makes one line of what a person typed, and shows all there is', () => {
  expect(oneLine('  Ana \r\n\t Lind ')).toBe('Ana Lind')
  expect(oneLine('Ana\u001b[31m\u0000Lind')).toBe('Ana [31m Lind')
  expect(oneLine('Ana\u202edniL')).toBe('AnadniL')
  expect(oneLine('Zoë 👩‍🚒 علی‌رضا'), 'joiners belong to the word').toBe('Zoë 👩‍🚒 علی‌رضا')
  expect(z.string().overwrite(oneLine).min(1).safeParse(' \u200b\ufeff ').success, 'a name that nobody sees is none').toBe(false)
})

it('leaves nothing in a name that a mail program would link', () => {
  expect(unlinked('Ana J.R. Lind, 7.30')).toBe('Ana J. R. Lind, 7.30')
  expect(unlinked('Prize at https://evil.example/x\nor www.evil.example or a@evil.example')).toBe(
    'Prize at https: //evil. example/x or www. evil. example or a at evil. example',
  )
})
