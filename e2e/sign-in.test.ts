import { createHmac } from 'node:crypto'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OidcProvider, startOidcProvider } from '../src/app/auth/testing.ts'
import { startSmtpServer, type TestSmtpServer } from '../src/app/mail/testing.ts'
import { launchBrowser } from './browser.ts'
import { axeFaults, openPage, picture } from './page.ts'
import { freePort, type Served, serve } from './server.ts'
import { wordsOf } from './words.ts'

/** Every way in, as a person goes it: with the keyboard, and by the names a screen reader says. One installation, from its first start on. */

const t = wordsOf('en')
const ADMINISTRATOR = { name: 'First Administrator', email: 'first@example.com', password: 'seven green bicycles sing' }
const INVITED = { name: 'Invited Person', email: 'invited@example.com', password: 'quiet lamps under water' }
const NEW_PASSWORD = 'a wholly different sentence'
let server: Served
/** By name: passkeys belong to one, this machine's number cannot have any. */
let home: string
let mails: TestSmtpServer
let provider: OidcProvider
let browser: Browser
let page: Page
let context: BrowserContext

beforeAll(async () => {
  const port = await freePort()
  home = `http://localhost:${port}`
  mails = await startSmtpServer()
  provider = await startOidcProvider({
    clients: [{ clientId: 'impulso', clientSecret: 'a secret of the provider', redirectUris: [`${home}/api/auth/callback/sso`] }],
    accounts: [
      { id: 'lia', name: 'Lia of the provider', email: 'lia@example.com', emailVerified: true, groups: ['leads'] },
      { id: 'max', name: 'Max of the provider', email: 'max@example.com', emailVerified: true, groups: ['others'] },
    ],
  })
  const env = {
    IMPULSO_URL: home,
    IMPULSO_SMTP_URL: mails.url(),
    IMPULSO_MAIL_FROM: 'Impulso <impulso@example.com>',
    IMPULSO_OIDC_NAME: 'Example account',
    IMPULSO_OIDC_ISSUER: provider.issuer,
    IMPULSO_OIDC_CLIENT_ID: 'impulso',
    IMPULSO_OIDC_CLIENT_SECRET: 'a secret of the provider',
    IMPULSO_OIDC_GROUPS: 'leads=lead',
    IMPULSO_OIDC_DEFAULT_SCOPE: 'all',
    IMPULSO_ALLOW_HOSTS: '127.0.0.1',
  }
  server = await serve({ args: ['--empty'], env, port })
  browser = await launchBrowser()
  ;({ page } = await openPage(browser))
  context = page.context()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await provider?.close()
  await mails?.stop()
})

const field = (name: string) => page.getByRole('textbox', { name: t(name), exact: true })
const inDialog = (name: string) => page.getByRole('dialog').getByRole('textbox', { name: t(name), exact: true })
const button = (name: string) => page.getByRole('button', { name: t(name), exact: true })

/** Tab from where the focus is until the thing of that name has it: what cannot be reached this way fails. */
async function tabTo(name: string, role: 'button' | 'textbox' | 'link' = 'textbox'): Promise<void> {
  const target = page.getByRole(role, { name, exact: true })
  await target.waitFor()
  for (let count = 0; count < 80; count++) {
    if (await target.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${name} cannot be reached with the Tab key`)
}

async function typeInto(name: string, text: string): Promise<void> {
  await tabTo(t(name))
  await page.keyboard.type(text)
}

async function signInWith({ email, password }: { email: string; password: string }): Promise<void> {
  await page.goto(`${home}/sign-in`)
  await typeInto('signIn.email', email)
  await typeInto('signIn.password', password)
  await page.keyboard.press('Enter')
}

const arrived = () => page.getByRole('heading', { level: 1, name: t('nav.today') }).waitFor()

/** Forgets the session as another device would never have had it; what the browser knows of devices stays. */
async function leave(): Promise<void> {
  await page.request.post(`${home}/api/auth/sign-out`, { headers: { origin: home }, data: {} })
  await page.goto(`${home}/sign-in`)
}

/** Mail goes out by a job, which is asked for every second or so. */
const MAIL_MS = 30_000

/** The link in the newest mail to an address. */
async function linkTo(address: string, page: string): Promise<string> {
  await expect
    .poll(() => mails.mails.some(each => each.to.includes(address) && plain(each.raw).includes(`/${page}?`)), { timeout: MAIL_MS })
    .toBe(true)
  const raw = plain(mails.mails.findLast(each => each.to.includes(address) && plain(each.raw).includes(`/${page}?`))?.raw ?? '')
  return new RegExp(`${home}/${page}\\?token=[\\w-]+`).exec(raw)?.[0] ?? ''
}

/** Quoted-printable, as far as links need it. */
const plain = (raw: string) => raw.replace(/=\r?\n/g, '').replace(/=3D/g, '=')

test('the first start names a link, and whoever opens it makes the first administrator with the keyboard', async () => {
  await page.goto(home)
  await page.getByText(t('setup.whereCode').slice(0, 40), { exact: false }).waitFor()
  const link = /http:\/\/localhost:\d+\/setup#code=\S+/.exec(server.output())?.[0] ?? ''
  expect(link).not.toBe('')
  // As a click in a terminal opens it.
  await page.goto('about:blank')
  await page.goto(link)
  await field('setup.name').waitFor()
  // In the address bar it would be shown over one's shoulder, and kept by the browser.
  expect(page.url()).toBe(`${home}/setup`)
  expect(await axeFaults(page)).toEqual([])
  await typeInto('setup.name', ADMINISTRATOR.name)
  await typeInto('signIn.email', ADMINISTRATOR.email)
  await typeInto('signIn.password', 'password123')
  await page.keyboard.press('Enter')
  await page.getByText(t('password.tooWeak'), { exact: false }).first().waitFor()
  await field('signIn.password').fill(ADMINISTRATOR.password)
  await page.keyboard.press('Enter')
  await page.getByText(t('signIn.done.setup')).waitFor()
  await picture(page, 'set-up-done')
})

test('password: wrong ones are refused in words that a screen reader says at once, the right one opens', async () => {
  await signInWith({ email: ADMINISTRATOR.email, password: 'not the password' })
  await page
    .getByRole('alert')
    .filter({ hasText: t('signIn.wrong') })
    .waitFor()
  await signInWith(ADMINISTRATOR)
  await arrived()
})

test('passkey: added in the account, then one key press signs in', async () => {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.goto(`${home}/account`)
  await tabTo(t('account.addPasskey'), 'button')
  await page.keyboard.press('Enter')
  await inDialog('account.nameOfPasskey').fill('Desk')
  await page.keyboard.press('Enter')
  await page.getByText('Desk', { exact: true }).first().waitFor()
  touch = isReady => devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: isReady })
  await touch(false)
  await leave()
  await signInByPasskey()
})

/** Whether the person would touch the device when asked: the page asks quietly as soon as it is there. */
let touch: (isReady: boolean) => Promise<unknown>

async function signInByPasskey(): Promise<void> {
  await tabTo(t('signIn.passkey'), 'button')
  await touch(true)
  await page.keyboard.press('Enter')
  await arrived()
  await touch(false)
}

test('second step: the app is connected, its code is asked for, and a backup code helps once', async () => {
  await page.goto(`${home}/account`)
  await button('account.turnOn').click()
  await inDialog('password.current').fill(ADMINISTRATOR.password)
  await page.keyboard.press('Enter')
  const secret = (await page.locator('code').first().innerText()).replace(/\s/g, '')
  await page.getByRole('img', { name: t('account.qrCode') }).waitFor()
  await picture(page, 'second-step')
  await inDialog('signIn.code').fill(totp(secret))
  await button('account.confirmCode').click()
  await page.getByText(t('account.backupCodesHelp')).waitFor()
  const shown = await page.getByRole('dialog').innerText()
  const [backup = ''] = /\b[A-Za-z0-9]{5}-[A-Za-z0-9]{5}\b/.exec(shown) ?? []
  expect(backup).not.toBe('')
  await leave()

  await signInWith(ADMINISTRATOR)
  await field('signIn.code').waitFor()
  await page.keyboard.type('000000')
  await page.keyboard.press('Enter')
  await page.getByText(t('signIn.wrongCode')).waitFor()
  await field('signIn.code').fill(totp(secret))
  await page.keyboard.press('Enter')
  await arrived()
  await leave()

  for (const isFirst of [true, false]) {
    await signInWith(ADMINISTRATOR)
    await button('signIn.useBackup').click()
    await field('signIn.backupCode').fill(backup)
    await page.keyboard.press('Enter')
    if (isFirst) {
      await arrived()
      await leave()
    } else await page.getByText(t('signIn.wrongBackupCode')).waitFor()
  }
  // A passkey is two steps in one.
  await page.goto(`${home}/sign-in`)
  await signInByPasskey()
})

test('invitation: a mail brings somebody in, once', async () => {
  await page.goto(`${home}/admin/people`)
  const { status, body } = await post('/api/v1/people', {
    email: INVITED.email,
    name: INVITED.name,
    right: 'fasttrack-manager',
    scope: 'customers',
    locale: 'en',
  })
  expect([status, (body as { link: unknown }).link]).toEqual([200, null])
  const link = await linkTo(INVITED.email, 'invitation')
  await leave()
  await page.goto(link)
  await page.getByRole('heading', { name: t('signIn.welcome').replace('{{name}}', INVITED.name) }).waitFor()
  expect(page.url()).toBe(`${home}/invitation`)
  expect(await axeFaults(page)).toEqual([])
  await typeInto('password.new', INVITED.password)
  await page.keyboard.press('Enter')
  await page.getByText(t('signIn.done.invitation')).waitFor()
  await signInWith(INVITED)
  await arrived()
  await leave()
  await page.goto(link)
  await page.getByText(t('signIn.invitationEnded')).waitFor()
})

test('recovery: a forgotten password is set anew by mail, and who was signed in elsewhere no longer is', async () => {
  await signInWith(INVITED)
  await arrived()
  const elsewhere = await openPage(browser)
  await elsewhere.page.goto(`${home}/sign-in`)
  await elsewhere.page.getByRole('link', { name: t('signIn.forgot') }).click()
  await elsewhere.page.getByRole('textbox', { name: t('signIn.email') }).fill(INVITED.email)
  await elsewhere.page.keyboard.press('Enter')
  await elsewhere.page.getByText(t('signIn.forgotSent')).waitFor()
  const link = await linkTo(INVITED.email, 'reset')
  await elsewhere.page.goto(link)
  await elsewhere.page.getByRole('textbox', { name: t('password.new'), exact: true }).fill(NEW_PASSWORD)
  await elsewhere.page.keyboard.press('Enter')
  await elsewhere.page.getByText(t('signIn.done.password')).waitFor()
  await elsewhere.page.goto(link)
  await elsewhere.page.getByRole('textbox', { name: t('password.new'), exact: true }).fill(`${NEW_PASSWORD} again`)
  await elsewhere.page.keyboard.press('Enter')
  await elsewhere.page.getByText(t('signIn.linkUsed')).waitFor()
  await elsewhere.page.context().close()
  const session = (await (await page.request.get(`${home}/api/v1/session`)).json()) as { person: unknown }
  expect(session.person).toBeNull()
  await signInWith({ ...INVITED, password: NEW_PASSWORD })
  await arrived()
  await leave()
})

test('an address that nobody has gets the same answer and no mail', async () => {
  const before = mails.mails.length
  await page.goto(`${home}/forgot`)
  await field('signIn.email').fill('nobody@example.com')
  await page.keyboard.press('Enter')
  await page.getByText(t('signIn.forgotSent')).waitFor()
  expect(mails.mails.length).toBe(before)
})

test('single sign-on: the group gives the right, and whoever is in none stays out', async () => {
  await page.goto(`${home}/sign-in?to=${encodeURIComponent('/playbooks')}`)
  await tabTo(t('signIn.sso.with').replace('{{name}}', 'Example account'), 'button')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Lia of the provider' }).click()
  await page.getByRole('heading', { level: 1, name: t('nav.playbooks') }).waitFor()
  const { person } = (await (await page.request.get(`${home}/api/v1/session`)).json()) as { person: unknown }
  expect(person).toMatchObject({ name: 'Lia of the provider', email: 'lia@example.com', right: 'lead', scope: 'all' })
  await context.clearCookies()
  await page.goto(`${home}/sign-in`)
  await page.getByRole('button', { name: t('signIn.sso.with').replace('{{name}}', 'Example account') }).click()
  await page.getByRole('button', { name: 'Max of the provider' }).click()
  await page
    .getByRole('alert')
    .filter({ hasText: t('signIn.sso.notAllowed') })
    .waitFor()
  await picture(page, 'single-sign-on-refused')
  expect(await axeFaults(page)).toEqual([])
})

test('single sign-on being down leaves the other ways in open', async () => {
  provider.setUp(false)
  // What the provider is was read before, so the browser is sent there and finds it down.
  const asked = page.waitForRequest(`${provider.issuer}/**`)
  await page.getByRole('button', { name: t('signIn.sso.with').replace('{{name}}', 'Example account') }).click()
  await asked
  // The browser's own page for what does not answer; going on before it stands would be undone by it.
  await expect.poll(() => page.url()).toMatch(/^chrome-error:/)
  await signInWith({ ...INVITED, password: NEW_PASSWORD })
  await arrived()
})

test('a link to elsewhere is not followed after signing in', async () => {
  for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    await leave()
    await page.goto(`${home}/sign-in?to=${encodeURIComponent(to)}`)
    await typeInto('signIn.email', INVITED.email)
    await typeInto('signIn.password', NEW_PASSWORD)
    await page.keyboard.press('Enter')
    await arrived()
    expect(new URL(page.url()).origin).toBe(home)
  }
})

async function post(path: string, data: unknown): Promise<{ status: number; body: unknown }> {
  const answer = await page.request.post(`${home}${path}`, { data, headers: { origin: home } })
  return { status: answer.status(), body: await answer.json() }
}

/** RFC 6238: six digits, SHA-1, thirty seconds. The library lets a code be used once, so a second one in the same window is the next. */
let lastStep = 0
function totp(secret: string): string {
  const step = Math.max(Math.floor(Date.now() / 30_000), lastStep + 1)
  lastStep = step
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const at = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(at) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0')
}

function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, '')]
    .map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
}
