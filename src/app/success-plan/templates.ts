import { randomUUID } from 'node:crypto'
import { AppError } from '../../model/errors.ts'
import { PlanTemplate, type SuccessPlanView, type TemplatesView, type UseTemplate } from '../../model/success-plan-api.ts'
import type { Day, Text } from '../../model/words.ts'
import type { Db, Trx } from '../../store/database.ts'
import { findTemplate, findTemplates } from '../../store/lists.ts'
import { findMetrics, findObjectives, saveMetrics, saveObjectives } from '../../store/success-plan.ts'
import type { Row } from '../../store/tables.ts'
import { type Context, todayOf } from '../context.ts'
import type { Actor } from '../policy.ts'
import { type Changing, changePlan } from './change.ts'
import { freeId } from './metrics.ts'
import { SHIPPED_TEMPLATES, type ShippedTemplate } from './shipped-templates.ts'

/** Those that ship, then the installation's own. */
export async function listPlanTemplates(db: Db): Promise<SuccessPlanView['templates']> {
  const shipped = SHIPPED_TEMPLATES.map(({ id, title, description, objectives }) => ({
    from: 'shipped' as const,
    id,
    title,
    description,
    objectives: objectives.length,
  }))
  const own = (await findTemplates(db, 'success-plan')).map(row => {
    const { description, objectives } = bodyOf(row.body)
    return { from: 'own' as const, id: row.id, title: both(row.title), description: both(description ?? ''), objectives: objectives.length }
  })
  return [...shipped, ...own]
}

/**
 * Adds the objectives and metrics of a template behind what is there; what is there stays as it is. A metric of a service that the customer
 * does not have is left out, and so is an objective that would have none left of several.
 */
export const useTemplate = (
  context: Context,
  actor: Actor,
  { customerId, from, template: id, language, version }: UseTemplate & Readonly<{ customerId: string }>,
): Promise<SuccessPlanView> =>
  changePlan(context, actor, customerId, async changing => {
    const template = from === 'shipped' ? shippedIn(id, language) : await ownTemplate(changing.trx, id)
    if (!template) throw new AppError('not-found', `there is no template ${id}`)
    if (version > changing.before) throw new AppError('invalid-input', `version ${version} is not yet there`)
    const copied = await copyOf(changing, template)
    if (copied.objectives.length === 0)
      throw new AppError('conflict', `${changing.known.customer.name} has none of the services of this template`)
    await saveObjectives(changing.trx, copied.objectives)
    await saveMetrics(changing.trx, copied.metrics)
    const data = { from, template: id, objectives: copied.objectives.map(each => each.id), metrics: copied.metrics.map(each => each.id) }
    return [{ kind: 'template-used', data }]
  })

async function copyOf(changing: Changing, { objectives }: PlanTemplate) {
  const { trx, known, version, context } = changing
  const customer_id = known.customer.id
  const services = new Set(known.services.map(each => each.service))
  const taken = new Set((await findMetrics(trx, customer_id)).map(each => each.id))
  const last = Math.max(0, ...(await findObjectives(trx, customer_id)).map(each => each.position))
  const rows: Row<'objective'>[] = []
  const metrics: Row<'metric'>[] = []
  for (const { title, description, metrics: wanted } of objectives) {
    const usable = wanted.filter(metric => metric.service === null || services.has(metric.service))
    if (wanted.length > 0 && usable.length === 0) continue
    const id = randomUUID()
    const common = { service: null, owner_id: null, target_date: null, removed_at: null, version }
    rows.push({ customer_id, id, title, description, ...common, position: last + rows.length + 1 })
    for (const { name, kind, service, unit, target, direction, days } of usable) {
      const metric = freeId(name, taken)
      taken.add(metric)
      const target_date = days === null ? null : dayAfter(todayOf(context), days)
      metrics.push({
        customer_id,
        id: metric,
        objective_id: id,
        name,
        kind,
        service,
        unit,
        // The customer's own; a person fills it in.
        baseline: null,
        baseline_on: null,
        target,
        direction,
        target_date,
        removed_at: null,
        version,
      })
    }
  }
  return { objectives: rows, metrics }
}

function shippedIn(id: string, language: 'en' | 'pt-BR'): PlanTemplate | undefined {
  const found: ShippedTemplate | undefined = SHIPPED_TEMPLATES.find(each => each.id === id)
  const text = (of: Text) => of[language] ?? of.en ?? ''
  return (
    found && {
      description: text(found.description),
      objectives: found.objectives.map(({ title, description, metrics }) => ({
        title: text(title),
        description: text(description),
        metrics: metrics.map(({ name, unit, ...rest }) => ({ ...rest, name: text(name), unit: unit && text(unit) })),
      })),
    }
  )
}

/** Those that ship as an own one would stand, once in each language. */
export const shippedPlans = (): TemplatesView['shipped'] =>
  SHIPPED_TEMPLATES.flatMap(({ id, title }) =>
    LANGUAGES.map(language => ({ id, language, title: title[language] ?? id, body: JSON.stringify(shippedIn(id, language)) })),
  )
const LANGUAGES = ['en', 'pt-BR'] as const

async function ownTemplate(trx: Trx, id: string): Promise<PlanTemplate | undefined> {
  const row = await findTemplate(trx, 'success-plan', id)
  return row && bodyOf(row.body)
}

/** What was checked when it was saved. */
const bodyOf = (body: string): PlanTemplate => PlanTemplate.parse(JSON.parse(body))

const both = (text: string): Text => ({ en: text, 'pt-BR': text })

// An ISO date always is a day.
const dayAfter = (day: Day, days: number): Day => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10) as Day
