import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { AccessRight, AccessScope } from '../model/api.ts'
import { AppError } from '../model/errors.ts'
import type { SsoConfig } from './auth/sso-config.ts'
import { readSmtp } from './mail/settings.ts'

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
  /** Where mail goes out; null = mail is captured and shown on the mailbox page. */
  smtp: Readonly<{ url: string; from: string }> | null
  sso: SsoConfig | null
  /** Hosts and networks inside that the program may call all the same. */
  allowHosts: readonly string[]
  /** Address of a simulator of Microsoft Graph on this machine, for trying out; null = none. */
  simulator: string | null
  /** Further hosts that usage reports may be downloaded from: names, or `*.name` for all below one. */
  graphDownloads: readonly string[]
  /** `serve` carries out jobs too; without, `impulso work` does. */
  work: boolean
}>

const SHIPPED_PLAYBOOK = resolve(import.meta.dirname, '../../playbooks/microsoft-365-success')
const UPLOAD_LIMIT_BYTES = 2 * 1024 ** 3

const isNetwork = (text: string) => {
  const [address = '', bits, ...rest] = text.split('/')
  const most = isIP(address) === 6 ? 128 : 32
  return isIP(address) !== 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most))
}
const isOnThisMachine = (text: string) => URL.canParse(text) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(text).hostname)
/** `*.com` would be everybody. */
const isHostPattern = (text: string) => /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text)
const list = (text: string) => text.split(',').map(each => each.trim())
const flag = z.enum(['0', '1', 'true', 'false', 'yes', 'no']).transform(text => ['1', 'true', 'yes'].includes(text))

/** `group=right, group=right`; a group may hold an equals sign, a right does not. */
const Groups = z.string().transform((text, context) => {
  const pairs = list(text).map(each => [each.slice(0, each.lastIndexOf('=')), each.slice(each.lastIndexOf('=') + 1)] as const)
  const wrong = pairs.find(([group, right]) => group === '' || !AccessRight.safeParse(right).success)
  if (!wrong) return Object.fromEntries(pairs) as Record<string, AccessRight>
  context.addIssue({ code: 'custom', message: `pairs like "group=lead" with commas between them; "${wrong.join('=')}" is none` })
  return z.NEVER
})

const Environment = z.object({
  PORT: z.coerce.number('a port number').int('a port number').min(0).max(65_535).default(4100),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'an address like postgres://user:password@host/database')
    .optional(),
  IMPULSO_DATA: z.string().default('data'),
  IMPULSO_PLAYBOOK: z.string().default(SHIPPED_PLAYBOOK),
  IMPULSO_DEMO: flag.default(true),
  IMPULSO_URL: z.url({ protocol: /^https?$/, error: 'an address like https://impulso.example.com' }).optional(),
  IMPULSO_SECRET: z.string().min(32, 'at least 32 characters').optional(),
  IMPULSO_TRUSTED_PROXIES: z
    .string()
    .transform(list)
    .refine(networks => networks.every(isNetwork), 'addresses or networks like 10.0.0.0/8, with commas between them')
    .default([]),
  IMPULSO_UPLOAD_LIMIT: z.coerce.number('a number of bytes').int().min(1).default(UPLOAD_LIMIT_BYTES),
  IMPULSO_SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'an address like smtps://user:password@mail.example.com:465' }).optional(),
  IMPULSO_MAIL_FROM: z
    .string()
    .regex(/^[^\p{Cc}]+$/u, 'a sender like Impulso <impulso@example.com>')
    .optional(),
  IMPULSO_OIDC_NAME: z.string().max(60).default('Single sign-on'),
  IMPULSO_OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'an address like https://login.example.com' }).optional(),
  IMPULSO_OIDC_CLIENT_ID: z.string().optional(),
  IMPULSO_OIDC_CLIENT_SECRET: z.string().optional(),
  IMPULSO_OIDC_GROUPS: Groups.default({}),
  IMPULSO_OIDC_GROUPS_CLAIM: z.string().default('groups'),
  IMPULSO_OIDC_DEFAULT_RIGHT: AccessRight.optional(),
  IMPULSO_OIDC_DEFAULT_SCOPE: AccessScope.default('customers'),
  IMPULSO_OIDC_ONLY: flag.default(false),
  IMPULSO_ALLOW_HOSTS: z.string().transform(list).default([]),
  IMPULSO_GRAPH_SIMULATOR: z
    .url({ protocol: /^http$/, error: 'an address of this machine like http://127.0.0.1:4200' })
    .refine(isOnThisMachine, 'an address of this machine like http://127.0.0.1:4200: real tenants are in the clouds of Microsoft')
    .optional(),
  IMPULSO_GRAPH_DOWNLOAD_HOSTS: z
    .string()
    .transform(list)
    .refine(hosts => hosts.every(isHostPattern), 'names like reports.example.com or *.example.com, with commas between them')
    .default([]),
  IMPULSO_WORK: flag.default(true),
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
    smtp: smtpOf(given),
    sso: ssoOf(given),
    allowHosts: given.IMPULSO_ALLOW_HOSTS,
    simulator: given.IMPULSO_GRAPH_SIMULATOR ?? null,
    graphDownloads: given.IMPULSO_GRAPH_DOWNLOAD_HOSTS,
    work: given.IMPULSO_WORK,
  }
}

type Given = z.infer<typeof Environment>

function smtpOf({ IMPULSO_SMTP_URL: url, IMPULSO_MAIL_FROM: from }: Given): Config['smtp'] {
  if (url === undefined && from === undefined) return null
  const smtp = { url: needed('IMPULSO_SMTP_URL', url), from: needed('IMPULSO_MAIL_FROM', from) }
  // Now, and not when the first mail is due.
  readSmtp(smtp)
  return smtp
}

function ssoOf(given: Given): SsoConfig | null {
  if (given.IMPULSO_OIDC_ISSUER === undefined) return null
  return {
    name: given.IMPULSO_OIDC_NAME,
    issuer: given.IMPULSO_OIDC_ISSUER,
    clientId: needed('IMPULSO_OIDC_CLIENT_ID', given.IMPULSO_OIDC_CLIENT_ID),
    clientSecret: needed('IMPULSO_OIDC_CLIENT_SECRET', given.IMPULSO_OIDC_CLIENT_SECRET),
    groups: given.IMPULSO_OIDC_GROUPS,
    groupsClaim: given.IMPULSO_OIDC_GROUPS_CLAIM,
    defaultRight: given.IMPULSO_OIDC_DEFAULT_RIGHT ?? null,
    scope: given.IMPULSO_OIDC_DEFAULT_SCOPE,
    onlySso: given.IMPULSO_OIDC_ONLY,
  }
}

function needed(name: string, value: string | undefined): string {
  if (value !== undefined) return value
  const fault = { path: name, message: 'needed beside the others of its kind' }
  throw new AppError('invalid-input', `${fault.path}: ${fault.message}`, { details: [fault] })
}

/** Where the files of imported reports are kept. */
export const reportsFolder = (dataFolder: string): string => join(dataFolder, 'reports')

/** Addresses the portal answers at: the public one first, then both names of this machine (passkeys need `localhost`). */
export function originsOf(config: Pick<Config, 'publicUrl' | 'host'>, port: number): readonly string[] {
  const local = [`http://127.0.0.1:${port}`, `http://localhost:${port}`]
  const other = ['127.0.0.1', 'localhost', '0.0.0.0', '::', '::1'].includes(config.host) ? [] : [`http://${config.host}:${port}`]
  return [...(config.publicUrl === null ? [] : [new URL(config.publicUrl).origin]), ...local, ...other]
}
