import { readdir, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { RetentionKind } from '../../model/admin-api.ts'
import { deleteOldAnswers } from '../../store/idempotency.ts'
import { deleteMails } from '../../store/mail.ts'
import { deleteNotifications } from '../../store/notifications.ts'
import { dropMonthsBefore } from '../../store/person-keys.ts'
import { keptFilesOf } from '../../store/person-traces.ts'
import { anonymiseSurveys } from '../../store/surveys.ts'
import { deleteRequests, deleteRuns } from '../../store/sync.ts'
import type { Auth } from '../auth/auth.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import type { Purge } from '../jobs/queues.ts'
import { SYSTEM } from '../policy.ts'
import { dropLeftFiles } from '../sync/working-files.ts'
import { reportPath } from '../usage/kept-files.ts'
import { type Accounts, eraseAccount } from './erase.ts'
import { keptSince } from './retention.ts'

/** Deletes what is past its time; each may run twice. The system acts. */
export const purges = (accounts: Accounts & Pick<Auth, 'purge'>): readonly Purge[] => [
  // What has ended by itself is no decision that the record needs to tell of.
  { name: 'sign-in', run: async ({ now }) => Object.values(await accounts.purge(now())).reduce((sum, count) => sum + count, 0) },
  { name: 'answers', run: ({ db, now }) => deleteOldAnswers(db, now()) },
  { name: 'graph-requests', run: ({ db, now }) => deleteRequests(db, daysBefore(now(), 1)) },
  { name: 'sync-runs', run: ({ db, now }) => deleteRuns(db, daysBefore(now(), RUNS_KEPT_DAYS)) },
  { name: 'sync-files', run: dropLeftFiles },
  { name: 'mail', run: purgeMail },
  { name: 'notifications', run: purgeNotifications },
  { name: 'sign-in-addresses', run: purgeAddresses },
  { name: 'report-files', run: purgeReportFiles },
  { name: 'survey-answers', run: purgeSurveys },
  { name: 'ended-accounts', run: context => purgeEndedAccounts(context, accounts) },
]

/** Long enough to see how a tenant fared over a month. */
const RUNS_KEPT_DAYS = 35
const daysBefore = (now: Date, days: number): string => new Date(now.getTime() - days * 24 * 3600 * 1000).toISOString()

const recordPurge = (context: Context, trx: Parameters<typeof recordInstallation>[0], what: RetentionKind, count: number) =>
  count === 0 ? Promise.resolve(0) : recordInstallation(trx, context, SYSTEM, { kind: 'retention-purged', data: { what, count } })

/** Mails that are done with. What waits, or may have gone out, stays until somebody looked at it. */
const purgeMail = (context: Context): Promise<number> =>
  context.db.transaction().execute(async trx => {
    const count = await deleteMails(trx, (await keptSince(trx, context.now(), 'mail')).toISOString())
    await recordPurge(context, trx, 'mail', count)
    return count
  })

/** What people were told, whether they looked at it or not: what still holds is on its own screen. */
const purgeNotifications = (context: Context): Promise<number> =>
  context.db.transaction().execute(async trx => {
    const count = await deleteNotifications(trx, (await keptSince(trx, context.now(), 'notifications')).toISOString())
    await recordPurge(context, trx, 'notifications', count)
    return count
  })

/** Who answered a survey and in which words. Scores say nothing about anybody and stay. */
const purgeSurveys = (context: Context): Promise<number> =>
  context.db.transaction().execute(async trx => {
    const count = await anonymiseSurveys(trx, (await keptSince(trx, context.now(), 'survey-answers')).toISOString())
    await recordPurge(context, trx, 'survey-answers', count)
    return count
  })

/**
 * Addresses are sealed with a key per person and month: the key goes when the last day of its month is past its time, and nothing of the
 * record changes.
 */
const purgeAddresses = (context: Context): Promise<number> =>
  context.db.transaction().execute(async trx => {
    const month = (await keptSince(trx, context.now(), 'sign-in-addresses')).toISOString().slice(0, 7)
    const count = await dropMonthsBefore(trx, month)
    await recordPurge(context, trx, 'sign-in-addresses', count)
    return count
  })

/**
 * Files of reports. The import stays marked as the one that counts, so that what was read of it stands until the next report of its kind:
 * later imports do without a file that is gone. A file that no import counts goes by its own age.
 */
async function purgeReportFiles(context: Context): Promise<number> {
  const since = await keptSince(context.db, context.now(), 'report-files')
  let count = 0
  for (const customer of await foldersIn(context.reports)) {
    const kept = new Map(
      (await keptFilesOf(context.db, customer)).map(row => [reportPath(context.reports, row), new Date(row.imported_at)]),
    )
    const folder = join(context.reports, customer)
    for (const tenant of await foldersIn(folder)) {
      for (const name of await readdir(join(folder, tenant))) {
        const path = join(folder, tenant, name)
        if ((kept.get(path) ?? (await stat(path)).mtime) >= since) continue
        await rm(path, { force: true })
        count++
      }
      await removeEmpty(join(folder, tenant))
    }
    await removeEmpty(folder)
  }
  await context.db.transaction().execute(trx => recordPurge(context, trx, 'report-files', count))
  return count
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).filter(each => each.isDirectory()).map(each => each.name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

async function removeEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder)
  } catch (error) {
    // Something is in it, or an import has just put something there; or it went already.
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

/** Accounts disabled so long that nobody means to take the person back: the person is erased. */
async function purgeEndedAccounts(context: Context, accounts: Accounts): Promise<number> {
  const since = await keptSince(context.db, context.now(), 'ended-accounts')
  let count = 0
  for (const id of await disabledBefore(accounts, since)) {
    await eraseAccount(context, accounts, SYSTEM, id)
    count++
  }
  await context.db.transaction().execute(trx => recordPurge(context, trx, 'ended-accounts', count))
  return count
}

/** As sign-in tells of an account. */
const Kept = z.object({ account: z.object({ disabled_at: z.coerce.date().nullable() }) })

async function disabledBefore(accounts: Accounts, since: Date): Promise<readonly string[]> {
  const found: string[] = []
  let after: string | undefined
  do {
    const page = await accounts.listPeople({ limit: 200, ...(after === undefined ? {} : { after }) })
    for (const { id, state } of page.people) {
      if (state !== 'disabled') continue
      const { disabled_at } = Kept.parse(await accounts.exportOf(id)).account
      if (disabled_at !== null && disabled_at < since) found.push(id)
    }
    after = page.next ?? undefined
  } while (after !== undefined)
  return found
}
