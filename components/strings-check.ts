import type { PathVerdict } from '@/lib/room/path-verdict'
import type { UploadVerdict } from '@/lib/room/upload-verdict'

const megabits = (kbps: number): string => `${(kbps / 1000).toFixed(kbps < 10_000 ? 1 : 0)} Mbit/s`

/** Words of the trainer's check before a class: read from the mat, so the first line is short and says what to do. */
export const checkStrings = {
  title: 'Check before class',
  link: 'Check camera, sound and line',
  linkHint: 'Record 10 seconds, measure the upload, before anybody comes',
  enter: 'Enter the room',
  start: 'Start the check',
  startHint: 'One tap. Then step back to your mat.',
  again: 'Check again',
  retry: 'Once more',
  picture: 'What your camera sees',
  devices: 'Camera, microphone and sound',
  notYet: 'not yet',
  checking: 'checking…',
  state: { good: 'good', warn: 'look here', bad: 'not working', unknown: 'not known' },

  camera: {
    name: 'Camera',
    on: (label: string, height: number | null) => (height === null ? label : `${label}, ${height}p`),
    choose: 'Camera',
    problem: {
      denied: 'The browser blocks it. Allow it beside the address, then check again.',
      missing: 'No camera found. Plug one in, then check again.',
      in_use: 'Another program holds it. Close that, then check again.',
      ended: 'It was unplugged. Plug it in, then check again.',
      insecure: 'This address is not secure. Open the https address.',
    },
  },
  microphone: {
    name: 'Microphone',
    listening: 'Say something.',
    heard: 'We hear you.',
    level: 'Sound level',
    choose: 'Microphone',
    problem: {
      denied: 'The browser blocks it. Allow it beside the address, then check again.',
      missing: 'No microphone found. Plug one in, then check again.',
      in_use: 'Another program holds it. Close that, then check again.',
      ended: 'It was unplugged. Plug it in, then check again.',
      insecure: 'This address is not secure. Open the https address.',
    },
  },
  unnamed: (what: string, index: number) => `${what} ${index}`,
  browserChoice: 'As the browser likes',

  upload: {
    name: 'Upload',
    measuring: (kbps: number | null) => (kbps === null ? 'measuring…' : `measuring… ${megabits(kbps)}`),
    verdict: (verdict: UploadVerdict): string => {
      switch (verdict.outcome) {
        case 'good':
          return `Good for ${verdict.members} at ${verdict.height}p`
        case 'fewer':
          return `Good for ${verdict.members} of ${verdict.places} at ${verdict.height}p`
        case 'too_slow':
          return 'Too slow for a good picture'
      }
    },
    advice: (verdict: UploadVerdict, kbps: number): string => {
      const measured = `${megabits(kbps)} measured.`
      switch (verdict.outcome) {
        case 'good':
          return measured
        case 'fewer':
          return `${measured} With more members the picture gets worse. A cable helps; so does nobody else uploading.`
        case 'too_slow':
          return `${measured} Use a cable, another network, or your own call for the video.`
      }
    },
    failed: 'The measurement did not come through. Check your connection, then measure once more.',
    ownLink: 'Your own call carries the pictures: it has its own test.',
  },

  path: {
    name: 'Way to members',
    verdict: (verdict: PathVerdict): string => {
      switch (verdict.outcome) {
        case 'direct':
          return 'Direct'
        case 'relay_only':
          return 'By a detour'
        case 'near':
          return 'Only your own network is known'
        case 'shut':
          return 'This network is shut'
        case 'none':
          return 'The browser gives no way'
      }
    },
    advice: (verdict: PathVerdict): string => {
      switch (verdict.outcome) {
        case 'direct':
          return verdict.relay
            ? 'Pictures go straight to members; a relay helps those whose own network is shut.'
            : 'Pictures go straight to members. There is no relay for members behind a company network.'
        case 'relay_only':
          return 'Pictures take the relay. It works; another network may be faster.'
        case 'near':
          return 'Members in this network see you. For others nothing is set up here: whoever runs this Pulseroom can set TURN_URLS.'
        case 'shut':
          return 'Members elsewhere will hardly see you. Try another Wi-Fi, or your phone’s hotspot.'
        case 'none':
          return 'A setting or an extension blocks WebRTC. Try another browser.'
      }
    },
  },

  power: {
    name: 'Power',
    plugged: 'Plugged in',
    onBattery: (percent: number) => `On battery, ${percent} %`,
    plugIn: 'Plug it in: a class with video empties a laptop.',
    unsaid: 'Look for yourself',
    unsaidMore: 'This browser does not say how it is powered. Plug it in.',
  },
  awake: {
    name: 'Screen stays on',
    on: 'Yes',
    off: 'No',
    offMore: 'The browser refused, perhaps to save power. Set the screen never to sleep in the system’s settings.',
    unsupported: 'Not in this browser',
    unsupportedMore: 'Set the screen never to sleep in the system’s settings.',
  },

  record: {
    start: 'Record 10 seconds',
    hint: 'You then see and hear yourself as your members will. Nothing leaves this page.',
    ready: (seconds: number) => `In place: ${seconds}`,
    left: (seconds: number) => `${seconds}`,
    recording: 'Recording',
    unsupported: 'This browser cannot record here. Everything else works.',
    failed: 'The recording failed. Try once more.',
    playback: 'As your members see you',
    close: 'Close',
    fill: 'Fill the screen',
    play: 'Play again',
  },
} as const
