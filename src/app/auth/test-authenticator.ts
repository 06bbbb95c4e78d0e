import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** For tests: a passkey in software, speaking what a browser sends for it (WebAuthn level 3, ES256, no attestation). */
export class Authenticator {
  readonly id = randomBytes(16)
  readonly #pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  #uses = 0

  /** Answers `generate-register-options`. */
  register({ challenge, rp }: { challenge: string; rp: { id: string } }, origin: string) {
    const data = Buffer.concat([this.#data(rp.id, UP | UV | AT), randomless(16), uint16(this.id.length), this.id, this.#publicKey()])
    const attestation = Buffer.concat([map(3), text('fmt'), text('none'), text('attStmt'), map(0), text('authData'), bytes(data)])
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: clientData('webauthn.create', challenge, origin),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      },
    }
  }

  /** Answers `generate-authenticate-options`. `isUnlocked`: the device asked for a finger, a face or a code. */
  authenticate({ challenge, rpId }: { challenge: string; rpId: string }, origin: string, { isUnlocked = true } = {}) {
    this.#uses++
    const data = this.#data(rpId, isUnlocked ? UP | UV : UP)
    const client = clientData('webauthn.get', challenge, origin)
    const signed = Buffer.concat([data, createHash('sha256').update(Buffer.from(client, 'base64url')).digest()])
    const signature = sign('sha256', signed, this.#pair.privateKey).toString('base64url')
    return { ...this.#credential(), response: { clientDataJSON: client, authenticatorData: data.toString('base64url'), signature } }
  }

  #credential = () => ({
    id: this.id.toString('base64url'),
    rawId: this.id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
  })

  #data(rpId: string, flags: number): Buffer {
    const uses = Buffer.alloc(4)
    uses.writeUInt32BE(this.#uses)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), uses])
  }

  #publicKey(): Buffer {
    const { x = '', y = '' } = this.#pair.publicKey.export({ format: 'jwk' })
    const entries: [number, Buffer][] = [
      [1, int(2)],
      [3, int(-7)],
      [-1, int(1)],
      [-2, bytes(Buffer.from(x, 'base64url'))],
      [-3, bytes(Buffer.from(y, 'base64url'))],
    ]
    return Buffer.concat([map(entries.length), ...entries.flatMap(([key, value]) => [int(key), value])])
  }
}

const [UP, UV, AT] = [1, 4, 64]
const clientData = (type: string, challenge: string, origin: string) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url')
const randomless = (length: number) => Buffer.alloc(length)
function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(2)
  buffer.writeUInt16BE(value)
  return buffer
}

/** As much CBOR (RFC 8949) as a passkey needs. */
const head = (major: number, value: number): Buffer =>
  value < 24
    ? Buffer.from([(major << 5) | value])
    : value < 256
      ? Buffer.from([(major << 5) | 24, value])
      : Buffer.concat([Buffer.from([(major << 5) | 25]), uint16(value)])
const int = (value: number) => (value >= 0 ? head(0, value) : head(1, -1 - value))
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value])
const text = (value: string) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
const map = (size: number) => head(5, size)
