import { statfs } from 'node:fs/promises'
import { CHECKS, type SetupChecks } from '../../../model/admin-api.ts'
import { failedJobs } from '../../../store/jobs.ts'
import { newestSchema, observeDatabase, observeMail } from '../../../store/observe.ts'
import type { Auth } from '../../auth/auth.ts'
import { hasDemoAccounts } from '../../auth/people.ts'
import type { Config } from '../../config.ts'
import type { Context } from '../../context.ts'
import { seenWorker } from '../../jobs/jobs.ts'
import { everyPerson } from '../../people/every-person.ts'
import { type Actor, authorize } from '../../policy.ts'
import { type Judged, type Words, words } from './check.ts'
import { judgeClock, judgeDatabase, judgeMigrations, judgeRowLevelSecurity } from './database.ts'
import { judgeAddress, judgeDemo, judgeDisk, judgeProxy, judgeSecret } from './place.ts'
import { type AdministratorFacts, judgeAdministrators, judgeJobs, judgeMail, judgePlaybook } from './running.ts'

/** How this installation was set up, as far as a check may know: no secrets. */
export type Installed = Readonly<{
  host: string
  publicUrl: string | null
  dataFolder: string
  ownDatabase: boolean
  hasSecret: boolean
  hasSmtp: boolean
  isTrustingProxies: boolean
}>

export const installedOf = (config: Config): Installed => ({
  host: config.host,
  publicUrl: config.publicUrl,
  dataFolder: config.dataFolder,
  ownDatabase: config.databaseUrl !== undefined,
  hasSecret: config.secret !== null,
  hasSmtp: config.smtp !== null,
  isTrustingProxies: config.trustedProxies.length > 0,
})

type Id = (typeof CHECKS)[number]
type Asked = Readonly<{ installed: Installed; origins: readonly string[]; headers: Headers }>

const TITLES: Readonly<Record<Id, Words>> = {
  database: words('Database', 'Banco de dados'),
  migrations: words('Schema', 'Esquema'),
  'row-level-security': words('Row-level security', 'Segurança em nível de linha'),
  mail: words('Mail', 'E-mail'),
  clock: words('Clock', 'Relógio'),
  disk: words('Disk', 'Disco'),
  playbook: words('Playbook', 'Playbook'),
  address: words('Public address', 'Endereço público'),
  proxy: words('Proxy', 'Proxy'),
  secret: words('Secret', 'Segredo'),
  demo: words('Demo accounts', 'Contas de demonstração'),
  administrators: words('Administrators', 'Administradores'),
  jobs: words('Jobs', 'Tarefas do sistema'),
}

/** Is this installation set up well? What cannot be found out is `unknown`, and the other checks go on. */
export async function checkSetup(context: Context, auth: Auth, actor: Actor, asked: Asked): Promise<SetupChecks> {
  authorize(actor, 'see-checks')
  const judged = await judgeAll(context, auth, asked)
  return {
    at: context.now().toISOString(),
    checks: CHECKS.map(id => {
      const { state, found, remedy } = judged[id]
      return { id, state, title: { ...TITLES[id] }, found: { ...found }, remedy: remedy && { ...remedy } }
    }),
  }
}

async function judgeAll(context: Context, auth: Auth, { installed, origins, headers }: Asked): Promise<Readonly<Record<Id, Judged>>> {
  const orNull = <T>(observed: Promise<T>) =>
    observed.catch((error: unknown) => {
      context.log('warn', `set-up check: ${error instanceof Error ? error.message : 'something could not be found out'}`)
      return null
    })
  const { host, publicUrl, ownDatabase } = installed
  const database = await orNull(observeDatabase(context.db))
  const diagnostics = context.diagnostics ?? []
  const { playbook } = context.playbook
  const mainOrigin = origins[0] ?? ''
  return {
    database: judgeDatabase(database, { own: ownDatabase }),
    migrations: judgeMigrations(database?.schemaVersion ?? null, newestSchema()),
    'row-level-security': judgeRowLevelSecurity(database),
    mail: judgeMail({ hasSmtp: installed.hasSmtp, facts: await orNull(observeMail(context.db, weekAgo(context))) }),
    clock: judgeClock({ here: context.now().toISOString(), database: database?.clock ?? null }),
    disk: judgeDisk(await orNull(freeBytes(installed.dataFolder))),
    playbook: judgePlaybook({
      name: [playbook.id, playbook.version].filter(Boolean).join(' '),
      hash: playbook.hash,
      errors: diagnostics.filter(each => each.severity === 'error').length,
      warnings: diagnostics.filter(each => each.severity === 'warning').length,
    }),
    address: judgeAddress({ host, publicUrl, origins, askedAt: askedAt(headers) }),
    proxy: judgeProxy({
      forwardedFor: headers.get('x-forwarded-for'),
      forwardedProto: headers.get('x-forwarded-proto'),
      isTrusting: installed.isTrustingProxies,
      mainOrigin,
    }),
    secret: judgeSecret({ isGiven: installed.hasSecret, ownDatabase }),
    demo: judgeDemo({ hasDemo: await hasDemoAccounts(auth), host, publicUrl }),
    administrators: judgeAdministrators(await administrators(auth)),
    jobs: judgeJobs(await orNull(jobs(context))),
  }
}

const WEEK_MS = 7 * 24 * 3600 * 1000
const weekAgo = ({ now }: Pick<Context, 'now'>) => new Date(now().getTime() - WEEK_MS).toISOString()

const freeBytes = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

const MOST_FAILED = 100
const jobs = async (context: Context) => ({ seen: await seenWorker(context), failed: (await failedJobs(context.db, MOST_FAILED)).length })

async function administrators(auth: Auth): Promise<AdministratorFacts> {
  const all = (await everyPerson(auth)).filter(each => each.right === 'administrator' && each.state === 'active')
  const ways = await auth.waysInOfAll(all.map(each => each.id))
  const strong = all.filter(each => {
    const way = ways.get(each.id)
    return each.hasTwoFactor || (way !== undefined && (way.passkeys > 0 || way.sso))
  })
  return { count: all.length, withSecondFactor: strong.length }
}

/** A proxy may put its own name of the server into `Host`, and the one it was asked for beside it. */
const askedAt = (headers: Headers): string | null => headers.get('x-forwarded-host')?.split(',')[0]?.trim() ?? headers.get('host')
