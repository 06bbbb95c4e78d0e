import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * `sha256:` over canonical JSON: keys in order, and of file paths only the name, so that the same playbook has the same
 * hash wherever its folder lies.
 */
export const hashOf = (value: unknown): string => `sha256:${bytesToHex(sha256(utf8ToBytes(canonical(value))))}`

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${key === 'file' ? canonical(namesOnly(each)) : canonical(each)}`).join(',')}}`
}

function namesOnly(file: unknown): unknown {
  if (typeof file === 'string') return file.split('/').at(-1)
  if (typeof file !== 'object' || file === null) return file
  return Object.fromEntries(Object.entries(file).map(([locale, path]) => [locale, namesOnly(path)]))
}
