import { isIP } from 'node:net'
import type { SMTPConnectionAuth, SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import { AppError } from '../../model/errors.ts'
import type { Context } from '../context.ts'
import { mailAddress } from './address.ts'

export type SmtpSettings = Readonly<{ url: string; from: string }>

export type MailSettings = Readonly<{
  /** null: mail goes nowhere and is kept to be looked at. */
  smtp: SmtpSettings | null
  /** Where people reach the portal; names this installation in message ids. */
  publicUrl: string
}>

/** What sending mail needs. */
export type MailContext = Pick<Context, 'db' | 'now' | 'log' | 'sealKey'> & Readonly<{ mail: MailSettings }>

export type Sender = Readonly<{ name: string; address: string }>
export type Smtp = Readonly<{ connection: SMTPConnectionOptions; auth: SMTPConnectionAuth | null; from: Sender }>

/** Longest waits in milliseconds: to be connected, to be greeted, for the next word, and for the whole dialogue. */
export type Patience = Readonly<{ connect: number; greeting: number; silence: number; dialogue: number }>
export const PATIENCE: Patience = { connect: 15_000, greeting: 15_000, silence: 60_000, dialogue: 300_000 }

/**
 * Reads `smtps://user:password@host:465` (TLS from the start) or `smtp://…:587` (STARTTLS, and no mail without it). `?tls=none` speaks
 * plainly, `?tls=unverified` takes any certificate, `?tls=required` insists on TLS with this machine too, where it is not needed.
 * Throws `invalid-input`, without the password.
 */
export function readSmtp(settings: SmtpSettings, patience: Patience = PATIENCE): Smtp {
  const url = URL.canParse(settings.url) ? new URL(settings.url) : null
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    throw new AppError('invalid-input', 'IMPULSO_SMTP_URL: an address like smtps://user:password@mail.example.com:465')
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isSecure = url.protocol === 'smtps:'
  const tls = tlsOf(url)
  const isPlain = tls === 'none' || (tls === null && !isSecure && isLoopback(host))
  return {
    connection: {
      host,
      port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
      secure: isSecure,
      ...(isPlain ? { ignoreTLS: true } : { requireTLS: !isSecure }),
      tls: { minVersion: 'TLSv1.2', rejectUnauthorized: tls !== 'unverified' },
      connectionTimeout: patience.connect,
      dnsTimeout: patience.connect,
      greetingTimeout: patience.greeting,
      socketTimeout: patience.silence,
      logger: false,
    },
    auth: url.username === '' ? null : { user: decoded(url.username), pass: decoded(url.password) },
    from: readSender(settings.from),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // The cause would quote the password.
    throw new AppError('invalid-input', 'IMPULSO_SMTP_URL: special characters of user and password are written percent-encoded, % as %25')
  }
}

const TLS = ['required', 'unverified', 'none'] as const

function tlsOf(url: URL): (typeof TLS)[number] | null {
  const others = [...url.searchParams.keys()].filter(name => name !== 'tls')
  const given = url.searchParams.get('tls')
  const known = TLS.find(each => each === given)
  if (others.length > 0 || (given !== null && known === undefined)) {
    throw new AppError('invalid-input', `IMPULSO_SMTP_URL: after the question mark only tls=${TLS.join(', tls=')}`)
  }
  if (known === 'none' && url.protocol === 'smtps:')
    throw new AppError('invalid-input', 'IMPULSO_SMTP_URL: smtps is TLS; tls=none goes with smtp')
  return known ?? null
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** `Impulso <impulso@example.com>`, or the address alone. Throws `invalid-input`. */
function readSender(text: string): Sender {
  const match = /^\s*(?:"([^"\\<>]*)"|([^"<>,;:@()[\]\\]*?))\s*<([^<>]+)>\s*$/.exec(text)
  const [name, address] = match ? [match[1] ?? match[2] ?? '', match[3] ?? ''] : ['', text.trim()]
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) throw new AppError('invalid-input', 'IMPULSO_MAIL_FROM: control characters are not allowed')
  try {
    return { name, address: mailAddress(address) }
  } catch (cause) {
    throw new AppError('invalid-input', 'IMPULSO_MAIL_FROM: a sender like Impulso <impulso@example.com>', { cause })
  }
}

/** The host in message ids: that of the public address, an address of numbers as RFC 5322 writes it. */
export function messageHost(publicUrl: string): string {
  const host = new URL(publicUrl).hostname
  if (isIP(host) === 4) return `[${host}]`
  return host.startsWith('[') ? `[IPv6:${host.slice(1, -1)}]` : host
}
