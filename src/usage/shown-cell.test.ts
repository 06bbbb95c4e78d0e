import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDuck } from './duck.ts'
import { readUsageFiles } from './read-usage.ts'
import { shownCell } from './shown-cell.ts'

test.each(['2026-02-30', '13/45/2026', '-1', '1,5', 'Never', 'infinity', ''])('"%s" is nobody and is shown as it stands', cell => {
  expect(shownCell(cell)).toBe(cell === '' ? 'a text of 0 characters' : JSON.stringify(cell))
})

test('of whatever has a letter or a sign of an address nothing is shown', () => {
  const named = fc.string({ unit: 'grapheme', minLength: 1 }).filter(text => /[\p{L}@_#]/u.test(text) && text.length > 8)
  fc.assert(
    fc.property(named, text => {
      expect(shownCell(text)).toBe(`a text of ${text.length} characters`)
    }),
  )
})

const TEAMS =
  'Report Refresh Date,User Principal Name,Last Activity Date,Is Deleted,Deleted Date,Assigned Products,Team Chat Message Count,Private Chat Message Count,Call Count,Meeting Count,Has Other Action,Is Licensed,Report Period\r\n'

/** Rows whose columns have slipped, so that people stand where days, flags and numbers are expected. */
test.each([
  ['a day', '2026-11-19,x,ana.lima@contoso.example,False,,M365,1,1,1,1,No,Yes,30'],
  ['a flag', '2026-11-19,x,2026-11-18,Ana Lima,,M365,1,1,1,1,No,Yes,30'],
  ['the refresh date', 'ana.lima@contoso.example,x,2026-11-18,False,,M365,1,1,1,1,No,Yes,30'],
  ['a quote', '2026-11-19,"Ana Lima" ana.lima@contoso.example,2026-11-18,False,,M365,1,1,1,1,No,Yes,30'],
])('a name where %s is expected is counted and not repeated', async (_, row) => {
  const folder = await mkdtemp(join(tmpdir(), 'impulso-shown-'))
  try {
    const path = join(folder, 'teams.csv')
    await writeFile(path, `${TEAMS}2026-11-19,a@contoso.example,2026-11-18,False,,M365,1,1,1,1,No,Yes,30\r\n${row}\r\n`)
    const read = await readUsageFiles([{ path }], { window: 28, tempFolder: folder })
    const said = JSON.stringify(read.reading.problems)
    expect(read.reading.rows).toMatchObject({ read: 2, rejected: 1 })
    expect(said).toContain('rejected-row')
    expect(said).not.toMatch(/ana|lima/i)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('what DuckDB quotes of a row, or of this machine, stays inside', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'impulso-shown-'))
  const duck = await openDuck(folder, [])
  try {
    for (const sql of [
      `select cast('ana.lima@contoso.example' as date)`,
      `select cast('ana"lima''s' as bigint)`,
      `select * from read_csv('${folder}-ana/lima.csv')`,
    ]) {
      for (const ask of [duck.run, duck.row, duck.rows]) {
        const error = await ask(sql).catch(thrown => thrown)
        expect(error.message).toMatch(/Error: ?\S/)
        expect(JSON.stringify([error.message, String(error.stack), String(error.cause)])).not.toMatch(/ana|lima/)
      }
    }
  } finally {
    duck.close()
    await rm(folder, { recursive: true })
  }
})

/** Names of products are kept, as keys of a table, in which neither three thousand letters nor a zero byte have a place. */
test.each([
  ['long', 'x'.repeat(3000)],
  ['with a zero byte', 'x\u0000y'],
])('a product called something %s is left out of counts, and is shortened in rows of people', async (_, name) => {
  const folder = await mkdtemp(join(tmpdir(), 'impulso-shown-'))
  try {
    const [counts, people] = [join(folder, 'counts.csv'), join(folder, 'people.csv')]
    await writeFile(
      counts,
      `Report Refresh Date,Product Type,Assigned,Activated,Shared Computer Activation\r\n2026-11-19,MICROSOFT 365 APPS FOR ENTERPRISE,5,3,1\r\n2026-11-19,MICROSOFT 365 APPS FOR ENTERPRISE ${name},5,3,1\r\n`,
    )
    await writeFile(
      people,
      `Report Refresh Date,User Principal Name,Display Name,Product Type,Last Activated Date,Windows,Mac,Windows 10 Mobile,iOS,Android,Activated On Shared Computer\r\n2026-11-19,a@contoso.example,A,MICROSOFT 365 APPS FOR ENTERPRISE ${name},2026-11-01,1,0,0,0,0,False\r\n`,
    )
    const read = async (path: string) => (await readUsageFiles([{ path }], { window: 28, tempFolder: folder })).reading
    const told = await read(counts)
    expect(told.activations?.map(each => each.product)).toEqual(['MICROSOFT 365 APPS FOR ENTERPRISE'])
    expect(told.problems).toEqual([expect.objectContaining({ code: 'rejected-row', line: 3, message: expect.stringMatching(/^.{1,90}$/) })])
    const [product = ''] = (await read(people)).activations?.map(each => each.product) ?? []
    expect(product).toMatch(/^MICROSOFT 365 APPS FOR ENTERPRISE X[XY]+$/)
    expect(product.length).toBeLessThanOrEqual(200)
  } finally {
    await rm(folder, { recursive: true })
  }
})
