// `npm test`: everything, one stage after the other, and one plain last line. Each stage counts its own tests; a stage without tests of
// its own (types, lint, imports) counts as one.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'

mkdirSync('test-results', { recursive: true })
const vitest = (project, extra = []) => ({
  name: project,
  command: ['vitest', 'run', '--project', project, ...extra, '--reporter=default', '--reporter=json', `--outputFile.json=test-results/${project}.json`],
  count: (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }),
})
const stages = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
  { name: 'imports', command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'app', 'components', 'lib', 'inngest', 'proxy.ts', 'instrumentation.ts'] },
  vitest('unit'),
  vitest('dom'),
  vitest('db'),
  vitest('doors'),
  // The same faults in every run; `npm run soak` draws others, for as long as one likes.
  { name: 'soak', command: ['tsx', '--tsconfig', 'tsconfig.node.json', 'tests/soak/run.ts', '--minutes', '0', '--seconds', '20', '--seed', '1'] },
  { name: 'e2e', command: ['playwright', 'test'], count: ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped }) },
]
const only = process.argv.slice(2)
let passed = 0
let failed = 0
const failures = []
for (const { name, command, count } of stages) {
  if (only.length > 0 && !only.includes(name)) continue
  const started = Date.now()
  process.stdout.write(`\n── ${name}\n`)
  const report = `test-results/${name}.json`
  rmSync(report, { force: true })
  const [file, ...args] = command
  const { status } = spawnSync(file, args, { stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, PATH: `node_modules/.bin:${process.env.PATH}` } })
  let result = { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 }
  if (count && existsSync(report)) {
    result = count(JSON.parse(readFileSync(report, 'utf8')))
    // A stage that broke outside its tests is a failure too.
    if (status !== 0 && result.failed === 0) result.failed = 1
  }
  passed += result.passed
  failed += result.failed
  if (result.failed > 0) failures.push(name)
  process.stdout.write(`── ${name}: ${result.passed} passed, ${result.failed} failed, ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}
if (failures.length > 0) process.stdout.write(`\nFailed: ${failures.join(', ')}\n`)
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)
