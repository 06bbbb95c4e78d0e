import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { accountQuery } from './account/queries.ts'
import { AuditSearch, ConnectionsSearch, CustomersSearch, ListsSearch, MailSearch, PeopleSearch } from './admin/search.ts'
import { firstSection } from './admin/sections.ts'
import { blockerReportQuery, blockersQuery } from './blockers/queries.ts'
import { BlockerReportSearch, BlockersSearch } from './blockers/search.ts'
import { customerQuery, planQuery } from './customer/queries.ts'
import { CustomerSearch, PlanSearch } from './customer/search.ts'
import { mergedInto } from './customers/merged-into.ts'
import { detailsQuery } from './customers/queries.ts'
import { decisionsQuery } from './decisions/queries.ts'
import { NotFoundPage, RouteError, RoutePending } from './frame/RouteStates.tsx'
import { withTexts } from './i18n.ts'
import { customerMeetingsQuery } from './meetings/queries.ts'
import { CustomerMeetingsSearch, MeetingsSearch } from './meetings/search.ts'
import { FindSearch, NotesSearch } from './notes/search.ts'
import { customerPeopleQuery } from './people/queries.ts'
import { keptFilters } from './plan/kept-filters.ts'
import { pageQuery, playbookQuery } from './playbooks/queries.ts'
import { PageSearch } from './playbooks/search.ts'
import { firstWindowQuery } from './portfolio/queries.ts'
import { PortfolioSearch } from './portfolio/search.ts'
import { viewsQuery } from './portfolio/views.ts'
import { atRiskQuery, forecastsQuery, milestonesQuery, pastDueQuery, silentQuery, waitingQuery } from './reports/queries.ts'
import {
  AtRiskSearch,
  ForecastsSearch,
  LoadSearch,
  MilestonesSearch,
  PastDueSearch,
  SilentSearch,
  WaitingSearch,
} from './reports/search.ts'
import { expertRequestsQuery } from './requests/experts/queries.ts'
import { customerHandshakesQuery, handshakesQuery } from './requests/queries.ts'
import { RequestsSearch } from './requests/search.ts'
import { deckQuery } from './review/deck/queries.ts'
import { reviewQuery } from './review/outcome/queries.ts'
import { recordQuery } from './review/record/queries.ts'
import { ReviewSearch } from './review/search.ts'
import { reviewsQuery } from './reviews/queries.ts'
import { ReviewsSearch } from './reviews/search.ts'
import { sessionQuery } from './session/queries.ts'
import { SignInSearch } from './session/search.ts'
import { takeSecret } from './session/secrets.ts'
import { successQuery } from './success-plan/queries.ts'
import { surveyReportQuery } from './surveys/queries.ts'
import { SurveySearch } from './surveys/search.ts'
import { TimelineSearch } from './timeline/search.ts'
import { TodaySearch } from './today/search.ts'
import { alertsQuery, targetsQuery, usageQuery } from './usage/queries.ts'
import { UsageSearch } from './usage/search.ts'

/** The map of the site. Filters, tabs and the open explanation are search parameters, so every state can be linked to. */

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Outlet, notFoundComponent: NotFoundPage })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: SignInSearch,
  beforeLoad: async ({ context, search }) => {
    const { person, needsSetup } = await context.client.ensureQueryData(sessionQuery)
    if (person) throw redirect({ href: search.to ?? '/' })
    if (needsSetup) throw redirect({ to: '/setup' })
  },
  component: lazyRouteComponent(() => withTexts(import('./session/SignInPage.tsx'), 'sign-in'), 'SignInPage'),
})

const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  loader: ({ context }) => context.client.ensureQueryData(sessionQuery),
  component: lazyRouteComponent(() => withTexts(import('./session/ForgotPage.tsx'), 'sign-in'), 'ForgotPage'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  beforeLoad: () => {
    if (takeSecret('/reset', 'token', window.location)) throw redirect({ to: '/reset', replace: true })
  },
  component: lazyRouteComponent(() => withTexts(import('./session/ResetPage.tsx'), 'sign-in'), 'ResetPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  beforeLoad: () => {
    if (takeSecret('/invitation', 'token', window.location)) throw redirect({ to: '/invitation', replace: true })
  },
  component: lazyRouteComponent(() => withTexts(import('./session/InvitationPage.tsx'), 'sign-in'), 'InvitationPage'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: () => {
    if (takeSecret('/setup', 'code', window.location)) throw redirect({ to: '/setup', replace: true })
  },
  loader: ({ context }) => context.client.ensureQueryData(sessionQuery),
  component: lazyRouteComponent(() => withTexts(import('./setup/SetupPage.tsx'), 'setup', 'sign-in'), 'SetupPage'),
})

const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  beforeLoad: async ({ context, location }) => {
    const { person } = await context.client.ensureQueryData(sessionQuery)
    if (!person) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } })
  },
  component: lazyRouteComponent(() => import('./frame/Frame.tsx'), 'Frame'),
})

const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/today' })
  },
})

const today = createRoute({
  getParentRoute: () => frame,
  path: '/today',
  validateSearch: TodaySearch,
  component: lazyRouteComponent(() => withTexts(import('./today/TodayPage.tsx'), 'today'), 'TodayPage'),
})

const portfolio = createRoute({
  getParentRoute: () => frame,
  path: '/portfolio',
  validateSearch: PortfolioSearch,
  beforeLoad: async ({ context, search, cause }) => {
    // Only who comes without saying how: a link shows what it says, and filters that were cleared stay cleared.
    if (cause !== 'enter' || Object.values(search).some(value => value !== undefined)) return
    const { views, default: chosen } = await context.client.ensureQueryData(viewsQuery)
    const view = views.find(each => each.id === chosen)
    if (view) throw redirect({ to: '/portfolio', search: PortfolioSearch(view.search), replace: true })
  },
  loaderDeps: ({ search }) => search,
  // Not awaited: the grid draws its own grey rows while the first window is on its way.
  loader: ({ context, deps }) => void context.client.prefetchQuery(firstWindowQuery(deps)),
  component: lazyRouteComponent(() => withTexts(import('./portfolio/PortfolioPage.tsx'), 'list'), 'PortfolioPage'),
})

const customer = createRoute({
  getParentRoute: () => frame,
  path: '/customers/$customer',
  validateSearch: CustomerSearch,
  loader: ({ context, params, location }) =>
    context.client.ensureQueryData(customerQuery(params.customer)).catch((error: unknown) => {
      const into = mergedInto(error)
      // Links to a customer that was merged lead to where it went.
      throw into === undefined
        ? error
        : redirect({ href: location.href.replace(`/customers/${params.customer}`, `/customers/${encodeURIComponent(into)}`) })
    }),
  component: lazyRouteComponent(() => import('./customer/CustomerPage.tsx'), 'CustomerPage'),
})

const customerHome = createRoute({
  getParentRoute: () => customer,
  path: '/',
  beforeLoad: ({ params, search }) => {
    throw redirect({ to: '/customers/$customer/plan', params, search })
  },
})

const plan = createRoute({
  getParentRoute: () => customer,
  path: '/plan',
  validateSearch: PlanSearch,
  beforeLoad: async ({ context, params, search, cause }) => {
    // Only who comes without saying how: a link shows what it says, and what was cleared stays cleared.
    if (cause !== 'enter' || Object.values(search).some(value => value !== undefined)) return
    const kept = await keptFilters(context.client)
    if (Object.values(kept).some(value => value !== undefined))
      throw redirect({ to: '/customers/$customer/plan', params, search: kept, replace: true })
  },
  // The plan does without its handshakes; but what is there comes with it and moves nothing.
  loader: ({ context, params }) =>
    Promise.all([
      context.client.ensureQueryData(planQuery(params.customer)),
      context.client.prefetchQuery(customerHandshakesQuery(params.customer)),
      context.client.prefetchQuery(decisionsQuery(params.customer)),
    ]),
  component: lazyRouteComponent(() => withTexts(import('./plan/PlanPage.tsx'), 'decisions', 'items', 'requests'), 'PlanPage'),
})

const usage = createRoute({
  getParentRoute: () => customer,
  path: '/usage',
  validateSearch: UsageSearch,
  loaderDeps: ({ search }) => ({ knownOn: search.knownOn }),
  // Figures do without targets and alerts, so a failure of those is told beside them; but what is there comes with them and moves nothing.
  loader: ({ context, params, deps }) =>
    Promise.all([
      context.client.ensureQueryData(usageQuery(params.customer, deps.knownOn)),
      context.client.prefetchQuery(targetsQuery(params.customer)),
      context.client.prefetchQuery(alertsQuery),
    ]),
  component: lazyRouteComponent(() => withTexts(import('./usage/UsagePage.tsx'), 'usage', 'sources', 'alerts'), 'UsagePage'),
})

const blockers = createRoute({
  getParentRoute: () => customer,
  path: '/blockers',
  validateSearch: BlockersSearch,
  loader: ({ context, params }) =>
    Promise.all([
      context.client.ensureQueryData(blockersQuery(params.customer)),
      context.client.ensureQueryData(planQuery(params.customer)),
    ]),
  component: lazyRouteComponent(() => withTexts(import('./blockers/BlockersPage.tsx'), 'blockers', 'decisions'), 'BlockersPage'),
})

const customerMeetings = createRoute({
  getParentRoute: () => customer,
  path: '/meetings',
  validateSearch: CustomerMeetingsSearch,
  loader: ({ context, params }) =>
    Promise.all([
      context.client.ensureQueryData(customerMeetingsQuery(params.customer)),
      context.client.ensureQueryData(planQuery(params.customer)),
    ]),
  component: lazyRouteComponent(() => withTexts(import('./meetings/CustomerMeetingsPage.tsx'), 'meetings'), 'CustomerMeetingsPage'),
})

const review = createRoute({
  getParentRoute: () => customer,
  path: '/review',
  validateSearch: ReviewSearch,
  loader: ({ context, params }) =>
    Promise.all([
      context.client.ensureQueryData(reviewQuery(params.customer)),
      context.client.ensureQueryData(planQuery(params.customer)),
      // The page does without it; but what is there comes with it and moves nothing.
      context.client.prefetchQuery(recordQuery(params.customer)),
    ]),
  component: lazyRouteComponent(() => withTexts(import('./review/ReviewPage.tsx'), 'review', 'decisions'), 'ReviewPage'),
})

const reviewDeck = createRoute({
  getParentRoute: () => customer,
  path: '/review/deck',
  loader: ({ context, params }) => context.client.ensureQueryData(deckQuery(params.customer)),
  component: lazyRouteComponent(() => withTexts(import('./review/deck/DeckPage.tsx'), 'deck'), 'DeckPage'),
})

const customerPeople = createRoute({
  getParentRoute: () => customer,
  path: '/people',
  loader: ({ context, params }) =>
    Promise.all([
      context.client.ensureQueryData(customerPeopleQuery(params.customer)),
      context.client.prefetchQuery(customerHandshakesQuery(params.customer)),
    ]),
  component: lazyRouteComponent(
    () => withTexts(import('./people/PeoplePage.tsx'), 'people', 'requests', 'contacts', 'customers'),
    'PeoplePage',
  ),
})

const success = createRoute({
  getParentRoute: () => customer,
  path: '/success',
  loader: ({ context, params }) => context.client.ensureQueryData(successQuery(params.customer)),
  component: lazyRouteComponent(() => withTexts(import('./success-plan/SuccessPage.tsx'), 'success'), 'SuccessPage'),
})

const timeline = createRoute({
  getParentRoute: () => customer,
  path: '/timeline',
  validateSearch: TimelineSearch,
  // Names of services and of customers merged into this one; the events are on their way meanwhile.
  loader: ({ context: { client }, params: { customer } }) =>
    Promise.all([client.ensureQueryData(planQuery(customer)), client.ensureQueryData(detailsQuery(customer))]),
  component: lazyRouteComponent(() => withTexts(import('./timeline/TimelinePage.tsx'), 'timeline'), 'TimelinePage'),
})

const customerNotes = createRoute({
  getParentRoute: () => customer,
  path: '/notes',
  validateSearch: NotesSearch,
  component: lazyRouteComponent(() => withTexts(import('./notes/NotesPage.tsx'), 'notes'), 'NotesPage'),
})

const search = createRoute({
  getParentRoute: () => frame,
  path: '/search',
  validateSearch: FindSearch,
  component: lazyRouteComponent(() => withTexts(import('./notes/SearchPage.tsx'), 'notes'), 'SearchPage'),
})

const meetings = createRoute({
  getParentRoute: () => frame,
  path: '/meetings',
  validateSearch: MeetingsSearch,
  // The filters stand while the meetings are on their way.
  component: lazyRouteComponent(() => withTexts(import('./meetings/MeetingsPage.tsx'), 'meetings'), 'MeetingsPage'),
})

const requests = createRoute({
  getParentRoute: () => frame,
  path: '/requests',
  validateSearch: RequestsSearch,
  loaderDeps: ({ search }) => search,
  // Not awaited: the filters stand while the list is on its way.
  loader: ({ context, deps }) => {
    const isExperts = deps.list === 'experts'
    if (deps.box !== 'load') {
      void (isExperts
        ? context.client.prefetchInfiniteQuery(expertRequestsQuery(deps))
        : context.client.prefetchInfiniteQuery(handshakesQuery(deps)))
    }
    // Its filters stand at once too.
    return isExperts ? withTexts(import('./requests/experts/ExpertRequests.tsx'), 'experts', 'requests').then(() => undefined) : undefined
  },
  component: lazyRouteComponent(() => withTexts(import('./requests/RequestsPage.tsx'), 'requests'), 'RequestsPage'),
})

const reviews = createRoute({
  getParentRoute: () => frame,
  path: '/reviews',
  validateSearch: ReviewsSearch,
  loaderDeps: ({ search: { q, segment, mine } }) => ({ q, segment, mine }),
  // Not awaited: the filters stand while the board is on its way.
  loader: ({ context, deps }) => void context.client.prefetchQuery(reviewsQuery(deps)),
  component: lazyRouteComponent(() => withTexts(import('./reviews/ReviewsPage.tsx'), 'reviews'), 'ReviewsPage'),
})

const playbooks = createRoute({
  getParentRoute: () => frame,
  path: '/playbooks',
  loader: ({ context }) => context.client.ensureQueryData(playbookQuery),
  component: lazyRouteComponent(() => withTexts(import('./playbooks/LibraryPage.tsx'), 'library'), 'LibraryPage'),
})

const page = createRoute({
  getParentRoute: () => frame,
  path: '/playbooks/$process',
  validateSearch: PageSearch,
  loaderDeps: ({ search }) => ({ language: search.language }),
  loader: ({ context, params, deps }) =>
    Promise.all([context.client.ensureQueryData(playbookQuery), context.client.ensureQueryData(pageQuery(params.process, deps.language))]),
  component: lazyRouteComponent(() => withTexts(import('./playbooks/PageReader.tsx'), 'library'), 'PageReader'),
})

const reports = createRoute({
  getParentRoute: () => frame,
  path: '/reports',
})

const reportsHome = createRoute({
  getParentRoute: () => reports,
  path: '/',
  component: lazyRouteComponent(() => withTexts(import('./reports/ReportsPage.tsx'), 'reports'), 'ReportsPage'),
})

const milestones = createRoute({
  getParentRoute: () => reports,
  path: '/milestones',
  validateSearch: MilestonesSearch,
  loaderDeps: ({ search }) => search,
  // Not awaited, here and below: the filters stand while the rows are on their way.
  loader: ({ context, deps }) => void context.client.prefetchInfiniteQuery(milestonesQuery(deps)),
  component: lazyRouteComponent(() => withTexts(import('./reports/MilestonesPage.tsx'), 'reports', 'forecasts'), 'MilestonesPage'),
})

const atRisk = createRoute({
  getParentRoute: () => reports,
  path: '/at-risk',
  validateSearch: AtRiskSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.client.prefetchInfiniteQuery(atRiskQuery(deps)),
  component: lazyRouteComponent(() => withTexts(import('./reports/AtRiskPage.tsx'), 'reports'), 'AtRiskPage'),
})

const silent = createRoute({
  getParentRoute: () => reports,
  path: '/silent',
  validateSearch: SilentSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.client.prefetchInfiniteQuery(silentQuery(deps)),
  component: lazyRouteComponent(() => withTexts(import('./reports/SilentPage.tsx'), 'reports'), 'SilentPage'),
})

const pastDue = createRoute({
  getParentRoute: () => reports,
  path: '/past-due',
  validateSearch: PastDueSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.client.prefetchInfiniteQuery(pastDueQuery(deps)),
  component: lazyRouteComponent(() => withTexts(import('./reports/PastDuePage.tsx'), 'reports', 'forecasts'), 'PastDuePage'),
})

const waiting = createRoute({
  getParentRoute: () => reports,
  path: '/handshakes',
  validateSearch: WaitingSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.client.prefetchInfiniteQuery(waitingQuery(deps)),
  component: lazyRouteComponent(() => withTexts(import('./reports/WaitingPage.tsx'), 'reports', 'forecasts'), 'WaitingPage'),
})

const forecasts = createRoute({
  getParentRoute: () => reports,
  path: '/forecasts',
  validateSearch: ForecastsSearch,
  loaderDeps: ({ search }) => search,
  // Not awaited: the filters stand while the figures are on their way.
  loader: ({ context, deps }) => void context.client.prefetchInfiniteQuery(forecastsQuery(deps)),
  component: lazyRouteComponent(() => withTexts(import('./reports/ForecastsPage.tsx'), 'forecasts', 'reports'), 'ForecastsPage'),
})

const blockerReport = createRoute({
  getParentRoute: () => reports,
  path: '/blockers',
  validateSearch: BlockerReportSearch,
  loaderDeps: ({ search }) => search,
  // Not awaited: the filters stand while the rows are on their way.
  loader: ({ context, deps }) => void context.client.prefetchInfiniteQuery(blockerReportQuery(deps)),
  component: lazyRouteComponent(() => withTexts(import('./blockers/BlockerReportPage.tsx'), 'blockers', 'reports'), 'BlockerReportPage'),
})

const load = createRoute({
  getParentRoute: () => reports,
  path: '/load',
  validateSearch: LoadSearch,
  component: lazyRouteComponent(() => withTexts(import('./reports/LoadPage.tsx'), 'load', 'reports'), 'LoadPage'),
})

const notifications = createRoute({
  getParentRoute: () => frame,
  path: '/notifications',
  component: lazyRouteComponent(() => withTexts(import('./notifications/NotificationsPage.tsx'), 'notifications'), 'NotificationsPage'),
})

const account = createRoute({
  getParentRoute: () => frame,
  path: '/account',
  loader: ({ context }) => context.client.ensureQueryData(accountQuery),
  component: lazyRouteComponent(() => withTexts(import('./account/AccountPage.tsx'), 'account', 'notifications', 'sign-in'), 'AccountPage'),
})

const admin = createRoute({
  getParentRoute: () => frame,
  path: '/admin',
  component: lazyRouteComponent(() => withTexts(import('./admin/AdminPage.tsx'), 'admin'), 'AdminPage'),
})

const adminHome = createRoute({
  getParentRoute: () => admin,
  path: '/',
  beforeLoad: async ({ context }) => {
    const { person } = await context.client.ensureQueryData(sessionQuery)
    const first = firstSection(person?.may ?? [])
    if (first) throw redirect({ to: first.to })
  },
  component: lazyRouteComponent(() => withTexts(import('./admin/NothingHere.tsx'), 'admin'), 'NothingHere'),
})

const adminPeople = createRoute({
  getParentRoute: () => admin,
  path: '/people',
  validateSearch: PeopleSearch,
  component: lazyRouteComponent(() => withTexts(import('./admin/people/PeopleSection.tsx'), 'admin'), 'PeopleSection'),
})

const adminTeams = createRoute({
  getParentRoute: () => admin,
  path: '/teams',
  component: lazyRouteComponent(() => withTexts(import('./admin/teams/TeamsSection.tsx'), 'admin', 'requests'), 'TeamsSection'),
})

const adminCustomers = createRoute({
  getParentRoute: () => admin,
  path: '/customers',
  validateSearch: CustomersSearch,
  component: lazyRouteComponent(
    () => withTexts(import('./admin/customers/CustomersSection.tsx'), 'admin', 'customers', 'people'),
    'CustomersSection',
  ),
})

const adminLists = createRoute({
  getParentRoute: () => admin,
  path: '/lists',
  validateSearch: ListsSearch,
  component: lazyRouteComponent(() => withTexts(import('./admin/lists/ListsSection.tsx'), 'admin', 'lists'), 'ListsSection'),
})

const surveyReport = createRoute({
  getParentRoute: () => reports,
  path: '/survey',
  validateSearch: SurveySearch,
  loaderDeps: ({ search }) => search,
  // Not awaited: the filters stand while the figures are on their way.
  loader: ({ context, deps }) => void context.client.prefetchQuery(surveyReportQuery(deps)),
  component: lazyRouteComponent(() => withTexts(import('./surveys/SurveyReportPage.tsx'), 'survey', 'reports'), 'SurveyReportPage'),
})

const adminSettings = createRoute({
  getParentRoute: () => admin,
  path: '/settings',
  component: lazyRouteComponent(
    () => withTexts(import('./admin/settings/SettingsSection.tsx'), 'admin', 'survey', 'deck-brand'),
    'SettingsSection',
  ),
})

const adminConnections = createRoute({
  getParentRoute: () => admin,
  path: '/connections',
  validateSearch: ConnectionsSearch,
  component: lazyRouteComponent(
    () => withTexts(import('./admin/connections/ConnectionsSection.tsx'), 'admin', 'sources'),
    'ConnectionsSection',
  ),
})

const adminJobs = createRoute({
  getParentRoute: () => admin,
  path: '/jobs',
  component: lazyRouteComponent(() => withTexts(import('./admin/jobs/JobsSection.tsx'), 'admin'), 'JobsSection'),
})

const adminMail = createRoute({
  getParentRoute: () => admin,
  path: '/mail',
  validateSearch: MailSearch,
  component: lazyRouteComponent(() => withTexts(import('./admin/mail/MailSection.tsx'), 'admin'), 'MailSection'),
})

const adminChecks = createRoute({
  getParentRoute: () => admin,
  path: '/checks',
  component: lazyRouteComponent(() => withTexts(import('./admin/checks/ChecksSection.tsx'), 'admin'), 'ChecksSection'),
})

const adminAudit = createRoute({
  getParentRoute: () => admin,
  path: '/audit',
  validateSearch: AuditSearch,
  component: lazyRouteComponent(() => withTexts(import('./admin/audit/AuditSection.tsx'), 'admin'), 'AuditSection'),
})

const adminSections = [
  adminHome,
  adminPeople,
  adminTeams,
  adminCustomers,
  adminLists,
  adminSettings,
  adminConnections,
  adminJobs,
  adminMail,
  adminChecks,
  adminAudit,
] as const

const routeTree = root.addChildren([
  signIn,
  forgot,
  reset,
  invitation,
  setup,
  frame.addChildren([
    home,
    today,
    portfolio,
    customer.addChildren([
      customerHome,
      plan,
      usage,
      success,
      blockers,
      customerMeetings,
      review,
      reviewDeck,
      customerPeople,
      customerNotes,
      timeline,
    ]),
    meetings,
    requests,
    reviews,
    search,
    playbooks,
    page,
    reports.addChildren([reportsHome, milestones, atRisk, silent, pastDue, waiting, forecasts, blockerReport, load, surveyReport]),
    account,
    notifications,
    admin.addChildren(adminSections),
  ]),
])

export const createAppRouter = (client: QueryClient) =>
  createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    // Query decides how old is too old.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 0,
    defaultPendingMinMs: 0,
    defaultPendingComponent: RoutePending,
    defaultErrorComponent: RouteError,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
