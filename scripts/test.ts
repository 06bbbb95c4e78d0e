// Every test of the project, in order, ending with one line "N passed, N failed". Run by `npm test`; `--fast` leaves out the browser.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Tally = { passed: number; failed: number; skipped: number }

const fast = process.argv.includes('--fast')
const reports = mkdtempSync(join(tmpdir(), 'impulso-test-'))

const run = (command: string, args: readonly string[]) =>
  new Promise<number>(done => {
    console.log(`\n# ${command} ${args.filter(arg => !arg.includes(reports)).join(' ')}`)
    const child = spawn(command, args, { stdio: 'inherit' })
    child.on('error', error => {
      console.error(error.message)
      done(1)
    })
    child.on('close', code => done(code ?? 1))
  })

const check = async (command: string, ...args: readonly string[]): Promise<Tally> => {
  const ok = (await run(command, args)) === 0
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

async function vitest(name: string, ...args: readonly string[]): Promise<Tally> {
  const report = join(reports, `${name}.json`)
  const code = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args])
  const tally = readReport(report)
  // A run that broke outside a test (a file that does not load, a hook) counts as a failure even if every test passed.
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

function readReport(file: string): Tally {
  try {
    const json = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number; numPendingTests: number }
    return { passed: json.numPassedTests, failed: json.numFailedTests, skipped: json.numPendingTests }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

const tallies = [
  await check('tsc', '-p', 'tsconfig.json'),
  await check('tsc', '-p', 'tsconfig.pure.json'),
  await check('tsc', '-p', 'tsconfig.web.json'),
  await check('tsc', '-p', 'tsconfig.e2e.json'),
  await check('biome', 'check', '.'),
  await vitest('unit'),
]
if (!fast) {
  const built = await check('vite', 'build')
  tallies.push(built)
  if (built.failed === 0) tallies.push(await vitest('e2e', '--config', 'vitest.e2e.config.ts'))
}
rmSync(reports, { recursive: true, force: true })

const sum = (of: keyof Tally) => tallies.reduce((total, tally) => total + tally[of], 0)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') ? `, ${sum('skipped')} skipped` : ''}`)
process.exitCode = sum('failed') === 0 ? 0 : 1
