import type { CameraReach } from './topology'
import type { VideoState } from './video-room'

/** One screen of a class as a test reaches it: in this process, or in a browser's page. */
export interface VideoDriver {
  view(): Promise<VideoView>
  setCamera(on: boolean): Promise<void>
  setTalk(on: boolean): Promise<void>
  setShare(on: boolean): Promise<void>
  stats(): Promise<ReadonlyArray<{ screenId: string; framesDecoded: number; screenFramesDecoded: number; audioPackets: number }>>
  leave(): Promise<void>
}
export type VideoView = {
  readonly state: VideoState
  readonly camera: 'live' | 'ended' | null
  readonly microphone: 'live' | 'ended' | null
  readonly screen: 'live' | 'ended' | null
  readonly remotes: ReadonlyArray<{ screenId: string; connection: string; video: boolean; cameraOn: boolean; talking: boolean; screen: boolean }>
}
export type VideoRig = {
  readonly host: VideoDriver
  /** Two members, with `ana`'s connection to the host for the network to break. */
  readonly ana: VideoDriver
  readonly ben: VideoDriver
  readonly ids: { readonly host: string; readonly ana: string; readonly ben: string }
  /** Lets the members of this class meet, and says who may see Ana's and Ben's cameras. */
  letMeet(reach: { readonly ana: CameraReach; readonly ben: CameraReach } | null): Promise<void>
  /** Breaks what connects Ana and the host, in whatever way the adapter's network allows; it may stay broken for up to 5 s. */
  breakNetwork(): Promise<void>
  /** Waits for a condition, up to a time; throws with `what` when it does not come. */
  until(what: string, check: () => Promise<boolean>, withinMs: number): Promise<void>
}
export type VideoPromise = { readonly promise: string; readonly keep: (rig: VideoRig) => Promise<void> }

const remote = async (driver: VideoDriver, screenId: string) => (await driver.view()).remotes.find((one) => one.screenId === screenId)
const frames = async (driver: VideoDriver, screenId: string) =>
  (await driver.stats()).find((one) => one.screenId === screenId)?.framesDecoded ?? 0
const packets = async (driver: VideoDriver, screenId: string) =>
  (await driver.stats()).find((one) => one.screenId === screenId)?.audioPackets ?? 0

const screenFrames = async (driver: VideoDriver, screenId: string) =>
  (await driver.stats()).find((one) => one.screenId === screenId)?.screenFramesDecoded ?? 0

async function pictureMoves(rig: VideoRig, at: VideoDriver, screenId: string, withinMs: number): Promise<void> {
  const before = await frames(at, screenId)
  await rig.until(`frames of ${screenId} are decoded`, async () => (await frames(at, screenId)) > before + 5, withinMs)
}

/** What every VideoRoom promises, in this order, on one class whose three screens have joined with their cameras off. */
export const VIDEO_ROOM_CONTRACT: readonly VideoPromise[] = [
  {
    promise: 'the host and each member connect; members do not connect to each other where the topology is a star',
    async keep(rig) {
      await rig.until(
        'all joined',
        async () => (await Promise.all([rig.host, rig.ana, rig.ben].map((one) => one.view()))).every(({ state }) => state === 'joined'),
        20_000,
      )
      await rig.until(
        'the host sees both',
        async () => (await rig.host.view()).remotes.filter(({ connection }) => connection === 'connected').length === 2,
        20_000,
      )
    },
  },
  {
    promise: 'no microphone is captured before Talk',
    async keep(rig) {
      for (const driver of [rig.host, rig.ana, rig.ben])
        if ((await driver.view()).microphone !== null) throw new Error('A microphone is open before Talk.')
    },
  },
  {
    promise: 'a camera that is turned on is decoded on the other side, both ways',
    async keep(rig) {
      await Promise.all([rig.host.setCamera(true), rig.ana.setCamera(true)])
      await pictureMoves(rig, rig.host, rig.ids.ana, 15_000)
      await pictureMoves(rig, rig.ana, rig.ids.host, 15_000)
      if ((await remote(rig.ana, rig.ids.host))?.cameraOn !== true) throw new Error('The host’s camera is on and Ana was not told.')
    },
  },
  {
    promise: 'a camera that is turned off is told, gives no picture, and its capture is stopped',
    async keep(rig) {
      await rig.ana.setCamera(false)
      await rig.until('the host is told', async () => (await remote(rig.host, rig.ids.ana))?.cameraOn === false, 5_000)
      if ((await remote(rig.host, rig.ids.ana))?.video !== false) throw new Error('A picture is still offered.')
      if ((await rig.ana.view()).camera !== null) throw new Error('The camera is still captured.')
      await rig.ana.setCamera(true)
      await pictureMoves(rig, rig.host, rig.ids.ana, 10_000)
    },
  },
  {
    promise: 'Talk is heard and told; stopping it stops the capture',
    async keep(rig) {
      await rig.ana.setTalk(true)
      await rig.until('sound arrives', async () => (await packets(rig.host, rig.ids.ana)) > 20, 10_000)
      if ((await remote(rig.host, rig.ids.ana))?.talking !== true) throw new Error('Ana talks and the host was not told.')
      await rig.ana.setTalk(false)
      await rig.until('the host is told', async () => (await remote(rig.host, rig.ids.ana))?.talking === false, 5_000)
      if ((await rig.ana.view()).microphone !== null) throw new Error('The microphone is still captured.')
    },
  },
  {
    promise: 'a shared screen is decoded beside the camera, which goes on; stopping ends the capture and is told',
    async keep(rig) {
      if ((await remote(rig.ana, rig.ids.host))?.screen !== false) throw new Error('A screen is offered before any was shared.')
      await rig.host.setShare(true)
      if ((await rig.host.view()).screen !== 'live') throw new Error('Nothing is captured.')
      await rig.until('the screen is decoded', async () => (await screenFrames(rig.ana, rig.ids.host)) > 3, 15_000)
      await rig.until('Ana is offered it', async () => (await remote(rig.ana, rig.ids.host))?.screen === true, 5_000)
      await pictureMoves(rig, rig.ana, rig.ids.host, 15_000)
      await rig.host.setShare(false)
      await rig.until('Ana is told', async () => (await remote(rig.ana, rig.ids.host))?.screen === false, 5_000)
      if ((await rig.host.view()).screen !== null) throw new Error('The screen is still captured.')
    },
  },
  {
    promise: 'a member shares no screen',
    async keep(rig) {
      await rig.ana.setShare(true)
      if ((await rig.ana.view()).screen !== null) throw new Error('A member captured a screen.')
    },
  },
  {
    promise: 'where members meet, a camera goes to those it was meant for and stops at once when it is not',
    async keep(rig) {
      if ((await remote(rig.ben, rig.ids.ana)) !== undefined) throw new Error('Members are connected before they may meet.')
      await rig.letMeet({ ana: 'everyone', ben: 'trainer' })
      await rig.ben.setCamera(true)
      await pictureMoves(rig, rig.ben, rig.ids.ana, 20_000)
      await pictureMoves(rig, rig.host, rig.ids.ben, 15_000)
      const seen = await remote(rig.ana, rig.ids.ben)
      if (seen?.cameraOn !== false || seen.video || (await frames(rig.ana, rig.ids.ben)) > 0) throw new Error('Ben is shown to Ana.')
      await rig.letMeet({ ana: 'trainer', ben: 'trainer' })
      await rig.until('they are apart', async () => (await remote(rig.ben, rig.ids.ana)) === undefined, 5_000)
      await rig.letMeet(null)
      await pictureMoves(rig, rig.host, rig.ids.ana, 10_000)
    },
  },
  {
    promise: 'after a network break the picture is back within 10 s without a click',
    async keep(rig) {
      await rig.breakNetwork()
      await pictureMoves(rig, rig.host, rig.ids.ana, 10_000)
      await pictureMoves(rig, rig.ana, rig.ids.host, 10_000)
    },
  },
  {
    promise: 'who leaves is gone at once',
    async keep(rig) {
      await rig.ben.leave()
      await rig.until('Ben is gone', async () => (await remote(rig.host, rig.ids.ben)) === undefined, 5_000)
      if ((await rig.ben.view()).state !== 'left') throw new Error('Ben has not left.')
    },
  },
]
