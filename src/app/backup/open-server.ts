import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { AppError } from '../../model/errors.ts'
import { openCluster } from '../../store/cluster.ts'
import { openDatabase } from '../../store/database.ts'
import { type DatabaseUrls, prepareRoles } from '../../store/protect.ts'
import { sessionSecret } from '../auth/secret.ts'
import type { Config } from '../config.ts'
import { todayOf } from '../context.ts'
import { verifyAll } from '../events/verify.ts'
import { SYSTEM } from '../policy.ts'
import { fingerprintOf } from './fingerprint.ts'
import { restoreBackup } from './restore-backup.ts'
import { type Backup, writeBackup } from './write-backup.ts'

type Server = Readonly<{ urls: DatabaseUrls; close: () => Promise<void> }>

/** The database as it is: neither migrated nor served. `alone`: nobody may serve the folder meanwhile. */
async function openServer({ databaseUrl, dataFolder }: Config, alone: boolean): Promise<Server> {
  if (databaseUrl === undefined) return openCluster(dataFolder, { serve: alone })
  return { urls: await prepareRoles(databaseUrl), close: async () => {} }
}

const reportsOf = ({ dataFolder }: Config) => join(dataFolder, 'reports')

/** Backs an installation up into a file, while it runs or not. Throws `not-found` where there is none. */
export async function backUp(config: Config, file: string, now: () => Date): Promise<Backup> {
  if (config.databaseUrl === undefined && !existsSync(join(config.dataFolder, 'postgres'))) {
    throw new AppError('not-found', `there is no database in ${config.dataFolder}; IMPULSO_DATA names the data folder`)
  }
  const server = await openServer(config, false)
  try {
    const fingerprint = fingerprintOf(sessionSecret(config.dataFolder, config.secret ?? undefined))
    return await writeBackup({ databaseUrl: server.urls.owner, reports: reportsOf(config), fingerprint, now }, file)
  } finally {
    await server.close()
  }
}

export type RestoreOptions = Readonly<{
  /** The name of what is replaced, repeated by whoever asks; undefined: nothing is to be there. */
  replace?: string | undefined
  otherSecret?: boolean | undefined
}>
export type Restored = Backup & Readonly<{ audit: Readonly<{ chains: number; events: number; broken: number }> }>

/** Restores a backup into an installation that is not running, and verifies its record. Throws `conflict` rather than overwrite. */
export async function restore(config: Config, file: string, options: RestoreOptions, now: () => Date): Promise<Restored> {
  const name = nameOf(config)
  const { replace, otherSecret = false } = options
  if (replace !== undefined && replace !== name) {
    throw new AppError('invalid-input', `--replace takes the name of what is replaced: ${name}`)
  }
  if (config.secret === null && !existsSync(join(config.dataFolder, 'secret')) && !otherSecret) {
    throw new AppError(
      'conflict',
      `${config.dataFolder} has no secret yet. Put the file \`secret\` of the old data folder into it, or set IMPULSO_SECRET; --other-secret goes on with a new one, and personal values of the record, credentials of tenants and second factors stay unreadable.`,
    )
  }
  const server = await openServer(config, true)
  try {
    const fingerprint = fingerprintOf(sessionSecret(config.dataFolder, config.secret ?? undefined))
    const parts = { databaseUrl: server.urls.owner, reports: reportsOf(config), fingerprint }
    const backup = await restoreBackup({ ...parts, takesOtherSecret: otherSecret, isReplacing: replace !== undefined }, file)
    return { ...backup, audit: await verified(server.urls.app, now) }
  } finally {
    await server.close()
  }
}

/** What a person calls it: the database on a server of its own, else the data folder. */
function nameOf({ databaseUrl, dataFolder }: Config): string {
  return databaseUrl === undefined ? basename(resolve(dataFolder)) : decodeURIComponent(new URL(databaseUrl).pathname.slice(1))
}

async function verified(url: string, now: () => Date): Promise<Restored['audit']> {
  const database = openDatabase(url)
  try {
    const { chains, events, broken } = await verifyAll(
      database.as({ personId: SYSTEM.personId, right: SYSTEM.right, scope: 'all', today: todayOf({ now }) }),
    )
    return { chains, events, broken: broken.length }
  } finally {
    await database.close()
  }
}
