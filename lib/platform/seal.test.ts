import { afterEach, expect, it, vi } from 'vitest'
import { SETTINGS } from '@/tests/settings'

const OLD = `old:${'11'.repeat(32)}`
const NEW = `new:${'22'.repeat(32)}`

/** The same installation after its settings changed. */
async function withKeys(keys: string) {
  vi.resetModules()
  Object.assign(process.env, { ...SETTINGS, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', SEAL_KEYS: keys })
  return await import('./crypto.server')
}
afterEach(() => vi.resetModules())

it('opens what it sealed, for the same purpose only, and never seals twice alike', async () => {
  const { seal, unseal } = await withKeys(NEW)
  const sealed = seal('connection:con_1', 'the token')
  expect(unseal('connection:con_1', sealed).toString()).toBe('the token')
  expect(() => unseal('connection:con_2', sealed)).toThrow(/cannot be opened/)
  expect(Buffer.from(sealed).includes('the token')).toBe(false)
  expect(seal('connection:con_1', 'the token')).not.toEqual(sealed)
})

it('refuses what was altered, byte by byte, and what is cut short', async () => {
  const { seal, unseal } = await withKeys(NEW)
  const sealed = seal('x', 'secret')
  for (let at = 0; at < sealed.length; at++) {
    const altered = Uint8Array.from(sealed)
    altered[at] = (altered[at] ?? 0) ^ 1
    expect(() => unseal('x', altered), `byte ${at}`).toThrow(/cannot be opened/)
  }
  for (const length of [0, 1, 5, sealed.length - 1]) expect(() => unseal('x', sealed.subarray(0, length))).toThrow(/cannot be opened/)
})

it('opens with an older key what was sealed with it, seals with the first, and says which is due', async () => {
  const before = (await withKeys(OLD)).seal('x', 'secret')
  const { isSealedWithOldKey, seal, unseal } = await withKeys(`${NEW},${OLD}`)
  expect(unseal('x', before).toString()).toBe('secret')
  expect(isSealedWithOldKey(before)).toBe(true)
  const anew = seal('x', unseal('x', before))
  expect(isSealedWithOldKey(anew)).toBe(false)
  const after = await withKeys(NEW)
  expect(after.unseal('x', anew).toString()).toBe('secret')
  expect(() => after.unseal('x', before)).toThrow(/cannot be opened/)
})
