import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Playbook, Process } from '../model/playbook.ts'
import { compile } from './compile.ts'

/** Real pages lie beside the repository and not in it; without them these tests say so. */
const SHARED = join(import.meta.dirname, '../../../shared')
const hasPages = existsSync(join(SHARED, 'seeds')) && existsSync(join(SHARED, 'corpus'))
if (!hasPages) console.warn('SKIPPED: ../shared/seeds and ../shared/corpus are not there, so real pages are not tested')
const onPages = hasPages ? describe : describe.skip

const filesIn = (folder: string) =>
  readdirSync(join(SHARED, folder))
    .sort()
    .map(name => ({ path: `${folder}/${name}`, text: readFileSync(join(SHARED, folder, name), 'utf8') }))
const processOf = (playbook: Playbook, id: string): Process => {
  const found = playbook.processes.find(each => each.id === id)
  if (!found) throw new Error(`no process ${id} among ${playbook.processes.map(each => each.id).join(', ')}`)
  return found
}
const tasksOf = (process: Process) =>
  process.steps.flatMap(step =>
    step.tasks.map(task => [task.id, task.mandatory, task.role, task.services === 'all' ? 'all' : task.services.join('+')]),
  )

onPages('the two seed pages (skipped without ../shared)', () => {
  const { playbook, diagnostics } = hasPages ? compile(filesIn('seeds')) : compile([])
  const FM = 'fasttrack-manager'

  test('are the two processes, in Portuguese, without a playbook id', () => {
    expect(playbook.processes.map(each => each.id)).toEqual(['conduct-success-review', 'support-success-execution'])
    expect(playbook.playbook).toMatchObject({ id: null, version: null, locales: ['pt-BR'], sourceLocale: 'pt-BR' })
  })

  test('have every task with its letter, role and service', () => {
    expect(tasksOf(processOf(playbook, 'support-success-execution'))).toEqual([
      ['3731', false, FM, 'teams'],
      ['3732', false, FM, 'yammer'],
      ['3733', false, FM, 'outlook-mobile'],
      ['3740', true, FM, 'onedrive'],
      ['3741', true, FM, 'onedrive'],
      ['3743', false, FM, 'onedrive'],
      ['3650', false, FM, 'office-proplus'],
    ])
    expect(tasksOf(processOf(playbook, 'conduct-success-review'))).toEqual([['3735', true, FM, 'all']])
  })

  test('have steps with role, initiatives and services', () => {
    const [support, review] = ['support-success-execution', 'conduct-success-review'].map(id => processOf(playbook, id).steps)
    expect(support?.map(step => [step.role, step.initiatives.length, step.services === 'all' ? 'all' : step.services.join('+')])).toEqual([
      [FM, 3, 'outlook-mobile+teams+yammer'],
      [FM, 3, 'all'],
      [FM, 3, 'all'],
      [FM, 3, 'onedrive'],
      [FM, 3, 'all'],
    ])
    expect(review?.map(step => [step.role, step.initiatives.length, step.uncategorised])).toEqual([
      [FM, 0, false],
      [FM, 0, false],
      [FM, 0, false],
      [null, 0, true],
    ])
  })

  test('have checklists, sections, links and metadata', () => {
    const review = processOf(playbook, 'conduct-success-review')
    expect([review.keyInputs['pt-BR']?.length, review.keyOutputs['pt-BR']?.length]).toEqual([3, 7])
    expect(review.overview['pt-BR']).toMatch(/^O processo Realizar/)
    expect(review.objectives['pt-BR']?.split('\n').length).toBeGreaterThan(7)
    expect(review.steps.map(step => step.links.length)).toEqual([2, 3, 3, 0])
    expect(review.steps[2]?.links.map(link => link.href)).toContain('https://www.microsoft.com/en-us/download/details.aspx?id=54088')
    expect(review.meta['pt-BR']).toMatchObject({ 'ms.date': '5/03/2019', 'ft.audience': 'partner', 'ft.owner': 'pagrim' })
    const support = processOf(playbook, 'support-success-execution')
    expect(support.steps[0]?.text['pt-BR']).not.toMatch(/\||Função Principal/)
  })

  test('lead on where the link means one of them', () => {
    expect(processOf(playbook, 'support-success-execution').nextSteps.map(each => each.process)).toEqual(['conduct-success-review'])
    expect(processOf(playbook, 'conduct-success-review').nextSteps.map(each => each.process)).toEqual([null])
  })

  test('have dates read month first, because other rows of the table say so', () => {
    const changes = processOf(playbook, 'conduct-success-review').changes
    expect(changes.map(each => each.date)).toEqual([
      '2020-05-04',
      '2020-03-26',
      '2019-09-26',
      '2019-03-06',
      '2019-02-26',
      '2018-12-07',
      '2018-10-26',
    ])
    expect(changes[0]).toMatchObject({ locale: 'pt-BR', raw: '05/04/2020' })
    expect(changes.every(each => each.who !== '' && each.what !== '')).toBe(true)
  })

  test('have four remarks and no error', () => {
    expect(diagnostics.map(each => [each.file.split('/').at(-1), each.line, each.severity, each.code])).toEqual([
      ['conduct-success-review.pt-BR.md', 18, 'warning', 'page/phase'],
      ['conduct-success-review.pt-BR.md', 82, 'warning', 'link/wrapped'],
      ['conduct-success-review.pt-BR.md', 109, 'warning', 'link/unresolved'],
      ['support-success-execution.pt-BR.md', 55, 'warning', 'link/unresolved'],
    ])
  })
})

onPages('pages in six languages (skipped without ../shared)', () => {
  const all = hasPages ? ['en', 'es', 'de', 'ja', 'pt', 'zh-hans'].flatMap(language => filesIn(`corpus/${language}`)) : []
  const seeds = hasPages ? filesIn('seeds') : []

  test.each([
    ['en', ['en']],
    ['es', ['es']],
    ['de', ['de']],
    ['ja', ['ja']],
    ['pt', ['pt-BR']],
    ['zh-hans', ['zh-Hans']],
  ])('the labels of corpus/%s tell the language', (folder, locales) => {
    expect(compile(filesIn(`corpus/${folder}`)).playbook.playbook.locales).toEqual(locales)
  })

  test('the same process has the same tasks, letters and roles in every language', () => {
    const byLocale = (id: string) => {
      const pages = [...all, ...seeds].filter(file => file.path.includes(id))
      return pages.map(file =>
        tasksOf(processOf(compile([file]).playbook, id)).map(([task, mandatory, role]) => [task, mandatory, role].join(' ')),
      )
    }
    for (const id of ['support-success-execution', 'conduct-success-review']) {
      const [first, ...others] = byLocale(id)
      expect(others).toHaveLength(3)
      for (const other of others) expect(other).toEqual(first)
    }
  })

  test('a row that shares its line in English and one broken over lines in Japanese are both there', () => {
    const { playbook, diagnostics } = compile(all.filter(file => file.path.includes('migration')))
    const migration = processOf(playbook, 'migration')
    expect(migration.steps.flatMap(step => step.tasks).find(task => task.id === '1328')).toMatchObject({
      mandatory: false,
      services: ['exchange'],
    })
    const repaired = diagnostics.filter(each => each.code === 'task/repaired').map(each => [each.file, each.line])
    expect(repaired).toEqual([
      ['corpus/en/migration.md', 66],
      ['corpus/en/migration.md', 66],
      ['corpus/ja/migration.md', 101],
    ])
  })

  test('an unfinished merge loses no task', () => {
    const { playbook, diagnostics } = compile(filesIn('corpus/pt'))
    expect(tasksOf(processOf(playbook, 'enable-services'))).toHaveLength(81)
    expect(diagnostics.filter(each => each.severity === 'error').map(each => [each.code, each.line])).toEqual([['page/conflict', 99]])
  })
})
