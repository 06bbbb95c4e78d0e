import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeckTemplates } from '../../model/deck.ts'
import { ChangeDeckTemplates } from '../../model/deck-api.ts'
import { type TestPeople, testPeople } from '../people/testing.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer } from '../testing.ts'
import { changeBrand, getBrand } from './brand.ts'
import { getDeck, takeDeckData } from './decks.ts'
import { changeTemplates, getTemplates } from './templates.ts'

const customerId = 'contoso'
let its: TestPeople
let ada: Actor
beforeAll(async () => {
  its = await testPeople(new Date('2026-11-21T08:00:00Z'))
  ada = await its.person('Ada', 'administrator', 'all')
  await addTestCustomer(its.context, { customer: { id: customerId, name: 'Contoso', assignedOn: '2026-02-01' } }, 'main')
})
afterAll(() => its.close())

const about = { id: 'about-us', after: 'title' as const, title: 'About us', text: 'We are many.' }
const templates: DeckTemplates = { en: { slides: { usage: { title: 'Who uses what' } }, own: [about] } }
const change = (wanted: DeckTemplates, version: number, actor = ada) =>
  changeTemplates(its.as(actor), actor, ChangeDeckTemplates.parse({ templates: wanted, version }))
const see = () => getTemplates(its.as(ada), ada)
const titles = async () => (await getDeck(its.as(ada), ada, customerId)).slides.map(each => each.title)

test('nothing is replaced at first, and what is shipped is told in each language', async () => {
  const view = await see()
  expect([view.templates, view.version]).toEqual([{}, 0])
  expect([view.shipped.en.usage.title, view.shipped['pt-BR'].title.title]).toEqual(['Active usage per service', 'Revisão de sucesso'])
  expect(view.shipped.en.usage.notes).toContain('From the playbook')
})

test('decks say what was put in place of it; those whose data is kept stay as they are', async () => {
  const view = await change({ ...templates, 'pt-BR': { slides: { usage: {} }, own: [] } }, 0)
  expect([view.templates, view.version]).toEqual([templates, 1])
  expect(await titles()).toEqual(expect.arrayContaining(['About us', 'Who uses what']))
  await takeDeckData(its.as(ada), ada, { customerId, version: 0 })
  await change({}, 1)
  expect(await titles()).toEqual(expect.arrayContaining(['About us', 'Who uses what']))
  await takeDeckData(its.as(ada), ada, { customerId, version: 1 })
  expect(await titles()).not.toContain('About us')
  const { rows } = await its.owner.query(`select body from installation_event where body like '%deck-templates-changed%' order by seq`)
  expect(rows.map(({ body }) => JSON.parse(body).data)).toEqual([{ slides: ['en: usage', 'en: about-us'] }, { slides: [] }])
})

test('who saw older ones is told theirs, and nothing is changed; who presents is another matter', async () => {
  await change(templates, 2)
  await expect(change({}, 2)).rejects.toMatchObject({ code: 'conflict', details: { theirs: templates, yours: {}, version: 3 } })
  await expect(change({}, 9)).rejects.toMatchObject({ code: 'invalid-input' })
  const { version } = await getBrand(its.as(ada), ada)
  await changeBrand(its.as(ada), ada, { name: 'Contoso Partners', colour: null, version })
  expect(await see()).toMatchObject({ templates, version: 3 })
})

test('a manager neither sees nor changes them', async () => {
  const rita = await its.person('Rita', 'fasttrack-manager', 'all')
  await expect(getTemplates(its.as(rita), rita)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(change({}, 3, rita)).rejects.toMatchObject({ code: 'forbidden' })
  expect((await see()).templates).toEqual(templates)
})
