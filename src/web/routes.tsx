import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { customerQuery, eventsQuery, planQuery, usageQuery } from './customer/queries.ts'
import { CustomerSearch, PlanSearch } from './customer/search.ts'
import { NotFoundPage, RouteError, RoutePending } from './frame/RouteStates.tsx'
import { pageQuery, playbookQuery } from './playbooks/queries.ts'
import { PageSearch } from './playbooks/search.ts'
import { firstWindowQuery } from './portfolio/queries.ts'
import { PortfolioSearch } from './portfolio/search.ts'
import { sessionQuery } from './session/queries.ts'
import { SignInSearch } from './session/search.ts'

/** The map of the site. Filters, tabs and the open explanation are search parameters, so every state can be linked to. */

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Outlet, notFoundComponent: NotFoundPage })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: SignInSearch,
  beforeLoad: async ({ context, search }) => {
    const { person } = await context.client.ensureQueryData(sessionQuery)
    if (person) throw redirect({ href: search.to ?? '/' })
  },
  component: lazyRouteComponent(() => import('./session/SignInPage.tsx'), 'SignInPage'),
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
  component: lazyRouteComponent(() => import('./usage/UsagePage.tsx'), 'UsagePage'),
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
  component: lazyRouteComponent(() => import('./playbooks/LibraryPage.tsx'), 'LibraryPage'),
})

const page = createRoute({
  getParentRoute: () => frame,
  path: '/playbooks/$process',
  validateSearch: PageSearch,
  loaderDeps: ({ search }) => ({ language: search.language }),
  loader: ({ context, params, deps }) =>
    Promise.all([context.client.ensureQueryData(playbookQuery), context.client.ensureQueryData(pageQuery(params.process, deps.language))]),
  component: lazyRouteComponent(() => import('./playbooks/PageReader.tsx'), 'PageReader'),
})

const routeTree = root.addChildren([
  signIn,
  frame.addChildren([home, portfolio, customer.addChildren([customerHome, plan, usage, timeline]), playbooks, page]),
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
