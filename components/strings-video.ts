/** Words of pictures around the room: the shared screen, and members who see each other. `trainer` is a first name. */
export const videoStrings = {
  share: {
    control: 'Share',
    start: 'Share your screen',
    stop: 'Stop sharing',
    title: 'Your class sees what you share.',
    masked: 'Heart rates meant only for you are not drawn on this screen meanwhile.',
    open: 'You asked to see every heart rate all the same. Keep this page out of what you share.',
    showNumbers: 'Show me every number',
    blocked: 'Your system does not let this browser record the screen. Allow it in the system’s privacy settings, then share again.',
    failed: 'The screen could not be shared. Try another window, or the whole screen.',
    of: (trainer: string) => `What ${trainer} shares`,
    hiddenOnTile: 'Not drawn while you share',
  },
  meet: {
    everyone: 'Everyone in class',
    everyoneHint: 'The other members see you too, and hear you when you talk.',
    tooMany: (limit: number) => `More than ${limit} members are here: for now only the trainer sees and hears you.`,
    tooManyMember: (trainer: string, limit: number) =>
      `More than ${limit} members are here. For now you see and hear ${trainer} only, and only ${trainer} sees you.`,
    tooManyHost: (limit: number) =>
      `More than ${limit} members are here: they see and hear only you now. You still see everyone. It changes back by itself.`,
  },
} as const
