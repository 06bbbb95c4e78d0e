import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../model/errors.ts'
import { DEFAULT_THRESHOLDS } from '../../model/playbook.ts'
import type { ServiceId } from '../../model/services.ts'
import type { UsageReport } from '../../model/usage.ts'
import type { Day } from '../../model/words.ts'
import { writeReport } from '../../usage/fixtures.ts'
import { daysBefore } from './days.ts'
import { DEMO_CUSTOMERS, type DemoCustomer, demoPortfolio } from './generate.ts'

/** The report that speaks of this service alone, so that nothing else is changed by importing it. */
const REPORT_OF: Readonly<Record<ServiceId, UsageReport>> = {
  exchange: 'getEmailActivityUserDetail',
  'outlook-mobile': 'getEmailAppUsageUserDetail',
  teams: 'getTeamsUserActivityUserDetail',
  sharepoint: 'getSharePointActivityUserDetail',
  onedrive: 'getOneDriveActivityUserDetail',
  yammer: 'getYammerActivityUserDetail',
  'office-proplus': 'getM365AppUserDetail',
}

/** So far above its target a service comes out; percent of the seats. */
const ABOVE = 22
/** Reports usually are two days behind. */
const LAG_DAYS = 2

export type ExampleReport = Readonly<{ file: string; path: string; service: ServiceId; users: number; active: number }>

/** The demo customer whose review opens when these reports are imported: all its figures are a month old. */
export const customerForReports = (today: Day): DemoCustomer => demoCustomerBy(each => each.story === 'reports-to-import', today)

/**
 * Writes one usage report per service of a demo customer's first tenant, fresh and above target. Throws `not-found` when the demo
 * portfolio has no such customer.
 */
export async function writeExampleReports(folder: string, today: Day, customerId?: string): Promise<readonly ExampleReport[]> {
  const customer =
    customerId === undefined ? customerForReports(today) : demoCustomerBy(each => each.sheet.customer.id === customerId, today)
  await mkdir(folder, { recursive: true })
  const written: ExampleReport[] = []
  for (const { service, entitled } of customer.tenants[0]?.feeds ?? []) {
    const report = REPORT_OF[service]
    if (!report || entitled === 0) continue
    const { sheet } = customer
    const target = sheet.services[service]?.threshold ?? sheet.thresholds.activeUsagePercent ?? DEFAULT_THRESHOLDS.activeUsagePercent
    const share = Math.min(100, target + ABOVE) / 100
    const users = entitled ?? sheet.services[service]?.usage?.active ?? 100
    const file = `${report}-${daysBefore(today, LAG_DAYS)}.csv`
    await writeReport(join(folder, file), { report, users, refreshDate: daysBefore(today, LAG_DAYS), activeShare: { [service]: share } })
    written.push({ file, path: join(folder, file), service, users, active: Math.floor(users * share) })
  }
  return written
}

function demoCustomerBy(isWanted: (customer: DemoCustomer) => boolean, today: Day): DemoCustomer {
  for (const customer of demoPortfolio({ customers: DEMO_CUSTOMERS, today, newestOnly: true })) if (isWanted(customer)) return customer
  throw new AppError('not-found', `the demo portfolio has no such customer; its first ${DEMO_CUSTOMERS} can have reports`)
}
