import { expect, test } from 'vitest'
import { renderMail } from './render.ts'
import type { MailKind, MailValues } from './sentences.ts'

const url = 'https://impulso.example.com/invitation?token=a&b=c'
const VALUES: MailValues = {
  survey: { name: 'Ana', sender: 'Rita', line: 'It takes two minutes.', until: '21 December 2026', isReminder: false, url },
  invitation: { name: 'Ana', invitedBy: 'Rita', url, days: 7 },
  'password-reset': { name: 'Ana', url, minutes: 60 },
  test: { url: 'https://impulso.example.com/' },
  notification: { name: 'Ana', title: 'Title', line: 'Contoso', url },
  digest: {
    name: 'Ana',
    lines: [
      { line: 'Contoso', url },
      { line: 'Fabrikam', url },
    ],
    more: 0,
    url,
  },
  meeting: {
    name: 'Ana',
    what: 'changed',
    title: 'Check-in',
    when: '2026-11-24 10:00 (America/Sao_Paulo), every week',
    location: 'Room 1',
    organizer: 'Rita',
    hasDeck: true,
    url,
  },
  'review-deck': { name: 'Ana', title: 'Success review', when: '2026-11-24 10:00 (America/Sao_Paulo)', organizer: 'Rita' },
  'review-summary': {
    name: 'Ana',
    customer: 'Contoso',
    sender: 'Rita',
    experience: [{ paragraph: 'One.' }, { paragraph: 'Two.' }],
    reducedSupport: [{ paragraph: 'Three.' }],
    why: [],
    momentum: [{ line: 'Four', links: [{ line: 'Five', url }] }],
    steps: [{ line: 'Six', links: [] }],
    isClosing: true,
  },
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
    .filter(line => line !== '' && !/^( *https:|--? )/.test(line) && portuguese?.text.split('\n').includes(line))
  // A notification says what it is given: a title and a sentence in one language; a meeting its title, time and place; a review what was agreed.
  const { title, when, location } = VALUES.meeting
  const given: Partial<Record<MailKind, readonly string[]>> = {
    notification: [VALUES.notification.line],
    survey: [VALUES.survey.line],
    meeting: [title, when, location],
    'review-deck': [VALUES['review-deck'].title, VALUES['review-deck'].when],
    'review-summary': ['One.', 'Two.', 'Three.', '  Five:'],
  }
  expect(same).toEqual(given[kind] ?? [])
  if (kind !== 'notification') expect(english?.subject).not.toBe(portuguese?.subject)
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

test('a list tells how much it leaves out, and its lines are text too', async () => {
  const lines = [{ line: '<b>Contoso</b>\r\nBcc: eve@example.com', url }]
  const { html, text } = await renderMail('digest', 'pt-BR', { ...VALUES.digest, lines, more: 3 })
  expect(text).toContain('- <b>Contoso</b> Bcc: eve@example.com\n')
  expect(html).toContain('&lt;b&gt;Contoso')
  expect(text).toContain('Outros 3 não estão nesta lista')
  await expect(renderMail('digest', 'en', { ...VALUES.digest, lines: [{ line: 'x', url: 'javascript:alert(1)' }] })).rejects.toThrow()
})

test('a mail links to web pages only', async () => {
  await expect(renderMail('test', 'en', { url: 'javascript:alert(1)' })).rejects.toThrow('may not link to javascript:')
})
