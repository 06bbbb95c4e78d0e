// Builds the portal when its sources changed since the last build. Used by `npm start`.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const BUILT = 'dist/web'
/** Next to the build, not in it: the server shows what is in it. */
const STAMP = 'dist/web.sources'
/** Everything the build depends on. */
const SOURCES = ['src/web', 'src/model', 'vite.config.ts', 'package-lock.json']

/** A hash over the names and contents of the portal's sources. */
export function hashSources(root: string): string {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of filesOf(join(root, source)).filter(each => !/\.test\.tsx?$/.test(each))) {
      hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  const entries = readdirSync(path, { withFileTypes: true, recursive: true }).filter(entry => entry.isFile())
  return entries.map(entry => join(entry.parentPath, entry.name)).sort()
}

/** Builds unless the last build is of these sources. Without the build tool (production install) an existing build is used as it is. */
export async function buildPortal(root: string): Promise<void> {
  const sources = hashSources(root)
  const stamp = join(root, STAMP)
  const isBuilt = existsSync(join(root, BUILT, 'index.html'))
  if (isBuilt && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  const tool = findTool()
  if (tool === undefined) {
    const what = isBuilt ? 'the portal that is there is used' : 'there is no portal'
    process.stderr.write(`The portal's build tool is not installed: ${what}. "npm ci" installs it.\n`)
    return
  }
  process.stderr.write('Building the portal, once for this version …\n')
  await run(root, [tool, 'build', '--logLevel', 'warn'])
  writeFileSync(stamp, sources)
}

function findTool(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  } catch {
    return undefined
  }
}

/** The build ends with us: a signal that comes meanwhile is passed on. */
function run(root: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  const stop = (signal: NodeJS.Signals) => {
    child.kill(signal)
    child.once('exit', () => process.exit(0))
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('exit', code => {
      process.off('SIGINT', stop).off('SIGTERM', stop)
      if (code === 0) done()
      else fail(new Error(`the portal could not be built (exit ${code})`))
    })
  })
}
