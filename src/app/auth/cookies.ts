/** Cookies of sign-in; behind https their names say that they were set there. */
export const cookieNames = (origin: string) => {
  const prefix = origin.startsWith('https://') ? '__Secure-' : ''
  return { session: `${prefix}impulso.session_token`, twoFactor: `${prefix}impulso.two_factor`, device: `${prefix}impulso.device` }
}
export type CookieNames = ReturnType<typeof cookieNames>

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
