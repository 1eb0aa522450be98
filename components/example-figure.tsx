/** Drawn members: a head and the lines of a body in motion, in a 160 × 104 frame with the floor at 100. */
const POSES = {
  reach: { head: [80, 20], body: 'M80 32V66M80 66 62 98M80 66 98 98M80 38 58 14M80 38 102 14' },
  squat: { head: [78, 30], body: 'M80 42 90 68M90 68 62 74 68 98M90 68 66 78M82 48 52 50' },
  lunge: { head: [84, 18], body: 'M84 30V62M84 62 58 68V98M84 62 106 82 130 98M84 38 68 52 80 60M84 38 100 50 94 62' },
  plank: { head: [30, 62], body: 'M42 67 128 94M46 69 44 96 60 96M128 94 134 98' },
  punch: { head: [72, 22], body: 'M75 34 80 66M80 66 62 98M80 66 106 96M76 40 44 38M77 42 92 52 82 34' },
  knee: { head: [80, 18], body: 'M80 30V64M80 64V98M80 64 58 62 62 86M80 38 102 48 96 32M80 38 62 46 52 36' },
  bend: { head: [96, 24], body: 'M90 35C84 46 80 56 80 66M80 66 66 98M80 66 98 98M91 37C104 18 118 14 128 22M89 40 68 50 78 62' },
} as const
export type Pose = keyof typeof POSES

export const ExampleFigure = ({ pose }: { pose: Pose }) => {
  const { head, body } = POSES[pose]
  return (
    <svg viewBox="0 0 160 104" aria-hidden preserveAspectRatio="xMidYMax meet" className="size-full bg-surface pt-[14%] text-line-strong">
      <path d="M0 101H160" className="stroke-line" strokeWidth={2} />
      <circle cx={head[0]} cy={head[1]} r={8} fill="currentColor" />
      <path d={body} fill="none" stroke="currentColor" strokeWidth={6.5} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
