import type { Playbook } from '../../model/playbook.ts'
import { type DueItem, dueItems, ownersOf } from '../../store/notifications.ts'
import { findCurrentRelease } from '../../store/releases.ts'
import { type Context, todayOf } from '../context.ts'
import { itemTitle } from '../plans/item-words.ts'
import { notify } from './notify.ts'
import { concerned } from './owners.ts'

/** Reminded from the day before until a week after: what is older stands on the first screen anyway, and would come as a flood at the start. */
const BEFORE_DAYS = 1
const AFTER_DAYS = 7
const BATCH = 500

/**
 * Reminds of mandatory tasks and of follow-ups that are due or overdue: whoever they are assigned to, else those who stand first at the
 * customer. Once per task and due date, however often this runs. Answers how many are due.
 */
export async function remindItems(context: Context, isStopping: () => boolean): Promise<number> {
  const playbook = (await findCurrentRelease(context.db)) ?? context.playbook
  const today = todayOf(context)
  const days = { from: dayFrom(today, -AFTER_DAYS), until: dayFrom(today, BEFORE_DAYS) }
  let count = 0
  for (let after: DueItem | undefined; ; ) {
    if (isStopping()) throw new Error('stopped; goes on at the next start')
    const page = await dueItems(context.db, { ...days, after, limit: BATCH })
    const mandatory = page.filter(each => each.title !== null || isMandatory(playbook, each.id))
    await remind(context, playbook, mandatory)
    count += mandatory.length
    after = page.at(-1)
    if (page.length < BATCH) return count
  }
}

async function remind(context: Context, playbook: Playbook, items: readonly DueItem[]): Promise<void> {
  if (items.length === 0) return
  await context.db.transaction().execute(async trx => {
    const owners = await ownersOf(trx, [...new Set(items.map(each => each.customer_id))], todayOf(context))
    for (const item of items) {
      const { customer_id: customerId, customer, id, due, assignee } = item
      const title = item.title === null ? itemTitle(playbook, id) : { en: item.title }
      await notify(trx, context, {
        to: assignee === null ? concerned(owners, customerId, item.service) : [assignee],
        key: `item-due ${customerId} ${item.engagement_id} ${id} ${due}`,
        kind: 'item-due',
        customerId,
        path: `/customers/${customerId}/plan?item=${encodeURIComponent(id)}`,
        summary: {
          en: `${customer}: due on ${written(due, 'en')}: ${title.en ?? id}`,
          'pt-BR': `${customer}: prazo em ${written(due, 'pt-BR')}: ${title['pt-BR'] ?? title.en ?? id}`,
        },
      })
    }
  })
}

function isMandatory(playbook: Playbook, id: string): boolean {
  const [process, step, task] = (id.split('@')[0] ?? '').split('/')
  const steps = playbook.processes.find(each => each.id === process)?.steps
  return steps?.find(each => each.id === step)?.tasks.find(each => each.id === task)?.mandatory === true
}

const DAY_MS = 86_400_000
const dayFrom = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

const written = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
