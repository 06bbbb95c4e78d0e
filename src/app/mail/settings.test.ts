import { expect, test } from 'vitest'
import { messageHost, readSmtp } from './settings.ts'

const read = (url: string, from = 'Impulso <impulso@example.com>') => readSmtp({ url, from })

test.each([
  ['smtps://mail.example.com', { port: 465, secure: true, requireTLS: false }],
  ['smtps://mail.example.com:1465', { port: 1465, secure: true }],
  ['smtp://mail.example.com', { port: 587, secure: false, requireTLS: true }],
  ['smtp://mail.example.com?tls=none', { secure: false, ignoreTLS: true }],
  ['smtp://127.0.0.1:25', { host: '127.0.0.1', port: 25, secure: false, ignoreTLS: true }],
  ['smtp://[::1]:25', { host: '::1', ignoreTLS: true }],
  ['smtp://localhost?tls=required', { requireTLS: true }],
])('%s', (url, expected) => {
  const { connection } = read(url)
  expect(connection).toMatchObject({ ...expected, tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2' } })
  // Plain speech and insisting on TLS exclude each other.
  expect(connection.ignoreTLS === true && connection.requireTLS === true).toBe(false)
})

test('a certificate goes unverified only when that is said', () => {
  expect(read('smtps://mail.example.com?tls=unverified').connection).toMatchObject({ secure: true, tls: { rejectUnauthorized: false } })
  expect(read('smtp://mail.example.com?tls=unverified').connection).toMatchObject({ requireTLS: true, tls: { rejectUnauthorized: false } })
})

test('user and password may hold any character', () => {
  expect(read('smtps://ana%40example.com:p%3Aa%2Fss%25@mail.example.com').auth).toEqual({ user: 'ana@example.com', pass: 'p:a/ss%' })
  expect(read('smtps://mail.example.com').auth).toBeNull()
})

test.each([
  'mail.example.com',
  'https://ana:secret@mail.example.com',
  'smtp://',
  'smtp://ana:secret@mail.example.com?tls=maybe',
  'smtp://ana:secret@mail.example.com?secure=no',
  'smtps://ana:secret@mail.example.com?tls=none',
])('%s is refused without its password', url => {
  expect(() => read(url)).toThrow(/^IMPULSO_SMTP_URL: (?!.*secret)/)
})

test.each([
  ['Impulso <impulso@example.com>', { name: 'Impulso', address: 'impulso@example.com' }],
  ['"Impulso, the portal" <impulso@example.com>', { name: 'Impulso, the portal', address: 'impulso@example.com' }],
  ['impulso@example.com', { name: '', address: 'impulso@example.com' }],
  ['Sucesso do Cliente Ltda. <impulso@example.com>', { name: 'Sucesso do Cliente Ltda.', address: 'impulso@example.com' }],
])('the sender %s', (from, sender) => expect(read('smtp://localhost', from).from).toEqual(sender))

test.each([
  'Impulso',
  'Impulso <a@example.com>, Eve <eve@example.com>',
  'Impulso <a@example.com\r\nBcc: eve@example.com>',
  'Impulso\r\nBcc: eve@example.com <a@example.com>',
  'Impulso\u2028 <a@example.com>',
  '<a@example.com><b@example.com>',
])('%j is no sender', from => expect(() => read('smtp://localhost', from)).toThrow('IMPULSO_MAIL_FROM'))

test.each([
  ['https://impulso.example.com/portal', 'impulso.example.com'],
  ['http://127.0.0.1:4100', '[127.0.0.1]'],
  ['http://[::1]:4100', '[IPv6:::1]'],
  ['https://bücher.example', 'xn--bcher-kva.example'],
])('message ids of %s end with %s', (url, host) => expect(messageHost(url)).toBe(host))
