import { expect, test } from 'vitest'
import { renderMail } from './render.ts'
import type { MailKind, MailValues } from './sentences.ts'

const url = 'https://impulso.example.com/invitation?token=a&b=c'
const VALUES: MailValues = {
  invitation: { name: 'Ana', invitedBy: 'Rita', url, days: 7 },
  'password-reset': { name: 'Ana', url, minutes: 60 },
  test: { url: 'https://impulso.example.com/' },
}
const KINDS = Object.keys(VALUES) as MailKind[]
const LOCALES = ['en', 'pt-BR']
const all = KINDS.flatMap(kind => LOCALES.map(locale => [kind, locale] as const))

test.each(all)('%s in %s says the same as text and as HTML', async (kind, locale) => {
  const mail = await renderMail<MailKind>(kind, locale, VALUES[kind])
  expect(mail.subject).toMatch(/^[\p{L}\p{N} -]+$/u)
  const words = (mail.html.split('<body')[1] ?? '')
    .replace(/^[^>]*>/, '')
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('&amp;', '&')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
  for (const line of words.filter(each => each !== mail.subject)) expect(mail.text).toContain(line)
  expect(mail.html).toContain(`<html lang="${locale}">`)
  expect(mail).toMatchSnapshot()
})

test.each(KINDS)('%s is another sentence in each language', async kind => {
  const [english, portuguese] = await Promise.all(LOCALES.map(locale => renderMail<MailKind>(kind, locale, VALUES[kind])))
  const same = english?.text
    .split('\n')
    .filter(line => line !== '' && !/^(https:|-- )/.test(line) && portuguese?.text.split('\n').includes(line))
  expect(same).toEqual([])
  expect(english?.subject).not.toBe(portuguese?.subject)
})

test('who invites may go unnamed', async () => {
  const text = async (locale: string) => (await renderMail('invitation', locale, { ...VALUES.invitation, invitedBy: null })).text
  expect(await text('en')).toContain('You have been invited to Impulso')
  expect(await text('pt-BR')).toContain('Você recebeu um convite para o Impulso')
})

test('counts are in the singular and the plural of the language', async () => {
  const text = async (locale: string, days: number) => (await renderMail('invitation', locale, { ...VALUES.invitation, days })).text
  expect(await text('en', 1)).toContain('for 1 day and')
  expect(await text('en', 7)).toContain('for 7 days and')
  expect(await text('pt-BR', 1)).toContain('por 1 dia e')
  expect(await text('pt-BR', 7)).toContain('por 7 dias e')
})

test('a name is text and nothing else', async () => {
  const name = '<script>alert(1)</script><a href="https://evil.example">x</a>"\''
  const mail = await renderMail('invitation', 'en', { ...VALUES.invitation, name, invitedBy: name })
  expect(mail.html.match(/<script|<a /g)).toEqual(['<a '])
  expect(mail.html).toContain('&lt;script&gt;')
})

test('a name stays on its line, in its direction and in bounds', async () => {
  const name = `Ana\r\nBcc: eve@example.com\u2028\u202eevil${'x'.repeat(500)}`
  const { text } = await renderMail('invitation', 'en', { ...VALUES.invitation, name })
  expect(text.split('\n')[0]).toMatch(/^Hello Ana Bcc: eve@example\.com evilx+,$/)
  expect(text.split('\n')[0]?.length).toBe('Hello ,'.length + 100)
})

test('a mail loads nothing and runs nothing', async () => {
  for (const [kind, locale] of all) {
    const { html } = await renderMail<MailKind>(kind, locale, VALUES[kind])
    expect(html).not.toMatch(/<(img|script|link|iframe|object|form|style)|\bsrc=|\bon\w+=|url\(|javascript:/i)
  }
})

test('a mail links to web pages only', async () => {
  await expect(renderMail('test', 'en', { url: 'javascript:alert(1)' })).rejects.toThrow('may not link to javascript:')
})
