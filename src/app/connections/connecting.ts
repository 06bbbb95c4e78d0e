import { setTimeout as delay } from 'node:timers/promises'
import { openCalendars } from '../../graph/calendar.ts'
import { hostsOf } from '../../graph/clouds.ts'
import { openGraph } from '../../graph/graph.ts'
import { GRAPH_LIMITS } from '../../graph/limits.ts'
import type { Budget, Calendars, Credential, Graph, GraphParts } from '../../graph/types.ts'
import { CLOUDS, type Cloud } from '../../model/usage-api.ts'
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import { guardedFetch } from '../outgoing/guard.ts'

/** A tenant as Microsoft Graph is asked for it. */
export type Target = Readonly<{ cloud: Cloud; directory: string; clientId: string; credential: Credential }>

/** The way to Microsoft Graph. */
export type Connecting = Readonly<{
  /** Clouds that a tenant may be in; the simulator is one only where it is set up. */
  clouds: readonly Cloud[]
  /** `budget` gives leave for each request of a report. */
  open: (target: Target, budget: Budget) => Graph
  /** The calendars of the organization's own tenant. */
  calendars: (target: Target) => Calendars
}>

/** What connections and their runs need. */
export type ConnectingContext = Context & Readonly<{ graph: Connecting }>

/** Asks through a guarded way out with the limits of reports; the simulator alone is reached though it is on this machine. */
export function connecting(
  { simulator, allowHosts, graphDownloads }: Pick<Config, 'simulator' | 'allowHosts' | 'graphDownloads'>,
  { now, log }: Context,
): Connecting {
  const { toClouds, toSimulator } = waysOut({ simulator, allowHosts })
  const targetOf = ({ cloud, ...target }: Target) => ({ ...target, hosts: hostsOf(cloud, simulator, graphDownloads) })
  const partsOf = (cloud: Cloud, budget: Budget): GraphParts => ({
    fetch: cloud === 'simulator' ? toSimulator : toClouds,
    now: () => now().getTime(),
    wait: ms => delay(ms),
    random: Math.random,
    budget,
    log: (message, details) => log('warn', message, details),
  })
  const mailboxes = mailboxBudget(() => now().getTime())
  return {
    clouds: cloudsWith(simulator),
    open: (target, budget) => openGraph(targetOf(target), partsOf(target.cloud, budget)),
    calendars: target => openCalendars(targetOf(target), partsOf(target.cloud, mailboxes)),
  }
}

/** Requests about one mailbox in ten minutes: a fifth of what the service allows, as other programs and processes want theirs. */
const MAILBOX_ALLOWANCE = { count: 2000, ms: 10 * 60_000 } as const

/** Counts by mailbox, in this process. */
export function mailboxBudget(now: () => number, { count, ms } = MAILBOX_ALLOWANCE): Budget {
  const taken = new Map<string, number[]>()
  return {
    take: async mailbox => {
      const recent = (taken.get(mailbox) ?? []).filter(at => at > now() - ms)
      taken.set(mailbox, recent)
      const [oldest] = recent
      if (oldest !== undefined && recent.length >= count) return { ok: false, at: oldest + ms }
      recent.push(now())
      return { ok: true }
    },
  }
}

/** One way for each: what is let in for the simulator is not let in for whatever a link of Microsoft's cloud names. */
export function waysOut({ simulator, allowHosts }: Pick<Config, 'simulator' | 'allowHosts'>) {
  const to = (hosts: readonly string[]) => guardedFetch({ allowHosts: hosts, limits: GRAPH_LIMITS })
  const toClouds = to(allowHosts)
  return { toClouds, toSimulator: simulator === null ? toClouds : to([...allowHosts, new URL(simulator).hostname]) }
}

/** The simulator is no cloud that anybody may choose unless it is set up. */
export const cloudsWith = (simulator: string | null): readonly Cloud[] =>
  CLOUDS.filter(cloud => cloud !== 'simulator' || simulator !== null)
