import 'server-only'
import type { ClassKind, Schedule } from './series'
import type { Prisma } from '@/lib/platform/db.server'

/** A series as pages show it. Instants are UTC ms. */
export type SeriesCard = {
  readonly seriesId: string
  readonly slug: string
  readonly title: string
  readonly kind: ClassKind
  readonly durationMin: number
  readonly capacity: number
  readonly heartRateReach: 'trainer' | 'everyone'
  readonly videoPlace: 'here' | 'own_link'
  readonly videoUrl: string | null
  readonly timezone: string
  readonly eachToEach: boolean
  readonly payUrl: string | null
  readonly payNote: string | null
  /** Null: it has no dates of its own, classes start when the trainer says so. */
  readonly schedule: Schedule | null
  readonly hostId: string
  readonly hostName: string
}
/** One occurrence as pages show it. */
export type ClassCard = {
  readonly classId: string
  readonly title: string
  readonly status: 'scheduled' | 'open' | 'live' | 'ended' | 'cancelled'
  readonly startsAt: number
  readonly plannedEndAt: number
  readonly workoutEndedAt: number | null
  readonly closedAt: number | null
  readonly spotlightId: string | null
  readonly durationMin: number
  readonly capacity: number
  /** The wall time that the rule gave, `2026-11-26T18:30`; null for a class that was started by hand. */
  readonly occurrence: string | null
  readonly cancelNote: string | null
  readonly epoch: number
}

export const withHost = { host: { select: { name: true } } } as const
type SeriesRow = Prisma.ClassSeriesGetPayload<{ include: typeof withHost }>
type ClassRow = Prisma.LiveClassGetPayload<Record<never, never>>

export const seriesCard = (row: SeriesRow): SeriesCard => ({
  seriesId: row.id,
  slug: row.slug,
  title: row.title,
  kind: row.kind,
  durationMin: row.durationMin,
  capacity: row.capacity,
  heartRateReach: row.heartRateReach,
  videoPlace: row.videoPlace,
  videoUrl: row.videoPlace === 'own_link' ? row.videoUrl : null,
  timezone: row.timezone,
  eachToEach: row.eachToEach,
  payUrl: row.payUrl,
  payNote: row.payNote,
  schedule: row.startsOn !== null && row.localStart !== null ? { startsOn: row.startsOn, localStart: row.localStart, rule: row.rule } : null,
  hostId: row.hostId,
  hostName: row.host.name,
})

export const classCard = (row: ClassRow, series: { title: string; durationMin: number; capacity: number }): ClassCard => ({
  classId: row.id,
  title: row.title ?? series.title,
  status: row.status,
  startsAt: row.startsAt.getTime(),
  plannedEndAt: row.plannedEndAt.getTime(),
  workoutEndedAt: row.workoutEndedAt?.getTime() ?? null,
  closedAt: row.closedAt?.getTime() ?? null,
  spotlightId: row.spotlightId,
  durationMin: row.durationMin ?? series.durationMin,
  capacity: row.capacity ?? series.capacity,
  occurrence: row.occurrence,
  cancelNote: row.cancelNote,
  epoch: row.epoch,
})
