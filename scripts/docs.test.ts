import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anchor } from './docs/markdown.ts'
import { referencePages } from './docs.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const namesIn = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(match => match[1] ?? ''))].sort()

test.each(Object.entries(referencePages()))('%s is what the program says today', (path, text) => {
  expect(existsSync(join(ROOT, path)) ? read(path) : '', `${path} is stale: npm run docs`).toBe(text)
})

test('the configuration page has every environment variable, and no other', () => {
  const inProgram = namesIn(read('src/app/config.ts'), /^ {2}([A-Z][A-Z_]+):/gm)
  expect(inProgram).toContain('DATABASE_URL')
  expect(namesIn(read('docs/configuration.md'), /^\| `([A-Z_]+)`/gm)).toEqual(inProgram)
})

test('the usage page and the portal have every problem code, and no other', () => {
  const filesIn = (folder: string) =>
    readdirSync(join(ROOT, folder)).flatMap(file => (/(?<!\.test)\.ts$/.test(file) ? [`${folder}/${file}`] : []))
  // The places in which a reader gives a fault its code.
  const given = /(?:code: |\bproblem\(input, |\bwarning\(|\bfault\()'([a-z0-9-]+)'/g
  const inProgram = namesIn(['src/usage', 'src/app/usage'].flatMap(filesIn).map(read).join('\n'), given)
  expect(inProgram.length).toBeGreaterThan(20)
  expect(namesIn(read('docs/usage-reports.md'), /^\| `([a-z0-9-]+)` \| (?:error|warning|info) \|/gm)).toEqual(inProgram)
  const texts = JSON.parse(read('src/web/locales/en/sources.json')) as { usageProblem: object }
  expect(Object.keys(texts.usageProblem).sort()).toEqual(inProgram)
})

const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.md'))

test.each(pages)('the links of docs/%s lead somewhere', path => {
  const links = namesIn(withoutCode(read(`docs/${path}`)), /\]\((?!https?:)([^)]+)\)/g)
  expect(links.filter(link => !leadsSomewhere(join('docs', path), link))).toEqual([])
})

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', heading] = link.split('#')
  const path = file === '' ? from : join(dirname(from), file)
  if (!existsSync(join(ROOT, path))) return false
  return heading === undefined || [...read(path).matchAll(/^#+ (.+)$/gm)].some(match => anchor(match[1] ?? '') === heading)
}

const withoutCode = (text: string) => text.replace(/^(`{3,})[\s\S]*?^\1$/gm, '')

describe('the first steps', () => {
  const text = read('docs/first-steps.md')
  const folder = mkdtempSync(join(tmpdir(), 'impulso-first-steps-'))
  const run = (line: string) =>
    promisify(execFile)(process.execPath, [join(ROOT, 'bin/impulso.js'), ...words(line)], { cwd: folder, maxBuffer: 2 ** 24 })
  /** As a shell would split it: no quotes occur, and one kind of pattern. */
  const words = (line: string) => line.split(' ').flatMap(word => (word.endsWith('/*.csv') ? csvIn(word.slice(0, -6)) : [word]))
  const csvIn = (path: string) => readdirSync(join(folder, path)).map(name => join(path, name))
  const commands = [...text.matchAll(/^npx impulso (.+)$/gm)].map(match => match[1] ?? '')

  beforeAll(() => {
    symlinkSync(join(ROOT, 'playbooks'), join(folder, 'playbooks'), 'junction')
    for (const [, name = '', content = ''] of text.matchAll(/^Save this as `(.+?)`:\n\n```\w*\n([\s\S]*?)^```$/gm))
      writeFileSync(join(folder, name), content)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('have commands that run, one after the other', async () => {
    expect(commands.length).toBe(6)
    for (const command of commands) await expect(run(command), command).resolves.toBeDefined()
  })

  test('tell the right number of example customers', async () => {
    const { stdout } = await run('playbook test playbooks/microsoft-365-success')
    expect(text).toContain(`\`${stdout.trim()}\``)
  })

  test('tell what would open the review, and taking the fact away leaves it unknown', async () => {
    const command = commands.find(each => each.includes('--gate review')) ?? ''
    const facts = readFileSync(join(folder, 'contoso.yaml'), 'utf8')
    const explained = async (line: string) => JSON.parse((await run(line)).stdout)
    expect((await explained(command)).flip).toEqual([{ fact: 'services.teams.usage.active', from: 29, to: 30 }])
    writeFileSync(join(folder, 'changed.yaml'), facts.replace('active: 29', 'active: 30'))
    expect((await explained(command.replace('contoso', 'changed'))).subject.state).toBe('met')
    writeFileSync(join(folder, 'changed.yaml'), facts.replace(/^ +usage: .*29.*\n/m, ''))
    expect((await explained(command.replace('contoso', 'changed'))).subject.state).toBe('unknown')
  })
})
