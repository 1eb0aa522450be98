import { expect, it } from 'vitest'
import { readStartOptions } from './start-options'

it('has sensible answers when nothing is said', () => {
  expect(readStartOptions([], {})).toEqual({ dev: false, lan: false, port: 3000, dataDir: '.data' })
  expect(readStartOptions([], { PORT: '', PULSEROOM_DATA: '' })).toMatchObject({ port: 3000, dataDir: '.data' })
})

it('honours flags and environment', () => {
  expect(readStartOptions(['--lan', '--dev', '--url', 'https://gym.example/'], { PORT: '4000', PULSEROOM_DATA: '/srv/p' })).toEqual({
    dev: true,
    lan: true,
    url: 'https://gym.example',
    port: 4000,
    dataDir: '/srv/p',
  })
  expect(readStartOptions(['--url=https://gym.example:8443'], {}).url).toBe('https://gym.example:8443')
})

it.each([
  [['--lna'], {}, '"--lna" is not an option'],
  [['--url', 'http://gym.example'], {}, 'starts with https://'],
  [['--url'], {}, 'starts with https://'],
  [['--url', 'https://gym.example/x'], {}, 'use https://gym.example'],
  [[], { PORT: '0' }, 'PORT=0'],
  [[], { PORT: '70000' }, 'PORT=70000'],
  [[], { PORT: '3e3' }, 'PORT=3e3'],
] as const)('says what is wrong with %j %j', (words, environment, sentence) => {
  expect(() => readStartOptions(words, environment)).toThrow(expect.objectContaining({ code: 'invalid_input', message: expect.stringContaining(sentence) }))
})
