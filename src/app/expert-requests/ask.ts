import { randomUUID } from 'node:crypto'
import type { CustomerExpertRequests, RequestExpert } from '../../model/expert-request-api.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { addRequestMessage, insertRequest, teamsOfPerson } from '../../store/expert-requests.ts'
import { findCalendar } from '../../store/work-calendar.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { recordCustomer } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import type { Directory } from '../people/leads.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { deadlinesFrom } from './deadlines.ts'
import { findExperts, getExpert, queueOf } from './experts.ts'
import { getCustomerExpertRequests } from './get-requests.ts'
import { tellExperts } from './tell.ts'

type Asking = RequestExpert & Readonly<{ customerId: string }>

/** Asks for an expert: the one who is named, or every matching one. Throws `invalid-input` naming the field. */
export async function requestExpert(context: Context, directory: Directory, actor: Actor, input: Asking): Promise<CustomerExpertRequests> {
  await context.db.transaction().execute(trx => ask(trx, context, directory, actor, input))
  return getCustomerExpertRequests(context, actor, input.customerId)
}

async function ask(trx: Trx, context: Context, directory: Directory, actor: Actor, input: Asking): Promise<void> {
  const { customerId, service, skill, language, region, seats, wantedOn, purpose } = input
  const { customer, access } = await lockForChange(trx, context, actor, 'request-expert', customerId)
  authorizeService(access, service)
  if (service !== null && !context.playbook.services.some(each => each.id === service)) {
    throw invalidField('service', `the playbook knows no service "${service}"`)
  }
  if (wantedOn !== null && wantedOn < todayOf(context)) throw invalidField('wantedOn', 'the day is over')
  const experts = await findExperts(trx, directory)
  const expert = input.expert === null ? null : getExpert(experts, input.expert)
  const version = await raiseVersion(trx, customerId)
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const team = await teamOf(trx, actor, customer.team_id)
  const now = context.now()
  const row = { id: randomUUID(), customer_id: customerId, customer: customer.name, service, skill, language, region }
  const { customer: _, ...kept } = row
  await insertRequest(trx, {
    ...kept,
    seats,
    wanted_on: wantedOn,
    purpose,
    state: 'open',
    requested_by: actor.personId,
    requested_at: now.toISOString(),
    team_id: team,
    expert_id: expert?.id ?? null,
    ...deadlinesFrom(await findCalendar(trx, team), now),
    version,
  })
  const said = { customer_id: customerId, request_id: row.id, written_by: actor.personId, written_at: now.toISOString() }
  await addRequestMessage(trx, { ...said, step: 'requested' })
  const to = expert ? [expert.id] : queueOf(experts, row).map(each => each.id)
  const sentence = expert ? 'requested' : 'queued'
  await tellExperts(trx, context, row, to, { kind: 'expert-requested', sentence, person: actor.name, key: String(version) })
  const data = { request: row.id, service, skill, person: expert?.id ?? null, version }
  await recordCustomer(trx, context, actor, { customerId, kind: 'expert-requested', data })
}

/** Whose working days count: the customer's team where whoever asks is in it, else a team of theirs, else the customer's. */
async function teamOf(trx: Trx, { personId }: Actor, ofCustomer: string | null): Promise<string | null> {
  const own = await teamsOfPerson(trx, personId)
  if (ofCustomer !== null && own.includes(ofCustomer)) return ofCustomer
  return own[0] ?? ofCustomer
}
