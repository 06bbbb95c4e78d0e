import { describe, expect, test } from 'vitest'
import { SERVICES } from '../model/services.ts'
import { FREE_PRODUCTS, NOT_SEATS, SERVICE_PLANS, UNATTENDED_PLANS } from './plans.ts'
import { readSubscribedSkus } from './subscribed-skus.ts'

const PLAN = Object.fromEntries(SERVICE_PLANS.map(({ name, id }) => [name, id]))
let count = 0
const plan = (name: string, more: object = {}) => ({
  servicePlanId: PLAN[name] ?? name,
  servicePlanName: name,
  provisioningStatus: 'Success',
  appliesTo: 'User',
  ...more,
})
const sku = (enabled: number, plans: readonly object[], more: object = {}) => ({
  id: 'x',
  skuId: `00000000-0000-4000-8000-${String(count++).padStart(12, '0')}`,
  skuPartNumber: 'SUITE',
  appliesTo: 'User',
  capabilityStatus: 'Enabled',
  consumedUnits: 1,
  prepaidUnits: { enabled, suspended: 0, warning: 0, lockedOut: 0 },
  servicePlans: plans,
  ...more,
})
const read = (...value: readonly object[]) => readSubscribedSkus({ '@odata.context': 'x', value })

const E5 = ['EXCHANGE_S_ENTERPRISE', 'TEAMS1', 'SHAREPOINTENTERPRISE', 'YAMMER_ENTERPRISE', 'OFFICESUBSCRIPTION', 'MCOSTANDARD', 'INTUNE_A']
// In nearly every suite, and seats of nothing.
const FOUNDATION = '113feb6c-3fe4-4440-bddc-54d774bf0318'
const OFFICE_WEB = 'e95bec33-7c88-4a70-8e19-b10bd9d0c014'
const BASIC_MDM = '882e1d05-acd1-4ccb-8708-6ee03664b117'

describe('seats', () => {
  test('a suite gives its seats to every service of its plans, OneDrive with SharePoint, Outlook Mobile with Exchange', () => {
    expect(read(sku(500, [...E5.map(name => plan(name)), plan(FOUNDATION), plan(OFFICE_WEB), plan(BASIC_MDM)])).seats).toEqual({
      exchange: 500,
      'outlook-mobile': 500,
      teams: 500,
      sharepoint: 500,
      onedrive: 500,
      yammer: 500,
      'office-proplus': 500,
      'skype-for-business': 500,
      intune: 500,
    })
  })

  test('of several subscriptions they add up, two plans of one service in one subscription do not', () => {
    const two = sku(40, [plan('EXCHANGE_S_ENTERPRISE'), plan('EXCHANGE_S_STANDARD')])
    expect(read(two, sku(7, [plan('EXCHANGE_S_DESKLESS')]), sku(3, [plan('ONEDRIVESTANDARD')])).seats).toEqual({
      exchange: 47,
      'outlook-mobile': 47,
      onedrive: 3,
    })
  })

  test('only seats that can be assigned count: those in grace, suspended or locked out are told', () => {
    const expired = sku(0, [plan('TEAMS1')], {
      prepaidUnits: { enabled: 0, warning: 20, suspended: 3, lockedOut: 1 },
      capabilityStatus: 'Warning',
    })
    const { seats, subscriptions } = read(expired, sku(9, [plan('TEAMS1')], { capabilityStatus: 'Suspended' }))
    expect(seats).toEqual({ teams: 0 })
    expect(subscriptions.map(({ warning, suspended, leftOut, services }) => [warning, suspended, leftOut, services])).toEqual([
      [20, 3, null, ['teams']],
      [0, 0, 'not-usable', []],
    ])
  })

  test.each([...FREE_PRODUCTS])('the free product %s counts for nothing, in capitals too', skuId => {
    const { seats, subscriptions } = read(sku(1_000_000, [plan('TEAMS1')], { skuId: skuId.toUpperCase() }))
    expect([seats, subscriptions[0]?.leftOut]).toEqual([{}, 'free'])
  })

  test('machine accounts and products for the company count for nothing', () => {
    const unattended = sku(5, [plan('TEAMS1'), plan([...UNATTENDED_PLANS][0] ?? '')])
    const byProduct = sku(5, [plan('TEAMS1')], { skuId: 'c2ac2ee4-9bb1-47e4-8541-d689c7e83371' })
    const { seats, subscriptions } = read(unattended, byProduct, sku(5, [plan('TEAMS1')], { appliesTo: 'Company' }))
    expect([seats, subscriptions.map(each => each.leftOut)]).toEqual([{}, ['machine-accounts', 'machine-accounts', 'company']])
  })

  test('a plan switched off, one for the company, and the small mailbox of Teams Enterprise are left out with the reason', () => {
    const [small] = NOT_SEATS
    const { seats, subscriptions } = read(
      sku(10, [plan('TEAMS1'), plan('EXCHANGE_S_DESKLESS')], { skuId: small?.product }),
      sku(20, [plan('YAMMER_ENTERPRISE', { provisioningStatus: 'Disabled' }), plan('INTUNE_A', { appliesTo: 'Company' }), plan('TEAMS1')]),
    )
    expect(seats).toEqual({ teams: 30 })
    expect(subscriptions.map(each => each.plansLeftOut)).toEqual([
      [{ plan: 'EXCHANGE_S_DESKLESS', why: 'not-seats' }],
      [
        { plan: 'YAMMER_ENTERPRISE', why: 'disabled' },
        { plan: 'INTUNE_A', why: 'company' },
      ],
    ])
  })

  test('a tenant without subscriptions has no seats, which is not 0 of anything', () => {
    expect(read()).toEqual({ subscriptions: [], seats: {} })
  })
})

test('the table names each plan once, by an id, for services there are', () => {
  const known = new Set(SERVICES.map(each => each.id))
  expect(new Set(SERVICE_PLANS.map(each => each.id)).size).toBe(SERVICE_PLANS.length)
  for (const { id, services } of SERVICE_PLANS) {
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(services.filter(service => !known.has(service))).toEqual([])
  }
})

test.each([
  [{ value: [sku(-1, [])] }, 'value[0].prepaidUnits.enabled'],
  [{ value: [sku(1, []), sku(1, [{ servicePlanId: 'TEAMS1' }])] }, 'value[1].servicePlans[0].servicePlanId'],
  [{ value: [sku(1, [], { consumedUnits: 'many' })] }, 'value[0].consumedUnits'],
  [{}, 'value'],
  ['text', 'the answer'],
])('an answer of another shape is refused, naming the field (%#)', (json, field) => {
  expect(() => readSubscribedSkus(json)).toThrow(`subscribedSkus: ${field}: `)
})
