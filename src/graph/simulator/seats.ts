import type { ServiceId } from '../../model/services.ts'
import { guidOf, type SimulatedTenant } from './tenants.ts'

type Plan = Readonly<{ servicePlanId: string; servicePlanName: string; provisioningStatus: string; appliesTo: string }>
export type SubscribedSku = Readonly<{
  id: string
  skuId: string
  skuPartNumber: string
  appliesTo: string
  capabilityStatus: string
  consumedUnits: number
  prepaidUnits: Readonly<{ enabled: number; suspended: number; warning: number; lockedOut: number }>
  subscriptionIds: readonly string[]
  servicePlans: readonly Plan[]
}>

/** Plan of each service in the suite (reference "usage reports" §7.3); OneDrive and Outlook Mobile come with others. */
const PLANS: Readonly<Record<ServiceId, readonly [name: string, id: string]>> = {
  exchange: ['EXCHANGE_S_ENTERPRISE', 'efb87545-963c-4e0d-99df-69c6916d9eb0'],
  teams: ['TEAMS1', '57ff2da0-773e-42df-b2af-ffb7a2317929'],
  sharepoint: ['SHAREPOINTENTERPRISE', '5dbe027f-2339-4123-9542-606e4d348a72'],
  yammer: ['YAMMER_ENTERPRISE', '7547a3fe-08ee-4ccb-b430-5077c5041653'],
  'office-proplus': ['OFFICESUBSCRIPTION', '43de0ff5-c92c-492b-9116-175376d08c38'],
  copilot: ['M365_COPILOT_BUSINESS_CHAT', '3f30311c-6b1e-48a4-ab79-725b469da960'],
}
const SUITE: readonly ServiceId[] = ['exchange', 'teams', 'sharepoint', 'yammer', 'office-proplus']

/** What is bought beyond the suite, one product per service (§7.4); plans of other services in it are switched off. */
const BEYOND: Readonly<Record<ServiceId, readonly [partNumber: string, skuId: string]>> = {
  exchange: ['EXCHANGEENTERPRISE', '19ec0d23-8335-4cbd-94ac-6050e30712fa'],
  teams: ['STANDARDPACK', '18181a46-0d4e-45cd-891e-60aabd171b4e'],
  sharepoint: ['SHAREPOINTSTANDARD', '1fc08a02-8b3d-43b9-831e-f76859e04e1a'],
  yammer: ['ENTERPRISEPACK', '6fd2c87f-b296-42f0-b197-1e91e994b900'],
  'office-proplus': ['OFFICESUBSCRIPTION', 'c2273bd0-dff7-4215-9ef5-2c7bcfb06425'],
  copilot: ['Microsoft_365_Copilot', '639dec6b-bb19-468b-871c-c5c441c4b0cb'],
}

/** Seats of each service, as bought. */
export function seatsOf({ services }: SimulatedTenant): Readonly<Record<ServiceId, number>> {
  return Object.fromEntries([...services].map(([id, { seats }]) => [id, seats]))
}

/** Answer of `/subscribedSkus`: one suite as large as its least service, the rest product by product, and a free one that must not count. */
export function subscribedSkus(tenant: SimulatedTenant): { value: readonly SubscribedSku[] } {
  const { services, directory } = tenant
  const there = Object.keys(PLANS).filter(id => services.has(id))
  const inSuite = there.filter(id => SUITE.includes(id))
  const suite = inSuite.length === 0 ? 0 : Math.min(...inSuite.map(id => services.get(id)?.seats ?? 0))
  const consumed = (id: ServiceId) => services.get(id)?.assigned ?? 0
  const plan = (id: ServiceId, isOn: boolean): Plan => {
    const [servicePlanName, servicePlanId] = PLANS[id] ?? ['', '']
    return { servicePlanId, servicePlanName, provisioningStatus: isOn ? 'Success' : 'Disabled', appliesTo: 'User' }
  }
  const sku = (
    skuPartNumber: string,
    skuId: string,
    enabled: number,
    consumedUnits: number,
    servicePlans: readonly Plan[],
  ): SubscribedSku => ({
    id: `${directory}_${skuId}`,
    skuId,
    skuPartNumber,
    appliesTo: 'User',
    capabilityStatus: 'Enabled',
    consumedUnits,
    prepaidUnits: { enabled, suspended: 0, warning: 0, lockedOut: 0 },
    subscriptionIds: [guidOf(`subscription/${directory}/${skuId}`)],
    servicePlans,
  })
  const beyond = there.flatMap(id => {
    const more = (services.get(id)?.seats ?? 0) - (SUITE.includes(id) ? suite : 0)
    const [partNumber, skuId] = BEYOND[id] ?? ['', '']
    if (more <= 0) return []
    const others = SUITE.includes(id) ? SUITE.filter(each => each !== id) : []
    return [sku(partNumber, skuId, more, Math.max(0, consumed(id) - suite), [plan(id, true), ...others.map(each => plan(each, false))])]
  })
  const foundation: Plan = {
    servicePlanId: '113feb6c-3fe4-4440-bddc-54d774bf0318',
    servicePlanName: 'EXCHANGE_S_FOUNDATION',
    provisioningStatus: 'Success',
    appliesTo: 'Company',
  }
  return {
    value: [
      ...(suite > 0
        ? [
            sku('SPE_E5', '06ebc4ee-1bb5-47dd-8120-11324bc54e06', suite, Math.min(suite, Math.max(...inSuite.map(consumed))), [
              ...SUITE.map(id => plan(id, inSuite.includes(id))),
              foundation,
            ]),
          ]
        : []),
      ...beyond,
      sku('FLOW_FREE', 'f30db892-07e9-47e9-837c-80727f46fd3d', 10_000, 3, [foundation]),
    ],
  }
}
