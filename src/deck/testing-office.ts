import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { PAGE } from './page/pages.ts'

const run = promisify(execFile)

export type Office = Readonly<{ soffice: string; pdftoppm: string; pdftotext: string }>

const MAC_OFFICE = '/Applications/LibreOffice.app/Contents/MacOS/soffice'
/** The last has the letters that stand in for Arial. */
const PACKAGES = ['libreoffice-impress', 'poppler-utils', 'fonts-liberation']

/** LibreOffice and the PDF tools, installed from Debian when this is root there; undefined, said loudly, where they cannot be had. */
export async function findOffice(): Promise<Office | undefined> {
  const found = installed()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    try {
      await run('apt-get', ['update'])
      await run('apt-get', ['install', '-y', '--no-install-recommends', ...PACKAGES], {
        maxBuffer: 2 ** 26,
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    } catch (error) {
      console.warn(`apt-get could not install ${PACKAGES.join(', ')}: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
    }
  }
  const now = installed()
  if (!now) console.warn('SKIPPED: decks are not looked at as LibreOffice draws them; it needs soffice, pdftoppm and pdftotext on the PATH')
  return now
}

function installed(): Office | undefined {
  const [soffice, pdftoppm, pdftotext] = [
    onPath('soffice') ?? (existsSync(MAC_OFFICE) ? MAC_OFFICE : undefined),
    onPath('pdftoppm'),
    onPath('pdftotext'),
  ]
  return soffice && pdftoppm && pdftotext ? { soffice, pdftoppm, pdftotext } : undefined
}

const onPath = (name: string) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, name))
    .find(existsSync)

/** Presentations by name as the PDFs that LibreOffice makes of them; in one run, since each start costs seconds. */
export async function convert(office: Office, decks: Readonly<Record<string, Uint8Array>>): Promise<Readonly<Record<string, Uint8Array>>> {
  return inFolder(async folder => {
    for (const [name, bytes] of Object.entries(decks)) writeFileSync(join(folder, `${name}.pptx`), bytes)
    const files = Object.keys(decks).map(name => join(folder, `${name}.pptx`))
    // A profile of its own: another instance of the same person's would answer instead.
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
    await run(office.soffice, [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...files], { timeout: 300_000 })
    return Object.fromEntries(Object.keys(decks).map(name => [name, readFileSync(join(folder, `${name}.pdf`))]))
  })
}

/** Grey values, row by row from the top; one pixel per point. */
export type Picture = Readonly<{ width: number; height: number; pixels: Uint8Array }>

export async function pictures(office: Office, pdf: Uint8Array): Promise<readonly Picture[]> {
  return inFolder(async folder => {
    writeFileSync(join(folder, 'deck.pdf'), pdf)
    await run(office.pdftoppm, [
      '-scale-to-x',
      String(PAGE.width),
      '-scale-to-y',
      String(PAGE.height),
      '-gray',
      join(folder, 'deck.pdf'),
      join(folder, 'page'),
    ])
    return readdirSync(folder)
      .filter(name => name.endsWith('.pgm'))
      .sort()
      .map(name => picture(readFileSync(join(folder, name))))
  })
}

/** A binary PGM: `P5`, width, height, 255, then one byte per pixel. */
function picture(file: Uint8Array): Picture {
  const [head = '', width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(file.subarray(0, 64)).toString('latin1')) ?? []
  if (head === '') throw new Error('pdftoppm wrote something other than grey values')
  return { width: Number(width), height: Number(height), pixels: file.subarray(head.length) }
}

/** The text of each page. */
export async function pageTexts(office: Office, pdf: Uint8Array): Promise<readonly string[]> {
  return inFolder(async folder => {
    const file = join(folder, 'deck.pdf')
    writeFileSync(file, pdf)
    const { stdout } = await run(office.pdftotext, ['-layout', file, '-'], { maxBuffer: 2 ** 26 })
    return stdout.split('\f').slice(0, -1)
  })
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'impulso-deck-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
