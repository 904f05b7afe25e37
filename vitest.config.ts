import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
    // AWS's own engine in place of the embedded one, where it is asked for.
    globalSetup: process.env['DYNAMODB'] === 'dynamodb-local' ? ['test/support/dynamodb-local.ts'] : [],
  },
})
