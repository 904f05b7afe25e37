import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Milliseconds. The first start of the bank in a file loads the CDK: seconds, and many where two cores have more to do.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: '100%',
    // Another DynamoDB in place of the embedded one, where it is asked for.
    globalSetup: process.env['DYNAMODB'] === undefined ? [] : ['test/support/other-dynamodb.ts'],
  },
})
