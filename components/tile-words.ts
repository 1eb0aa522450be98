import { effortOf } from '@/lib/room/attention'
import type { Tile, TileReading } from '@/lib/room/room-view'
import { besideMotion, motionWords } from './motion-words'
import { motionStrings } from './strings-motion'
import { rehearsalStrings } from './strings-rehearsal'
import { roomStrings } from './strings-room'
import { talkStrings } from './strings-talk'
import { videoStrings } from './strings-video'

const words = roomStrings.tile

/** Something the member said or typed that the trainer should see. Never from an estimated maximum, never for a lost strap. */
export function tileNeed(tile: Tile): string | null {
  const { reading } = tile
  if (tile.presence !== 'here') return null
  const effort = effortOf(reading)
  if (effort !== null && effort >= 9) return words.needsEffort(effort)
  if (reading.state === 'live' && !reading.estimated && reading.percentOfMax !== null && reading.percentOfMax > 100) return words.needsMax
  if (tile.handRaisedAt !== null) return talkStrings.handUp
  return null
}

/** What stands beside the number, or in its place, when it is not simply live; the trainer's view. */
export function readingWords(reading: TileReading): string | null {
  switch (reading.state) {
    case 'live':
      return null
    case 'stale':
      return words.ago(reading.ageMs)
    case 'moving':
      return reading.stale ? words.ago(reading.ageMs) : null
    case 'effort':
      return reading.ageMs >= 60_000 ? words.ago(reading.ageMs) : null
    case 'none':
      switch (reading.why) {
        case 'never':
          return null
        case 'pairing':
          return words.pairing
        case 'private':
          return words.private
        case 'hidden':
          return words.hidden
        // Whether the link dropped or only fell silent, the wearer's screen tries for as long as the class lasts.
        case 'reconnecting':
        case 'lost':
          return words.sensorReconnecting
        case 'contact':
          return words.contact
        case 'phone_locked':
          return words.phoneLocked
        case 'masked':
          return videoStrings.share.hiddenOnTile
      }
  }
}

export type TileLine = { readonly text: string; readonly tone: 'plain' | 'need' }

/** The one line over the picture; `null` when there is nothing to say. `need`: the trainer should look here. */
export function tileLine(tile: Tile): TileLine | null {
  if (tile.presence === 'left') return { text: words.left, tone: 'plain' }
  const need = tileNeed(tile)
  if (need) return { text: need, tone: 'need' }
  if (tile.presence === 'reconnecting') return { text: words.reconnecting, tone: 'plain' }
  if (tile.reading.state === 'live' && tile.reading.contact === false) return { text: words.contact, tone: 'plain' }
  return null
}

/** Why there is no picture, in words; `null` while there is one. `limit`: cameras that this room carries. */
export function pictureWords(tile: Tile, limit: number | null): string | null {
  if (tile.presence === 'left' || limit === null) return null
  if (tile.cameraReach === 'nobody') return words.cameraOff
  const media = tile.media
  if (!media) return null
  if (media.overCameraLimit) return words.overLimit(limit)
  // Until the two screens have spoken, nothing is known of that camera.
  if (!media.cameraOn && media.connection === 'connected') return words.cameraPaused
  return media.video && media.cameraOn ? null : words.pictureComing
}

/** One or two letters for a tile with no picture. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/).filter(Boolean)
  const first = [...(parts[0] ?? '?')][0] ?? '?'
  const last = parts.length > 1 ? ([...(parts.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toUpperCase()
}

/** A reading in one sentence for a screen reader, without the second-by-second trace. */
export function readingSentence(reading: TileReading): string | null {
  const said = readingWords(reading)
  if (reading.state === 'effort') return [`${words.effort} ${reading.effort}`, said].filter(Boolean).join(', ')
  if (reading.state === 'none') return said
  if (reading.state === 'moving') return [motionWords(reading), said, besideMotion(reading)].filter(Boolean).join(', ')
  const parts = [`${reading.bpm} ${words.bpm}`]
  if (reading.state === 'stale') return [...parts, said].join(', ')
  if (reading.percentOfMax !== null) parts.push(`${words.percent(reading.percentOfMax)} ${words.ofMax}`)
  parts.push(reading.zone === null ? words.noZone : words.zone(reading.zone), words[reading.trend])
  if (reading.estimated) parts.push(words.estimatedLong)
  if (reading.watts != null) parts.push(motionStrings.watts(reading.watts))
  return parts.join(', ')
}

export function tileSentence(tile: Tile): string {
  return [tile.simulated ? `${tile.name}, ${rehearsalStrings.badge}` : tile.name, readingSentence(tile.reading), tileLine(tile)?.text, tile.media?.talking ? words.talking : null]
    .filter(Boolean)
    .join(', ')
}

/** "9 of 12 here, 6 with heart rate, 1 pairing": members only. */
export function wallLine(tiles: readonly Tile[]): string {
  const simulated = tiles.filter((tile) => tile.simulated).length
  if (simulated > 0) return rehearsalStrings.line(simulated)
  const members = tiles.filter((tile) => tile.role === 'member')
  if (members.length === 0) return roomStrings.wall.nobody
  const count = (test: (tile: Tile) => boolean) => members.filter(test).length
  const here = count((tile) => tile.presence === 'here')
  const withHeart = count((tile) => tile.presence !== 'left' && hasHeart(tile))
  const pairing = count((tile) => tile.presence === 'here' && tile.reading.state === 'none' && tile.reading.why === 'pairing')
  const reconnecting = count((tile) => tile.presence === 'reconnecting')
  const hands = count((tile) => tile.presence !== 'left' && tile.handRaisedAt !== null)
  return [
    roomStrings.wall.line(here, members.length, withHeart),
    hands > 0 ? talkStrings.hands(hands) : null,
    pairing > 0 ? roomStrings.wall.pairing(pairing) : null,
    reconnecting > 0 ? roomStrings.wall.reconnecting(reconnecting) : null,
  ]
    .filter(Boolean)
    .join(', ')
}

/** As given: a class may have two Annas. The tile cuts what it has no room for. */
export const tileName = (tile: Pick<Tile, 'name' | 'me'>): string => (tile.me ? words.you : tile.name)

const hasHeart = ({ reading }: Tile): boolean =>
  reading.state === 'live' || reading.state === 'stale' || (reading.state === 'none' && reading.why === 'masked')
