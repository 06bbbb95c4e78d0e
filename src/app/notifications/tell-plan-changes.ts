import type { Text } from '../../model/words.ts'
import type { Trx } from '../../store/database.ts'
import { assigneesOf, customerNames, ownersOf } from '../../store/notifications.ts'
import type { Row } from '../../store/tables.ts'
import { type Context, todayOf } from '../context.ts'
import { itemTitle } from '../plans/item-words.ts'
import { notify } from './notify.ts'
import { concerned } from './owners.ts'

const TOLD = ['gate-opened', 'gate-fell', 'usage-crossed', 'item-regressed'] as const
type Told = (typeof TOLD)[number]
type Change = Row<'plan_change'>

/**
 * Tells those who stand first at a customer what its new plan says differently, and of an item also whoever it is assigned to; nobody
 * else. Of kinds it does not know it tells nothing. In the transaction that saves the plans.
 */
export async function tellPlanChanges(trx: Trx, context: Pick<Context, 'now' | 'playbook'>, changes: readonly Change[]): Promise<void> {
  const told = changes.flatMap(change => {
    const kind = TOLD.find(each => each === change.kind)
    return kind === undefined ? [] : [{ kind, change }]
  })
  if (told.length === 0) return
  const customers = [...new Set(told.map(({ change }) => change.customer_id))]
  const owners = await ownersOf(trx, customers, todayOf(context))
  const assignees = await assigneesOf(trx, customers)
  const names = await customerNames(trx, customers)
  for (const { kind, change } of told) {
    const { customer_id: customerId, subject, service } = change
    const assigned = kind === 'item-regressed' ? assignees.filter(each => each.customer_id === customerId && each.id === subject) : []
    const to = [...concerned(owners, customerId, service), ...assigned.map(each => each.assignee)]
    if (to.length === 0) continue
    await notify(trx, context, {
      to,
      key: `${kind} ${customerId} ${change.id}`,
      kind,
      customerId,
      path: pathOf(kind, change),
      summary: withName(names.get(customerId) ?? customerId, sentenceOf(kind, change, context)),
    })
  }
}

const pathOf = (kind: Told, { customer_id, subject }: Change): string =>
  kind === 'usage-crossed'
    ? `/customers/${customer_id}/usage`
    : kind === 'item-regressed'
      ? `/customers/${customer_id}/plan?item=${encodeURIComponent(subject)}`
      : `/customers/${customer_id}/plan`

function sentenceOf(kind: Told, { subject, service, before, after }: Change, { playbook }: Pick<Context, 'playbook'>): Text {
  const named = (text: Text | undefined, locale: string, fallback: string) => text?.[locale] ?? text?.en ?? fallback
  switch (kind) {
    case 'gate-opened': {
      const name = playbook.gates.find(each => each.id === subject)?.name
      return { en: `gate opened: ${named(name, 'en', subject)}`, 'pt-BR': `condição atendida: ${named(name, 'pt-BR', subject)}` }
    }
    case 'gate-fell': {
      const name = playbook.gates.find(each => each.id === subject)?.name
      return {
        en: `in maintenance, and no longer met: ${named(name, 'en', subject)}`,
        'pt-BR': `em manutenção, e já não atendida: ${named(name, 'pt-BR', subject)}`,
      }
    }
    case 'item-regressed': {
      const title = itemTitle(playbook, subject)
      return {
        en: `was finished, and the data says it is no longer true: ${named(title, 'en', subject)}`,
        'pt-BR': `estava concluída, e os dados dizem que já não vale: ${named(title, 'pt-BR', subject)}`,
      }
    }
    case 'usage-crossed': {
      const id = service ?? subject
      const name = playbook.services.find(each => each.id === id)?.name
      const figures = before === null || after === null ? '' : ` (${before} → ${after})`
      return {
        en: `usage crossed a mark: ${named(name, 'en', id)}${figures}`,
        'pt-BR': `o uso cruzou uma marca: ${named(name, 'pt-BR', id)}${figures}`,
      }
    }
    default:
      return kind satisfies never
  }
}

const withName = (name: string, text: Text): Text =>
  Object.fromEntries(Object.entries(text).map(([locale, sentence]) => [locale, `${name}: ${sentence}`]))
