import { ADMIN_SAMPLES, type Sample } from './admin-routes.samples.ts'
import { AUDIT_SAMPLES } from './audit-routes.samples.ts'
import { BLOCKER_SAMPLES } from './blocker-routes.samples.ts'
import { CALENDAR_SAMPLES } from './calendar-routes.samples.ts'
import { CONNECTION_SAMPLES } from './connection-routes.samples.ts'
import { CUSTOMER_SAMPLES } from './customer-routes.samples.ts'
import { DECISION_SAMPLES } from './decision-routes.samples.ts'
import { DECK_SAMPLES } from './deck-routes.samples.ts'
import { DISCUSSION_SAMPLES } from './discussion-routes.samples.ts'
import { EXPERT_REQUEST_SAMPLES } from './expert-request-routes.samples.ts'
import { HANDSHAKE_SAMPLES } from './handshake-routes.samples.ts'
import { ITEM_SAMPLES } from './item-routes.samples.ts'
import { MEETING_SAMPLES } from './meeting-routes.samples.ts'
import { MILESTONE_SAMPLES } from './milestone-routes.samples.ts'
import { NOTE_SAMPLES } from './note-routes.samples.ts'
import { NOTIFICATION_SAMPLES } from './notification-routes.samples.ts'
import { PORTFOLIO_SAMPLES } from './portfolio-routes.samples.ts'
import { REPORT_SAMPLES } from './report-routes.samples.ts'
import { REVIEW_RECORD_SAMPLES } from './review-record-routes.samples.ts'
import { REVIEW_SAMPLES } from './review-routes.samples.ts'
import { REVIEWS_BOARD_SAMPLES } from './reviews-board-routes.samples.ts'
import { SUCCESS_PLAN_SAMPLES } from './success-plan-routes.samples.ts'
import { SURVEY_SAMPLES } from './survey-routes.samples.ts'
import { ENTITLEMENTS } from './testing.ts'
import { TODAY_SAMPLES } from './today-routes.samples.ts'
import { USAGE_SAMPLES } from './usage-routes.samples.ts'

export const ITEM = encodeURIComponent('support-success-execution/csm-handshake/3731@teams')
export const status = (version: number) => ({ status: 'in-progress', version })
const NOBODY = '/customers/nobody'
export const HERE = '/customers/contoso'

/** One entry per route; a route without one fails a test below. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  ...ADMIN_SAMPLES,
  ...ITEM_SAMPLES,
  ...NOTE_SAMPLES,
  'get /session': { good: () => ({ path: '/session' }), bad: [], missing: [] },
  'get /portfolio': {
    good: () => ({ path: '/portfolio?sort=name&order=asc&limit=10' }),
    bad: [
      { path: '/portfolio?limit=0' },
      { path: '/portfolio?limit=201' },
      { path: '/portfolio?sort=password' },
      { path: '/portfolio?cursor=abc' },
    ],
    missing: [],
  },
  'get /customers/:id': { good: () => ({ path: HERE }), bad: [{ path: '/customers/Con_toso' }], missing: [{ path: NOBODY }] },
  'get /customers/:id/plan': {
    good: () => ({ path: `${HERE}/plan` }),
    bad: [{ path: '/customers/Con_toso/plan' }],
    missing: [{ path: `${NOBODY}/plan` }],
  },
  'put /customers/:id/items/:item': {
    good: async api => ({ path: `${HERE}/items/${ITEM}`, body: status(await api.version()) }),
    bad: [
      { path: `${HERE}/items/${ITEM}`, body: { status: 'finished', version: 0 } },
      { path: `${HERE}/items/${ITEM}`, body: { status: 'blocked', version: 0 } },
      { path: `${HERE}/items/${ITEM}`, body: { status: 'complete' } },
      { path: `${HERE}/items/${ITEM}`, body: { status: 'complete', version: 0, surprise: true } },
      { path: `${HERE}/items/${ITEM}`, body: { status: 'complete', version: 0, note: 'x'.repeat(4001) } },
    ],
    missing: [
      { path: `${NOBODY}/items/${ITEM}`, body: status(0) },
      { path: `${HERE}/items/no-such-item`, body: status(0) },
    ],
  },
  'delete /customers/:id/items/:item/status': {
    good: async api => ({ path: `${HERE}/items/${ITEM}/status?version=${await api.version()}` }),
    bad: [{ path: `${HERE}/items/${ITEM}/status` }, { path: `${HERE}/items/${ITEM}/status?version=new` }],
    missing: [{ path: `${NOBODY}/items/${ITEM}/status?version=0` }, { path: `${HERE}/items/no-such-item/status?version=0` }],
  },
  'put /customers/:id/facts': {
    good: async api => ({ path: `${HERE}/facts`, body: { name: 'csm.assigned', value: true, version: await api.version() } }),
    bad: [
      { path: `${HERE}/facts`, body: { name: 'csm.asigned', value: true, version: 0 } },
      { path: `${HERE}/facts`, body: { name: 'csm.assigned', value: 'perhaps', version: 0 } },
      { path: `${HERE}/facts`, body: { name: 'csm.assigned', value: true } },
      { path: `${HERE}/facts`, body: { name: 'csm.since', value: '2026-02-30', version: 0 } },
    ],
    missing: [{ path: `${NOBODY}/facts`, body: { name: 'csm.assigned', value: true, version: 0 } }],
  },
  'get /customers/:id/usage': {
    good: () => ({ path: `${HERE}/usage?days=90` }),
    bad: [{ path: `${HERE}/usage?days=0` }, { path: `${HERE}/usage?days=many` }],
    missing: [{ path: `${NOBODY}/usage` }],
  },
  'put /customers/:id/reports/:fileName': {
    good: () => ({ path: `${HERE}/reports/seats.csv?tenant=contoso-main&preview=true`, file: ENTITLEMENTS }),
    bad: [
      { path: `${HERE}/reports/seats.csv`, file: ENTITLEMENTS },
      { path: `${HERE}/reports/seats.csv?tenant=../x`, file: ENTITLEMENTS },
      { path: `${HERE}/reports/${encodeURIComponent('../../etc/passwd')}?tenant=contoso-main`, file: ENTITLEMENTS },
      { path: `${HERE}/reports/seats.csv?tenant=contoso-main&preview=maybe`, file: ENTITLEMENTS },
    ],
    missing: [{ path: `${NOBODY}/reports/seats.csv?tenant=contoso-main`, file: ENTITLEMENTS }],
  },
  'get /customers/:id/explain': {
    good: () => ({ path: `${HERE}/explain?gate=review` }),
    bad: [{ path: `${HERE}/explain` }, { path: `${HERE}/explain?gate=review&item=x` }],
    missing: [
      { path: `${NOBODY}/explain?gate=review` },
      { path: `${HERE}/explain?gate=no-such-gate` },
      { path: `${HERE}/explain?item=no-such-item` },
    ],
  },
  'get /customers/:id/events': {
    good: () => ({ path: `${HERE}/events?limit=5` }),
    bad: [{ path: `${HERE}/events?limit=1000` }, { path: `${HERE}/events?before=0` }],
    missing: [{ path: `${NOBODY}/events` }],
  },
  'get /playbooks/current': { good: () => ({ path: '/playbooks/current' }), bad: [], missing: [] },
  'get /playbooks/current/pages/:process': {
    good: () => ({ path: '/playbooks/current/pages/conduct-success-review?locale=pt-BR' }),
    bad: [{ path: `/playbooks/current/pages/conduct-success-review?locale=${'x'.repeat(36)}` }],
    missing: [{ path: '/playbooks/current/pages/no-such-page' }],
  },
  ...AUDIT_SAMPLES,
  ...BLOCKER_SAMPLES,
  ...DECISION_SAMPLES,
  ...DECK_SAMPLES,
  ...DISCUSSION_SAMPLES,
  ...REVIEWS_BOARD_SAMPLES,
  ...CALENDAR_SAMPLES,
  ...CONNECTION_SAMPLES,
  ...CUSTOMER_SAMPLES,
  ...HANDSHAKE_SAMPLES,
  ...SURVEY_SAMPLES,
  ...EXPERT_REQUEST_SAMPLES,
  ...MEETING_SAMPLES,
  ...MILESTONE_SAMPLES,
  ...REPORT_SAMPLES,
  ...REVIEW_SAMPLES,
  ...NOTIFICATION_SAMPLES,
  ...PORTFOLIO_SAMPLES,
  ...SUCCESS_PLAN_SAMPLES,
  ...REVIEW_RECORD_SAMPLES,
  ...TODAY_SAMPLES,
  ...USAGE_SAMPLES,
}

export const nameOf = (route: { method: string; path: string }) => `${route.method} ${route.path}`
