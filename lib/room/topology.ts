/** Who may see a camera; each is wider than the one before. */
export type CameraReach = 'nobody' | 'trainer' | 'everyone'
const WIDTH: Readonly<Record<CameraReach, number>> = { nobody: 0, trainer: 1, everyone: 2 }
export const narrower = (a: CameraReach, b: CameraReach): CameraReach => (WIDTH[a] <= WIDTH[b] ? a : b)

/** Members up to whom each may meet each: beyond, every member would send to six others and more. */
export const EACH_TO_EACH_LIMIT = 6

/** Whether members see and hear those of them who said "everyone": never here, now, or not while the class is this large. */
export type MembersMeet = 'no' | 'yes' | 'too_many'

export type PeerScreen = { readonly screenId: string; readonly participantId: string; readonly role: 'host' | 'member' }
export type ClassOnScreens = {
  /** Who is here, by presence: the same on every screen, so that all of them decide alike. */
  readonly screens: readonly PeerScreen[]
  /** The people of the class and who may see their cameras. Whoever was removed is not among them. */
  readonly people: ReadonlyMap<string, CameraReach>
  readonly eachToEach: boolean
}

export function membersMeet({ screens, people, eachToEach }: ClassOnScreens): MembersMeet {
  if (!eachToEach) return 'no'
  const here = new Set(screens.filter(({ role, participantId }) => role === 'member' && people.has(participantId)).map((one) => one.participantId))
  return here.size <= EACH_TO_EACH_LIMIT ? 'yes' : 'too_many'
}

/**
 * Whether two screens have a connection: a member's and a host's always; two members' where members meet and at least one of the two
 * said "everyone". Two screens of one person never.
 */
export function mayConnect(me: PeerScreen, other: PeerScreen, meet: MembersMeet, people: ReadonlyMap<string, CameraReach>): boolean {
  if (!people.has(other.participantId) || other.participantId === me.participantId) return false
  if (me.role !== other.role) return true
  if (me.role === 'host' || meet !== 'yes') return false
  return people.get(me.participantId) === 'everyone' || people.get(other.participantId) === 'everyone'
}

/** A member's screen calls a host's; between two members the lower id calls. */
export const callsOther = (me: PeerScreen, other: PeerScreen): boolean =>
  me.role === other.role ? me.screenId < other.screenId : me.role === 'member'

/** Whether this screen sends anything at all to another. To a member's only what was meant for everyone. */
export const sendsTo = (me: PeerScreen, other: PeerScreen, people: ReadonlyMap<string, CameraReach>): boolean =>
  me.role !== other.role || people.get(me.participantId) === 'everyone'
