import { afterAll, beforeAll, expect, test } from 'vitest'
import { SYSTEM } from '../policy.ts'
import { type TestContext, testContext } from '../testing.ts'
import { getMail, listMail } from './outbox.ts'
import { signInMailer } from './sign-in-mail.ts'

let open: TestContext
beforeAll(async () => {
  open = await testContext(new Date('2026-11-21T08:00:00Z'))
})
afterAll(() => open.close())

test("the mails of sign-in are written in the person's name and language, each once", async () => {
  const context = { ...open.context, mail: { smtp: null, publicUrl: 'https://impulso.example.com' } }
  await context.db.insertInto('person').values({ id: 'bea', name: 'Bea Souza' }).execute()
  const send = signInMailer(context)
  await context.db.insertInto('person').values({ id: 'rita', name: 'Rita Lima' }).execute()
  const shared = { by: null, to: 'bea@example.com', personId: 'bea', locale: 'pt-BR' }
  const reset = { ...shared, kind: 'password-reset', key: 'password-reset:1', url: 'https://impulso.example.com/reset?token=b' } as const
  const invitation = { ...shared, kind: 'invitation', key: 'invitation:1', url: 'https://impulso.example.com/invitation?token=a' } as const
  await send({ ...invitation, by: 'rita' })
  await send({ ...invitation, key: 'invitation:2', by: 'command-line' })
  await send(reset)
  await send(reset)
  const { mails } = await listMail(context, SYSTEM)
  const texts = await Promise.all(mails.map(async mail => (await getMail(context, SYSTEM, mail.id)).text ?? ''))
  expect(texts.map(text => text.split('\n', 1)[0])).toEqual(Array(3).fill('Olá, Bea Souza!'))
  const saying = (...parts: readonly string[]) => texts.filter(text => parts.every(part => text.includes(part))).length
  expect(saying('Rita Lima convidou você', 'https://impulso.example.com/invitation?token=a\n', 'por 7 dias')).toBe(1)
  expect(saying('Você recebeu um convite', 'https://impulso.example.com/invitation?token=a\n')).toBe(1)
  expect(saying('https://impulso.example.com/reset?token=b\n', 'por 60 minutos')).toBe(1)
})
