import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { gateTruths } from '../../engine/gates.ts'
import { splitSheet } from '../../model/facts.ts'
import { Day } from '../../model/words.ts'
import { readUsage } from '../../usage/read-usage.ts'
import { compilePaths } from '../playbooks/files.ts'
import { customerForReports, writeExampleReports } from './example-reports.ts'
import { demoPortfolio } from './generate.ts'

const today = Day.parse('2026-11-21')
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'impulso-reports-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('the reports read as written, and with them the review of their customer opens', async () => {
  const { playbook } = compilePaths([resolve('playbooks/microsoft-365-success')])
  const review = playbook.gates.findIndex(gate => gate.id === 'review')
  const { sheet } = customerForReports(today)
  const gateOf = (each: typeof sheet) => {
    const { facts, history } = splitSheet(each)
    return gateTruths(playbook, facts, history, today)[review]
  }
  expect(gateOf(sheet)).toBe('unknown')

  const reports = await writeExampleReports(folder, today)
  expect(reports.map(each => each.service).sort()).toEqual(['exchange', 'onedrive', 'teams'])
  const reading = await readUsage(
    reports.map(({ path }) => ({ path })),
    { window: 28, tempFolder: folder },
  )
  const services = Object.entries(sheet.services).map(([id, service]) => {
    const { active, asOf } = reading.services[id]!
    expect(active).toBe(reports.find(each => each.service === id)!.active)
    return [id, { ...service, usage: { active: active!, asOf: Day.parse(asOf) } }] as const
  })
  expect(gateOf({ ...sheet, services: Object.fromEntries(services) })).toBe('yes')
})

test('any customer of the small portfolio can have reports', async () => {
  const [first] = demoPortfolio({ customers: 1, today, newestOnly: true })
  const reports = await writeExampleReports(folder, today, first!.sheet.customer.id)
  expect(reports).toHaveLength(7)
})

test('a customer that is not of the demo is not found', async () => {
  await expect(writeExampleReports(folder, today, 'somebody')).rejects.toMatchObject({ code: 'not-found' })
})
