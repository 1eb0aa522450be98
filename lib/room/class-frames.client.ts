import { after } from '@/lib/platform/steady-timer.client'
import type { Frame } from './beat'
import { hostScreens, sharedAt, type Board } from './board'
import { heardFrame, nextFrame, startWriter, tellAll } from './frame-writer'

/** A host screen's part in writing the frames of its class. */
export interface ClassFrames {
  /** A beat, a screen or a choice has changed what there is to say. */
  consider(): void
  heard(fromScreenId: string): void
  /** A screen has come that knows nothing yet. */
  tellAll(): void
  close(): void
}

export function createClassFrames(screenId: string, board: () => Board, write: (frame: Frame) => boolean): ClassFrames {
  let writer = startWriter(performance.now())
  let cancel = () => undefined as void

  function consider(): void {
    const atMs = performance.now()
    const now = board()
    const hosts = hostScreens(now)
    const rank = hosts.findIndex((screen) => screen.screenId === screenId)
    if (rank < 0) return // not on the channel: nobody would hear it
    const turn = nextFrame(
      writer,
      { shared: sharedAt(now, atMs), everyone: [...now.members.keys()], rank, alone: hosts.length === 1 },
      atMs,
    )
    // What could not be handed over is said again with the next frame.
    if (!turn.frame || write(turn.frame)) writer = turn.writer
    cancel()
    // A trainer's screen writes on while it is hidden behind a call.
    if (turn.againAtMs !== null) cancel = after(Math.max(0, turn.againAtMs - atMs), consider)
  }

  return {
    consider,
    heard(fromScreenId) {
      const ranks = hostScreens(board()).map((screen) => screen.screenId)
      if (!ranks.includes(fromScreenId) || fromScreenId === screenId) return
      writer = heardFrame(writer, ranks.indexOf(fromScreenId), ranks.indexOf(screenId), performance.now())
    },
    tellAll() {
      writer = tellAll(writer)
      consider()
    },
    close: () => cancel(),
  }
}
