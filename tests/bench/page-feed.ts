import { io } from 'socket.io-client'
import type { Said } from './relays'

/**
 * In the trainer's page, before anything of ours runs: says when a tile's number was painted, and can feed the page with another relay's
 * beats. These enter where the realtime client's own messages do, so that everything behind the socket is the same page.
 */
const Original = globalThis.WebSocket
const sockets: WebSocket[] = []
globalThis.WebSocket = class extends Original {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols)
    if (String(url).includes('/app/')) sockets.push(this)
  }
}

function hear({ channel, beat }: Said): void {
  const data = JSON.stringify({ event: 'client-beat', channel, data: JSON.stringify(beat) })
  sockets.at(-1)?.dispatchEvent(new MessageEvent('message', { data }))
}

const painted: Array<[participantId: string, bpm: number, atMs: number]> = []
const shown = new Map<string, number>()

function numbersIn(tiles: Iterable<Element>): Array<[string, number]> {
  return [...tiles].flatMap((tile): Array<[string, number]> => {
    const bpm = Number.parseInt(tile.querySelector('[data-figure] > span')?.textContent ?? '', 10)
    return Number.isNaN(bpm) ? [] : [[tile.getAttribute('data-participant') ?? '', bpm]]
  })
}

const observer = new MutationObserver((records) => {
  const tiles = new Set(records.flatMap(({ target }) => (target instanceof Element ? target : target.parentElement)?.closest('[data-participant]') ?? []))
  const news = numbersIn(tiles).filter(([id, bpm]) => shown.get(id) !== bpm)
  for (const [id, bpm] of news) shown.set(id, bpm)
  if (news.length === 0) return
  // The frame that draws them, and then a task after it: the frame is done.
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      const atMs = performance.timeOrigin + performance.now()
      painted.push(...news.map(([id, bpm]): [string, number, number] => [id, bpm, atMs]))
      port1.close()
    }
    port2.postMessage(null)
  })
})
const watch = (): void => observer.observe(document, { subtree: true, childList: true, characterData: true })
watch()

Object.assign(globalThis, {
  bench: {
    painted: () => painted.splice(0),
    /** Watching costs the page something: what the page costs by itself is measured without. */
    watch: (on: boolean) => (on ? watch() : observer.disconnect()),
    /** How many tiles show a live number now. */
    live: () => document.querySelectorAll('[data-participant] [data-reading="live"]').length,
    /** Feeds the page until the returned socket's `stop`. */
    feed(kind: 'ws' | 'socketio', url: string): Promise<void> {
      return new Promise((resolve) => {
        if (kind === 'ws') {
          const socket = new Original(url)
          socket.onopen = () => resolve()
          socket.onmessage = ({ data }: MessageEvent<string>) => hear(JSON.parse(data) as Said)
        } else {
          const socket = io(url, { transports: ['websocket'], forceNew: true })
          socket.on('connect', resolve)
          socket.on('beat', hear)
        }
      })
    },
    /** Frames a second, counted for `ms`. */
    fps(ms: number): Promise<number> {
      return new Promise((resolve) => {
        const begin = performance.now()
        let frames = 0
        requestAnimationFrame(function count(now) {
          frames += 1
          if (now - begin >= ms) resolve(((frames - 1) / (now - begin)) * 1_000)
          else requestAnimationFrame(count)
        })
      })
    },
  },
})
