import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type CookieNames, readCookie } from './cookies.ts'

/**
 * "Device cookies" (OWASP): a browser in which somebody has signed in keeps a signed cookie that says so. It opens nothing; its failed
 * attempts are counted apart, so that strangers who guess wrong cannot keep the owner out.
 */
export type Devices = Readonly<{
  /** Stands for an address, or what else is counted, whether an account has it or not; tells nobody which. */
  keyOf: (email: string) => string
  /** Names the device when its cookie was given for this account and has not ended. */
  deviceOf: (headers: Headers, email: string) => string | undefined
  /** `Set-Cookie` for a browser in which the account's owner has just shown to be who they are. */
  cookieFor: (email: string, now: Date) => string
}>

const DAYS = 180

export function createDevices({ secret, names, isSecure }: { secret: string; names: CookieNames; isSecure: boolean }): Devices {
  const sign = (purpose: string, text: string) => createHmac('sha256', secret).update(`${purpose}:${text}`).digest('base64url')
  const keyOf = (email: string) => sign('sign-in-account', email.toLowerCase())
  return {
    keyOf,
    deviceOf: (headers, email) => {
      const [account = '', device = '', until = '', signature = '', ...rest] = readCookie(headers, names.device)?.split('.') ?? []
      if (rest.length > 0 || !isSame(signature, sign('device', `${account}.${device}.${until}`))) return undefined
      return account === keyOf(email) && Number(until) * 1000 > Date.now() ? device : undefined
    },
    cookieFor: (email, now) => {
      const seconds = DAYS * 24 * 3600
      const value = `${keyOf(email)}.${randomBytes(16).toString('base64url')}.${Math.floor(now.getTime() / 1000) + seconds}`
      return `${names.device}=${value}.${sign('device', value)}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
    },
  }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
