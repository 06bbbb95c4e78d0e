import { AppError } from '../../model/errors.ts'
import type { Diagnostic, Playbook } from '../../model/playbook.ts'
import type { Db } from '../../store/database.ts'
import { findCurrentRelease, saveRelease, setCurrentRelease } from '../../store/releases.ts'
import type { Log } from '../context.ts'
import { compileFolder } from '../playbooks/files.ts'

export type Released = Readonly<{ playbook: Playbook; diagnostics: readonly Diagnostic[] }>

/**
 * Compiles a playbook folder, keeps it and makes it current. A folder with errors changes nothing: the release in force stays, and
 * without one this throws `invalid-input` with the diagnostics.
 */
export async function releaseWithDiagnostics(db: Db, folder: string, at: Date, log: Log): Promise<Released> {
  const { playbook, diagnostics } = compileFolder(folder)
  const errors = diagnostics.filter(each => each.severity === 'error')
  if (errors.length === 0) return { playbook: await release(db, playbook, at), diagnostics }
  const said = errors.map(each => `${each.file}:${each.line}:${each.column} ${each.message}`)
  const current = await findCurrentRelease(db)
  if (!current) throw new AppError('invalid-input', `the playbook has errors:\n${said.join('\n')}`, { details: errors })
  log('error', 'the playbook folder has errors; the release before it stays in force', { folder, errors: said })
  return { playbook: current, diagnostics }
}

/** The playbook that is current after that. */
export const releaseFolder = async (db: Db, folder: string, at: Date, log: Log): Promise<Playbook> =>
  (await releaseWithDiagnostics(db, folder, at, log)).playbook

/** Keeps a playbook and makes it current. */
export async function release(db: Db, playbook: Playbook, at: Date): Promise<Playbook> {
  await db.transaction().execute(async trx => {
    await saveRelease(trx, playbook, at.toISOString())
    await setCurrentRelease(trx, playbook.playbook.hash, at.toISOString())
  })
  return playbook
}
