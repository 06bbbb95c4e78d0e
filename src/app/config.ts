import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from '../model/errors.ts'

/** Settings of one process. Read once, from the environment. */
export type Config = Readonly<{
  port: number
  host: string
  /** Your own PostgreSQL; undefined = the one that Impulso brings, in the data folder. */
  databaseUrl: string | undefined
  dataFolder: string
  playbookFolder: string
  /** Load the demo portfolio into an empty installation. */
  demo: boolean
  /** Where people reach the portal, when that is not this machine's own address. */
  publicUrl: string | null
  /** Signs session cookies; null = a key kept in the data folder. */
  secret: string | null
  /** Addresses and networks whose `X-Forwarded-For` counts. */
  trustedProxies: readonly string[]
  uploadLimitBytes: number
}>

const SHIPPED_PLAYBOOK = resolve(import.meta.dirname, '../../playbooks/microsoft-365-success')
const UPLOAD_LIMIT_BYTES = 2 * 1024 ** 3

const isNetwork = (text: string) => {
  const [address = '', bits, ...rest] = text.split('/')
  const most = isIP(address) === 6 ? 128 : 32
  return isIP(address) !== 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most))
}
const list = (text: string) => text.split(',').map(each => each.trim())

const Environment = z.object({
  PORT: z.coerce.number('a port number').int('a port number').min(0).max(65_535).default(4100),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'an address like postgres://user:password@host/database')
    .optional(),
  IMPULSO_DATA: z.string().default('data'),
  IMPULSO_PLAYBOOK: z.string().default(SHIPPED_PLAYBOOK),
  IMPULSO_DEMO: z
    .enum(['0', '1', 'true', 'false', 'yes', 'no'])
    .transform(text => ['1', 'true', 'yes'].includes(text))
    .default(true),
  IMPULSO_URL: z.url({ protocol: /^https?$/, error: 'an address like https://impulso.example.com' }).optional(),
  IMPULSO_SECRET: z.string().min(32, 'at least 32 characters').optional(),
  IMPULSO_TRUSTED_PROXIES: z
    .string()
    .transform(list)
    .refine(networks => networks.every(isNetwork), 'addresses or networks like 10.0.0.0/8, with commas between them')
    .default([]),
  IMPULSO_UPLOAD_LIMIT: z.coerce.number('a number of bytes').int().min(1).default(UPLOAD_LIMIT_BYTES),
})

/** Throws `invalid-input` naming the variable that is wrong. An empty one counts as not set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const parsed = Environment.safeParse(Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== '')))
  if (!parsed.success) {
    const faults = parsed.error.issues.map(issue => ({ path: issue.path.join('.'), message: issue.message }))
    throw new AppError('invalid-input', faults.map(fault => `${fault.path}: ${fault.message}`).join('; '), { details: faults })
  }
  const given = parsed.data
  return {
    port: given.PORT,
    host: given.HOST,
    databaseUrl: given.DATABASE_URL,
    dataFolder: resolve(given.IMPULSO_DATA),
    playbookFolder: resolve(given.IMPULSO_PLAYBOOK),
    demo: given.IMPULSO_DEMO,
    publicUrl: given.IMPULSO_URL ?? null,
    secret: given.IMPULSO_SECRET ?? null,
    trustedProxies: given.IMPULSO_TRUSTED_PROXIES,
    uploadLimitBytes: given.IMPULSO_UPLOAD_LIMIT,
  }
}

/** Where the files of imported reports are kept. */
export const reportsFolder = (dataFolder: string): string => join(dataFolder, 'reports')

/** Addresses the portal answers at: the public one first, then both names of this machine (passkeys need `localhost`). */
export function originsOf(config: Pick<Config, 'publicUrl' | 'host'>, port: number): readonly string[] {
  const local = [`http://127.0.0.1:${port}`, `http://localhost:${port}`]
  const other = ['127.0.0.1', 'localhost', '0.0.0.0', '::', '::1'].includes(config.host) ? [] : [`http://${config.host}:${port}`]
  return [...(config.publicUrl === null ? [] : [new URL(config.publicUrl).origin]), ...local, ...other]
}
