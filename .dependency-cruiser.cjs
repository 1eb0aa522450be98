// The shelf of lib/ has one order: a file imports from its own folder and from folders to its left. A planted violation of every
// rule below is caught by tests/structure/import-rules.test.ts.
const SHELF = [
  'platform', 'physiology', 'formats', 'sensors', 'surfaces', 'accounts', 'activities', 'notifications', 'billing', 'telemetry',
  'classes', 'room', 'recordings', 'summaries', 'sync', 'privacy', 'local',
]
const TEST = '\\.(test|spec)\\.tsx?$|-contract\\.ts$'
const PURE = '^lib/(?!local/|platform/prisma/)(?!.*\\.(server|client|test)\\.tsx?$).*\\.ts$'

const shelf = SHELF.slice(0, -1).map((folder, i) => ({
  name: `shelf-${folder}`,
  comment: `lib/${folder} imports only from folders to its left.`,
  severity: 'error',
  from: { path: `^lib/${folder}/`, pathNot: TEST },
  to: { path: `^lib/(${SHELF.slice(i + 1).join('|')})/` },
}))

module.exports = {
  forbidden: [
    ...shelf,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'lib-stands-alone', severity: 'error', from: { path: '^lib/', pathNot: `${TEST}|^lib/local/` }, to: { path: '^(app|components|inngest|tests)/' } },
    { name: 'lib-knows-no-react', severity: 'error', from: { path: '^lib/', pathNot: `${TEST}|^lib/accounts/who-is-calling\\.server\\.ts$|^lib/local/` }, to: { path: '(^|/)node_modules/(react|react-dom|next)/' } },
    { name: 'components-run-in-the-browser', severity: 'error', from: { path: '^components/', pathNot: TEST }, to: { path: '\\.server\\.tsx?$|^(app|inngest|tests)/|^lib/local/' } },
    { name: 'inngest-runs-on-the-server', severity: 'error', from: { path: '^inngest/', pathNot: TEST }, to: { path: '\\.client\\.tsx?$|^(app|components|tests)/|^lib/local/' } },
    { name: 'nobody-imports-tests', severity: 'error', from: { pathNot: `^tests/|${TEST}` }, to: { path: '^tests/' } },
    { name: 'nobody-imports-app', severity: 'error', from: { pathNot: `^app/|^tests/|${TEST}` }, to: { path: '^app/' } },
    { name: 'nobody-imports-local', severity: 'error', from: { pathNot: `^lib/local/|^tests/|${TEST}` }, to: { path: '^lib/local/' } },
    { name: 'server-and-client-never-meet', severity: 'error', from: { path: '\\.server\\.tsx?$', pathNot: TEST }, to: { path: '\\.client\\.tsx?$' } },
    { name: 'client-and-server-never-meet', severity: 'error', from: { path: '\\.client\\.tsx?$', pathNot: TEST }, to: { path: '\\.server\\.tsx?$' } },
    { name: 'pure-stays-pure', comment: 'A file without a suffix runs anywhere.', severity: 'error', from: { path: PURE, pathNot: TEST }, to: { path: '\\.(server|client)\\.tsx?$' } },
    { name: 'pure-knows-no-node', severity: 'error', from: { path: PURE, pathNot: TEST }, to: { dependencyTypes: ['core'] } },
    { name: 'pure-knows-no-sdk', severity: 'error', from: { path: PURE, pathNot: TEST }, to: { dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/(zod|@types)/|node_modules/(@foxglove/crc|@garmin/fitsdk|saxes|rrule-temporal|temporal-polyfill)/' } },
    { name: 'client-knows-no-node', severity: 'error', from: { path: '\\.client\\.tsx?$|^components/', pathNot: TEST }, to: { dependencyTypes: ['core'] } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules|^lib/platform/prisma/' },
    exclude: { path: '^(\\.next|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], mainFields: ['module', 'main', 'types'] },
  },
}
