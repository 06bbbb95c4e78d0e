import { afterAll, beforeAll, expect, test } from 'vitest'
import { SLIDE_KINDS } from '../../model/deck.ts'
import { setFact } from '../customers/set-fact.ts'
import { type TestPeople, testPeople } from '../people/testing.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer } from '../testing.ts'
import { changeDeck, downloadDeck, getDeck, takeDeckData } from './decks.ts'

const customerId = 'contoso'
let its: TestPeople
let rita: Actor
beforeAll(async () => {
  its = await testPeople(new Date('2026-11-21T08:00:00Z'))
  rita = await its.person('Rita', 'fasttrack-manager', 'all')
  const services = { teams: { intended: true, activatedOn: '2026-03-01' } }
  const metrics = [{ id: 'm1', name: 'Answers found alone', baseline: 5, target: 40, current: 42, asOf: '2026-11-18' }]
  await addTestCustomer(its.context, { customer: { id: customerId, name: 'Contoso', assignedOn: '2026-02-01' }, services, metrics }, 'main')
  await its.owner.query(
    `insert into blocker (customer_id, id, title, services, items, reason, reason_version, seats, opened_by, opened_at, version)
    values ('contoso', gen_random_uuid(), 'Proxy breaks sign-in', '{teams}', '{}', 'network', 1, 40, $1, '2026-10-01T10:00:00Z', 1)`,
    [rita.personId],
  )
})
afterAll(() => its.close())

const see = () => getDeck(its.as(rita), rita, customerId)
const text = (view: Awaited<ReturnType<typeof see>>) => JSON.stringify(view.slides.map(({ blocks }) => blocks))
async function bytes(format: 'pptx' | 'pdf'): Promise<Buffer> {
  const { body } = await downloadDeck(its.as(rita), rita, { customerId, format })
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts)
}
const metric = async (value: number) => {
  const { customer } = { customer: await its.owner.query(`select version from customer where id = 'contoso'`) }
  await setFact(its.as(rita), rita, {
    customerId,
    ...{ name: 'metric.m1.current', service: null, value, version: customer.rows[0].version },
  })
}

test('before anybody chose, every slide is shown from what is known today', async () => {
  const view = await see()
  expect(view).toMatchObject({ version: 0, locale: 'en', taken: null, left: [], date: '2026-11-21' })
  expect(view.slides.map(each => each.kind)).toEqual(SLIDE_KINDS)
  expect(text(view)).toContain('Proxy breaks sign-in')
})

test('slides are chosen and ordered, texts typed; who saw an older deck is told', async () => {
  const wanted = { customerId, locale: 'pt-BR' as const, slides: ['usage', 'title'] as const, narratives: { usage: 'O Teams lidera.' } }
  const view = await changeDeck(its.as(rita), rita, { ...wanted, slides: [...wanted.slides], version: 0 })
  expect(view.slides.map(each => each.kind)).toEqual(['usage', 'title', 'sources'])
  expect([view.version, view.left.length, text(view).includes('O Teams lidera.')]).toEqual([1, SLIDE_KINDS.length - 3, true])
  await expect(changeDeck(its.as(rita), rita, { ...wanted, slides: ['title'], version: 0 })).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { locale: 'pt-BR', slides: ['usage', 'title'] }, version: 1 },
  })
})

test('a file needs data that is kept; the same review gives the same bytes, whatever becomes known, until data is taken anew', async () => {
  await expect(bytes('pptx')).rejects.toMatchObject({ code: 'conflict', details: { reason: { 'pt-BR': expect.any(String) } } })
  const all = SLIDE_KINDS.filter(kind => kind !== 'sources')
  await changeDeck(its.as(rita), rita, { customerId, locale: 'en', slides: [...all], narratives: {}, version: 1 })
  const taken = await takeDeckData(its.as(rita), rita, { customerId, version: 2 })
  expect(taken).toMatchObject({ version: 3, taken: { by: 'Rita' } })
  expect(text(taken)).toContain('42')
  const first = { pptx: await bytes('pptx'), pdf: await bytes('pdf') }
  expect([first.pptx.subarray(0, 2).toString(), first.pdf.subarray(0, 5).toString()]).toEqual(['PK', '%PDF-'])
  await metric(77)
  expect(text(await see())).not.toContain('77')
  expect(first.pptx.equals(await bytes('pptx'))).toBe(true)
  expect(first.pdf.equals(await bytes('pdf'))).toBe(true)
  const anew = await takeDeckData(its.as(rita), rita, { customerId, version: 3 })
  expect(text(anew)).toContain('77')
  expect(first.pptx.equals(await bytes('pptx'))).toBe(false)
})

test('a reader sees the slides and changes nothing', async () => {
  const reader = await its.person('Rui', 'reader', 'all')
  expect((await getDeck(its.as(reader), reader, customerId)).canBuild.ok).toBe(false)
  await expect(takeDeckData(its.as(reader), reader, { customerId, version: 4 })).rejects.toMatchObject({ code: 'forbidden' })
})
