/** A trainer in whose classes a person has been, and whether they may see the person's history. */
export type HistoryShare = { readonly trainerId: string; readonly trainerName: string; readonly share: boolean; readonly since: number | null }
/** A look that somebody else took at a person's history. */
export type HistoryLook = { readonly name: string; readonly at: number }
