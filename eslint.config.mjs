import next from 'eslint-config-next'
import tseslint from 'typescript-eslint'

/** Each SDK has one owning file (or an adapter pair); nobody else may import it. */
const OWNERS = {
  '@garmin/fitsdk': ['lib/formats/fit*.ts'],
  '@marcbachmann/cel-js': ['lib/local/runner*.server.ts'],
  '@prisma/adapter-pg': ['lib/platform/db.server.ts'],
  '@upstash/redis': ['lib/platform/redis.server.ts'],
  '@foxglove/crc': ['lib/formats/zip.ts'],
  croner: ['lib/local/runner*.server.ts'],
  httpxy: ['lib/local/front-door*.server.ts'],
  idb: ['lib/telemetry/outbox.client.ts'],
  inngest: ['lib/platform/event.server.ts', 'inngest/*.ts', 'app/api/inngest/route.ts'],
  'inngest/next': ['app/api/inngest/route.ts'],
  mailparser: ['lib/local/mail-door.server.ts'],
  'next-auth': ['lib/accounts/next-auth.server.ts'],
  'next-auth/jwt': ['lib/accounts/session.server.ts'],
  'next-auth/providers/credentials': ['lib/accounts/next-auth.server.ts'],
  nodemailer: ['lib/platform/email.server.ts'],
  pg: ['lib/platform/db.server.ts', 'lib/local/postgres-client.server.ts', 'lib/local/runner*.server.ts', 'prisma/schema-engine.mjs'],
  pino: ['lib/platform/log.server.ts'],
  pusher: ['lib/platform/realtime.server.ts'],
  'pusher-js': ['lib/platform/realtime.client.ts'],
  saxes: ['lib/formats/xml.ts'],
  selfsigned: ['lib/local/certificate.server.ts'],
  'smtp-server': ['lib/local/mail-door.server.ts'],
  'web-push': ['lib/notifications/web-push.server.ts'],
  ws: ['lib/local/realtime*.server.ts', 'lib/local/front-door*.server.ts'],
}
/** What a source shows to its owner only (Strava) is named in these files and nowhere else, so that nobody else can be shown it. */
const OWNER_ONLY = ['lib/activities/owner-only-*.server.ts', 'lib/sync/strava*.server.ts', 'lib/privacy/holdings.server.ts']
const NO_OWNER_ONLY = { selector: 'Identifier[name=/^(ownerOnlyActivity|ownActivities|ownDuplicates)$/]', message: 'What is for its owner only is read in lib/activities/owner-only-*.server.ts; see OWNER_ONLY in eslint.config.mjs.' }
const NO_OWNER_ONLY_SQL = { selector: ':matches(Literal, TemplateElement)[value.raw=/owner_only_activities/], Literal[value=/owner_only_activities/]', message: NO_OWNER_ONLY.message }
const NO_BARREL = { selector: 'ExportAllDeclaration', message: 'No barrels: import the file that has it.' }
const NO_ACTION = { selector: "Program > ExpressionStatement:first-child[directive='use server']", message: 'No server actions: a change is a route handler.' }
const SERVER_ONLY = { selector: "Program:not(:has(> ImportDeclaration[source.value='server-only']))", message: "The first line of a .server.ts file is import 'server-only'." }
const TESTS = ['tests/**', '**/*.test.ts', '**/*.test.tsx', '**/*-contract.ts']
const PARENT = { group: ['../*', '..'], message: 'Import ./x at home and @/… away; never from a parent folder.' }
const restricted = (paths) => ['error', { paths: paths.map((name) => ({ name, message: 'This SDK has one owning file; see the table in eslint.config.mjs.' })), patterns: [PARENT] }]

export default tseslint.config(
  { ignores: ['.next/**', '.next-*/**', '.data/**', 'node_modules/**', 'lib/platform/prisma/**', 'next-env.d.ts', 'coverage/**', 'test-results/**'] },
  ...next,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs}'],
    rules: {
      'no-console': 'error',
      eqeqeq: ['error', 'smart'],
      'max-lines': ['error', { max: 300 }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-restricted-imports': restricted(Object.keys(OWNERS)),
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only lib/platform/env.server.ts reads the environment.' }],
      'no-restricted-syntax': ['error', NO_ACTION, NO_BARREL, NO_OWNER_ONLY, NO_OWNER_ONLY_SQL],
      '@next/next/no-img-element': 'off',
    },
  },
  // One block a file pattern that owns SDKs: everything else stays forbidden there too.
  ...[...new Set(Object.values(OWNERS).flat())].map((file) => ({
    files: [file],
    rules: { 'no-restricted-imports': restricted(Object.keys(OWNERS).filter((sdk) => !OWNERS[sdk].some((owner) => owner === file))) },
  })),
  { files: ['lib/local/*.{ts,mjs}', 'prisma/*.mjs', 'prisma.config.ts', 'lib/platform/env.server.ts', ...TESTS, '*.config.ts', '*.config.mjs'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['tests/e2e/**'], rules: { 'no-console': 'off' } },
  { files: TESTS, rules: { 'no-restricted-imports': ['error', { patterns: [PARENT] }], 'max-lines': 'off' } },
  {
    // A file is named for its idea, and `.server` files say so to the bundler.
    files: ['lib/**/*.server.ts'],
    rules: { 'no-restricted-syntax': ['error', SERVER_ONLY, NO_BARREL, NO_OWNER_ONLY, NO_OWNER_ONLY_SQL] },
  },
  { files: OWNER_ONLY, rules: { 'no-restricted-syntax': ['error', SERVER_ONLY, NO_BARREL] } },
  { files: [...TESTS, 'eslint.config.mjs'], rules: { 'no-restricted-syntax': ['error', NO_ACTION, NO_BARREL] } },
)
