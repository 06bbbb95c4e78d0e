import { AppError } from '../../model/errors.ts'
import type { Playbook } from '../../model/playbook.ts'
import type { Db } from '../../store/database.ts'
import { findCurrentRelease, saveRelease, setCurrentRelease } from '../../store/releases.ts'
import type { Log } from '../context.ts'
import { compilePaths } from '../playbooks/files.ts'

/**
 * Compiles a playbook folder, keeps it and makes it current. A folder with errors changes nothing: the release in force stays, and
 * without one this throws `invalid-input` with the diagnostics.
 */
export async function releaseFolder(db: Db, folder: string, at: Date, log: Log): Promise<Playbook> {
  const { playbook, diagnostics } = compilePaths([folder])
  const errors = diagnostics.filter(each => each.severity === 'error')
  if (errors.length === 0) return release(db, playbook, at)
  const said = errors.map(each => `${each.file}:${each.line}:${each.column} ${each.message}`)
  const current = await findCurrentRelease(db)
  if (!current) throw new AppError('invalid-input', `the playbook has errors:\n${said.join('\n')}`, { details: errors })
  log('error', 'the playbook folder has errors; the release before it stays in force', { folder, errors: said })
  return current
}

/** Keeps a playbook and makes it current. */
export async function release(db: Db, playbook: Playbook, at: Date): Promise<Playbook> {
  await db.transaction().execute(async trx => {
    await saveRelease(trx, playbook, at.toISOString())
    await setCurrentRelease(trx, playbook.playbook.hash, at.toISOString())
  })
  return playbook
}

export const currentRelease = findCurrentRelease
