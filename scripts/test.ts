// Every test of the project, in order, ending with one line "N passed, N failed". Run by `npm test`; `--fast` leaves out the browser.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterSecondTry, readReport, type Tally, triedAgain } from './report.ts'

const fast = process.argv.includes('--fast')
const reports = mkdtempSync(join(tmpdir(), 'impulso-test-'))
const secondTries: string[] = []

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

/** A file with a failure is run once more from its beginning, with a server and a database of its own, and is named; what fails twice fails. */
async function vitest(name: string, ...args: readonly string[]): Promise<Tally> {
  const first = await vitestOnce(name, args)
  const again = triedAgain(first.report)
  if (again.length === 0) return first.report
  const second = await vitestOnce(`${name}-again`, [...args, ...again])
  for (const file of again) {
    const outcome = second.report.failedFiles.includes(file) ? 'failed twice' : 'passed at a second try'
    secondTries.push(`${relative(process.cwd(), file)}: ${outcome}`)
  }
  return afterSecondTry(first.text, second.report)
}

async function vitestOnce(name: string, args: readonly string[]) {
  const file = join(reports, `${name}.json`)
  const code = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args])
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return { text, report: readReport(text, code) }
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

if (secondTries.length > 0) console.log(`\nRun twice:\n  ${secondTries.join('\n  ')}`)
const sum = (of: keyof Tally) => tallies.reduce((total, tally) => total + tally[of], 0)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') ? `, ${sum('skipped')} skipped` : ''}`)
process.exitCode = sum('failed') === 0 ? 0 : 1
