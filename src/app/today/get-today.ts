import { AppError } from '../../model/errors.ts'
import { skillName } from '../../model/expert-skills.ts'
import type { Playbook } from '../../model/playbook.ts'
import { SERVICES } from '../../model/services.ts'
import { type SetLooked, TODAY_KINDS, type TodayPart, type TodayQuery, type TodayRow, type TodayView } from '../../model/today-api.ts'
import { Day, type Text } from '../../model/words.ts'
import { findPreference, savePreference } from '../../store/saved-views.ts'
import { type DueRecord, findDue, findMeetings, findNews, type NewsRecord } from '../../store/today.ts'
import { type Context, todayOf } from '../context.ts'
import { inboxPath as requestInboxPath, outboxPath as requestMadePath } from '../expert-requests/tell.ts'
import { inboxPath, outboxPath } from '../handshakes/offer.ts'
import { mandatoryTasks } from '../playbooks/mandatory-tasks.ts'
import { type Actor, authorize } from '../policy.ts'

const LOOKED = 'today.looked'
/** Who never looked before sees a week. */
const FIRST_DAYS = 7
/** With today, a week. */
const WEEK_DAYS = 6

/** What a person should know and do today. Five queries in one transaction, however many customers there are. */
export async function getToday(context: Context, actor: Actor, query: TodayQuery): Promise<TodayView> {
  authorize(actor, 'see-customer')
  refuseUnknownZone(query.zone)
  const today = todayOf(context)
  const now = context.now()
  const { whose, zone, limit } = query
  const mandatory = mandatoryTasks(context.playbook)
  return context.db.transaction().execute(async trx => {
    const looked = await findPreference(trx, actor.personId, LOOKED)
    const since = typeof looked === 'string' ? looked : daysFrom(now, -FIRST_DAYS).toISOString()
    const wanted = { whose, mandatory, limit }
    const overdue = await findDue(trx, { ...wanted, part: 'overdue', from: null, to: dayOf(daysFrom(now, -1)) })
    const week = await findDue(trx, { ...wanted, part: 'week', from: today, to: dayOf(daysFrom(now, WEEK_DAYS)) })
    const news = await findNews(trx, { whose, since, limit })
    const meetings = await findMeetings(trx, { whose, zone, now: now.toISOString() })
    return {
      today,
      overdue: partOf(overdue, row => dueRow(row, context.playbook)),
      week: partOf(week, row => dueRow(row, context.playbook)),
      changed: partOf(news, row => newsRow(row, context.playbook)),
      meetings: meetings.map(({ id, customer_id, customer, title, starts_at, ends_at, location }) => ({
        id,
        customer: { id: customer_id, name: customer },
        title,
        startsAt: starts_at,
        endsAt: ends_at,
        location,
      })),
      since,
      readAt: now.toISOString(),
    }
  })
}

/** From now on only what comes after is new. Never goes back, and not beyond now. */
export async function setLooked(context: Context, actor: Actor, { at }: SetLooked): Promise<{ since: string }> {
  authorize(actor, 'change-own')
  const wanted = new Date(at).toISOString()
  if (wanted > context.now().toISOString()) throw new AppError('invalid-input', 'at: expected a moment that has been')
  return context.db.transaction().execute(async trx => {
    const before = await findPreference(trx, actor.personId, LOOKED)
    const since = typeof before === 'string' && before > wanted ? before : wanted
    await savePreference(trx, actor.personId, LOOKED, since)
    return { since }
  })
}

function refuseUnknownZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch (cause) {
    throw new AppError('invalid-input', `zone: ${zone} is no time zone`, { cause })
  }
}

const daysFrom = (now: Date, days: number) => new Date(now.getTime() + days * 86_400_000)
const dayOf = (date: Date) => Day.parse(date.toISOString().slice(0, 10))

const partOf = <R extends { total: number }>(rows: readonly R[], toRow: (row: R) => TodayRow): TodayPart => ({
  rows: rows.map(toRow),
  total: rows[0]?.total ?? 0,
})

/** What the playbook says of an item: `process/step/task@service`, the last two perhaps missing. */
function placeOf(playbook: Playbook, item: string): { title: Text; role: Text | null; task: string | null; mandatory: boolean | null } {
  const [processId, stepId, taskId] = (item.split('@')[0] ?? '').split('/')
  const step = playbook.processes.find(each => each.id === processId)?.steps.find(each => each.id === stepId)
  const task = step?.tasks.find(each => each.id === taskId)
  const role = task?.role ?? step?.role ?? null
  return {
    title: task?.title ?? step?.title ?? { en: item },
    role: role === null ? null : (playbook.roles.find(each => each.id === role)?.name ?? { en: role }),
    task: task?.id ?? null,
    mandatory: task?.mandatory ?? null,
  }
}

function dueRow(row: DueRecord, playbook: Playbook): TodayRow {
  const base = `/customers/${row.customer_id}/plan`
  const common = {
    id: `${row.customer_id} ${row.id}`,
    customer: { id: row.customer_id, name: row.customer },
    service: row.service,
    due: row.due,
    at: null,
    status: row.status,
    assignee: row.assignee,
  }
  if (row.kind !== 'item') {
    const title = row.title ?? ''
    const isReview = row.kind === 'review-entry'
    return {
      ...common,
      kind: row.kind,
      subject: null,
      task: null,
      title: { en: title, 'pt-BR': title },
      role: null,
      why: isReview
        ? both('Agreed in the success review', 'Combinado na revisão de sucesso')
        : both('Agreed as a follow-up', 'Combinado como pendência'),
      mandatory: null,
      path: isReview ? `/customers/${row.customer_id}/review` : base,
    }
  }
  const place = placeOf(playbook, row.id)
  return {
    ...common,
    ...place,
    kind: 'item',
    subject: `item:${row.id}`,
    why: row.why ?? { en: 'Due by its plan', 'pt-BR': 'Prazo dado pelo plano' },
    path: `${base}?q=${encodeURIComponent(place.task ?? place.title.en ?? '')}`,
  }
}

const isKind = (kind: string): kind is TodayRow['kind'] => (TODAY_KINDS as readonly string[]).includes(kind)

function newsRow(row: NewsRecord, playbook: Playbook): TodayRow {
  const { customer_id: id, subject, before, after } = row
  // Kinds of a later version are told as a gate's change rather than not at all.
  const kind = isKind(row.kind) ? row.kind : 'gate-closed'
  const common = {
    id: row.id,
    kind,
    customer: { id, name: row.customer },
    subject: null,
    task: null,
    role: null,
    service: row.service,
    due: row.due,
    at: new Date(row.at).toISOString(),
    mandatory: null,
    status: null,
    assignee: null,
  }
  const serviceName = nameOf(playbook, row.service)
  switch (kind) {
    case 'gate-opened':
    case 'gate-closed': {
      const title = playbook.gates.find(gate => gate.id === subject)?.name ?? { en: subject }
      const why =
        kind === 'gate-opened'
          ? both('The gate opened', 'O critério foi atendido')
          : after === 'unknown'
            ? both('It can no longer be told whether the gate is met', 'Não é mais possível dizer se o critério é atendido')
            : both('The gate is no longer met', 'O critério deixou de ser atendido')
      return {
        ...common,
        subject: `gate:${subject}`,
        title,
        why,
        path: `/customers/${id}/plan?explain=${encodeURIComponent(`gate:${subject}`)}`,
      }
    }
    case 'usage-reached':
    case 'usage-fell': {
      const why =
        kind === 'usage-reached'
          ? both(
              `Usage reached its target: ${before} % before, ${after} % now`,
              `O uso atingiu a meta: ${local(before)} % antes, ${local(after)} % agora`,
            )
          : both(
              `Usage fell below its target: ${before} % before, ${after} % now`,
              `O uso caiu abaixo da meta: ${local(before)} % antes, ${local(after)} % agora`,
            )
      return { ...common, title: serviceName, why, path: `/customers/${id}/usage` }
    }
    case 'blocker-due': {
      const why = both(`The day of its next action has passed: ${after}`, `A data da próxima ação passou: ${after}`)
      return { ...common, title: both(subject, subject), why, path: `/customers/${id}/blockers?blocker=${row.id}` }
    }
    case 'handshake-waiting': {
      const why =
        subject === 'asked'
          ? both('A question waits for your answer', 'Uma pergunta aguarda a sua resposta')
          : both(`${after} waits for your answer`, `${after} aguarda a sua resposta`)
      return {
        ...common,
        title: both(`Handshake: ${serviceName.en}`, `Handshake: ${serviceName['pt-BR'] ?? serviceName.en}`),
        why,
        path: subject === 'asked' ? outboxPath(row.id) : inboxPath(row.id),
      }
    }
    case 'expert-waiting': {
      const isDetail = before === 'needs-detail'
      const { en, 'pt-BR': pt } = skillName(subject)
      return {
        ...common,
        title: both(`Expert: ${en}`, `Especialista: ${pt}`),
        why: isDetail
          ? both('A question waits for your answer', 'Uma pergunta aguarda a sua resposta')
          : both(`${after} waits for your answer`, `${after} aguarda a sua resposta`),
        path: isDetail ? requestMadePath(row.id) : requestInboxPath(row.id),
      }
    }
    default: {
      const place = placeOf(playbook, subject)
      const why = both('It was done, and the data no longer says so', 'Estava concluída, e os dados não confirmam mais')
      return {
        ...common,
        ...place,
        subject: `item:${subject}`,
        why,
        path: `/customers/${id}/plan?q=${encodeURIComponent(place.task ?? '')}`,
      }
    }
  }
}

const both = (en: string, pt: string): Text => ({ en, 'pt-BR': pt })
const local = (percent: string | null) => (percent ?? '').replace('.', ',')
const nameOf = (playbook: Playbook, service: string | null): Text =>
  [...playbook.services, ...SERVICES].find(each => each.id === service)?.name ?? { en: service ?? '' }
