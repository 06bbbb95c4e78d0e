import { expect, test } from 'vitest'
import { hostsOf, isOffered, mayDownload, tellsConcealment } from './clouds.ts'

test.each([
  ['global', 'https://login.microsoftonline.com', 'https://graph.microsoft.com', 'v1.0'],
  ['gcc-high', 'https://login.microsoftonline.us', 'https://graph.microsoft.us', 'beta'],
  ['dod', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us', 'beta'],
  ['china', 'https://login.chinacloudapi.cn', 'https://microsoftgraph.chinacloudapi.cn', 'beta'],
] as const)('the cloud %s is where the reference says', (cloud, authority, graph, version) => {
  expect(hostsOf(cloud, null)).toMatchObject({ cloud, authority, graph, version })
})

test('the simulator is every host at once, and there is none without its address', () => {
  const hosts = hostsOf('simulator', 'http://127.0.0.1:4200/')
  expect(hosts).toMatchObject({ authority: 'http://127.0.0.1:4200', graph: 'http://127.0.0.1:4200', downloads: ['127.0.0.1:4200'] })
  expect(() => hostsOf('simulator', null)).toThrow('IMPULSO_GRAPH_SIMULATOR')
})

test.each([
  ['https://reports.office.com/a?sig=1', true],
  ['https://reportsweu.office.com/a', true],
  ['http://reports.office.com/a', false],
  ['https://office.com.example/a', false],
  ['https://evil-office.com/a', false],
  ['https://office.com@evil.example/a', false],
  ['https://someone@reports.office.com/a', false],
  ['https://reports.office.com:8443/a', false],
  ['file:///etc/passwd', false],
])('in the global cloud a download from %s is taken: %s', (address, may) => {
  expect(mayDownload(hostsOf('global', null), new URL(address))).toBe(may)
})

test('an installation can name further hosts for downloads', () => {
  const hosts = hostsOf('china', null, ['*.reports.example.cn'])
  expect(mayDownload(hosts, new URL('https://a.reports.example.cn/x'))).toBe(true)
  expect(mayDownload(hostsOf('china', null), new URL('https://a.reports.example.cn/x'))).toBe(false)
})

test('what a cloud does not have is known beforehand', () => {
  expect(isOffered('global', 'getMicrosoft365CopilotUsageUserDetail')).toBe(true)
  for (const cloud of ['gcc-high', 'dod', 'china'] as const) expect(isOffered(cloud, 'getMicrosoft365CopilotUsageUserDetail')).toBe(false)
  expect(isOffered('dod', 'getM365AppUserDetail')).toBe(false)
  expect(isOffered('china', 'getM365AppUserDetail')).toBe(true)
  expect(isOffered('china', 'getOffice365ActiveUserDetail')).toBe(true)
  expect(tellsConcealment('gcc-high')).toBe(false)
})
