/** Every report, in the order in which they are listed. */
export const REPORTS = [
  { id: 'milestones', to: '/reports/milestones' },
  { id: 'at-risk', to: '/reports/at-risk' },
  { id: 'silent', to: '/reports/silent' },
  { id: 'past-due', to: '/reports/past-due' },
  { id: 'handshakes', to: '/reports/handshakes' },
  { id: 'forecasts', to: '/reports/forecasts' },
  { id: 'blockers', to: '/reports/blockers' },
  { id: 'load', to: '/reports/load' },
  { id: 'survey', to: '/reports/survey' },
] as const
