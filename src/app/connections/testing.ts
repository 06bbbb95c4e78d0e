import type { Calendars, Failure, Graph } from '../../graph/types.ts'
import { type Connecting, cloudsWith } from './connecting.ts'

const NOBODY: Failure = {
  state: 'unreachable',
  finding: { code: 'unreachable', severity: 'error', text: { en: 'Nobody answers.', 'pt-BR': 'Ninguém responde.' }, remedy: null },
}

const SILENT: Graph = {
  report: async () => NOBODY,
  subscribedSkus: async () => NOBODY,
  concealment: async () => null,
  test: async () => ({ state: 'unreachable', concealed: null, findings: [NOBODY.finding] }),
}

const SILENT_CALENDARS: Calendars = {
  create: async () => NOBODY,
  change: async () => NOBODY,
  cancel: async () => NOBODY,
  occurrence: async () => NOBODY,
  responses: async () => NOBODY,
  test: async () => ({ state: 'unreachable', concealed: null, findings: [NOBODY.finding] }),
}

/** For tests that ask Microsoft nothing: nobody answers. */
export const NO_GRAPH: Connecting = { clouds: cloudsWith(null), open: () => SILENT, calendars: () => SILENT_CALENDARS }
