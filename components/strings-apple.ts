/** Words for bringing an export of Apple's Health app. */
const count = new Intl.NumberFormat('en')
const n = (value: number): string => count.format(value)
const workouts = (value: number): string => (value === 1 ? '1 workout' : `${n(value)} workouts`)
const size = (bytes: number): string => (bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`)

export const appleStrings = {
  title: 'From Apple Health',
  fromHistory: 'From an iPhone or Apple Watch',
  lead: 'From Apple’s Health app, with heart rate, power, distance and route of every workout. The file is read on this device: only your workouts are sent, nothing else of your health.',
  how: 'How to get the file',
  steps: [
    'On your iPhone open Health and tap your picture, top right.',
    'Tap “Export All Health Data”. It can take some minutes.',
    'Save export.zip where this browser finds it: Files, AirDrop or a mail to yourself.',
  ],
  drop: 'Drop export.zip here',
  choose: 'Choose export.zip',
  onlyOne: 'One export at a time. Drop export.zip alone.',
  page: 'Keep this page open until it is done. You can go on later: bring the same file, or a newer one, and only what is missing is read.',
  history: 'See your history',

  finding: 'Looking for workouts',
  reading: (pass: number, passes: number) => (passes > 1 ? `Reading them, part ${n(pass)} of ${n(passes)}` : 'Reading them'),
  progress: (read: number, of: number) => `${size(read)} of ${size(of)}`,
  percent: (share: number) => `${Math.floor(share * 100)} %`,
  found: (found: number, known: number) =>
    known === 0 ? `${workouts(found)} found, all new` : known === found ? `${workouts(found)} found, all in your history already` : `${workouts(found)} found, ${n(found - known)} new`,
  saved: (saved: number, wanted: number) => `${n(saved)} of ${n(wanted)} in your history`,
  stop: 'Stop',
  again: 'Bring another export',

  done: (saved: number) => (saved === 0 ? 'Your history has it all already' : `${workouts(saved)} in your history`),
  none: 'No workouts in this export',
  noneText: 'It holds records, but no workout was ever started on the watch or in an app.',
  stopped: 'Stopped',
  stoppedText: 'What was saved stays. Bring the same file again to go on.',
  failed: 'Reading stopped early',
  failedText: 'Choose the file again: it goes on where it stopped.',
  refused: {
    not_apple: 'This is not an export of Apple’s Health app. Choose the file export.zip, as the iPhone wrote it.',
    unsafe: 'This archive is built in a way that no iPhone builds it, so it is not opened.',
  },
  trouble: {
    cut: 'The file ends too early: copy it from the iPhone once more and bring it again. What could be read is here.',
    damaged: 'Parts of the file are damaged and were left out.',
    altered: 'Some of the file is not what the iPhone wrote, so values may be wrong: copy it from the iPhone once more and bring it again. What could be read is here.',
    no_routes: 'Some routes are not in the file. They come with export.zip, not with export.xml alone.',
    too_many: 'There are more workouts than can be read at once. The rest was left out.',
  },
  tooLong: (value: number) => `${workouts(value)} longer than a day ${value === 1 ? 'was' : 'were'} left out.`,
} as const
