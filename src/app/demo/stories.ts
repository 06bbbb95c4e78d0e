import {
  addMetric,
  addService,
  alignCsm,
  belowTarget,
  type Draft,
  dayAgo,
  mark,
  markStep,
  moveToReview,
  notActivated,
  onlyServices,
  reviewHeld,
  serviceOf,
  setLevel,
} from './draft.ts'

/**
 * One story per state that a person should be able to meet in the demo. `share` is how often the story
 * comes again in a larger portfolio.
 */
export type Story = Readonly<{ id: string; share: number; tell: (draft: Draft) => void }>

const EXECUTION = 'support-success-execution'
const MODERN = ['teams', 'yammer', 'outlook-mobile'] as const

const story = (id: string, share: number, tell: Story['tell']): Story => ({ id, share, tell })

/** Assigned, nothing switched on yet. */
function atKickoff(draft: Draft, assignedAgo: number): void {
  draft.assignedAgo = assignedAgo
  draft.tasks = []
  draft.steps = []
  for (const service of draft.services.values()) notActivated(service)
}

function handshakes(draft: Draft, state: 'none' | 'offered' | 'accepted' | 'declined'): void {
  const csm = alignCsm(draft)
  for (const id of MODERN) {
    const service = serviceOf(draft, id)
    service.handshake = state
    service.owner = state === 'accepted' ? csm.name : state === 'declined' ? draft.manager.name : null
  }
}

function slowOffice(draft: Draft, decision?: 'proposed' | 'accepted' | 'rejected'): void {
  setLevel(serviceOf(draft, 'office-proplus'), draft.chance.int(3, 8))
  if (decision) draft.accelerators = { 'office-proplus': decision }
}

export const STORIES: readonly Story[] = [
  // Kick-off
  story('rfa-just-assigned', 3, draft => {
    atKickoff(draft, 1)
    draft.initiatives = ['rfa']
    draft.csm = 'unknown'
  }),
  story('kickoff-under-way', 3, draft => {
    atKickoff(draft, 9)
    draft.initiatives = ['targeting']
    mark(draft, '3979', 'complete', { ago: 8 })
    mark(draft, '3616', 'in-progress', { ago: 3 })
    markStep(draft, 'conduct-customer-kickoff/confirm-dibs', 'complete', { ago: 2, service: 'exchange' })
    markStep(draft, 'conduct-customer-kickoff/capture-ssat', 'in-progress', { ago: 2 })
  }),
  story('first-services-on', 4, draft => {
    draft.assignedAgo = 46
    for (const service of draft.services.values()) notActivated(service)
    for (const [id, ago] of [
      ['exchange', 12],
      ['teams', 8],
    ] as const) {
      const service = addService(draft, id)
      service.activatedAgo = ago
      service.trend = 'rise'
      setLevel(service, id === 'teams' ? 6 : 14)
    }
  }),
  story('no-services', 1, draft => {
    draft.services.clear()
    draft.tasks = []
    draft.steps = []
  }),

  // The review gate
  story('gate-met-by-usage', 10, () => {}),
  story('gate-met-by-metrics', 3, draft => {
    belowTarget(draft)
    addMetric(draft, { name: 'Tickets solved by self-service, %', baseline: 5, target: 40, current: 42, ago: 9 })
    addMetric(draft, { name: 'Travel cost per month, thousands', baseline: 310, target: 200, current: 188, direction: 'down', ago: 21 })
  }),
  story('gate-not-met', 9, belowTarget),
  story('one-service-short', 9, draft => setLevel(serviceOf(draft, 'yammer'), draft.chance.int(3, 9))),
  story('exactly-ten-percent', 1, draft => {
    onlyServices(draft, 'exchange', 'teams', 'onedrive')
    Object.assign(serviceOf(draft, 'teams'), { entitled: 10_000, active: 1000, trend: 'rise' })
  }),
  story('one-user-short', 1, draft => {
    onlyServices(draft, 'exchange', 'teams', 'onedrive')
    Object.assign(serviceOf(draft, 'teams'), { entitled: 10_000, active: 999, trend: 'rise' })
  }),
  story('stale-feed', 5, draft => {
    const ago = draft.chance.int(17, 48)
    for (const service of draft.services.values()) service.reportAgo = ago
  }),
  story('one-report-stale', 3, draft => {
    serviceOf(draft, 'sharepoint').reportAgo = 15
  }),
  story('report-just-fresh-enough', 1, draft => {
    serviceOf(draft, 'sharepoint').reportAgo = 14
  }),
  story('empty-report', 3, draft => {
    const yammer = serviceOf(draft, 'yammer')
    yammer.reportAgo = 9
    yammer.emptyReportAgo = 2
  }),
  story('concealed-names', 4, draft => {
    draft.concealed = true
  }),
  story('seats-unknown', 3, draft => {
    for (const id of ['teams', 'onedrive']) serviceOf(draft, id).entitled = null
  }),
  story('reports-to-import', 1, draft => {
    draft.segment = 'small-business'
    draft.seats = 240
    draft.concealed = false
    onlyServices(draft, 'exchange', 'teams', 'onedrive')
    for (const service of draft.services.values()) Object.assign(service, { entitled: 240, reportAgo: 33, trend: 'rise' })
    setLevel(serviceOf(draft, 'exchange'), 45)
    setLevel(serviceOf(draft, 'teams'), 18)
    setLevel(serviceOf(draft, 'onedrive'), 9)
  }),
  story('over-hundred-percent', 1, draft => {
    const exchange = serviceOf(draft, 'exchange')
    exchange.active = Math.round((exchange.entitled ?? 0) * 1.06)
  }),
  story('no-seats-at-all', 1, draft => {
    Object.assign(serviceOf(draft, 'yammer'), { entitled: 0, active: 0 })
  }),
  story('partly-activated', 4, draft => {
    for (const id of ['yammer', 'outlook-mobile']) notActivated(serviceOf(draft, id))
  }),
  story('not-intended', 3, draft => {
    const yammer = serviceOf(draft, 'yammer')
    yammer.intended = false
    setLevel(yammer, 2)
  }),
  story('own-targets', 2, draft => {
    draft.thresholds = { activeUsagePercent: 8 }
    serviceOf(draft, 'teams').threshold = 40
    setLevel(serviceOf(draft, 'yammer'), 9)
  }),
  story('gate-lost-again', 2, draft => {
    moveToReview(draft, 24)
    const teams = serviceOf(draft, 'teams')
    teams.trend = 'fall'
    setLevel(teams, 8)
  }),
  story('review-forced', 1, draft => {
    belowTarget(draft)
    moveToReview(draft, 12, 'The sponsor leaves at the end of the quarter and asked for the review now.')
  }),

  // Own success metrics
  story('metrics-not-met', 3, draft => {
    belowTarget(draft)
    addMetric(draft, { name: 'Meetings held without travel, %', baseline: 20, target: 60, current: 37, ago: 11 })
    addMetric(draft, { name: 'Days to answer a citizen', baseline: 14, target: 5, current: 5, ago: 11 })
  }),
  story('metrics-too-old', 2, draft => {
    belowTarget(draft)
    addMetric(draft, { name: 'Invoices approved on a phone, %', baseline: 0, target: 25, current: 31, ago: 140 })
  }),
  story('metrics-never-read', 2, draft => {
    belowTarget(draft)
    addMetric(draft, { name: 'Shared drives retired', baseline: 0, target: 12 })
  }),

  // Customer success managers
  story('csm-unknown', 3, draft => {
    draft.csm = 'unknown'
    for (const id of MODERN) serviceOf(draft, id).owner = undefined
  }),
  story('csm-no-handshake-yet', 4, draft => handshakes(draft, 'none')),
  story('csm-handshake-offered', 4, draft => handshakes(draft, 'offered')),
  story('csm-handshake-accepted', 5, draft => {
    handshakes(draft, 'accepted')
    mark(draft, '3731', 'complete', { service: 'teams' })
    mark(draft, '3732', 'complete', { service: 'yammer' })
    mark(draft, '3733', 'complete', { service: 'outlook-mobile' })
  }),
  story('csm-handshake-declined', 3, draft => {
    handshakes(draft, 'declined')
    mark(draft, '3731', 'complete', { service: 'teams', note: 'Declined: no capacity before spring.' })
  }),
  story('service-nobody-owns', 2, draft => {
    serviceOf(draft, 'yammer').owner = null
  }),

  // Programs and accelerators
  story('program-offered', 2, draft => {
    draft.programs = { 'onedrive-adoption': 'offered' }
  }),
  story('program-agreed', 3, draft => {
    draft.programs = { 'onedrive-adoption': 'agreed' }
    mark(draft, '3740', 'complete', { service: 'onedrive' })
    mark(draft, '3741', 'in-progress', { service: 'onedrive' })
  }),
  story('program-declined', 2, draft => {
    draft.programs = { 'onedrive-adoption': 'declined' }
  }),
  story('accelerator-due', 3, draft => slowOffice(draft)),
  story('accelerator-proposed', 2, draft => slowOffice(draft, 'proposed')),
  story('accelerator-accepted', 2, draft => slowOffice(draft, 'accepted')),
  story('accelerator-rejected', 2, draft => slowOffice(draft, 'rejected')),

  // Work that is held up
  story('work-held-up', 3, draft => {
    belowTarget(draft)
    const held = [
      ['success-check-ins', 'exchange', 'blocked', 'technical-customer', 'Mail still flows through the old gateway.'],
      ['success-check-ins', 'teams', 'paused', 'business', 'Merger announced; resumes after the vote.'],
      ['success-check-ins', 'sharepoint', 'deferred', 'customer', 'Intranet relaunch moved to next quarter.'],
      ['adoption-tracking', 'exchange', 'warning', 'technical-vendor', 'Usage dashboard shows no data for one region.'],
      ['adoption-tracking', 'onedrive', 'not-required', 'customer', 'Has a dashboard of its own.'],
      ['adoption-tracking', 'teams', 'cancelled', 'other', 'Entered twice.'],
      ['adoption-tracking', 'sharepoint', 'blocked', 'pending-remediation', 'Waits for the permissions clean-up.'],
    ] as const
    for (const [step, service, status, reason, note] of held) markStep(draft, `${EXECUTION}/${step}`, status, { service, reason, note })
  }),
  story('check-ins-done', 5, draft => {
    for (const service of draft.services.keys())
      markStep(draft, `${EXECUTION}/success-check-ins`, draft.chance.is(70) ? 'complete' : 'in-progress', { service })
    serviceOf(draft, 'onedrive').active = Math.floor((serviceOf(draft, 'onedrive').entitled ?? 0) * 0.07)
  }),

  // Several tenants
  story('three-tenants', 3, draft => {
    draft.tenants = 3
  }),
  story('one-tenant-silent-but-enough', 2, draft => {
    draft.tenants = 2
    draft.silentTenant = 1
    for (const service of draft.services.values()) setLevel(service, draft.chance.int(30, 60))
  }),
  story('one-tenant-silent', 2, draft => {
    draft.tenants = 2
    draft.silentTenant = 1
    for (const service of draft.services.values()) setLevel(service, draft.chance.int(30, 60))
    setLevel(serviceOf(draft, 'yammer'), 6)
  }),

  // The success review
  story('review-to-hold', 3, draft => moveToReview(draft, 6)),
  story('review-held-questions-open', 2, draft => {
    moveToReview(draft, 15)
    draft.review = { outcomes: [], meetingHeldOn: dayAgo(draft, 1) }
  }),
  story('review-without-outcome', 3, draft => reviewHeld(draft, 8, [])),
  story('outcome-value-discussion', 3, draft => {
    reviewHeld(draft, 30, ['business-value-discussion'])
    draft.review = { ...draft.review, wantsMore: true }
  }),
  story('outcome-activate-workloads', 2, draft => {
    reviewHeld(draft, 41, ['activate-workloads'])
    draft.review = { ...draft.review, wantsMore: true }
    notActivated(serviceOf(draft, 'copilot'))
  }),
  story('outcome-hand-over-to-csm', 3, draft => {
    handshakes(draft, 'accepted')
    reviewHeld(draft, 35, ['transition-to-csm'])
    draft.review = { ...draft.review, readyForMaintenance: true }
    draft.survey = { completed: true }
  }),
  story('outcome-disengage', 2, draft => {
    reviewHeld(draft, 52, ['disengage'])
    draft.review = { ...draft.review, readyForMaintenance: true }
  }),
  story('outcomes-both-ways', 2, draft => {
    alignCsm(draft)
    reviewHeld(draft, 18, ['business-value-discussion', 'transition-to-csm'])
    draft.review = { ...draft.review, wantsMore: true, wantsUsageReports: true, readyForMaintenance: false }
  }),
  story('usage-reports-discussed', 1, draft => {
    reviewHeld(draft, 20, ['disengage'])
    draft.review = { ...draft.review, wantsUsageReports: true }
    draft.history = { measuringSuccessDiscussed: true }
  }),
  story('in-maintenance', 4, draft => {
    reviewHeld(draft, 90, ['disengage'])
    draft.review = { ...draft.review, readyForMaintenance: true }
    draft.survey = { completed: true }
    draft.transitions.push({ to: 'maintenance', on: dayAgo(draft, 80), by: draft.manager.name })
  }),
  story('second-cycle', 2, draft => {
    reviewHeld(draft, 70, ['activate-workloads'])
    draft.review = { ...draft.review, wantsMore: true }
    draft.transitions.push({ to: 'conduct-customer-kickoff', on: dayAgo(draft, 60), by: draft.manager.name })
    notActivated(serviceOf(draft, 'copilot'))
  }),
  // Nobody is active in the newest report where many were in the one before, which is hardly the truth. Last, so that the others stay who they are.
  story('sudden-zero', 0, draft => {
    serviceOf(draft, 'teams').suddenZero = true
  }),
]
