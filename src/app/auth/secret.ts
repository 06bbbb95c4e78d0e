import { hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../model/errors.ts'

const SHORTEST = 32

/** The key that signs session cookies: the one given, or one made once for the data folder and readable by its owner only. */
export function sessionSecret(dataFolder: string, given?: string): string {
  if (given !== undefined) {
    if (given.length < SHORTEST) throw new AppError('invalid-input', `IMPULSO_SECRET needs at least ${SHORTEST} characters`)
    return given
  }
  mkdirSync(dataFolder, { recursive: true })
  const file = join(dataFolder, 'secret')
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      // Another process of the same data folder was faster.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return readFileSync(file, 'utf8')
}

/** The key that personal values in the record are encrypted under; made from the secret, never the secret itself. */
export const sealKeyOf = (secret: string): Uint8Array => new Uint8Array(hkdfSync('sha256', secret, '', 'impulso personal values', 32))
