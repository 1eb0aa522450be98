import { parseArgs } from 'node:util'
import { gattFuzz } from '@/tests/gatt-fuzz'
import { soakFiles } from './files'
import { drawFaults } from './schedule'
import { startParts } from './parts'
import { soakClass } from './soaked-class'

// `npm run soak -- --minutes 10 --seed 7`: classes one after the other under random faults, each with the next seed, until the time is
// over. `--gatt 1000000` damages as many notifications first, `--files 1000000` as many training files. The same seed draws the same faults.
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    seconds: { type: 'string', default: '60' },
    gatt: { type: 'string', default: '0' },
    files: { type: 'string', default: '0' },
    quiet: { type: 'boolean', default: false },
  },
})
const [minutes, seed, seconds, gatt, files] = [values.minutes, values.seed, values.seconds, values.gatt, values.files].map(Number)
if (![minutes, seed, seconds, gatt, files].every(Number.isFinite)) throw new Error('--minutes, --seed, --seconds, --gatt and --files are numbers.')
const say = (line: string): void => void process.stdout.write(`${line}\n`)

say(`seed ${seed}`)
if (gatt) {
  const { heard, read } = gattFuzz(seed ?? 0, gatt)
  say(`${heard} damaged notifications: ${read} read, ${heard - read} left out, none that nobody has`)
}
if (files) await soakFiles(seed ?? 0, files, say)
const until = Date.now() + (minutes ?? 0) * 60_000
let failed = false
const parts = await startParts()
try {
  for (let turn = 0; (turn === 0 || Date.now() < until) && !failed; turn++) {
    const own = (seed ?? 0) + turn
    const lengthMs = (seconds ?? 60) * 1000
    say(`class of ${seconds} s with seed ${own}: ${drawFaults(own, lengthMs, 5).length} faults`)
    const tally = await soakClass(parts, own, lengthMs, (line) => values.quiet || say(`  ${line}`))
    const { said, confirmed, stored, lost, worstLoss, kills, wrong } = tally
    say(`  ${said} s said, ${confirmed} confirmed by a disk, ${stored} stored; ${lost} lost in ${kills} kills and reloads, at most ${worstLoss} in one`)
    for (const line of wrong) say(`  WRONG: ${line}`)
    failed = wrong.length > 0
    if (failed) say(`Again: npm run soak -- --minutes 0 --seconds ${seconds} --seed ${own}`)
  }
} finally {
  await parts.stop()
}
say(failed ? 'The record is wrong.' : 'The record is whole.')
process.exit(failed ? 1 : 0)
