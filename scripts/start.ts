// `npm start`: builds the portal if needed, then serves, in this very process so that signals reach the server.
import { fileURLToPath } from 'node:url'
import { buildPortal } from './portal.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
try {
  await buildPortal(root)
} catch (error) {
  process.stderr.write(`impulso: ${(error as Error).message}\n`)
  process.exit(3)
}
process.argv.splice(1, 1, fileURLToPath(new URL('../bin/impulso.js', import.meta.url)), 'serve')
await import('../src/cli/main.ts')
