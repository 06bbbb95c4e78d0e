/**
 * What the names of cookies begin with. Behind https browsers take `__Host-` from this very host only, for all of it: another server of the
 * domain cannot plant one here.
 */
export const cookiePrefix = (origin: string): string => (origin.startsWith('https://') ? '__Host-impulso' : 'impulso')

/** Cookies of sign-in. */
export const cookieNames = (origin: string) => {
  const prefix = cookiePrefix(origin)
  return { session: `${prefix}.session_token`, twoFactor: `${prefix}.two_factor`, device: `${prefix}.device` }
}
export type CookieNames = ReturnType<typeof cookieNames>

/**
 * The cookies of a request, written so that every reader reads the same: names and values without quotes and spaces, each name once. The
 * library takes what we overlook (`name ="value"`), and a guess with it would not be counted.
 */
export function plainCookies(headers: Headers): string {
  const plain = new Map<string, string>()
  for (const part of headers.get('cookie')?.split(';') ?? []) {
    const [, name, value = ''] = COOKIE.exec(part) ?? []
    if (name !== undefined && !plain.has(name)) plain.set(name, value)
  }
  return [...plain].map(([name, value]) => `${name}=${value}`).join('; ')
}
const COOKIE = /^ *([\w.-]+)=([^\s"\\,]*) *$/

export function readCookie(headers: Headers, name: string): string | undefined {
  for (const part of headers.get('cookie')?.split(';') ?? []) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return decode(value.join('=')).replaceAll('\0', '')
  }
  return undefined
}

/** What a response sets a cookie to; undefined when it leaves it or takes it away. */
export function setCookieOf(response: Response, name: string): string | undefined {
  const set = response.headers.getSetCookie().filter(each => each.startsWith(`${name}=`))
  const value = set
    .at(-1)
    ?.slice(name.length + 1)
    .split(';')[0]
  return value ? decode(value) : undefined
}

/** The library signs: what it signed is before the last dot. */
export const unsigned = (value: string): string => value.slice(0, value.lastIndexOf('.'))

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
