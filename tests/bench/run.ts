import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { type Figure, figuresByKey, type Section, table } from './figures'
import { api } from './api'
import { fit } from './fit'
import { ingestRate } from './ingest'
import { latency } from './latency'
import { messages } from './messages'
import { reading } from './reading'
import { storage } from './storage'
import { tiles } from './tiles'
import { startWorld } from './world'

/** Every section measures ours and what it is compared with in this one run. */
const SECTIONS: Readonly<Record<string, Section>> = { storage, reading, ingest: ingestRate, api, fit, messages, latency, tiles }

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean', default: false } }, allowPositionals: true })
const wanted = positionals.length === 0 ? Object.keys(SECTIONS) : positionals
const unknown = wanted.filter((name) => !(name in SECTIONS))
if (unknown.length > 0) throw new Error(`There is no section ${unknown.join(', ')}. Name some of: ${Object.keys(SECTIONS).join(', ')}.`)

const loadBefore = loadavg()[0] ?? 0
const world = await startWorld()
const machine = {
  cpu: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  load_before: Number(loadBefore.toFixed(1)),
  node: process.version,
  postgres: world.version,
}
// With --json, what is told on the way goes beside it, not into it.
const tell = (line: string): void => void process.stderr.write(`  ${line}\n`)
const figures: Figure[] = []
try {
  for (const name of wanted) {
    tell(`── ${name}`)
    figures.push(...((await SECTIONS[name]?.(tell)) ?? []))
  }
} finally {
  await world.stop()
}
process.stdout.write(
  values.json
    ? `${JSON.stringify({ ...figuresByKey(figures), machine }, null, 2)}\n`
    : `\n${table(figures)}\n\n${Object.entries(machine).map(([what, value]) => `${what}: ${value}`).join(' · ')}\n`,
)
