import { SEGMENTS } from './choices.ts'
import { ACCELERATOR_STATES, HANDSHAKES, INITIATIVES, OUTCOMES } from './words.ts'

/**
 * The words a rule may use. One table for both sides: the compiler registers it with the type checker,
 * the engine resolves exactly these names. `enum` fields let the compiler refuse a literal that cannot occur.
 */
export type RuleType =
  | { kind: 'bool' | 'int' | 'percent' | 'string' | 'date' }
  | { kind: 'enum'; of: readonly string[] }
  | { kind: 'service-id' }
  | { kind: 'object'; name: string }
  | { kind: 'list'; of: RuleType }

const bool: RuleType = { kind: 'bool' }
const int: RuleType = { kind: 'int' }
const percent: RuleType = { kind: 'percent' }
const string: RuleType = { kind: 'string' }
const date: RuleType = { kind: 'date' }
const oneOf = (of: readonly string[]): RuleType => ({ kind: 'enum', of })
const object = (name: string): RuleType => ({ kind: 'object', name })
const list = (of: RuleType): RuleType => ({ kind: 'list', of })

export const RULE_OBJECTS: Readonly<Record<string, Readonly<Record<string, RuleType>>>> = {
  Customer: { segment: oneOf(SEGMENTS), initiatives: list(oneOf(INITIATIVES)), assignedOn: date },
  Csm: { assigned: bool, since: date },
  Usage: { percent, active: int, asOf: date, ageDays: int },
  Service: {
    id: { kind: 'service-id' },
    family: oneOf(['modern-communications', 'collaboration', 'productivity', 'mail', 'security', 'platform']),
    intended: bool,
    entitled: int,
    activated: bool,
    activatedOn: date,
    daysActive: int,
    usage: object('Usage'),
    threshold: percent,
    owner: string,
    handshake: oneOf(HANDSHAKES),
  },
  Thresholds: { activeUsagePercent: percent, usageMaxAgeDays: int, metricMaxAgeDays: int, acceleratorAfterDays: int },
  Metric: { id: string, met: bool },
  SuccessPlan: { metrics: list(object('Metric')), allMet: bool },
  Program: { offered: bool, agreed: bool, declined: bool },
  Programs: { onedriveAdoption: object('Program') },
  Accelerator: { state: oneOf(['none', ...ACCELERATOR_STATES]), proposed: bool, accepted: bool, rejected: bool },
  Task: { done: bool },
  Review: {
    meetingHeld: bool,
    outcomes: list(oneOf(OUTCOMES)),
    wantsMore: bool,
    wantsUsageReports: bool,
    readyForMaintenance: bool,
  },
  History: { measuringSuccessDiscussed: bool },
  Survey: { completed: bool },
  Gate: { met: bool },
}

/** `service` exists only in rules of a step or check that is per service. */
export const RULE_VARIABLES: Readonly<Record<string, RuleType>> = {
  today: date,
  customer: object('Customer'),
  csm: object('Csm'),
  service: object('Service'),
  /** Every service listed for the customer. */
  services: list(object('Service')),
  /** Those of them that the customer intends to use; `all` over an empty list is unknown, never yes. */
  intendedServices: list(object('Service')),
  thresholds: object('Thresholds'),
  successPlan: object('SuccessPlan'),
  program: object('Programs'),
  review: object('Review'),
  history: object('History'),
  survey: object('Survey'),
}

/** A string argument must be a literal, so that the compiler can check that the task, gate or service exists. */
export const RULE_FUNCTIONS: Readonly<Record<string, { args: readonly RuleType[]; returns: RuleType }>> = {
  /** The task's items: of the service in question where both are per service, else any item of it. */
  task: { args: [string], returns: object('Task') },
  gate: { args: [string], returns: object('Gate') },
  /** What was decided about an accelerator program for the service in question or the one named. */
  accelerator: { args: [object('Service')], returns: object('Accelerator') },
  /** The nth working day (Monday to Friday) after a date. */
  workingDays: { args: [date, int], returns: date },
  /** The date n days later. */
  daysAfter: { args: [date, int], returns: date },
  /** The date where the condition is yes, else no date (unknown): a deadline that only some customers have. */
  dateIf: { args: [bool, date], returns: date },
}
