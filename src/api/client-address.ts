import { BlockList, isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

const FALLBACK = '127.0.0.1'

/**
 * Who calls: the address of the connection, or, when that belongs to a trusted proxy, the last address in `X-Forwarded-For` that does not.
 * Nothing that a caller can write counts unless a trusted proxy passed it on.
 */
export function clientAddress(c: Context, trustedProxies: readonly string[]): string {
  const peer = peerOf(c)
  if (!isTrusted(peer, trustedProxies)) return peer
  const chain = (c.req.header('x-forwarded-for') ?? '')
    .split(',')
    .map(each => each.trim())
    .filter(each => isIP(each) !== 0)
  return chain.findLast(each => !isTrusted(each, trustedProxies)) ?? chain[0] ?? peer
}

function peerOf(c: Context): string {
  try {
    return (getConnInfo(c).remote.address ?? FALLBACK).replace(/^::ffff:/, '')
  } catch {
    // `api.request(…)` has no connection.
    return FALLBACK
  }
}

function isTrusted(address: string, proxies: readonly string[]): boolean {
  const list = new BlockList()
  for (const proxy of proxies) {
    const [network = '', bits] = proxy.split('/')
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(network, family)
    else list.addSubnet(network, Number(bits), family)
  }
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
