import { defineConfig } from '@playwright/test'

// One browser at a time: each test runs several people, each with a camera, on as little as two cores.
export default defineConfig({
  testDir: 'tests/e2e',
  workers: 1,
  fullyParallel: false,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  // Several of these measure times that people feel, with browsers, servers and database on the same two cores: what fails once is tried
  // once more and named as flaky; what fails twice is broken.
  retries: 1,
  forbidOnly: true,
  globalSetup: './tests/e2e/global-setup.ts',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  outputDir: 'test-results/e2e',
})
