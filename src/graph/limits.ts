import type { GraphLimits } from './types.ts'

const GIB = 1024 ** 3

/** Tries and waits: reference "usage reports" §3. A report of 100,000 people is some 35 MB; 4 GiB is beyond any tenant. */
export const USUAL_LIMITS: GraphLimits = { maxBytes: 4 * GIB, stallMs: 60_000, maxWaitMs: 60_000, maxTries: 5 }

/** For the way out that reports come by (`createDispatcher` of src/app/outgoing/guard.ts): the usual one is made for kilobytes. */
export const GRAPH_LIMITS = { connectMs: 10_000, idleMs: 60_000, totalMs: 60 * 60_000, answerBytes: 4 * GIB } as const
