// What vitest's JSON report says of a run: how many tests passed, and which files have to be tried again.

export type Tally = { passed: number; failed: number; skipped: number }

export type Report = Tally & { failedFiles: readonly string[] }

type FileResult = { name: string; status: string; assertionResults: readonly { status: string }[] }

/** More failing files than this are no accident of a busy machine: they are not tried again. */
const TRIED_AGAIN = 5

/** Counts of a report. Where the run ended badly though no file failed (a fault outside every test), that is one failure. */
export function readReport(text: string, exitCode: number): Report {
  const { testResults } = parsed(text) ?? { testResults: [] }
  const failedFiles = testResults.filter(({ status }) => status === 'failed').map(({ name }) => name)
  const report = { ...tallyOf(testResults), failedFiles }
  return exitCode !== 0 && report.failed === 0 ? { ...report, failed: 1 } : report
}

/** The files worth a second try: those with a failure, if they are few. */
export const triedAgain = ({ failedFiles }: Report) => (failedFiles.length <= TRIED_AGAIN ? failedFiles : [])

/** The counts after the second try: what a file said first no longer counts where it ran again. */
export function afterSecondTry(first: string, second: Report): Tally {
  const ranAgain = new Set(readReport(first, 0).failedFiles)
  const rest = tallyOf((parsed(first) ?? { testResults: [] }).testResults.filter(({ name }) => !ranAgain.has(name)))
  return { passed: rest.passed + second.passed, failed: rest.failed + second.failed, skipped: rest.skipped + second.skipped }
}

function tallyOf(files: readonly FileResult[]): Tally {
  const count = (...wanted: string[]) =>
    files.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => wanted.includes(status)).length
  // A file that does not load has no tests in the report, and is one failure.
  const unloaded = files.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some(each => each.status === 'failed'),
  ).length
  return { passed: count('passed'), failed: count('failed') + unloaded, skipped: count('pending', 'skipped', 'todo') }
}

function parsed(text: string): { testResults: readonly FileResult[] } | undefined {
  try {
    return JSON.parse(text) as { testResults: readonly FileResult[] }
  } catch {
    return undefined
  }
}
