import { isMainThread } from 'node:worker_threads'

// Loaded by NODE_OPTIONS into the process that is soaked: whoever started it may ask what is alive in it, in bytes.
// Buffers lie outside the heap, and are garbage like any other.

if (isMainThread)
  process.on('message', () => {
    globalThis.gc?.()
    const { heapUsed, external } = process.memoryUsage()
    process.send?.(heapUsed + external)
  })
