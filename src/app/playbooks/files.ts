import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { AppError } from '../../model/errors.ts'
import { type Compiled, compile, type SourceFile } from '../../playbook/compile.ts'

export type PlaybookFiles = { pages: SourceFile[]; manifest: SourceFile | null; examples: SourceFile[] }

/** Pages that speak about a folder and not about a process. */
const ABOUT_THE_FOLDER = /^(readme|changelog|contributing|license|code_of_conduct|security)(\.[\w-]+)?\.md$/i
const MANIFEST = 'playbook.yaml'

/**
 * Markdown files, folders of them, or a playbook folder with its manifest. Paths stay as given, so that diagnostics show
 * what the person wrote. Throws `invalid-input` for a path that is not there.
 */
export function readPlaybookFiles(paths: readonly string[], manifestPath?: string): PlaybookFiles {
  const pages = paths.flatMap(path => (stat(path).isDirectory() ? pagesIn(path) : [path]))
  const folder = paths.find(path => stat(path).isDirectory() && exists(join(path, MANIFEST)))
  const manifest = manifestPath ?? (folder === undefined ? undefined : join(folder, MANIFEST))
  return {
    pages: [...new Set(pages)].map(read),
    manifest: manifest === undefined ? null : read(manifest),
    examples: manifest === undefined ? [] : examplesIn(join(dirname(manifest), 'examples')).map(read),
  }
}

/** The compiled playbook at some paths. */
export function compilePaths(paths: readonly string[], manifestPath?: string): Compiled {
  const { pages, manifest } = readPlaybookFiles(paths, manifestPath)
  return compile(pages, manifest ?? undefined)
}

/** A playbook folder for a release: files are named from the folder on, whatever the place of the folder on this machine. */
export function compileFolder(folder: string): Compiled {
  const { pages, manifest } = readPlaybookFiles([folder])
  const root = dirname(resolve(folder))
  const named = (file: SourceFile): SourceFile => ({ ...file, path: relative(root, resolve(file.path)).replaceAll('\\', '/') })
  return compile(pages.map(named), manifest ? named(manifest) : undefined)
}

function pagesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.md$/i.test(name) && !name.split(/[\\/]/).some(part => part.startsWith('.') || part === 'node_modules'))
    .filter(name => !ABOUT_THE_FOLDER.test(name.split(/[\\/]/).at(-1) ?? ''))
    .sort()
    .map(name => join(folder, name))
}

const examplesIn = (folder: string): string[] =>
  exists(folder)
    ? readdirSync(folder)
        .filter(name => /\.(ya?ml|json)$/i.test(name))
        .sort()
        .map(name => join(folder, name))
    : []

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined

function stat(path: string) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new AppError('invalid-input', `${path} is not there`)
  return found
}

function read(path: string): SourceFile {
  if (!stat(path).isFile()) throw new AppError('invalid-input', `${path} is not a file`)
  return { path, text: readFileSync(path, 'utf8') }
}
