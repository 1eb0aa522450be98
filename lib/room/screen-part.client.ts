import type { RoomSeat } from './room-event'

/** Whether this tab only wears the strap in a class: it holds through a reload, so that a phone does not take the picture back by itself. */
const PART = 'pulseroom.sensor'

export const isSensor = (classId: string): boolean => kept(PART) === classId

export function keepPart(classId: string, part: 'main' | 'sensor'): void {
  if (part === 'sensor') keep(PART, classId)
  else if (isSensor(classId)) keep(PART, null)
}

/** Which screen this tab is: through a reload, so that the one before it is not taken for another one of the person's. */
const SCREEN = 'pulseroom.screen'

/** The seat with the screen that it takes the place of. */
export function seatOfTab(seat: RoomSeat): RoomSeat {
  const before = kept(SCREEN)
  keep(SCREEN, seat.screenId)
  return before === null || before === seat.screenId ? seat : { ...seat, replaces: before }
}

function kept(key: string): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}
function keep(key: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, value)
  } catch {
    // Storage is switched off: it holds until the page goes.
  }
}
