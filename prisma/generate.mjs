// Generates the database client after install. `generate` needs no schema engine, but the CLI insists that one exists and would
// download it: any executable will do, so that install works with no network but the package registry.
import { spawnSync } from 'node:child_process'

const { status } = spawnSync('prisma', ['generate', '--no-hints'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath },
})
process.exit(status ?? 1)
