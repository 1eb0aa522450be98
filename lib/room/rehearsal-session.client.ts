import { every } from '@/lib/platform/steady-timer.client'
import { emptyBoard, reduceBoard, tilesAt, type Board, type BoardEvent } from './board'
import { ATHLETES, beatAt, heartRates } from './rehearsal'
import type { Tile } from './room-view'

/** Long enough for any rehearsal; it starts where the first work interval has just made the wall colourful. */
const CLASS_S = 60 * 60
const FIRST_S = 240
const HISTORY_S = 70

export interface Rehearsal {
  readonly on: boolean
  /** Simulated members as the wall draws real ones; empty while it is off. */
  tiles(atMs: number): readonly Tile[]
  start(): void
  stop(): void
}

/** Simulated members on this screen, on a board of their own: they go through the same reducer as real ones and meet none of them. */
export function createRehearsal(draw: () => void): Rehearsal {
  let board: Board | null = null
  let silence = () => undefined as void
  const rates = new Map<string, number[]>()

  function know(event: BoardEvent): void {
    if (board) board = reduceBoard(board, event)
  }
  function speak(second: number, atMs: number): void {
    for (const athlete of ATHLETES) {
      const beat = beatAt(athlete, second, rates.get(athlete.participantId) ?? [])
      if (beat) know({ type: 'beat', participantId: athlete.participantId, beat, atMs })
    }
  }

  function stop(): void {
    silence()
    if (!board) return
    board = null
    draw()
  }

  return {
    get on() {
      return board !== null
    },
    tiles: (atMs) => (board ? tilesAt(board, atMs, null, []).map((tile) => ({ ...tile, simulated: true })) : []),
    start() {
      if (board) return
      const startedAtMs = performance.now()
      board = emptyBoard('', 'host', 'trainer', startedAtMs)
      for (const athlete of ATHLETES) rates.set(athlete.participantId, heartRates(athlete, CLASS_S))
      know({ type: 'snapshot', participants: ATHLETES.map(participantOf), atMs: startedAtMs })
      know({ type: 'screens', screens: ATHLETES.map(screenOf), atMs: startedAtMs })
      for (let second = FIRST_S - HISTORY_S; second <= FIRST_S; second++) speak(second, startedAtMs - (FIRST_S - second) * 1_000)
      let second = FIRST_S
      silence = every(1_000, () => {
        second++
        if (second > CLASS_S) return stop()
        speak(second, performance.now())
        draw()
      })
      draw()
    },
    stop,
  }
}

const participantOf = ({ participantId, name }: (typeof ATHLETES)[number], at: number) => ({
  participantId,
  name,
  role: 'member' as const,
  seat: at + 1,
  cameraReach: 'trainer' as const,
  heartRateReach: 'trainer' as const,
  left: false,
  handRaisedAt: null,
  revision: 0,
})
const screenOf = ({ participantId, name }: (typeof ATHLETES)[number]) => ({
  screenId: `screen of ${participantId}`,
  info: { participantId, role: 'member' as const, name, since: 0 },
})
