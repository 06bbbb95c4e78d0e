import type { Cloud } from '../model/usage-api.ts'
import type { CloudHosts } from './types.ts'

type RealCloud = Exclude<Cloud, 'simulator'>

/**
 * Microsoft's clouds: reference "usage reports" §2.4. National clouds offer usage reports under beta only. Hosts of downloads are not
 * documented outside the global cloud: an installation can name others (`moreDownloads` of `hostsOf`).
 */
const HOSTS: Readonly<Record<RealCloud, Omit<CloudHosts, 'cloud'>>> = {
  global: {
    authority: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    version: 'v1.0',
    downloads: ['*.office.com'],
  },
  'gcc-high': {
    authority: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    version: 'beta',
    downloads: ['*.office365.us', '*.office.com'],
  },
  dod: {
    authority: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
    version: 'beta',
    downloads: ['*.office365.us', '*.office.com'],
  },
  china: {
    authority: 'https://login.chinacloudapi.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    version: 'beta',
    downloads: ['*.office365.cn', '*.partner.outlook.cn', '*.office.com'],
  },
}

/** Report functions, by how their names begin, that a cloud does not have (§2.4; availability table of 2024). */
const NOT_OFFERED: Readonly<Record<Cloud, readonly string[]>> = {
  global: [],
  'gcc-high': ['getM365App', 'getMicrosoft365Copilot', 'getYammer'],
  dod: ['getM365App', 'getMicrosoft365Copilot', 'getYammer'],
  china: ['getMicrosoft365Copilot', 'getTeams', 'getYammer'],
  simulator: [],
}

/**
 * Where a cloud's services are. `simulator` is the address from the setting IMPULSO_GRAPH_SIMULATOR, which is all hosts at once; throws
 * when the cloud is the simulator and there is none. `moreDownloads` are further hosts that downloads may come from.
 */
export function hostsOf(cloud: Cloud, simulator: string | null, moreDownloads: readonly string[] = []): CloudHosts {
  if (cloud !== 'simulator') return { cloud, ...HOSTS[cloud], downloads: [...HOSTS[cloud].downloads, ...moreDownloads] }
  if (simulator === null) throw new Error('no simulator: the setting IMPULSO_GRAPH_SIMULATOR is empty')
  const { origin, host } = new URL(simulator)
  return { cloud, authority: origin, graph: origin, version: 'v1.0', downloads: [host] }
}

export const isOffered = (cloud: Cloud, report: string) => !NOT_OFFERED[cloud].some(start => report.startsWith(start))

/** Whether the switch that conceals names can be read: in the global cloud alone (§4). */
export const tellsConcealment = (cloud: Cloud) => cloud === 'global' || cloud === 'simulator'

/** A download is taken from a host of the cloud, over TLS; from the simulator as it comes. */
export function mayDownload(hosts: CloudHosts, address: URL): boolean {
  if (address.protocol !== 'https:' && !(address.protocol === 'http:' && hosts.cloud === 'simulator')) return false
  if (address.username !== '' || address.password !== '') return false
  return hosts.downloads.some(allowed => (allowed.startsWith('*.') ? address.host.endsWith(allowed.slice(1)) : address.host === allowed))
}
