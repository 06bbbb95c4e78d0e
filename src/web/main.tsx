import './base.css'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { useTranslation } from 'react-i18next'
import { startLanguages } from './i18n.ts'
import { createAppRouter } from './routes.tsx'
import { sessionQuery } from './session/queries.ts'
import { FocusLibrary } from './ui/FocusLibrary.tsx'
import { HttpError } from './ui/http.ts'
import { Theme } from './ui/theme.tsx'

const client = new QueryClient({
  queryCache: new QueryCache({ onError: error => error instanceof HttpError && error.status === 401 && void sessionEnded() }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays a refusal; only silence and overload are worth another try.
      retry: (count, error) => count < 2 && error instanceof HttpError && (error.status === 0 || error.status === 503),
    },
  },
})
const router = createAppRouter(client)

async function sessionEnded() {
  await client.fetchQuery({ ...sessionQuery, staleTime: 0 })
  await router.invalidate()
}

function App() {
  const { i18n } = useTranslation()
  return (
    <Theme locale={i18n.language}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
      <FocusLibrary />
    </Theme>
  )
}

await startLanguages()
const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
