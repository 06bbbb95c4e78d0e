import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure, Graph } from '../../graph/types.ts'
import { AppError } from '../../model/errors.ts'
import type { ConnectionFinding, ConnectionState } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import { findConnection, markReachedBack, type NamedConnection, saveStanding, type TenantKey } from '../../store/connections.ts'
import {
  addSteps,
  changeOpenRun,
  countTry,
  findRun,
  forgetFetched,
  hasBegun,
  holdRun,
  importIdsOf,
  type RunKey,
  type RunRow,
  type StepChange,
  type StepRow,
  saveSteps,
  stepsOfRuns,
} from '../../store/sync.ts'
import { findCurrent } from '../../store/usage.ts'
import type { ConnectingContext } from '../connections/connecting.ts'
import { wayTo } from '../connections/test-connection.ts'
import { todayOf } from '../context.ts'
import { type Fetched, importFetched } from './import-fetched.ts'
import { importSubscriptions } from './import-subscriptions.ts'
import { findingsOf, isForAll, isOfSignIn, outcomeOf, STEP_STATE } from './outcome.ts'
import { enqueueRun } from './request-run.ts'
import { BACKBONE, daysBack, fileNameOf, SEATS } from './steps.ts'
import { workingFolder } from './working-files.ts'

/** A request about to be made; `done` steps of the run have ended. */
export type RunStep = Readonly<{ report: string; day: Day | null; done: number; total: number }>

export type RunOptions = Readonly<{
  /** The process ends: what has come is imported, the rest is taken up again later. */
  isStopping?: () => boolean
  onStep?: (step: RunStep) => void
}>

/**
 * What became of a run for now. `waiting`: for the service's limits; a job goes on with it then. `held`: somebody else carries it out.
 * `stopped`: because the process ends.
 */
export type RunEnd = 'ended' | 'waiting' | 'held' | 'stopped'

/**
 * Carries out a run as far as the limits of the service allow. What has been imported stays, whatever comes after; a run that was cut off
 * goes on with the steps that have not ended. Throws for what is not about the tenant, and is to be tried again. The system acts.
 */
export function carryOut(context: ConnectingContext, key: RunKey, options: RunOptions = {}): Promise<RunEnd> {
  return context.db.transaction().execute(async hold => {
    if (!(await holdRun(hold, key.runId))) return 'held'
    const run = await findRun(context.db, key)
    if (!run || run.ended_at !== null) return 'ended'
    const where = { customerId: run.customer_id, tenantId: run.tenant_id }
    const connection = await findConnection(context.db, where)
    if (!connection?.is_enabled) return end(context, run, 'stopped')
    const isFirst = !(await hasBegun(context.db, key))
    const way = await wayTo(context, where)
    if (!way) return end(context, run, 'stopped')
    if ('graph' in way) return leg({ context, key, run, where, connection, graph: way.graph, options, isFirst, found: [], trouble: null })
    await giveUp(context, key, way.finding)
    return 'ended'
  })
}

type Leg = {
  readonly context: ConnectingContext
  readonly key: RunKey
  readonly run: RunRow
  readonly where: TenantKey
  readonly connection: NamedConnection
  readonly graph: Graph
  readonly options: RunOptions
  /** Nothing of the run was asked for before. */
  readonly isFirst: boolean
  /** What the requests found out, in order. */
  found: ConnectionFinding[]
  /** What every further request would meet, or that the last one did not get through. */
  trouble: Failure['state'] | null
}

/** A part of a run: until it ends, or has to wait. */
async function leg(leg: Leg): Promise<RunEnd> {
  const { context, key, run, options } = leg
  const isOpen = await changeOpenRun(context.db, key, { state: 'running', resumes_at: null, ended_at: null })
  if (!isOpen) return 'ended'
  await forgetFetched(context.db, key)
  const folder = workingFolder(context, run.id)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    for (let due = await dueSteps(leg); due.length > 0; due = await dueSteps(leg)) {
      const isGoing = await round(leg, due, folder)
      if (!isGoing) return 'ended'
      if (options.isStopping?.()) return 'stopped'
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const steps = await stepsOfRuns(context.db, [run])
  const waiting = steps.filter(step => step.state === 'waiting')
  return waiting.length > 0 ? waitFor(leg, waiting) : finish(leg, steps)
}

/** Steps that may be asked for now. */
async function dueSteps({ context, run }: Leg): Promise<readonly StepRow[]> {
  const now = context.now().toISOString()
  return (await stepsOfRuns(context.db, [run])).filter(step => step.state === 'waiting' && (step.not_before ?? '') <= now)
}

/** Asks for what is due and imports what came; false when the run was stopped or its connection taken away meanwhile. */
async function round(leg: Leg, due: readonly StepRow[], folder: string): Promise<boolean> {
  const { context, key, options } = leg
  const fetched: Fetched[] = []
  /** Functions that have to wait, and until when. */
  const waits = new Map<string, number>()
  const total = (await stepsOfRuns(context.db, [leg.run])).length
  let done = total - due.length
  for (const [index, step] of due.entries()) {
    if (!(await isGoing(leg))) return false
    if (options.isStopping?.()) break
    const until = waits.get(step.report)
    if (until === undefined) options.onStep?.({ report: step.report, day: step.day, done, total })
    const answer =
      until === undefined
        ? await ask(leg, step, join(folder, `${step.position}.csv`))
        : ({ state: 'later', at: until, why: 'budget' } as const)
    if (answer.state === 'later') {
      waits.set(step.report, answer.at)
      await saveSteps(context.db, key, [{ position: step.position, state: 'waiting', not_before: new Date(answer.at).toISOString() }])
      continue
    }
    done++
    await countTry(context.db, key, step.position, context.now().toISOString())
    if (answer.state === 'file') {
      leg.trouble = null
      const name = fileNameOf(step, todayOf(context))
      fetched.push({ position: step.position, path: join(folder, `${step.position}.csv`), name, asDay: step.day })
    } else if (answer.state === 'seats') await saveSteps(context.db, key, [await importSeats(leg, step, answer.json)])
    else if (await noteFailure(leg, step, answer, due.slice(index + 1))) break
  }
  if (!(await isGoing(leg))) return false
  await importAll(leg, fetched)
  return true
}

const ask = ({ graph }: Leg, { report, period, day }: StepRow, path: string) =>
  report === SEATS
    ? graph.subscribedSkus()
    : graph.report({ report, ...(period === null ? {} : { period }), ...(day === null ? {} : { day }) }, path)

async function isGoing({ context, key }: Leg): Promise<boolean> {
  const run = await findRun(context.db, key)
  return run !== undefined && run.ended_at === null
}

/** As the connector calls a day that the service no longer answers about. */
const TOO_OLD = 'day-out-of-range'

/** One report that did not come takes no other with it, unless all would meet the same: then it answers true, and all have ended. */
async function noteFailure(leg: Leg, step: StepRow, { state, finding }: Failure, rest: readonly StepRow[]): Promise<boolean> {
  const { context, key } = leg
  // Twice in a row nobody answered: the others need not wait for that as well.
  const isCutOff = isForAll(state) || isOfSignIn(finding.code) || (state === 'unreachable' && leg.trouble === 'unreachable')
  // Days go out of reach while a run waits; that is no trouble.
  const isTooOld = finding.code === TOO_OLD
  if (!isTooOld) {
    leg.trouble = state
    leg.found.push(finding)
  }
  const ended = { state: isTooOld ? 'not-offered' : STEP_STATE[state], problem: finding.code, ended_at: context.now().toISOString() }
  const steps = isCutOff ? [step, ...rest] : [step]
  await saveSteps(
    context.db,
    key,
    steps.map(({ position }) => ({ position, ...ended })),
  )
  return isCutOff
}

async function importSeats({ context, where }: Leg, { position }: StepRow, json: unknown): Promise<StepChange> {
  const ended_at = context.now().toISOString()
  try {
    const { isChanged, count } = await importSubscriptions(context, where, json)
    const state = count === 0 ? 'no-data' : isChanged ? 'imported' : 'unchanged'
    return { position, state, refresh_date: todayOf(context), row_count: count, ended_at }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid-input') throw error
    return { position, state: 'failed', problem: 'unreadable', ended_at }
  }
}

async function importAll(leg: Leg, fetched: readonly Fetched[]): Promise<void> {
  const { context, key, where } = leg
  const imported = await importFetched(context, where, fetched)
  const ids = await importIdsOf(
    context.db,
    where,
    imported.map(each => each.name),
  )
  const ended_at = context.now().toISOString()
  const changes = imported.map((each): StepChange => {
    if (!each.ok) {
      leg.found.push(unreadable(each.name, each.message))
      return { position: each.position, state: 'failed', problem: 'unreadable', ended_at }
    }
    const { rows, unchanged, refreshDate } = each.result
    const state = rows.read === 0 ? 'no-data' : unchanged ? 'unchanged' : 'imported'
    return {
      position: each.position,
      state,
      refresh_date: refreshDate,
      row_count: rows.read,
      import_id: ids.get(each.name) ?? null,
      ended_at,
    }
  })
  await saveSteps(context.db, key, changes)
  await planDays(leg)
}

/** The days to be asked for one by one are known once the backbone has told its refresh date. */
async function planDays({ context, key, run }: Leg): Promise<void> {
  if (!run.reaches_back) return
  const steps = await stepsOfRuns(context.db, [run])
  const refreshDate = steps.find(step => step.report === BACKBONE && step.day === null)?.refresh_date
  if (!refreshDate || steps.some(step => step.day !== null)) return
  await addSteps(context.db, key, steps.length, daysBack(refreshDate, todayOf(context)))
}

const unreadable = (file: string, message: string): ConnectionFinding => ({
  code: 'unreadable',
  severity: 'error',
  text: {
    en: `A report came and could not be read: ${file}: ${message}`,
    'pt-BR': `Um relatório chegou e não pôde ser lido: ${file}: ${message}`,
  },
  remedy: {
    en: 'It is asked for again the next night. If it stays so, report it with this text.',
    'pt-BR': 'Ele será pedido de novo na próxima noite. Se continuar assim, informe o problema com este texto.',
  },
})

/** Sets the rest down for when the service's limits allow it, with a job. */
async function waitFor(leg: Leg, waiting: readonly StepRow[]): Promise<RunEnd> {
  const { context, key, run, where, connection } = leg
  const [next = context.now().toISOString()] = waiting.flatMap(step => step.not_before ?? []).sort()
  const ended = (await stepsOfRuns(context.db, [run])).filter(step => step.state !== 'waiting')
  // What has come tells already how the connection fares.
  await saveFound(leg, ended.length === 0 ? connection.state : outcomeOf(ended, leg.trouble).connection, null, where)
  return context.db.transaction().execute(async trx => {
    const isOpen = await changeOpenRun(trx, key, { state: 'waiting', resumes_at: next, ended_at: null })
    if (!isOpen) return 'ended'
    await enqueueRun(trx, context, run, new Date(next))
    return 'waiting'
  })
}

async function finish(leg: Leg, steps: readonly StepRow[]): Promise<RunEnd> {
  const { context, key, run, where, trouble } = leg
  const outcome = outcomeOf(steps, trouble)
  const at = context.now().toISOString()
  const concealed = outcome.run === 'failed' ? null : ((await leg.graph.concealment()) ?? (await looksConcealed(leg)))
  await saveFound(leg, outcome.connection, concealed, where)
  if (run.reaches_back && steps.some(step => step.day !== null)) await markReachedBack(context.db, { ...where, runId: run.id }, at)
  // Last: who sees that it has ended sees what it found.
  await changeOpenRun(context.db, key, { state: outcome.run, resumes_at: null, ended_at: at })
  return 'ended'
}

/** As the files look, where the switch may not be read; null without any. */
async function looksConcealed({ context, where }: Leg): Promise<boolean | null> {
  const rows = await findCurrent(context.db, where)
  return rows.length === 0 ? null : rows.some(row => row.is_concealed)
}

/** What was found in the parts before stays beside what this one found; a run that begins leaves behind what others said. */
async function saveFound(leg: Leg, state: ConnectionState, concealed: boolean | null, where: TenantKey): Promise<void> {
  const { context, connection, isFirst, found } = leg
  const findings = findingsOf([...(isFirst ? [] : connection.findings), ...found])
  await saveStanding(context.db, where, connection.version, { state, findings, concealed, at: context.now().toISOString() })
}

async function end(context: ConnectingContext, run: RunRow, state: 'failed' | 'stopped'): Promise<RunEnd> {
  const key = { customerId: run.customer_id, runId: run.id }
  await changeOpenRun(context.db, key, { state, resumes_at: null, ended_at: context.now().toISOString() })
  return 'ended'
}

/** Ends a run that nothing helps any more, and says so at the connection. */
export async function giveUp(context: ConnectingContext, key: RunKey, finding: ConnectionFinding): Promise<void> {
  const run = await findRun(context.db, key)
  if (!run || run.ended_at !== null) return
  await end(context, run, 'failed')
  const where = { customerId: run.customer_id, tenantId: run.tenant_id }
  const connection = await findConnection(context.db, where)
  if (!connection) return
  const standing = { state: 'failed', findings: [finding], concealed: null, at: context.now().toISOString() } as const
  await saveStanding(context.db, where, connection.version, standing)
}
