import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Candidate, fitsOf, isSuited, rank, SAID_NOTHING, type Said, type Wanted } from './match.ts'

const WANTED: Wanted = { skill: 'security', service: 'teams', language: 'pt', region: 'europe' }
const candidate = (id: string, said: Partial<Said> = {}, more: Partial<Candidate> = {}): Candidate => ({
  id,
  name: id,
  said: { ...SAID_NOTHING, ...said },
  open: 0,
  atOnce: null,
  nextWanted: null,
  ...more,
})
const order = (candidates: readonly Candidate[], wanted = WANTED) => rank(wanted, candidates).map(each => each.id)

test('who says nothing is unknown, and neither a match nor a refusal', () => {
  expect(fitsOf(WANTED, SAID_NOTHING)).toEqual({ skill: 'unknown', service: 'unknown', language: 'unknown', region: 'unknown' })
  expect(order([candidate('no', { skills: ['training'] }), candidate('unknown'), candidate('yes', { skills: ['security'] })])).toEqual([
    'yes',
    'unknown',
    'no',
  ])
})

test('what is not asked for is no criterion', () => {
  const open: Wanted = { skill: 'security', service: null, language: null, region: null }
  expect(fitsOf(open, { skills: ['security'], services: ['yammer'], languages: ['en'], regions: ['africa'] })).toEqual({
    skill: 'yes',
    service: null,
    language: null,
    region: null,
  })
})

test('skill counts before service, service before language, language before region, then who has room and less to do', () => {
  expect(
    order([
      candidate('full', { skills: ['security'], services: ['teams'], languages: ['pt'], regions: ['europe'] }, { open: 1, atOnce: 1 }),
      candidate('busy', { skills: ['security'], services: ['teams'], languages: ['pt'], regions: ['europe'] }, { open: 2, atOnce: 5 }),
      candidate('free', { skills: ['security'], services: ['teams'], languages: ['pt'], regions: ['europe'] }, { open: 0, atOnce: 5 }),
      candidate('elsewhere', { skills: ['security'], services: ['teams'], languages: ['pt'], regions: ['africa'] }),
      candidate('other-language', { skills: ['security'], services: ['teams'], languages: ['en'], regions: ['europe'] }),
      candidate('other-service', { skills: ['security'], services: ['yammer'], languages: ['pt'], regions: ['europe'] }),
      candidate('other-skill', { skills: ['training'], services: ['teams'], languages: ['pt'], regions: ['europe'] }),
    ]),
  ).toEqual(['free', 'busy', 'full', 'elsewhere', 'other-language', 'other-service', 'other-skill'])
})

test('at the limit, the next free day is the first that something accepted is wanted for; without a limit nobody knows', () => {
  const [full, unsaid] = rank(WANTED, [
    candidate('a', {}, { open: 2, atOnce: 2, nextWanted: '2026-12-01' as never }), // a day as text is a day
    candidate('b', {}, { open: 9, nextWanted: '2026-12-01' as never }),
  ]).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  expect([full?.isFree, full?.nextFree, unsaid?.isFree, unsaid?.nextFree]).toEqual([false, '2026-12-01', null, null])
})

const list = fc.subarray(['x', 'y', 'z'])
const said = fc.record({ skills: list, services: list, languages: list, regions: list })
const one = fc.constantFrom('x', 'y', 'z')
const wanted = fc.record({ skill: one, service: fc.option(one), language: fc.option(one), region: fc.option(one) })
const candidates = fc.array(
  fc.record({ said, open: fc.nat(5), atOnce: fc.option(fc.integer({ min: 1, max: 5 })), name: fc.constantFrom('Ana', 'Bram') }),
  { maxLength: 8 },
)

test('the order is the same whatever order they come in, and loses nobody', () => {
  fc.assert(
    fc.property(wanted, candidates, fc.integer(), (asked, given, turn) => {
      const all = given.map((each, at) => ({ ...each, id: `p${at}`, nextWanted: null }))
      const turned = all.map((_, at) => all[(((at + turn) % all.length) + all.length) % all.length]).filter(each => each !== undefined)
      expect(order(turned, asked)).toEqual(order(all, asked))
      expect(order(all, asked).toSorted()).toEqual(all.map(each => each.id).toSorted())
    }),
  )
})

test('saying less never puts anybody out of the queue', () => {
  fc.assert(
    fc.property(wanted, said, fc.constantFrom('skills', 'services', 'languages', 'regions'), (asked, full, forgotten) => {
      if (isSuited(fitsOf(asked, full))) expect(isSuited(fitsOf(asked, { ...full, [forgotten]: [] }))).toBe(true)
    }),
  )
})
