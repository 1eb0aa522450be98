/** A series that a person belongs to, as their own page lists it. */
export type Membership = {
  readonly seriesId: string
  readonly slug: string
  readonly title: string
  readonly trainerId: string
  readonly trainerName: string
}
