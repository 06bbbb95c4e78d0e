import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { AppError } from '../model/errors.ts'

const SHIPPED_PLAYBOOK = fileURLToPath(new URL('../../playbooks/microsoft-365-success/', import.meta.url))

const isNetwork = (text: string) => {
  const [address = '', bits, ...rest] = text.split('/')
  const most = isIP(address) === 6 ? 128 : 32
  return isIP(address) !== 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most))
}

/** The settings, by name of their environment variable. An empty one counts as not set. */
const Environment = z.object({
  IMPULSO_DATA: z.string().default('./data'),
  IMPULSO_PLAYBOOK: z.string().optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'postgres://user:password@host:port/database')
    .optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number('a port number').int('a port number').min(0).max(65_535).default(4100),
  IMPULSO_URL: z.url({ protocol: /^https?$/, error: 'an address such as https://impulso.example.com' }).optional(),
  IMPULSO_SECRET: z.string().min(32, 'at least 32 characters').optional(),
  IMPULSO_TRUSTED_PROXIES: z
    .string()
    .transform(text =>
      text
        .split(',')
        .map(each => each.trim())
        .filter(Boolean),
    )
    .refine(list => list.every(isNetwork), 'addresses or networks such as 10.0.0.0/8, with commas between them')
    .default([]),
  IMPULSO_UPLOAD_LIMIT: z.coerce
    .number('a number of bytes')
    .int()
    .min(1)
    .default(2 * 1024 ** 3),
})

/** Settings of one process. Read once, from the environment. */
export type Config = Readonly<{
  dataFolder: string
  playbookFolder: string
  /** A PostgreSQL of your own; undefined = the one in the data folder. */
  databaseUrl: string | undefined
  host: string
  port: number
  /** Where people reach the portal, when that is not this machine's own address. */
  publicUrl: string | undefined
  secret: string | undefined
  trustedProxies: readonly string[]
  uploadLimitBytes: number
}>

/** Throws `invalid-input` naming the variable that cannot be read. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)
    throw new AppError('invalid-input', `the settings cannot be read: ${faults.join('; ')}`)
  }
  const settings = parsed.data
  return {
    dataFolder: resolve(settings.IMPULSO_DATA),
    playbookFolder: resolve(settings.IMPULSO_PLAYBOOK ?? SHIPPED_PLAYBOOK),
    databaseUrl: settings.DATABASE_URL,
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.IMPULSO_URL?.replace(/\/+$/, ''),
    secret: settings.IMPULSO_SECRET,
    trustedProxies: settings.IMPULSO_TRUSTED_PROXIES,
    uploadLimitBytes: settings.IMPULSO_UPLOAD_LIMIT,
  }
}

/** Addresses the portal answers at: the public one first, then both names of this machine (passkeys need `localhost`). */
export function originsOf(config: Pick<Config, 'publicUrl' | 'host'>, port: number): readonly string[] {
  const local = [`http://127.0.0.1:${port}`, `http://localhost:${port}`]
  const listed = ['127.0.0.1', 'localhost', '0.0.0.0', '::', '::1'].includes(config.host) ? [] : [`http://${config.host}:${port}`]
  return [...(config.publicUrl === undefined ? [] : [new URL(config.publicUrl).origin]), ...local, ...listed]
}
