import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MeetingView, NewMeeting, SetMeeting } from '../../model/meeting-api.ts'
import { findMail } from '../../store/mail.ts'
import type { MailAttachment } from '../../store/tables.ts'
import { NO_GRAPH } from '../connections/testing.ts'
import { downloadDeck, getDeck, takeDeckData } from '../decks/decks.ts'
import { getEvents } from '../events/get-events.ts'
import { composeMail } from '../mail/compose.ts'
import { type TestPeople, testPeople } from '../people/testing.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { addTestCustomer } from '../testing.ts'
import { getCustomerMeetings, getMeeting } from './get-meetings.ts'
import { type Inviting, sendInvitations } from './invite.ts'
import { cancelMeeting, createMeeting, setMeeting, setMeetingResult } from './set-meeting.ts'

const customerId = 'contoso'
const [JOAO, MARY] = [randomUUID(), randomUUID()]
let its: TestPeople
let rita: Actor

beforeAll(async () => {
  its = await testPeople(new Date('2026-11-21T08:00:00Z'))
  rita = await its.person('Rita', 'fasttrack-manager', 'all')
  await addTestCustomer(
    its.context,
    { customer: { id: customerId, name: 'Contoso' }, services: { teams: { intended: true } } },
    'contoso.example',
  )
  await its.owner.query(
    `insert into contact (customer_id, id, name, email, language, version)
    values ('contoso', $1, 'João', 'joao@example.org', 'pt-BR', 1), ('contoso', $2, 'Mary', 'mary@example.org', 'en', 1)`,
    [JOAO, MARY],
  )
})
afterAll(() => its.close())

const contact = (id: string) => ({ contact: id, person: null, isOptional: false })
const review: NewMeeting & { customerId: string } = {
  customerId,
  kind: 'customer',
  title: 'Success review',
  startsLocal: '2026-12-01T09:00',
  timeZone: 'Europe/Lisbon',
  minutes: 60,
  organizer: null,
  location: null,
  services: [],
  items: [],
  attendees: [contact(JOAO), contact(MARY)],
  about: 'review',
  agenda: null,
}
const asSet = (meeting: MeetingView, change: Partial<SetMeeting>): SetMeeting & { customerId: string; meetingId: string } => {
  const { title, startsLocal, timeZone, minutes, location, services, version } = meeting
  const attendees = meeting.attendees.map(({ contact: id, person, isOptional }) => ({ contact: id, person, isOptional }))
  const rest = { title, startsLocal, timeZone, minutes, location, services, version, attendees }
  return { customerId, meetingId: meeting.id, organizer: null, items: [], ...rest, ...change }
}
const create = (change: Partial<NewMeeting> = {}) => createMeeting(its.as(rita), rita, { ...review, ...change })
const set = (meeting: MeetingView, change: Partial<SetMeeting>) => setMeeting(its.as(rita), rita, asSet(meeting, change))

type Sent = Readonly<{ id: string; address: string; text: string; attachments: readonly MailAttachment[] }>
let told = 0
/** Jobs that wait, done as the worker does, twice as after a crash; answers mails since the last call, by address. */
async function newMails(): Promise<readonly Sent[]> {
  const mail: Inviting = { ...its.context, graph: NO_GRAPH, mail: { smtp: null, publicUrl: 'https://impulso.example' } }
  const { rows } = await its.owner.query<{ id: string; data: unknown }>(
    `select id, data from pgboss.job where name = 'invite' and state = 'created' order by created_on, id`,
  )
  for (const { id, data } of rows) {
    await sendInvitations(mail, its.auth, data)
    await sendInvitations(mail, its.auth, data)
    await its.owner.query(`update pgboss.job set state = 'completed' where id = $1`, [id])
  }
  const mails = (await its.owner.query<Sent>(`select * from mail where kind = 'meeting' order by created_at, ctid`)).rows
  const fresh = mails.slice(told)
  told = mails.length
  return [...fresh].sort((a, b) => (a.address < b.address ? -1 : 1))
}
const filesOf = (mails: readonly Sent[]) => mails.map(({ address, attachments }) => [address, ...attachments.map(each => each.name)])
const bytesOf = ({ content, encoding }: MailAttachment) => Buffer.from(content, encoding)
async function download(): Promise<{ name: string; bytes: Buffer }> {
  const { fileName, body } = await downloadDeck(its.as(rita), rita, { customerId, format: 'pdf' })
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return { name: fileName, bytes: Buffer.concat(parts) }
}
const decksSent = async () =>
  (await getEvents(its.as(rita), rita, customerId, { limit: 50 })).events.filter(each => each.kind === 'deck-sent')
const keepData = async () => {
  const { version } = await getDeck(its.as(rita), rita, customerId)
  await takeDeckData(its.as(rita), rita, { customerId, version })
}

test('without kept data, and with a meeting about something else, the deck is refused by its field, and nothing is kept', async () => {
  const before = await getCustomerMeetings(its.as(rita), rita, customerId)
  expect(before.whyNoDeck?.en).toContain('once its data is kept')
  const refused = { code: 'invalid-input', details: [{ path: 'attachDeck' }] }
  await expect(create({ attachDeck: true })).rejects.toMatchObject(refused)
  await keepData()
  await expect(create({ about: null, attachDeck: true })).rejects.toMatchObject(refused)
  await expect(create({ kind: 'internal', about: undefined, attachDeck: true })).rejects.toMatchObject(refused)
  expect(await getCustomerMeetings(its.as(rita), rita, customerId)).toEqual({ ...before, whyNoDeck: null })
  expect(await newMails()).toEqual([])
})

test('each invitation carries the deck as it is downloaded, once, and the record says so', async () => {
  const made = await create({ attachDeck: true })
  expect(made).toMatchObject({ about: 'review', attachesDeck: true })
  const mails = await newMails()
  const { name, bytes } = await download()
  expect(name).toBe('contoso-review-2026-11-21.pdf')
  expect(filesOf(mails)).toEqual([
    ['joao@example.org', 'invite.ics', name],
    ['mary@example.org', 'invite.ics', name],
  ])
  for (const { attachments } of mails) expect(bytesOf(attachments[1] as MailAttachment).equals(bytes)).toBe(true)
  expect(mails.map(({ text }) => text.includes('está em anexo') || text.includes('is attached'))).toEqual([true, true])
  const [event, ...others] = await decksSent()
  expect([event?.summary.en, others.length]).toEqual(['Review deck sent with the invitation: Success review (attendees: 2)', 0])
  // Over the wire it is the same file beside the invitation.
  const row = await findMail(its.context.as(SYSTEM).db, mails[0]?.id ?? '')
  const { raw } = await composeMail(row!, { name: 'Impulso', address: 'impulso@example.com' }) // it was read just now
  const parts = raw.toString().split(/\r?\n\r?\n/)
  const at = parts.findIndex(part => part.includes('Content-Type: application/pdf'))
  expect(raw.toString().match(/filename=.?contoso-review-2026-11-21\.pdf/g)).toHaveLength(1)
  expect(Buffer.from((parts[at + 1] ?? '').split('\n--')[0] ?? '', 'base64').equals(bytes)).toBe(true)
})

test('an update carries it again where an update is sent, with who is added; a cancellation does not', async () => {
  const made = await create()
  expect([made.attachesDeck, filesOf(await newMails())[0]]).toEqual([false, ['joao@example.org', 'invite.ics']])
  const { name } = await download()
  // From now on it goes along: those invited hear of it.
  const attached = await set(made, { attachDeck: true })
  expect(filesOf(await newMails())).toEqual([
    ['joao@example.org', 'invite.ics', name],
    ['mary@example.org', 'invite.ics', name],
  ])
  const covered = await set(attached, { services: ['teams'] })
  expect([covered.attachesDeck, await newMails()]).toEqual([true, []])
  const alone = await set(covered, { attendees: [contact(JOAO)] })
  expect(filesOf(await newMails())).toEqual([['mary@example.org', 'cancel.ics']])
  const moved = await set(alone, { startsLocal: '2026-12-02T09:00' })
  expect(filesOf(await newMails())).toEqual([['joao@example.org', 'invite.ics', name]])
  const both = await set(moved, { attendees: [contact(JOAO), contact(MARY)] })
  expect(filesOf(await newMails())).toEqual([['mary@example.org', 'invite.ics', name]])
  await cancelMeeting(its.as(rita), rita, { customerId, meetingId: both.id, version: both.version })
  expect(filesOf(await newMails())).toEqual([
    ['joao@example.org', 'invite.ics'],
    ['mary@example.org', 'invite.ics'],
  ])
  expect((await decksSent()).length).toBe(4)
})

test('a meeting that is no longer the review sends no deck', async () => {
  const made = await create({ attachDeck: true })
  await newMails()
  const other = await set(made, { about: null, startsLocal: '2026-12-03T09:00' })
  expect([other.attachesDeck, filesOf(await newMails())[0]]).toEqual([false, ['joao@example.org', 'invite.ics']])
  const past = await create({ attachDeck: true, startsLocal: '2026-11-20T09:00' })
  expect(await newMails()).toEqual([])
  const result = { customerId, meetingId: past.id, state: 'held' as const, about: null, completes: [], version: past.version }
  expect(await setMeetingResult(its.as(rita), rita, result)).toMatchObject({ about: null, attachesDeck: false })
})

test('who may not build the deck sends none', async () => {
  const reader = await its.person('Rui', 'reader', 'all')
  const seen = await getCustomerMeetings(its.as(reader), reader, customerId)
  expect(seen.whyNoDeck?.en).toContain('build the review deck')
  await expect(createMeeting(its.as(reader), reader, { ...review, attachDeck: true })).rejects.toMatchObject({ code: 'forbidden' })
  const [meeting] = seen.upcoming
  const shown = await getMeeting(its.as(reader), reader, customerId, meeting?.id ?? '')
  await expect(setMeeting(its.as(reader), reader, asSet(shown, { attachDeck: true }))).rejects.toMatchObject({ code: 'forbidden' })
  expect(await newMails()).toEqual([])
})
