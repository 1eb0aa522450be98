import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ESLint } from 'eslint'
import { afterAll, describe, expect, it } from 'vitest'

// A rule nobody runs is a wish; a rule without a test goes silent. Every rule is broken here once, on purpose.

const root = process.cwd()
const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')

type Cruise = { summary: { totalCruised: number; violations: Array<{ from: string; rule: { name: string } }> } }
function cruise(folder: string, places: string[]): Cruise {
  const out = execFileSync(process.execPath, [bin, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...places], {
    cwd: folder,
    maxBuffer: 64 << 20,
  })
  return JSON.parse(out.toString()) as Cruise
}

const planted: ReadonlyArray<[rule: string, file: string, code: string]> = [
  ['shelf-platform', 'lib/platform/a.ts', `import '@/lib/classes/b'`],
  ['shelf-telemetry', 'lib/telemetry/a.ts', `import type { B } from '@/lib/room/b'\nexport type A = B`],
  ['lib-stands-alone', 'lib/classes/a.ts', `import '@/components/card'`],
  ['lib-knows-no-react', 'lib/room/a.client.ts', `import 'react'`],
  ['components-run-in-the-browser', 'components/a.tsx', `import '@/lib/classes/b.server'`],
  ['inngest-runs-on-the-server', 'inngest/a.ts', `import '@/lib/classes/b.client'`],
  ['nobody-imports-tests', 'lib/classes/c.server.ts', `import '@/tests/fixture'`],
  ['nobody-imports-app', 'components/b.tsx', `import '@/app/page'`],
  ['nobody-imports-local', 'app/a.ts', `import '@/lib/local/door.server'`],
  ['server-and-client-never-meet', 'lib/room/c.server.ts', `import '@/lib/classes/b.client'`],
  ['client-and-server-never-meet', 'lib/room/d.client.ts', `import '@/lib/classes/b.server'`],
  ['pure-stays-pure', 'lib/room/e.ts', `import '@/lib/classes/b.server'`],
  ['pure-knows-no-node', 'lib/room/f.ts', `import 'node:fs'`],
  ['pure-knows-no-sdk', 'lib/room/g.ts', `import 'ws'`],
  ['client-knows-no-node', 'lib/room/h.client.ts', `import 'node:crypto'`],
  ['no-circular', 'lib/room/i.ts', `import './j'`],
  ['not-to-unresolvable', 'lib/room/k.ts', `import './nowhere'`],
]

describe('import rules', () => {
  const house = mkdtempSync(join(tmpdir(), 'pulseroom-rules-'))
  afterAll(() => rmSync(house, { recursive: true, force: true }))

  it('bite on every planted violation', () => {
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) cpSync(join(root, file), join(house, file))
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
    const quiet: Array<[string, string]> = [
      ['lib/classes/b.ts', 'export const b = 1'],
      ['lib/classes/b.server.ts', 'export const b = 1'],
      ['lib/classes/b.client.ts', 'export const b = 1'],
      ['lib/room/b.ts', 'export type B = 1'],
      ['lib/room/j.ts', `import './i'`],
      ['lib/local/door.server.ts', 'export const door = 1'],
      ['components/card.tsx', 'export const card = 1'],
      ['app/page.tsx', 'export default 1'],
      ['tests/fixture.ts', 'export const fixture = 1'],
    ]
    for (const [file, code] of [...quiet, ...planted.map(([, file, code]) => [file, code] as [string, string])]) {
      mkdirSync(dirname(join(house, file)), { recursive: true })
      writeFileSync(join(house, file), code)
    }
    const { violations } = cruise(house, ['lib', 'app', 'components', 'inngest']).summary
    const found = new Set(violations.map((v) => `${v.rule.name} ${v.from}`))
    expect(planted.filter(([rule, file]) => !found.has(`${rule} ${file}`))).toEqual([])
    // and nothing quiet was accused
    expect(violations.filter((v) => quiet.some(([file]) => file === v.from) && v.rule.name !== 'no-circular')).toEqual([])
  }, 60_000)

  it('read the whole house, and hold in it', () => {
    const { summary } = cruise(root, ['lib', 'app', 'components', 'inngest', 'proxy.ts', 'instrumentation.ts'])
    // With the wrong TypeScript beside it the reader silently sees almost nothing.
    expect(summary.totalCruised).toBeGreaterThan(150)
    expect(summary.violations.map((v) => `${v.rule.name}: ${v.from}`)).toEqual([])
  }, 60_000)
})

describe('lint rules', () => {
  const eslint = new ESLint({ cwd: root })
  const broken: ReadonlyArray<[rule: string, file: string, code: string]> = [
    ['no-restricted-imports', 'lib/classes/x.server.ts', `import 'server-only'\nimport Pusher from 'pusher'\nexport const p = Pusher`],
    ['no-restricted-imports', 'lib/platform/db.server.ts', `import 'server-only'\nimport Pusher from 'pusher'\nexport const p = Pusher`],
    ['no-restricted-imports', 'lib/classes/y.ts', `import { a } from '../room/a'\nexport const b = a`],
    ['no-restricted-properties', 'lib/classes/z.ts', `export const home = process.env.HOME`],
    ['no-console', 'components/x.tsx', `console.log('hello')`],
    ['max-lines', 'components/y.tsx', 'export {}\n'.repeat(301)],
    ['@typescript-eslint/no-explicit-any', 'lib/room/x.ts', `export const x = (y: any): number => y`],
    ['no-restricted-syntax', 'lib/room/x.server.ts', `export const late = 1`],
    ['no-restricted-syntax', 'lib/room/all.ts', `export * from './board'`],
    ['no-restricted-syntax', 'lib/classes/w.server.ts', `import 'server-only'\nimport { db } from '@/lib/platform/db.server'\nexport const w = () => db.ownerOnlyActivity.count()`],
    ['no-restricted-syntax', 'lib/activities/shared-history.server.ts', `import 'server-only'\nimport { db } from '@/lib/platform/db.server'\nexport const w = () => db.person.findMany({ include: { ownActivities: true } })`],
    ['no-restricted-syntax', 'app/api/w/route.ts', 'import { db } from "@/lib/platform/db.server"\nexport const w = () => db.$queryRaw`SELECT * FROM owner_only_activities`'],
    ['no-restricted-syntax', 'components/action.ts', `'use server'\nexport const act = 1`],
  ]
  it.each(broken)('%s bites in %s', async (rule, file, code) => {
    const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, file) })
    expect(result?.messages.map((message) => message.ruleId)).toContain(rule)
  }, 30_000)
})
