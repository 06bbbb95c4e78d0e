import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAllowed, whyNotPublic } from './addresses.ts'

test.each([
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['10.0.0.1', 'private'],
  ['100.64.0.1', 'carrier'],
  ['100.100.100.200', 'carrier'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['168.63.129.16', 'cloud'],
  ['169.254.1.1', 'link-local'],
  ['169.254.169.254', 'cloud'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.0.0.192', 'reserved'],
  ['192.0.2.1', 'reserved'],
  ['192.88.99.1', 'reserved'],
  ['192.168.0.1', 'private'],
  ['198.18.0.1', 'reserved'],
  ['198.51.100.1', 'reserved'],
  ['203.0.113.1', 'reserved'],
  ['224.0.0.1', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::127.0.0.1', 'loopback'],
  ['::7f00:1', 'reserved'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['::ffff:169.254.169.254', 'cloud'],
  ['::ffff:0:127.0.0.1', 'range'],
  ['64:ff9b::7f00:1', 'loopback'],
  ['64:ff9b::a9fe:a9fe', 'cloud'],
  ['64:ff9b:1::a00:1', 'range'],
  ['100::1', 'range'],
  ['2001::1', 'range'],
  ['2001:db8::1', 'reserved'],
  ['2002:7f00:1::', 'range'],
  ['2002:808:808::', 'range'],
  ['3fff::1', 'reserved'],
  ['5f00::1', 'range'],
  ['4000::1', 'reserved'],
  ['fc00::1', 'private'],
  ['fd00:ec2::254', 'private'],
  ['fe80::1', 'link-local'],
  ['fec0::1', 'private'],
  ['ff02::1', 'multicast'],
  ['example.com', 'not an address'],
])('%s is not public: %s', (address, word) => {
  expect(whyNotPublic(address)).toContain(word)
})

test.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
  '%s is public',
  address => {
    expect(whyNotPublic(address)).toBeUndefined()
  },
)

test('an IPv4 address is judged the same when an IPv6 one carries it', () => {
  const octet = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(octet, octet, octet, octet, (...parts) => {
      const address = parts.join('.')
      const why = whyNotPublic(address)
      expect([whyNotPublic(`::ffff:${address}`), whyNotPublic(`64:ff9b::${address}`)]).toEqual([why, why])
    }),
  )
})

const allowed = parseAllowed(['Idp.Internal', ' 10.0.0.5', '192.168.4.0/22', 'fd00::/8', '[::1]', ''])

test.each([
  ['idp.internal', true],
  ['IDP.INTERNAL.', true],
  ['sub.idp.internal', false],
  ['idp.internal.evil.example', false],
  ['', false],
])('the name %s is allowed: %s', (name, expected) => {
  expect(allowed.hasName(name)).toBe(expected)
})

test.each([
  ['10.0.0.5', true],
  ['::ffff:10.0.0.5', true],
  ['10.0.0.6', false],
  ['192.168.7.255', true],
  ['192.168.8.0', false],
  ['fd12::1', true],
  ['fc12::1', false],
  ['::1', true],
  ['::2', false],
])('the address %s is allowed: %s', (address, expected) => {
  expect(allowed.hasAddress(address)).toBe(expected)
})

test('a shortened network is no network, so nothing unexpected is allowed', () => {
  const list = parseAllowed(['10/8', '10'])
  expect([list.hasAddress('10.0.0.1'), list.hasAddress('0.0.0.10'), list.hasAddress('0.0.0.1')]).toEqual([false, false, false])
})
