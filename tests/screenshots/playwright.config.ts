import { defineConfig } from '@playwright/test'

// E2E_URL and E2E_DATA name a product that runs already; otherwise the README's command starts one.
export default defineConfig({
  testDir: '.',
  testMatch: 'screenshots.ts',
  workers: 1,
  timeout: 1_200_000,
  expect: { timeout: 20_000 },
  globalSetup: process.env.E2E_URL ? undefined : '../e2e/global-setup.ts',
  reporter: 'list',
  outputDir: '../../test-results/screenshots',
})
