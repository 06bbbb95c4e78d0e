import type { ServicePeople } from '../../model/usage-api.ts'
import type { Day, Text } from '../../model/words.ts'
import { findTenants } from '../../store/customers.ts'
import type { Row } from '../../store/tables.ts'
import { keptImports } from '../../store/usage-imports.ts'
import { type NoPeople, type PeopleReading, readPeople } from '../../usage/people.ts'
import type { Context } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { recordCustomer } from '../events/record.ts'
import { inTurn } from '../in-turn.ts'
import { type Actor, authorize } from '../policy.ts'
import { keptPath } from './import-usage.ts'
import { outranks, WINDOW } from './newest.ts'

/** Each reading takes up to half a gigabyte: however many ask, the process bears these. */
const inTurns = inTurn(2)

type Shown = ServicePeople['tenants'][number]

const NOT_ALLOWED: Text = { en: 'people of this tenant may not be named', 'pt-BR': 'as pessoas deste locatário não podem ser nomeadas' }
const NO_FILES: Text = {
  en: 'no report file of this service is kept: files go when their time is over',
  'pt-BR': 'nenhum arquivo de relatório deste serviço está guardado: os arquivos saem ao fim do prazo',
}
const WHY: Readonly<Record<NoPeople, Text>> = {
  concealed: {
    en: 'the tenant conceals the names of people in its reports',
    'pt-BR': 'o locatário oculta os nomes das pessoas nos relatórios',
  },
  'no-report': NO_FILES,
}

/**
 * The most active people of a service and its dormant seats, of each tenant that allows naming people, from report files while they are
 * kept: nothing of it is stored. That somebody looked is on record, without names.
 */
export async function getPeople(context: Context, actor: Actor, customerId: string, service: string): Promise<ServicePeople> {
  await visibleCustomer(context, actor, customerId)
  authorize(actor, 'see-champions')
  const tenants: Shown[] = []
  for (const tenant of await findTenants(context.db, customerId)) tenants.push(await peopleOf(context, tenant, service))
  if (tenants.some(each => each.why === null)) {
    const count = tenants.reduce((sum, each) => sum + each.champions.length, 0)
    await context.db
      .transaction()
      .execute(trx => recordCustomer(trx, context, actor, { customerId, kind: 'people-seen', data: { service, count } }))
  }
  return { service, tenants }
}

async function peopleOf(context: Context, tenant: Row<'tenant'>, service: string): Promise<Shown> {
  const none = (why: Text): Shown => ({
    tenant: tenant.id,
    name: tenant.name,
    why,
    source: null,
    asOf: null,
    champions: [],
    counted: null,
    dormant: null,
    never: null,
    licensed: null,
  })
  if (!tenant.allows_people) return none(NOT_ALLOWED)
  const newest = newestOfEach(await keptImports(context.db, { customerId: tenant.customer_id, tenantId: tenant.id }))
  const files = newest.flatMap(row => {
    const path = keptPath(context.reports, row)
    return path === undefined ? [] : [{ path, name: row.file }]
  })
  if (files.length === 0) return none(NO_FILES)
  const reading = await inTurns(() => readPeople(files, { service, window: WINDOW, tempFolder: context.temp }))
  return reading.why === null ? shownOf(tenant, reading) : none(WHY[reading.why])
}

const shownOf = ({ id, name }: Row<'tenant'>, reading: PeopleReading): Shown => ({
  tenant: id,
  name,
  why: null,
  source: reading.source.join(', ') || null,
  // Days that were read as such.
  asOf: reading.asOf as Day | null,
  champions: reading.champions.map(each => ({ ...each, lastActivity: each.lastActivity as Day | null })),
  counted: reading.counted,
  dormant: reading.dormant,
  never: reading.never,
  licensed: reading.licensed,
})

/** Of each report about people the import that counts now. */
function newestOfEach(imports: readonly Row<'usage_import'>[]): readonly Row<'usage_import'>[] {
  const best = new Map<string | null, Row<'usage_import'>>()
  for (const each of imports.filter(row => row.kind === 'people')) {
    const other = best.get(each.report)
    if (!other || outranks(each, other)) best.set(each.report, each)
  }
  return [...best.values()]
}
