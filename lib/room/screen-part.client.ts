/** Whether this tab only wears the strap in a class: it holds through a reload, so that a phone does not take the picture back by itself. */
const PART = 'pulseroom.sensor'

export function isSensor(classId: string): boolean {
  try {
    return sessionStorage.getItem(PART) === classId
  } catch {
    return false
  }
}

export function keepPart(classId: string, part: 'main' | 'sensor'): void {
  try {
    if (part === 'sensor') sessionStorage.setItem(PART, classId)
    else if (isSensor(classId)) sessionStorage.removeItem(PART)
  } catch {
    // Storage is switched off: it holds until the page goes.
  }
}
