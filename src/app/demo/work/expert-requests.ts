import { createHash } from 'node:crypto'
import type { ExpertRequestState, RequestStep } from '../../../model/expert-words.ts'
import type { Day } from '../../../model/words.ts'
import { addWorkingDays, USUAL_CALENDAR } from '../../../model/working-calendar.ts'
import { dayNumber, dayOf, daysBefore } from '../days.ts'
import type { DemoCustomer } from '../generate.ts'
import { DEMO_EXPERTS, teamOf } from '../people.ts'
import type { DemoRows } from '../rows.ts'

type Kind = Readonly<{
  skill: string
  language: string | null
  region: string | null
  purpose: string
  /** Asked for so many days ago, wanted in so many. */
  ago: number
  wantedIn: number | null
  state: ExpertRequestState
  isQueued?: boolean
  /** What was said after it was asked for, and how many days ago. */
  steps: readonly Readonly<{ step: RequestStep; ago: number; body?: string }>[]
}>

/** What occurs: in the queue, looked into, late, with a question, at work, declined, done, and taken back. */
const KINDS: readonly Kind[] = [
  {
    skill: 'security',
    language: 'pt',
    region: 'latin-america',
    purpose: 'The security team asks how guests of suppliers are kept apart. One call, with their architect.',
    ago: 0,
    wantedIn: 14,
    state: 'open',
    isQueued: true,
    steps: [],
  },
  {
    skill: 'business-value',
    language: 'en',
    region: 'europe',
    purpose: 'They want to see what shift workers gain before they decide on more services.',
    ago: 2,
    wantedIn: 21,
    state: 'open',
    steps: [{ step: 'acknowledged', ago: 1 }],
  },
  {
    skill: 'meetings-calling',
    language: 'en',
    region: null,
    purpose: 'Rooms of three makers, and nobody knows which of them will join.',
    ago: 9,
    wantedIn: 3,
    state: 'open',
    steps: [],
  },
  {
    skill: 'compliance',
    language: 'pt',
    region: null,
    purpose: 'Retention of chats, before the works council meets.',
    ago: 3,
    wantedIn: 10,
    state: 'needs-detail',
    steps: [{ step: 'asked', ago: 1, body: 'Which countries do the people work in?' }],
  },
  {
    skill: 'adoption',
    language: 'en',
    region: 'north-america',
    purpose: 'A plan for champions in twelve branches.',
    ago: 12,
    wantedIn: 18,
    state: 'accepted',
    steps: [{ step: 'accepted', ago: 9 }],
  },
  {
    skill: 'migration',
    language: null,
    region: null,
    purpose: 'Old file shares, half of them without an owner.',
    ago: 20,
    wantedIn: null,
    state: 'declined',
    steps: [{ step: 'declined', ago: 17, body: 'Another team moves these shares until spring.' }],
  },
  {
    skill: 'training',
    language: 'en',
    region: null,
    purpose: 'Short lessons for people without a desk.',
    ago: 40,
    wantedIn: null,
    state: 'done',
    steps: [
      { step: 'accepted', ago: 38 },
      { step: 'done', ago: 15, body: 'Four lessons of ten minutes; they hold the next ones themselves.' },
    ],
  },
  {
    skill: 'network',
    language: null,
    region: 'asia-pacific',
    purpose: 'Calls break off in one branch.',
    ago: 25,
    wantedIn: null,
    state: 'withdrawn',
    steps: [{ step: 'withdrawn', ago: 24 }],
  },
]
/** Of so many customers one asked for an expert. */
const ONE_OF = 3
/** The id of the assignment that accepting made. */
export const DEMO_HELP = 'expert-request'

/** A request of an expert for every third customer, each kind in turn. */
export function addExpertRequests(rows: DemoRows, { sheet, manager }: DemoCustomer, today: Day): void {
  const { id: customer } = sheet.customer
  const hash = createHash('sha256').update(`expert called ${customer}`).digest()
  const number = hash.readUInt32BE(0)
  const kind = KINDS[Math.floor(number / ONE_OF) % KINDS.length]
  if (number % ONE_OF !== 0 || !kind) return
  const [service] = Object.entries(sheet.services).find(([, each]) => each.intended) ?? []
  // One of three, so that none of them is missing.
  const expert = DEMO_EXPERTS[number % DEMO_EXPERTS.length]?.id ?? null
  const at = (ago: number) => `${daysBefore(today, ago)}T10:00:00.000Z`
  const asked = daysBefore(today, kind.ago)
  const stepOf = (...steps: readonly RequestStep[]) => kind.steps.find(each => steps.includes(each.step))
  const first = kind.steps.find(each => each.step !== 'withdrawn')
  const decided = stepOf('accepted', 'declined')
  const ended = stepOf('done', 'withdrawn')
  const isHelping = kind.state === 'accepted'
  const id = idOf(hash)
  rows.expert_request.push({
    customer_id: customer,
    id,
    service: service ?? null,
    skill: kind.skill,
    language: kind.language,
    region: kind.region,
    seats: 40 + (number % 23) * 20,
    wanted_on: kind.wantedIn === null ? null : dayOf(dayNumber(today) + kind.wantedIn),
    purpose: kind.purpose,
    state: kind.state,
    requested_by: manager.id,
    requested_at: at(kind.ago),
    team_id: teamOf(manager).id,
    expert_id: kind.isQueued ? null : expert,
    acknowledge_by: addWorkingDays(USUAL_CALENDAR, asked, 1),
    decide_by: addWorkingDays(USUAL_CALENDAR, asked, 5),
    acknowledged_by: first ? expert : null,
    acknowledged_at: first ? at(first.ago) : null,
    decided_by: decided ? expert : null,
    decided_at: decided ? at(decided.ago) : null,
    reason: stepOf('declined')?.body ?? null,
    ended_by: ended ? (ended.step === 'done' ? expert : manager.id) : null,
    ended_at: ended ? at(ended.ago) : null,
    note: stepOf('done')?.body ?? null,
    assignment_id: isHelping ? DEMO_HELP : null,
    version: 0,
  })
  const said: Kind['steps'] = [{ step: 'requested', ago: kind.ago }, ...kind.steps]
  for (const [index, { step, ago, body }] of said.entries()) {
    rows.expert_request_message.push({
      customer_id: customer,
      request_id: id,
      seq: index + 1,
      step,
      body: body ?? null,
      written_by: step === 'requested' || step === 'withdrawn' || expert === null ? manager.id : expert,
      written_at: at(ago),
    })
  }
  if (!isHelping || expert === null) return
  rows.assignment.push({
    customer_id: customer,
    id: DEMO_HELP,
    person_id: expert,
    role: 'subject-matter-expert',
    service: service ?? null,
    is_primary: false,
    since: daysBefore(today, decided?.ago ?? 0),
    until: null,
    covers: null,
  })
}

/** The same on every machine. */
function idOf(hash: Buffer): string {
  const hex = hash.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
