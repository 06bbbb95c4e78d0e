import ipaddr from 'ipaddr.js'

type Address = ReturnType<typeof ipaddr.parse>

/** Which hosts may be asked although their addresses are not public: names, addresses and networks, as an operator writes them. */
export type Allowed = Readonly<{
  hasName: (host: string) => boolean
  hasAddress: (address: string) => boolean
}>

/**
 * Reads a list like `idp.internal, 10.0.0.5, fd00::/8`. A name stands for whatever it resolves to; there are no wildcards, so that a list
 * says all that it allows.
 */
export function parseAllowed(hosts: readonly string[]): Allowed {
  const entries = hosts.map(each => each.trim()).filter(each => each !== '')
  const networks = entries.map(networkOf).filter(each => each !== undefined)
  const names = new Set(entries.filter(each => networkOf(each) === undefined).map(plainName))
  return {
    hasName: host => names.has(plainName(host)),
    hasAddress: text => {
      const address = ipaddr.process(text)
      return networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))
    },
  }
}

/**
 * Why an address is not reached from here, in words for a sentence; undefined for a public one. Whatever is not known to be public is
 * refused: in IPv6 that is all but the global unicast block, less the parts of it that stand for something else.
 */
export function whyNotPublic(text: string): string | undefined {
  if (!ipaddr.isValid(text)) return 'not an address'
  const address = ipaddr.process(text)
  const embedded = embeddedIn(address)
  if (embedded) return whyNotPublic(embedded)
  const range = METADATA.has(address.toString()) ? 'metadata' : address.range()
  if (range !== 'unicast') return KINDS[range] ?? `an address of the range ${range}`
  const isGlobal = address.kind() === 'ipv4' || address.match(GLOBAL_UNICAST)
  return isGlobal ? undefined : 'a reserved address'
}

const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3')
/** Answers to virtual machines of Azure as 169.254.169.254 does elsewhere, though it looks public. Those of other clouds lie in refused ranges. */
const METADATA: ReadonlySet<string> = new Set(['169.254.169.254', '168.63.129.16'])

const KINDS: Readonly<Record<string, string>> = {
  metadata: 'the address at which a cloud tells its machines their secrets',
  unspecified: 'an unspecified address',
  broadcast: 'a broadcast address',
  multicast: 'a multicast address',
  linkLocal: 'a link-local address',
  loopback: 'a loopback address',
  carrierGradeNat: 'an address shared behind a carrier',
  private: 'a private address',
  uniqueLocal: 'a private address',
  deprecatedSiteLocal: 'a private address',
  reserved: 'a reserved address',
}

/** The IPv4 address that the well-known NAT64 prefix carries: in a network that has only IPv6, every IPv4 host is reached through it. */
function embeddedIn(address: Address): string | undefined {
  if (address.kind() !== 'ipv6' || !address.match(NAT64)) return undefined
  return address.toByteArray().slice(12).join('.')
}
const NAT64 = ipaddr.parseCIDR('64:ff9b::/96')

/** An address is a network of one; undefined for a name. */
function networkOf(text: string): [Address, number] | undefined {
  const bare = text.replace(/^\[(.*)\]$/, '$1')
  // Only the full four parts: `10/8` and `10` would be read as 0.0.0.10.
  if (ipaddr.IPv6.isValidCIDR(bare) || ipaddr.IPv4.isValidCIDRFourPartDecimal(bare)) return ipaddr.parseCIDR(bare)
  if (!ipaddr.IPv6.isValid(bare) && !ipaddr.IPv4.isValidFourPartDecimal(bare)) return undefined
  const address = ipaddr.process(bare)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** A host name as it is compared: URL-encoded as browsers do, small letters, no dot at the end. */
const plainName = (text: string) => (URL.parse(`http://${text}`)?.hostname ?? text.toLowerCase()).replace(/\.$/, '')
