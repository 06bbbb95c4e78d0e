import { hkdfSync } from 'node:crypto'

/** Tells two secrets apart and says nothing else of either: a backup carries it in the place of the secret. */
export const fingerprintOf = (secret: string): string => Buffer.from(hkdfSync('sha256', secret, '', 'impulso backup', 8)).toString('hex')
