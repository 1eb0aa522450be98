import type { IntervalKind } from '@/lib/classes/workout-plan'

/** Words of the plan and its timer. */

/** "0:07", "12:30", "1:02:03": a countdown, rounded up, so that 0:00 is the end and not the last second. */
export function clockWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

const kinds: Record<IntervalKind, string> = { 'warm-up': 'Warm-up', work: 'Work', rest: 'Rest', 'cool-down': 'Cool-down' }

export const timerStrings = {
  label: 'Timer',
  kinds,
  getReady: 'Get ready',
  paused: 'Paused',
  remaining: (text: string) => `${text} left`,
  total: (ms: number) => `${clockWords(ms)} to go`,
  round: (round: number, of: number) => `Round ${round} of ${of}`,
  next: (what: string, ms: number) => `Next: ${what} ${clockWords(ms)}`,
  last: 'Last one',
  target: (zone: number) => (zone === 0 ? 'Target: below zone 1' : `Target: zone ${zone}`),
  ready: (ms: number) => `${clockWords(ms)} of plan, ready`,
  noPlan: 'No plan for this class',
  workoutRuns: (ms: number) => `Workout ${clockWords(ms)}`,
  soon: 'The workout has not begun',
  done: 'The plan is done',
  start: 'Start workout',
  startTimer: 'Start timer',
  again: 'Run it again',
  pause: 'Pause',
  resume: 'Go on',
  skip: 'Next',
  plus20: '+20 s',
  soundOn: 'Sound on',
  soundOff: 'Sound off',
  soundHint: 'Beeps and spoken cues on every screen',
  ownSoundOn: 'Cues on',
  ownSoundOff: 'Cues off',
  choosePlan: 'Choose a plan',
  keys: 'Timer keys: space start and pause, N next, + adds 20 s',
  match: {
    in: 'In target',
    ease: 'Ease off',
    push: 'Push',
    down: 'Let it come down',
  },
  spoken: (kind: IntervalKind, cue: string, seconds: number) =>
    `${cue === '' ? kinds[kind] : cue}. ${seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60} minute${seconds === 60 ? '' : 's'}` : `${seconds} seconds`}.`,
  spokenEnd: 'Done. Well worked.',

  back: {
    title: (gone: string) => `You are back after ${gone}.`,
    running: (round: number, of: number) => `Round ${round} of ${of} is running.`,
    interval: (kind: IntervalKind) => `The ${kinds[kind].toLowerCase()} is running.`,
    paused: 'The timer is paused.',
    finished: 'The plan is done.',
    people: (here: number, all: number) => `${here} of ${all} ${here === 1 && all === 1 ? 'is' : 'are'} still here.`,
    carryOn: 'Carry on',
    restart: 'Restart this round',
  },

  plan: {
    title: 'Plan',
    hint: 'Rounds, work and rest, target zones, spoken cues',
    intro: 'Start from one of these, then change what you like.',
    presets: {
      tabata: 'Tabata',
      emom: 'EMOM',
      'thirty-thirty': '30/30',
      pyramid: 'Pyramid',
      steady: 'Steady ride',
    },
    none: 'No plan',
    total: (ms: number, intervals: number) => `${clockWords(ms)} in all, ${intervals} ${intervals === 1 ? 'interval' : 'intervals'}`,
    block: (n: number) => `Block ${n}`,
    rounds: 'Rounds',
    kind: 'What',
    seconds: 'Seconds',
    zone: 'Target',
    noZone: 'No target',
    zoneName: (zone: number) => (zone === 0 ? 'Below zone 1' : `Zone ${zone}`),
    cue: 'Cue, shown and spoken',
    addInterval: 'Add interval',
    addBlock: 'Add block',
    remove: 'Remove',
    removeBlock: 'Remove block',
    up: 'Move up',
    down: 'Move down',
    save: 'Save plan',
    saving: 'Saving…',
    saved: 'Saved.',
    clear: 'Take the plan away',
    running: 'The timer is running by this plan. Use Next and +20 s, or stop the timer to change it.',
    stop: 'Stop the timer',
    thisOnly: 'For this class only. The series keeps its own plan.',
    shape: 'The plan as a picture',
  },
} as const
