/** Words of a bike, a power meter or a foot pod beside the heart. */
export const motionStrings = {
  add: 'Add a bike or foot pod',
  addText: 'Power, cadence and speed, where the machine tells them by Bluetooth.',
  searching: 'Choose it in the browser’s window…',
  connected: (name: string) => `${name || 'The machine'} is connected`,
  battery: (percent: number) => `battery ${percent} %`,
  nothingYet: 'It says nothing yet. Turn the pedals or take a few steps.',
  lost: 'Its signal is gone. Searching on…',
  disconnect: 'Disconnect it',
  again: 'Search again',
  failed: {
    cancelled: 'Nothing chosen. Turn the pedals once so that it wakes up, and close other apps that use it.',
    wrong: (name: string | null) => `${name || 'That device'} tells neither power nor cadence nor speed.`,
    asleep: (name: string | null) => `${name || 'It'} does not answer. Turn the pedals, and close other apps that use it.`,
    blocked: 'The browser is not allowed to use Bluetooth. Allow it beside the address.',
    off: 'Bluetooth is off. Turn it on in the system’s settings.',
    unsupported: 'This browser cannot connect to a machine. Chrome and Edge can, on a laptop or an Android phone.',
  },
  sees: (trainer: string) => `${trainer} sees the watts beside your heart rate, as you chose for it.`,
  /** Beside the figures, in place of a heart rate. */
  heart: { pairing: 'strap pairing', reconnecting: 'strap lost', lost: 'strap lost', contact: 'strap off the skin' },
  effort: (effort: number) => `effort ${effort}`,
  what: 'power and speed',
  label: 'Your machine',
  watts: (watts: number) => `${watts} W`,
  units: { watts: 'W', cadence: '/ min', speed: 'km/h' },
  consentTitle: 'Who may see your heart rate and power?',
} as const
