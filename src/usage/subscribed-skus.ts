import { z } from 'zod'
import { AppError } from '../model/errors.ts'
import { SERVICES, type ServiceId } from '../model/services.ts'
import type { PlanLeftOut, Subscription, Subscriptions } from '../model/usage.ts'
import { FREE_PRODUCTS, NOT_SEATS, SEATS_ALSO, SERVICE_PLANS, UNATTENDED_PLANS, UNATTENDED_PRODUCTS } from './plans.ts'

const Units = z.int().min(0).max(1_000_000_000)
const Id = z.guid().transform(id => id.toLowerCase())
const Sku = z.object({
  skuId: Id,
  // No control characters: the database refuses a zero byte.
  skuPartNumber: z
    .string()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}*$/u, 'without control characters'),
  appliesTo: z.string().max(50).default('User'),
  capabilityStatus: z.string().max(50).default('Enabled'),
  consumedUnits: Units,
  prepaidUnits: z.object({ enabled: Units, warning: Units.default(0), suspended: Units.default(0) }),
  servicePlans: z
    .array(
      z.object({
        servicePlanId: Id,
        servicePlanName: z.string().max(200).default(''),
        provisioningStatus: z.string().max(50).default('Success'),
        appliesTo: z.string().max(50).default('User'),
      }),
    )
    .max(1000),
})
type Sku = z.infer<typeof Sku>
const Body = z.object({ value: z.array(Sku).max(5000) })

/**
 * Seats per service from what Graph answers to `subscribedSkus`. A seat is a bought one that can be assigned
 * (`prepaidUnits.enabled`); expired ones in grace are told and not counted. One person with two products counts twice.
 * Throws `invalid-input` naming the field when the answer has another shape.
 */
export function readSubscribedSkus(json: unknown): Subscriptions {
  const body = Body.safeParse(json)
  if (!body.success) {
    const [issue] = body.error.issues
    throw new AppError('invalid-input', `subscribedSkus: ${fieldOf(issue?.path ?? [])}: ${issue?.message ?? 'not as expected'}`)
  }
  const subscriptions = body.data.value.map(subscriptionOf)
  const seats: Record<ServiceId, number> = {}
  for (const { services, enabled } of subscriptions) for (const service of services) seats[service] = (seats[service] ?? 0) + enabled
  return { subscriptions, seats }
}

const fieldOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text ? '.' : ''}${String(part)}`), '') ||
  'the answer'

function subscriptionOf(sku: Sku): Subscription {
  const leftOut = whyLeftOut(sku)
  const plansLeftOut: PlanLeftOut[] = []
  const services = new Set<ServiceId>()
  for (const plan of sku.servicePlans) {
    const known = SERVICE_PLANS.find(each => each.id === plan.servicePlanId)
    if (known === undefined) continue
    const why = whyPlanLeftOut(sku, plan)
    if (why !== null) plansLeftOut.push({ plan: known.name, why })
    else for (const service of known.services) services.add(service)
  }
  for (const [of, also] of Object.entries(SEATS_ALSO)) if (services.has(of)) services.add(also)
  return {
    skuId: sku.skuId,
    partNumber: sku.skuPartNumber,
    enabled: sku.prepaidUnits.enabled,
    warning: sku.prepaidUnits.warning,
    suspended: sku.prepaidUnits.suspended,
    consumed: sku.consumedUnits,
    services: leftOut === null ? SERVICES.flatMap(each => (services.has(each.id) ? [each.id] : [])) : [],
    leftOut,
    plansLeftOut,
  }
}

const UNUSABLE = new Set(['suspended', 'deleted', 'lockedout'])

function whyLeftOut(sku: Sku): Subscription['leftOut'] {
  if (FREE_PRODUCTS.has(sku.skuId)) return 'free'
  if (UNATTENDED_PRODUCTS.has(sku.skuId) || sku.servicePlans.some(plan => UNATTENDED_PLANS.has(plan.servicePlanId)))
    return 'machine-accounts'
  if (sku.appliesTo.toLowerCase() === 'company') return 'company'
  return UNUSABLE.has(sku.capabilityStatus.toLowerCase()) ? 'not-usable' : null
}

function whyPlanLeftOut(sku: Sku, plan: Sku['servicePlans'][number]): PlanLeftOut['why'] | null {
  if (plan.provisioningStatus.toLowerCase() === 'disabled') return 'disabled'
  if (plan.appliesTo.toLowerCase() === 'company') return 'company'
  return NOT_SEATS.some(each => each.product === sku.skuId && each.plan === plan.servicePlanId) ? 'not-seats' : null
}
