import { describe, expect, it } from 'vitest'
import { chromeIntent, describeDevice } from './device'

const ANDROID = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)'
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15'
const seen = (userAgent: string, more: { maxTouchPoints?: number; hasBluetooth?: boolean; secure?: boolean } = {}) =>
  describeDevice({ userAgent, maxTouchPoints: 0, hasBluetooth: false, secure: true, ...more })

describe('what a browser can do', () => {
  it('Chrome on Android: all of it', () =>
    expect(seen(`${ANDROID} Chrome/156.0.0.0 Mobile Safari/537.36`, { hasBluetooth: true })).toEqual({ inApp: null, strap: 'possible', android: true }))
  it('Firefox on Android: no strap, and Chrome is offered', () => expect(seen('Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0')).toEqual({ inApp: null, strap: 'other_browser', android: true }))
  it("Instagram's browser on Android", () => expect(seen(`${ANDROID.replace(')', '; wv)')} Version/4.0 Chrome/156.0.0.0 Mobile Safari/537.36 Instagram 360.0`).inApp).toBe('android'))
  it("Facebook's browser on an iPhone", () => expect(seen(`${IPHONE} Mobile/22B83 [FBAN/FBIOS;FBAV/480.0]`).inApp).toBe('iphone'))
  it('Safari and Chrome on an iPhone: no strap, by Apple’s rule', () => {
    expect(seen(`${IPHONE} Version/18.1 Mobile/15E148 Safari/604.1`).strap).toBe('iphone')
    expect(seen(`${IPHONE} CriOS/156.0 Mobile/15E148 Safari/604.1`).strap).toBe('iphone')
  })
  it('an iPad that says it is a Mac', () => expect(seen(MAC, { maxTouchPoints: 5 }).strap).toBe('iphone'))
  it("a Mac's own Safari: another browser helps", () => expect(seen(MAC).strap).toBe('other_browser'))
  it('plain http hides Bluetooth, which says nothing of the browser', () => expect(seen(`${ANDROID} Chrome/156.0.0.0`, { secure: false }).strap).toBe('insecure'))
  it('the way into Chrome keeps the address', () =>
    expect(chromeIntent('https://192.168.1.7:3000/c/morning-abc')).toBe('intent://192.168.1.7:3000/c/morning-abc#Intent;scheme=https;package=com.android.chrome;end'))
})
