import type { Auth } from '../app/auth/auth.ts'
import type { Connecting } from '../app/connections/connecting.ts'
import type { Context } from '../app/context.ts'
import type { Hub } from '../app/live/hub.ts'
import type { MailSettings } from '../app/mail/settings.ts'
import type { WaysIn } from '../app/session/get-session.ts'
import type { Installed } from '../app/setup/checks/run-checks.ts'
import type { WrongCodes } from '../app/setup/set-up.ts'
import type { Limiter } from './limits.ts'
import type { Metrics } from './metrics.ts'

/** What the HTTP side needs; built once, by `serve`. */
export type ApiContext = Readonly<{
  app: Context
  auth: Auth
  /** Addresses people reach the portal at; the first is the main one. */
  origins: readonly string[]
  ways: WaysIn
  mail: MailSettings
  /** The way to Microsoft Graph. */
  graph: Connecting
  /** What the set-up check looks at. */
  installed: Installed
  wrongCodes: WrongCodes
  /** Demo accounts exist and are shown. */
  isDemo: () => Promise<boolean>
  version: string
  /** The built portal. */
  webFolder: string
  /** Where uploads rest while they are read. */
  uploadFolder: string
  limits: Readonly<{ jsonBytes: number; uploadBytes: number }>
  /** Addresses and networks whose `X-Forwarded-For` counts. */
  trustedProxies: readonly string[]
  limiter: Limiter
  metrics: Metrics
  /** What changes at customers as it happens; absent where nobody listens, in most tests. */
  changes?: Hub
  isReady: () => Promise<boolean>
}>

export const LIMITS: ApiContext['limits'] = { jsonBytes: 256 * 1024, uploadBytes: 2 * 1024 ** 3 }
