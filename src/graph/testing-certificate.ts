import { generateKeyPairSync, sign } from 'node:crypto'

/** For tests: a self-signed RSA certificate and its private key, both PEM. Node reads certificates and makes none, hence the DER below. */
export function makeCertificate({ from = '2026-01-01', to = '2027-01-01', bits = 2048 } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  const algorithm = der(0x30, oid('2a864886f70d01010b'), der(0x05))
  const name = der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from('Impulso test')))))
  const body = der(
    0x30,
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    der(0x30, time(from), time(to)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey))
  const text = der(0x30, body, algorithm, signature)
    .toString('base64')
    .replace(/.{1,64}/g, line => `${line}\n`)
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${text}-----END CERTIFICATE-----\n`,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    key: privateKey,
  }
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const hex = content.length.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  const length = content.length < 0x80 ? bytes : Buffer.concat([Buffer.from([0x80 + bytes.length]), bytes])
  return Buffer.concat([Buffer.from([tag]), length, content])
}

const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
/** GeneralizedTime of a day's beginning. */
const time = (day: string) => der(0x18, Buffer.from(`${day.replaceAll('-', '')}000000Z`))
