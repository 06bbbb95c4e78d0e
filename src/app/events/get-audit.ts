import type { AuditEvent, AuditPage, AuditQuery, Verification } from '../../model/admin-api.ts'
import { findInstallationEvents } from '../../store/installation-events.ts'
import type { Context } from '../context.ts'
import { type Actor, authorize } from '../policy.ts'
import { namesIn } from './names.ts'
import { reveal } from './reveal.ts'
import { summaryOf } from './summary.ts'
import { verifyAll } from './verify.ts'

/** What belongs to no customer: sign-ins, people, settings, exports. Newest first. */
export async function getAudit(context: Context, actor: Actor, query: typeof AuditQuery._output): Promise<AuditPage> {
  authorize(actor, 'see-audit')
  const rows = await findInstallationEvents(context.db, { ...query, limit: query.limit + 1 })
  const shown = rows.slice(0, query.limit)
  const revealed = await reveal(
    context.db,
    context,
    shown.map(row => row.body),
  )
  const names = await namesIn(context.db, revealed)
  const events = shown.map((row, index): typeof AuditEvent._output => {
    // One for each row.
    const { data, from } = revealed[index]!
    const { before = null, after = null, ...rest } = data
    return {
      seq: row.seq,
      at: row.at,
      who: { id: row.who, name: row.name },
      kind: row.kind,
      summary: { ...summaryOf(row.kind, data, context.playbook, names) },
      from,
      before,
      // What happened without a before and an after has its particulars here.
      after: before === null && after === null && Object.keys(rest).length > 0 ? rest : after,
    }
  })
  return { events, next: rows.length > query.limit ? (shown.at(-1)?.seq ?? null) : null }
}

/** Recomputes every chain, for those who may see the record. */
export async function getVerification(context: Context, actor: Actor): Promise<Verification> {
  authorize(actor, 'see-audit')
  const { chains, events, broken, head } = await verifyAll(context.db)
  return { chains, events, broken: [...broken], head }
}
