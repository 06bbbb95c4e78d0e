import type { Playbook } from '../model/playbook.ts'
import type { Db, Trx } from './database.ts'

/** Keeps a compiled playbook under its hash; one that is kept already stays as it is. */
export async function saveRelease(trx: Trx, playbook: Playbook, at: string): Promise<void> {
  const { hash, id, version } = playbook.playbook
  await trx
    .insertInto('playbook_release')
    .values({ hash, playbook_id: id, version, content: JSON.stringify(playbook), made_at: at })
    .onConflict(conflict => conflict.column('hash').doNothing())
    .execute()
}

/** Makes a kept release the one that plans are made from. */
export async function setCurrentRelease(trx: Trx, hash: string, at: string): Promise<void> {
  await trx
    .insertInto('playbook_current')
    .values({ is_current: true, hash, since: at })
    .onConflict(conflict => conflict.column('is_current').doUpdateSet({ hash, since: at }).where('playbook_current.hash', '!=', hash))
    .execute()
}

export const findCurrentRelease = async (db: Db): Promise<Playbook | undefined> => {
  const row = await db
    .selectFrom('playbook_current')
    .innerJoin('playbook_release', 'playbook_release.hash', 'playbook_current.hash')
    .select('content')
    .executeTakeFirst()
  return row?.content
}

/** A release that was in force once. */
export const findRelease = async (db: Db, hash: string): Promise<Playbook | undefined> =>
  (await db.selectFrom('playbook_release').select('content').where('hash', '=', hash).executeTakeFirst())?.content
