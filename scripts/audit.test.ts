import { expect, test } from 'vitest'
import { readAudit } from './audit.ts'

const SHIPPED = new Set(['node_modules/pg', 'node_modules/react'])
const hole = (name: string, severity: string, via: unknown[] = [{ title: 'Does harm', url: 'https://example.com/1' }]) => ({
  [name]: { name, severity, via, nodes: [`node_modules/${name}`], range: '*' },
})
const report = (...holes: object[]) => JSON.stringify({ auditReportVersion: 2, vulnerabilities: Object.assign({}, ...holes), metadata: {} })

test('nothing found', () => {
  expect(readAudit(report(), SHIPPED)).toEqual({ ran: true, failing: [], others: [] })
})

test('high and critical holes in what is shipped fail, the rest is told', () => {
  const audit = readAudit(report(hole('pg', 'high'), hole('react', 'critical', ['pg']), hole('vite', 'critical')), SHIPPED)
  expect(audit).toEqual({
    ran: true,
    failing: ['pg: high, Does harm https://example.com/1', 'react: critical, through pg'],
    others: ['vite: critical, Does harm https://example.com/1'],
  })
  expect(readAudit(report(hole('pg', 'moderate')), SHIPPED)).toMatchObject({
    failing: [],
    others: ['pg: moderate, Does harm https://example.com/1'],
  })
})

test.each([
  ['{"message":"405 Method Not Allowed","error":{"summary":"","detail":""}}', '405 Method Not Allowed'],
  ['{"error":{"code":"ENOTFOUND","summary":"","detail":""}}', 'ENOTFOUND'],
  [
    '{"error":{"code":"ENOLOCK","summary":"This command requires an existing lockfile.\\nTry again"}}',
    'This command requires an existing lockfile.',
  ],
  ['', 'npm did not answer with a report'],
  ['<html>', 'npm did not answer with a report'],
])('an answer that is no report (%s) is no all-clear', (stdout, reason) => {
  expect(readAudit(stdout, SHIPPED)).toEqual({ ran: false, reason })
})
