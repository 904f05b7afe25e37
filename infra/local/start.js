// In JavaScript, for a Node that reads no TypeScript has to say so.
if (process.features.typescript) await import('./main.ts')
else {
  process.stderr.write(
    `Node ${process.version} can't run this. npm brings a Node of its own, unless it is told to run no scripts: ` +
      'npm ci --ignore-scripts=false, or use Node 24.\n',
  )
  process.exitCode = 1
}
