import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileFolder, compilePaths, readPlaybookFiles } from './files.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'impulso-files-'))
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const page = '# Plan\n\n## Overview\n\nText.\n'
  write('book/playbook.yaml', 'id: p\nversion: "1"\nprocesses: { plan: { pages: { en: pages/plan.md } } }\n')
  write('book/pages/plan.md', page)
  write('book/README.md', '# About\n')
  write('book/.git/note.md', page)
  write('book/examples/a.yaml', 'name: A\n')
  write('loose/review.md', page)
  write('loose/deep/kickoff.md', page)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a playbook folder is its pages, its manifest and its examples; notes about the folder are none', () => {
  const { pages, manifest, examples } = readPlaybookFiles([join(folder, 'book')])
  expect(pages.map(each => each.path)).toEqual([join(folder, 'book/pages/plan.md')])
  expect(manifest?.path).toBe(join(folder, 'book/playbook.yaml'))
  expect(examples.map(each => each.path)).toEqual([join(folder, 'book/examples/a.yaml')])
  expect(compilePaths([join(folder, 'book')])).toMatchObject({ diagnostics: [], playbook: { playbook: { id: 'p' } } })
})

test('a release names files from the playbook folder on, so that no place on this machine shows', () => {
  const { playbook, diagnostics } = compileFolder(join(folder, 'book'))
  expect(diagnostics).toEqual([])
  expect(playbook.processes[0]?.file).toEqual({ en: 'book/pages/plan.md' })
})

test('other folders are searched, files are taken as they are, none twice', () => {
  const paths = [join(folder, 'loose'), join(folder, 'loose/review.md')]
  expect(compilePaths(paths).playbook.processes.map(each => each.id)).toEqual(['kickoff', 'review'])
})

test('a manifest may lie elsewhere', () => {
  const { playbook } = compilePaths([join(folder, 'book/pages/plan.md')], join(folder, 'book/playbook.yaml'))
  expect(playbook.playbook.id).toBe('p')
})

test('a path that is not there is said so', () => {
  expect(() => compilePaths([join(folder, 'nowhere')])).toThrow(/nowhere is not there/)
})
