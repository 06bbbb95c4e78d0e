import { type Browser, ORIGIN } from './test-auth.ts'

/** For tests: goes through the provider's pages the way a browser does; answers the address it is sent back to. */
export async function chooseAccount(start: string, account: string): Promise<URL> {
  const cookies = new Map<string, string>()
  const go = async (url: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }
  let url = start
  let response = await go(url)
  for (let step = 0; step < 10; step++) {
    if (response.status >= 300 && response.status < 400) {
      url = new URL(response.headers.get('location') ?? '', url).href
      if (url.startsWith(ORIGIN)) return new URL(url)
      response = await go(url)
    } else if ((await response.clone().text()).includes('name="account"')) {
      response = await go(url, { method: 'POST', body: new URLSearchParams({ account }) })
    } else throw new Error(`the provider stopped at ${response.status}: ${await response.text()}`)
  }
  throw new Error('the provider never sent anybody back')
}

/** Where single sign-on begins; what the library answers when it does not. */
export async function startSso(browser: Browser, more: object = {}): Promise<{ status: number; url: string; code?: string }> {
  const response = await browser.post('/sign-in/social', { provider: 'sso', callbackURL: '/', errorCallbackURL: '/sign-in', ...more })
  return { status: response.status, ...((await response.json()) as { url: string; code?: string }) }
}

/** The whole way; answers where the portal is opened then. */
export async function signInWithSso(browser: Browser, account: string): Promise<URL> {
  const { url } = await startSso(browser)
  return comeBack(browser, await chooseAccount(url, account))
}

export async function comeBack(browser: Browser, back: URL): Promise<URL> {
  const response = await browser.get(`${back.pathname.replace('/api/auth', '')}${back.search}`)
  return new URL(response.headers.get('location') ?? '', ORIGIN)
}
