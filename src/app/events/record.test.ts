import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testOwner, textHolding } from '../../store/testing-text.ts'
import { sealKeyOf } from '../auth/secret.ts'
import { getCustomer } from '../customers/get-customer.ts'
import { setFact } from '../customers/set-fact.ts'
import { exportRecord } from '../exports/export-record.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { personal } from './personal-value.ts'
import { recordCustomer, recordInstallation } from './record.ts'
import { recordSignIn } from './record-sign-in.ts'
import { reveal } from './reveal.ts'
import { headsText, parseHeads, verifyAll } from './verify.ts'

let its: TestContext
beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T10:00:00Z'))
  for (const id of ['one', 'two']) await addTestCustomer(its.context, { customer: { id, name: id } }, `${id}-main`)
})
afterAll(() => its.close())

const actor = (personId: string, right: Actor['right'] = 'lead'): Actor => ({
  personId,
  name: `Name of ${personId}`,
  right,
  scope: 'all',
  address: '203.0.113.7',
})
const inTransaction = <T>(as: Actor, work: (trx: Parameters<typeof recordCustomer>[0]) => Promise<T>) =>
  its.context.as(as).db.transaction().execute(work)

/** Every way onto the record, by people who may change customers and by people who may not. */
const WRITERS: readonly ((n: number) => Promise<unknown>)[] = [
  n =>
    inTransaction(actor(`lead-${n % 2}`), trx =>
      recordCustomer(trx, its.context, actor(`lead-${n % 2}`), { customerId: 'one', kind: 'test', data: { n } }),
    ),
  n => exportRecord(its.context.as(actor('reader', 'reader')), actor('reader', 'reader'), n % 2 ? 'one' : 'two', 'json'),
  async n => {
    const lead = actor('lead-0')
    const { version } = await getCustomer(its.context, lead, 'two')
    return setFact(its.context.as(lead), lead, {
      customerId: 'two',
      name: 'csm.since',
      service: null,
      value: `2026-01-${10 + (n % 9)}`,
      version,
    }).catch(() => {})
  },
  n =>
    inTransaction(actor('boss', 'administrator'), trx =>
      recordInstallation(trx, its.context, actor('boss', 'administrator'), { kind: 'test', data: { n } }),
    ),
  n => recordSignIn(its.context, { kind: 'signed-in', personId: `new-${n}`, by: `new-${n}`, address: '203.0.113.8', agent: 'Browser/1' }),
  n =>
    inTransaction(actor('lead-1'), async trx => {
      await recordCustomer(trx, its.context, actor('lead-1'), { customerId: 'two', kind: 'test', data: { n } })
      await recordInstallation(trx, its.context, actor('lead-1'), { kind: 'test', data: { n } })
      if (n % 3 === 0) throw new Error('taken back')
    }).catch(() => {}),
]

test('whoever writes at the same time, numbers and hashes follow each other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: WRITERS.length - 1 }), { minLength: 2, maxLength: 14 }), async order => {
      await Promise.all(order.map((writer, n) => WRITERS[writer]?.(n)))
      expect((await verifyAll(its.context.db)).broken).toEqual([])
    }),
    { numRuns: 12 },
  )
  const { chains, events, head, heads } = await verifyAll(its.context.db)
  expect([chains, [...heads.keys()].sort()]).toEqual([3, ['customer/one', 'customer/two', 'installation']])
  expect(events).toBe([...heads.values()].reduce((sum, { seq }) => sum + seq, 0))
  expect(head).toMatch(/^[0-9a-f]{64}$/)
})

test('what is personal is readable with its key only, and stands nowhere in clear', async () => {
  const ana = actor('ana')
  const note = 'Joana is on leave'
  const seq = await inTransaction(ana, trx =>
    recordCustomer(trx, its.context, ana, {
      customerId: 'one',
      kind: 'test',
      data: { after: { note: personal('ana', note), many: [personal('ana', 1)] } },
    }),
  )
  const [body] = (await testOwner(its.urls.owner, `select body from event where customer_id = 'one' and seq = ${seq}`)) as string[]
  const parsed = JSON.parse(body ?? '') as { data: { after: { note: { sealed: string; text: string } } }; from: { period: string } }
  expect([parsed.data.after.note.sealed, Buffer.from(parsed.data.after.note.text, 'base64').length, parsed.from.period]).toEqual([
    'ana',
    note.length + 2 + 28,
    '2026-11',
  ])
  for (const word of ['Joana', '203.0.113.7']) expect(await textHolding(its.urls.owner, word)).toEqual([])
  const open = async (context: Pick<typeof its.context, 'sealKey'>) => (await reveal(its.context.db, context, [body ?? '']))[0]
  expect(await open(its.context)).toEqual({ data: { after: { note, many: [1] } }, from: '203.0.113.7' })
  expect(await open({ sealKey: sealKeyOf('another') })).toEqual({
    data: { after: { note: { erased: true }, many: [{ erased: true }] } },
    from: null,
  })
})

test('sealed text moved to another person does not open', async () => {
  const [ana, rui] = [actor('ana'), actor('rui')]
  for (const who of [ana, rui])
    await inTransaction(who, trx =>
      recordCustomer(trx, its.context, who, { customerId: 'one', kind: 'test', data: { after: personal(who.personId, who.personId) } }),
    )
  const [body] = (await testOwner(
    its.urls.owner,
    `select body from event where customer_id = 'one' and who = 'ana' order by seq desc limit 1`,
  )) as string[]
  const moved = (body ?? '').replace('"sealed":"ana"', '"sealed":"rui"')
  expect((await reveal(its.context.db, its.context, [body ?? '', moved])).map(each => each.data)).toEqual([
    { after: 'ana' },
    { after: { erased: true } },
  ])
})

test('another secret stops writing instead of losing what is there', async () => {
  const ana = actor('ana')
  const other = { ...its.context, sealKey: sealKeyOf('another') }
  await expect(inTransaction(ana, trx => recordCustomer(trx, other, ana, { customerId: 'one', kind: 'test' }))).rejects.toMatchObject({
    code: 'unavailable',
  })
})

test('a sign-in is on record in the person’s own name; what others did to an account is left to them', async () => {
  const count = async () => (await testOwner(its.urls.owner, 'select count(*)::int from installation_event'))[0]
  const before = await count()
  const said = { personId: 'ana', address: '203.0.113.7', agent: null }
  await recordSignIn(its.context, { ...said, kind: 'person-changed', by: 'boss' })
  await recordSignIn(its.context, { ...said, kind: 'person-deleted', by: 'ana' })
  expect(await count()).toBe(before)
  await recordSignIn(its.context, { ...said, kind: 'person-added', by: 'ana', address: null })
  await recordSignIn(its.context, { ...said, kind: 'signed-in', by: 'ana' })
  expect(await testOwner(its.urls.owner, 'select who from installation_event order by seq desc limit 2')).toEqual(['ana', SYSTEM.personId])
})

test('a right that single sign-on changed is on record with before and after, one’s own new name in one’s own name', async () => {
  const event = { personId: 'known', by: 'known', agent: null, kind: 'person-changed' } as const
  const told = { before: { right: 'engineer' }, after: { right: 'lead' } }
  await recordSignIn(its.context, { ...event, address: null, told })
  await recordSignIn(its.context, { ...event, address: '203.0.113.9', told: { isRenamed: true } })
  const rows = await its.context.db.selectFrom('installation_event').select(['who', 'body']).orderBy('seq', 'desc').limit(2).execute()
  expect(rows.map(row => [row.who, JSON.parse(row.body).data])).toEqual([
    ['known', { person: 'known', isRenamed: true }],
    ['system', { person: 'known', ...told }],
  ])
})

test('a tail cut off, a chain gone and a chain written anew show against heads kept elsewhere', async () => {
  const kept = await verifyAll(its.context.db)
  const parsed = parseHeads(await headsText(its.context.db, kept.heads))
  const heads = 'heads' in parsed ? parsed.heads : new Map()
  expect((await verifyAll(its.context.db, heads)).broken).toEqual([])
  const last = kept.heads.get('installation')?.seq ?? 0
  for (const [table, where] of [
    ['installation_event', `seq = ${last}`],
    ['event', `customer_id = 'two'`],
  ]) {
    await testOwner(its.urls.owner, `alter table ${table} disable trigger user`)
    await testOwner(its.urls.owner, `delete from ${table} where ${where}`)
    await testOwner(its.urls.owner, `alter table ${table} enable trigger user`)
  }
  expect((await verifyAll(its.context.db)).broken).toEqual([])
  expect((await verifyAll(its.context.db, heads)).broken).toEqual([
    { chain: 'customer/two', seq: 0, fault: 'is gone' },
    { chain: 'installation', seq: last - 1, fault: `ends here; event ${last} was there when its hash was kept` },
  ])
  await inTransaction(SYSTEM, trx => recordInstallation(trx, its.context, SYSTEM, { kind: 'something-else' }))
  expect((await verifyAll(its.context.db, heads)).broken).toContainEqual({
    chain: 'installation',
    seq: last,
    fault: 'is another event than the one whose hash was kept',
  })
  expect((await verifyAll(its.context.db)).head).not.toBe(kept.head)
  expect(parseHeads('installation 1 zz')).toEqual({ badLine: 1 })
})
