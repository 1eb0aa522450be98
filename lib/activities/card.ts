import { ActivityCard } from './activity'

/** The columns of an `ActivityCard`, of either table. */
export const CARD_COLUMNS = {
  ...{ id: true, source: true, sport: true, title: true, startedAt: true, zoneOffsetMinutes: true, elapsedSeconds: true },
  ...{ figures: true, problems: true, duplicateOfId: true },
} as const
type CardRow = { readonly id: string; readonly startedAt: Date; readonly classId?: string | null } & Readonly<
  Record<Exclude<keyof typeof CARD_COLUMNS, 'id' | 'startedAt'>, unknown>
>

export const cardOf = ({ id, startedAt, classId, ...row }: CardRow): ActivityCard =>
  ActivityCard.parse({ ...row, activityId: id, startedAt: startedAt.getTime(), classId: classId ?? null })
