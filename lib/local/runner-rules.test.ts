import { describe, expect, it } from 'vitest'
import { canonicalJson, signatureOf } from './runner-call.server'
import { durationMs, instantOf } from './runner-duration'
import { keyOf, matches } from './runner-expression.server'
import { nextTick } from './runner-function.server'
import { nameMatches } from './runner-protocol'

describe('durations', () => {
  it('reads what the SDK writes', () => {
    expect(durationMs('2s')).toBe(2_000)
    expect(durationMs('1h30m')).toBe(5_400_000)
    expect(durationMs('1w2d')).toBe(777_600_000)
    expect(durationMs('soon')).toBeNull()
    expect(durationMs('2s later')).toBeNull()
  })

  it('reads instants', () => {
    expect(instantOf('2026-11-22T10:00:00.000Z', 0)).toBe(Date.UTC(2026, 10, 22, 10))
    expect(instantOf('1s', 5_000)).toBe(6_000)
    expect(instantOf('2026-99-99', 0)).toBeNull()
  })
})

describe('expressions', () => {
  const event = { name: 'ordered', data: { order: 'o-1', amount: 12, tags: ['a', 'b'], paid: true } }
  const scope = { event, async: { name: 'paid', data: { order: 'o-1' } } }

  it('match as CEL says, and not at all where they cannot be evaluated', () => {
    expect(matches(`event.data.order == 'o-1' && event.data.amount > 10`, scope)).toBe(true)
    expect(matches('event.data.order == async.data.order', scope)).toBe(true)
    expect(matches('event.data.amount == 13 || !event.data.paid', scope)).toBe(false)
    expect(matches(`event.data.tags.exists(tag, tag == 'b') && event.name.startsWith('ord')`, scope)).toBe(true)
    expect(matches(`event.data.missing == 'x'`, scope)).toBe(false)
    expect(matches('has(event.data.missing)', scope)).toBe(false)
    expect(matches('event.data.order', scope)).toBe(false)
    expect(matches(undefined, scope)).toBe(true)
  })

  it('give keys: the text itself, else a digest of fixed length, else none', () => {
    expect(keyOf('event.data.order', scope)).toBe('o-1')
    expect(keyOf('event.data.amount', scope)).toBe('12')
    expect(keyOf(`event.data.order + '-' + string(event.data.amount)`, scope)).toBe('o-1-12')
    expect(keyOf('event.data.tags', scope)).toMatch(/^[0-9a-f]{64}$/)
    expect(keyOf('event.data.missing', scope)).toBeNull()
  })
})

describe('cron', () => {
  const at = Date.UTC(2026, 2, 28, 12) // the day before clocks go forward in Paris

  it('ticks in UTC, or in the zone it names across a change of clocks', () => {
    expect(nextTick('0 3 * * *', at)).toBe(Date.UTC(2026, 2, 29, 3))
    expect(nextTick('TZ=Europe/Paris 0 3 * * *', at)).toBe(Date.UTC(2026, 2, 29, 1))
    expect(nextTick('*/10 * * * * *', at)).toBe(at + 10_000)
    expect(() => nextTick('every day', at)).toThrow()
  })
})

describe('the SDK’s signature', () => {
  it('is over canonical JSON and the time', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 'ü' }], a: null })).toBe('{"a":null,"b":[{"c":"ü","d":1}]}')
    // HMAC-SHA256('0123', '{}' + '1700000000'), computed with openssl
    expect(signatureOf('signkey-test-0123', '{}', 1_700_000_000)).toBe(
      't=1700000000&s=b31eb7318b5606a094371f8afcc229e48d9ad488acaeb5b65d0803247a41127f',
    )
  })
})

it('event names may end in a star', () => {
  expect(nameMatches('class/*', 'class/ended')).toBe(true)
  expect(nameMatches('class/*', 'classes/ended')).toBe(false)
  expect(nameMatches('class/ended', 'class/ended.late')).toBe(false)
})
