import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { accountQuery } from './account/queries.ts'
import { AuditSearch, MailSearch, PeopleSearch } from './admin/search.ts'
import { firstSection } from './admin/sections.ts'
import { customerQuery, eventsQuery, planQuery, usageQuery } from './customer/queries.ts'
import { CustomerSearch, PlanSearch } from './customer/search.ts'
import { NotFoundPage, RouteError, RoutePending } from './frame/RouteStates.tsx'
import { withTexts } from './i18n.ts'
import { customerPeopleQuery } from './people/queries.ts'
import { pageQuery, playbookQuery } from './playbooks/queries.ts'
import { PageSearch } from './playbooks/search.ts'
import { firstWindowQuery } from './portfolio/queries.ts'
import { PortfolioSearch } from './portfolio/search.ts'
import { sessionQuery } from './session/queries.ts'
import { SignInSearch } from './session/search.ts'
import { takeSecret } from './session/secrets.ts'

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
    throw redirect({ to: '/portfolio' })
  },
})

const portfolio = createRoute({
  getParentRoute: () => frame,
  path: '/portfolio',
  validateSearch: PortfolioSearch,
  loaderDeps: ({ search }) => search,
  // Not awaited: the grid draws its own grey rows while the first window is on its way.
  loader: ({ context, deps }) => void context.client.prefetchQuery(firstWindowQuery(deps)),
  component: lazyRouteComponent(() => import('./portfolio/PortfolioPage.tsx'), 'PortfolioPage'),
})

const customer = createRoute({
  getParentRoute: () => frame,
  path: '/customers/$customer',
  validateSearch: CustomerSearch,
  loader: ({ context, params }) => context.client.ensureQueryData(customerQuery(params.customer)),
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
  loader: ({ context, params }) => context.client.ensureQueryData(planQuery(params.customer)),
  component: lazyRouteComponent(() => import('./plan/PlanPage.tsx'), 'PlanPage'),
})

const usage = createRoute({
  getParentRoute: () => customer,
  path: '/usage',
  loader: ({ context, params }) => context.client.ensureQueryData(usageQuery(params.customer)),
  component: lazyRouteComponent(() => withTexts(import('./usage/UsagePage.tsx'), 'usage'), 'UsagePage'),
})

const customerPeople = createRoute({
  getParentRoute: () => customer,
  path: '/people',
  loader: ({ context, params }) => context.client.ensureQueryData(customerPeopleQuery(params.customer)),
  component: lazyRouteComponent(() => withTexts(import('./people/PeoplePage.tsx'), 'people'), 'PeoplePage'),
})

const timeline = createRoute({
  getParentRoute: () => customer,
  path: '/timeline',
  loader: ({ context, params }) => context.client.ensureInfiniteQueryData(eventsQuery(params.customer)),
  component: lazyRouteComponent(() => import('./timeline/TimelinePage.tsx'), 'TimelinePage'),
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

const account = createRoute({
  getParentRoute: () => frame,
  path: '/account',
  loader: ({ context }) => context.client.ensureQueryData(accountQuery),
  component: lazyRouteComponent(() => withTexts(import('./account/AccountPage.tsx'), 'account', 'sign-in'), 'AccountPage'),
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
  component: lazyRouteComponent(() => withTexts(import('./admin/teams/TeamsSection.tsx'), 'admin'), 'TeamsSection'),
})

const adminSettings = createRoute({
  getParentRoute: () => admin,
  path: '/settings',
  component: lazyRouteComponent(() => withTexts(import('./admin/settings/SettingsSection.tsx'), 'admin'), 'SettingsSection'),
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

const adminSections = [adminHome, adminPeople, adminTeams, adminSettings, adminJobs, adminMail, adminChecks, adminAudit] as const

const routeTree = root.addChildren([
  signIn,
  forgot,
  reset,
  invitation,
  setup,
  frame.addChildren([
    home,
    portfolio,
    customer.addChildren([customerHome, plan, usage, customerPeople, timeline]),
    playbooks,
    page,
    account,
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
