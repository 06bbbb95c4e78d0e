#!/usr/bin/env node
// Plain JavaScript on purpose: it must run on any Node to be able to say which one is needed.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  process.stderr.write(
    `impulso needs Node 24 or newer, this is ${process.version}. Run it as "npx impulso" in its folder after "npm ci".\n`,
  )
  process.exit(3)
}
await import('../src/cli/main.ts')
