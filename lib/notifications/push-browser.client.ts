import { BrowserSubscription } from './push-subscription'

/** What this browser can do about being woken. `denied`: its owner said no, and only its settings can change that. */
export type PushState = 'unsupported' | 'denied' | 'off' | 'on'
export type PushTurned = { readonly outcome: 'on'; readonly subscription: BrowserSubscription } | { readonly outcome: 'denied' | 'failed' }

const WORKER = '/sw.js'

/** Asks for nothing and registers nothing. */
export async function findPushState(publicKey: string | null): Promise<PushState> {
  if (publicKey === null || !('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'unsupported'
  if (Notification.permission === 'denied') return 'denied'
  const subscription = await findSubscription()
  return Notification.permission === 'granted' && subscription && isFor(subscription, publicKey) ? 'on' : 'off'
}

const findSubscription = async (): Promise<PushSubscription | null> => (await (await navigator.serviceWorker.getRegistration(WORKER))?.pushManager.getSubscription()) ?? null

/** Only from a tap: browsers ask once, and some not at all without one. `failed`: the browser's own push service did not answer. */
export async function turnPushOn(publicKey: string): Promise<PushTurned> {
  if ((await Notification.requestPermission()) !== 'granted') return { outcome: 'denied' }
  try {
    await navigator.serviceWorker.register(WORKER)
    const { pushManager } = await navigator.serviceWorker.ready
    const kept = await pushManager.getSubscription()
    // One that was made for other keys can wake nobody any more.
    if (kept && !isFor(kept, publicKey)) await kept.unsubscribe()
    const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: fromBase64url(publicKey) })
    return { outcome: 'on', subscription: BrowserSubscription.parse(subscription.toJSON()) }
  } catch {
    return { outcome: 'failed' }
  }
}

const isFor = ({ options }: PushSubscription, publicKey: string): boolean => {
  const key = options.applicationServerKey
  return key === null || fromBase64url(publicKey).every((byte, index) => byte === new Uint8Array(key)[index])
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0))
}

/** This browser listens no more. Returns the address that the server may forget; null when there was none. */
export async function turnPushOff(): Promise<string | null> {
  if (!('serviceWorker' in navigator)) return null
  const subscription = await findSubscription().catch(() => null)
  if (!subscription) return null
  await subscription.unsubscribe().catch(() => false)
  return subscription.endpoint
}
