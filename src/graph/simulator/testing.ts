import type { SimulatedTenant } from './tenants.ts'

/** For tests: asks the simulator as any HTTP client would, following nothing by itself. */
export function clientOf(url: string, tenant: Pick<SimulatedTenant, 'directory' | 'clientId' | 'secret'>) {
  const signIn = (changes: Readonly<Record<string, string>> = {}, directory = tenant.directory) =>
    fetch(`${url}/${directory}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: `${url}/.default`,
        client_id: tenant.clientId,
        ...('client_assertion' in changes ? {} : { client_secret: tenant.secret }),
        ...changes,
      }),
    })
  const token = async (): Promise<string> => {
    const answer = await signIn()
    const { access_token } = (await answer.json()) as { access_token?: string } // As the simulator answers.
    if (access_token === undefined) throw new Error(`no token: ${answer.status}`)
    return access_token
  }
  let known: string | undefined
  const get = async (path: string, headers?: Readonly<Record<string, string>>) => {
    known ??= await token()
    return fetch(`${url}${path}`, { redirect: 'manual', headers: headers ?? { authorization: `Bearer ${known}` } })
  }
  return {
    signIn,
    get,
    report: (call: string) => get(`/v1.0/reports/${call}`),
    /** The CSV of a report, the link followed without the token. */
    async csv(call: string): Promise<string> {
      const root = call.startsWith('getMicrosoft365Copilot') ? '/v1.0/copilot/reports' : '/v1.0/reports'
      const answer = await get(`${root}/${call}`)
      if (answer.status === 200) return bare(answer)
      const location = answer.headers.get('location')
      if (answer.status !== 302 || location === null) throw new Error(`${call}: ${answer.status} ${await answer.text()}`)
      return bare(await fetch(location))
    },
  }
}

/** With the byte-order mark, which `text()` would drop. */
const bare = async (answer: Response): Promise<string> => Buffer.from(await answer.arrayBuffer()).toString('utf8')

/** Rows by column name; cells with quotes are not for this. */
export function rowsOf(csv: string): Record<string, string>[] {
  const [head = '', ...lines] = csv.replace(/^\uFEFF/, '').split('\r\n')
  const headers = head.split(',')
  return lines
    .filter(line => line !== '')
    .map(line => {
      const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map(cell => cell.replace(/,$/, '')) ?? []
      return Object.fromEntries(headers.map((header, at) => [header, cells[at] ?? '']))
    })
}
