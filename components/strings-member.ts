const span = (days: number): string => (days === 3650 ? 'ten years' : days === 365 ? 'a year' : `${days} days`)

/** Words of a member's say over their own: what they agreed to, and the series they belong to. */
export const memberStrings = {
  title: (trainer: string) => `You and ${trainer}`,
  open: (trainer: string) => `What you agreed to with ${trainer}, and how to leave`,
  saved: 'Saved. What you took back counts at once, in a class that runs too.',
  erase: {
    offer: 'Nothing more is saved. What was saved before is still there.',
    open: (trainer: string) => `Delete what was saved with ${trainer}`,
    question: 'Delete all that was saved?',
    goes: (trainer: string) =>
      `Every second that was saved of you in ${trainer}’s classes, the summaries of these, and every link to them. That you were there stays on ${trainer}’s list. There is no way back.`,
    yes: 'Delete it all',
    done: 'Done. Nothing that was saved of you in these classes is left.',
  },
  keepDays: {
    title: 'How long your heart rates are kept',
    lead: 'Where you said that a class is saved, every second of your heart rate is. It is deleted by itself this long after the class. Your summaries stay, with their figures and curve; they cannot be computed anew then.',
    label: 'Delete the seconds after',
    days: span,
    shorter: 'What is older than that goes in the next night. There is no way back.',
    save: 'Save',
    saved: (days: number) => `Saved. Seconds of your heart rate are kept for ${span(days)} after a class.`,
  },
  leave: {
    title: 'Series you belong to',
    none: 'None yet. Join a class, and its series stands here.',
    series: (title: string, trainer: string) => `${title} with ${trainer}`,
    open: 'Leave',
    openNamed: (title: string) => `Leave ${title}`,
    question: (title: string) => `Leave ${title}?`,
    goes: (trainer: string) =>
      `Your bookings end, nothing more is sent to you, and its talk is closed to you. ${trainer} does not see you among those who missed a class. ` +
      'Your summaries stay yours. Joining again by the link brings you back.',
    yes: 'Leave the series',
  },
} as const
