import { fetchConcealment, fetchSubscribedSkus } from './directory.ts'
import { type Asking, fetchReport } from './report.ts'
import { testConnection } from './test-connection.ts'
import { openTokens } from './token.ts'
import type { Graph, GraphParts, GraphTarget } from './types.ts'

/** Reads the usage reports of one tenant. Asks nothing until asked; keeps one token, in memory. */
export function openGraph(target: GraphTarget, parts: GraphParts): Graph {
  const asking: Asking = { hosts: target.hosts, tokens: openTokens(target, parts), parts, moved: new Set() }
  return {
    report: (request, toPath) => fetchReport(asking, request, toPath),
    subscribedSkus: () => fetchSubscribedSkus(asking),
    concealment: async () => {
      const told = await fetchConcealment(asking)
      return typeof told === 'boolean' ? told : null
    },
    test: () => testConnection(asking, target.credential),
  }
}
