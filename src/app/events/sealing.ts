import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/**
 * AES-256-GCM with a fresh nonce each time. A key of a person seals a few thousand values at most, far below what random nonces bear.
 * What is sealed is tied to its place: text moved to another person or period does not open.
 */

const NONCE_BYTES = 12
const TAG_BYTES = 16

export const newKey = (): Uint8Array => new Uint8Array(randomBytes(32))

/** Any JSON value as base64. */
export function seal(key: Uint8Array, place: string, value: unknown): string {
  return encrypt(key, place, Buffer.from(JSON.stringify(value), 'utf8'))
}

/** Throws when the key or the place is another, or the text was changed. */
export function unseal(key: Uint8Array, place: string, text: string): unknown {
  return JSON.parse(decrypt(key, place, text).toString('utf8'))
}

/** A key as it is kept: encrypted itself. */
export const wrap = (sealKey: Uint8Array, place: string, key: Uint8Array): string => encrypt(sealKey, `key ${place}`, Buffer.from(key))

/** Throws under another key. */
export const unwrap = (sealKey: Uint8Array, place: string, text: string): Uint8Array =>
  new Uint8Array(decrypt(sealKey, `key ${place}`, text))

function encrypt(key: Uint8Array, place: string, plain: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place, 'utf8'))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

function decrypt(key: Uint8Array, place: string, text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(place, 'utf8'))
    .setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)), decipher.final()])
}
