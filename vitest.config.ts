import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
    // Another DynamoDB in place of the embedded one, where it is asked for.
    globalSetup: process.env['DYNAMODB'] === undefined ? [] : ['test/support/other-dynamodb.ts'],
  },
})
