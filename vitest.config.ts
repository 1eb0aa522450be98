import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = fileURLToPath(new URL('.', import.meta.url))
const alias = { '@': here.replace(/\/$/, ''), 'server-only': `${here}lib/local/empty.ts` }
const outside = ['**/node_modules/**', '**/.next/**', '.data/**']

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: { name: 'unit', include: ['{lib,app,components,inngest,tests}/**/*.test.ts'], exclude: [...outside, '**/*.db.test.ts', '**/*.door.test.ts', 'tests/e2e/**'], setupFiles: ['tests/setup-unit.ts'] },
      },
      {
        resolve: { alias },
        esbuild: { jsx: 'automatic' },
        test: { name: 'dom', include: ['{components,app}/**/*.test.tsx'], exclude: outside, environment: 'happy-dom', setupFiles: ['tests/setup-unit.ts'] },
      },
      {
        resolve: { alias },
        test: { name: 'db', include: ['{lib,app,inngest,tests}/**/*.db.test.ts'], exclude: outside, globalSetup: ['tests/database-cluster.ts'], setupFiles: ['tests/setup-database.ts'], testTimeout: 20_000, hookTimeout: 60_000 },
      },
      {
        resolve: { alias },
        test: { name: 'doors', include: ['lib/local/**/*.door.test.ts'], exclude: outside, testTimeout: 60_000, hookTimeout: 90_000, fileParallelism: false },
      },
    ],
  },
})
