import { expect, test } from 'vitest'
import { afterSecondTry, readReport, triedAgain } from './report.ts'

const file = (name: string, status: string, ...tests: string[]) => ({
  name,
  status,
  assertionResults: tests.map(each => ({ status: each })),
})
const report = (...testResults: object[]) => JSON.stringify({ testResults })
const GREEN = file('a', 'passed', 'passed', 'passed', 'pending')
const RED = file('b', 'failed', 'passed', 'failed')

test('tests are counted, and a file with a failure is named', () => {
  expect(readReport(report(GREEN, RED), 1)).toEqual({ passed: 3, failed: 1, skipped: 1, failedFiles: ['b'] })
})

test('a file that does not load, and a run that ends badly without saying why, are failures', () => {
  expect(readReport(report(GREEN, file('c', 'failed')), 1)).toMatchObject({ passed: 2, failed: 1, failedFiles: ['c'] })
  expect(readReport(report(GREEN), 1)).toMatchObject({ passed: 2, failed: 1, failedFiles: [] })
  expect(readReport('', 1)).toEqual({ passed: 0, failed: 1, skipped: 0, failedFiles: [] })
  expect(readReport(report(GREEN, file('d', 'failed', 'passed')), 1)).toMatchObject({ passed: 3, failed: 1, failedFiles: ['d'] })
})

test('a second try replaces what its files said first, and nothing else', () => {
  const first = report(GREEN, RED)
  expect(afterSecondTry(first, readReport(report(file('b', 'passed', 'passed', 'passed')), 0))).toEqual({
    passed: 4,
    failed: 0,
    skipped: 1,
  })
  expect(afterSecondTry(first, readReport(report(RED), 1))).toEqual({ passed: 3, failed: 1, skipped: 1 })
  expect(afterSecondTry(first, readReport('', 1))).toEqual({ passed: 2, failed: 1, skipped: 1 })
})

test('few files are tried again, many are not', () => {
  const red = (count: number) => readReport(report(...Array.from({ length: count }, (_, index) => file(`${index}`, 'failed', 'failed'))), 1)
  expect(triedAgain(red(5))).toHaveLength(5)
  expect(triedAgain(red(6))).toEqual([])
})
