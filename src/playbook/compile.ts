import type { Diagnostic, Playbook, Process } from '../model/playbook.ts'
import { SERVICES } from '../model/services.ts'
import { buildProcess, type ProcessPages } from './build/from-pages.ts'
import { buildParts, thresholdsOf } from './build/playbook-parts.ts'
import { findProcess, processIdOf } from './build/process-id.ts'
import { RuleCompiler } from './build/rules.ts'
import { type Report, reportInto } from './checks/catalogue.ts'
import { hashOf } from './hash.ts'
import { type ReadManifest, readManifest } from './manifest/read-manifest.ts'
import { isPageLink } from './page/links.ts'
import type { Page } from './page/page.ts'
import { readPage, type Vocabulary } from './page/read-page.ts'
import { fold, kebab } from './text.ts'
import { LOCALES, NO_LOCALE } from './vocabulary/locales.ts'
import { namesOf } from './vocabulary/lookup.ts'
import { ROLES } from './vocabulary/roles.ts'

export type SourceFile = Readonly<{ path: string; text: string }>
export type Compiled = { playbook: Playbook; diagnostics: Diagnostic[] }

/** Pages and manifest to a playbook with everything that is wrong with them. Pure; no input makes it throw. */
export function compile(files: readonly SourceFile[], manifest?: SourceFile): Compiled {
  const diagnostics: Diagnostic[] = []
  const report = reportInto(diagnostics)
  const read = manifest ? readManifest(manifest.text, manifest.path, report) : null
  const services = [...(read?.manifest.services ?? []), ...SERVICES]
  const roles = [...(read?.manifest.roles ?? []), ...ROLES]
  const vocabulary: Vocabulary = { services: namesOf(services), roles: namesOf(roles), phases: phaseIds(read) }

  const pages = files.flatMap(file => {
    const page = readSafely(file, vocabulary, report)
    return page ? [{ page, ...placeOfPage(file.path, page, read, report) }] : []
  })
  const groups = groupByProcess(pages, read, report)
  const processIds = new Set(groups.map(group => group.id))
  for (const { page } of pages) checkLinks(page, processIds, report)
  if (read) reportMissingPages(read, groups, report)

  const rules = new RuleCompiler(
    {
      tasks: read && new Set(pages.flatMap(({ page }) => page.steps.flatMap(step => step.tasks.map(task => task.id)))),
      gates: read && new Set(Object.keys(read.manifest.gates)),
      services: new Set(services.map(each => each.id)),
    },
    diagnostics,
  )
  const processes = groups.map((group): Process => buildProcess(group, { read, rules, processIds, report }))
  const content: Playbook = {
    format: 1,
    playbook: {
      id: read?.manifest.id ?? null,
      version: read?.manifest.version ?? null,
      hash: '',
      locales: localesOf(groups),
      sourceLocale: read?.manifest.sourceLocale ?? groups[0]?.source.locale ?? null,
      thresholds: thresholdsOf(read),
    },
    phases: read?.manifest.phases ?? [],
    services,
    roles,
    processes,
    ...buildParts(read, rules, processes, new Set(services.map(each => each.id)), report),
  }
  return {
    playbook: { ...content, playbook: { ...content.playbook, hash: hashOf(content) } },
    diagnostics: inOrder(diagnostics, files, manifest),
  }
}

/** The last line of defence: a text that exhausts the Markdown parser is a diagnostic like any other. */
function readSafely(file: SourceFile, vocabulary: Vocabulary, report: Report): Page | null {
  try {
    return readPage(file.text, file.path, vocabulary, report)
  } catch (error) {
    report(
      'page/unreadable',
      { file: file.path, line: 1, column: 1 },
      `Unexpected page: it cannot be read (${error instanceof Error ? error.message : 'no reason given'})`,
    )
    return null
  }
}

const phaseIds = (read: ReadManifest | null): ReadonlyMap<string, string> =>
  new Map(
    (read?.manifest.phases ?? []).flatMap(phase => [phase.id, ...Object.values(phase.name)].map(name => [fold(name), phase.id] as const)),
  )

type PlacedPage = { page: Page; id: string }

/** Front matter, else the manifest, else the file name. */
function placeOfPage(path: string, page: Page, read: ReadManifest | null, report: Report): { id: string } {
  const listed = read && listedPage(path, read)
  if (listed && page.locale === NO_LOCALE) page.locale = listed.locale
  else if (listed && listed.locale !== page.locale) {
    report(
      'page/locale',
      { file: path, line: 1, column: 1 },
      `Unexpected language ${page.locale}, expected ${listed.locale} as in the manifest`,
    )
  }
  const { id, description } = page.meta
  return { id: kebab(id ?? '') || listed?.process || processIdOf(path, description) }
}

/** The manifest's paths are relative to it; where it lies elsewhere, the file name alone decides. */
function listedPage(path: string, { manifest, file }: ReadManifest): { process: string; locale: string } | null {
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : ''
  const entries = Object.entries(manifest.processes).flatMap(([process, entry]) =>
    Object.entries(entry.pages ?? {}).map(([locale, page]) => ({ process, locale, page: page.replace(/^\.\//, '') })),
  )
  return entries.find(each => folder + each.page === path) ?? entries.find(each => baseName(each.page) === baseName(path)) ?? null
}

const baseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

/** One group per process, in the order of the manifest, then of the files; its source page first. */
function groupByProcess(pages: readonly PlacedPage[], read: ReadManifest | null, report: Report): ProcessPages[] {
  const order = [...new Set([...Object.keys(read?.manifest.processes ?? {}), ...pages.map(each => each.id)])]
  return order.flatMap(id => {
    const byLocale = new Map<string, Page>()
    for (const { page } of pages.filter(each => each.id === id)) {
      const first = byLocale.get(page.locale)
      if (!first) byLocale.set(page.locale, page)
      else
        report(
          'page/twice',
          { file: page.file, line: 1, column: 1 },
          `Unexpected second page of ${id} in ${page.locale}`,
          `${first.file} counts`,
        )
    }
    const locales = [read?.manifest.sourceLocale ?? 'en', ...LOCALES, ...byLocale.keys()]
    const source = locales.flatMap(locale => byLocale.get(locale) ?? [])[0]
    return source ? [{ id, source, others: [...byLocale.values()].filter(page => page !== source) }] : []
  })
}

const localesOf = (groups: readonly ProcessPages[]): string[] => {
  const used = new Set(groups.flatMap(group => [group.source, ...group.others].map(page => page.locale)))
  return [...LOCALES.filter(locale => used.has(locale)), ...[...used].filter(each => !LOCALES.some(locale => locale === each)).sort()]
}

/** Only a relative link that leads to no page of the playbook is a remark; other addresses are never fetched. */
function checkLinks(page: Page, processIds: ReadonlySet<string>, report: Report): void {
  for (const link of page.links) {
    if (!isPageLink(link.href) || findProcess(link.href, processIds)) continue
    report(
      'link/unresolved',
      { file: page.file, line: link.line, column: link.column },
      `Unexpected link to "${link.href}", which is no page of the playbook`,
    )
  }
}

function reportMissingPages(read: ReadManifest, groups: readonly ProcessPages[], report: Report): void {
  for (const [id, entry] of Object.entries(read.manifest.processes)) {
    const group = groups.find(each => each.id === id)
    if (!group) {
      report('manifest/no-page', read.source.keyPlaceOf(['processes', id]), `Unexpected process "${id}": none of the pages is its`)
      continue
    }
    const there = [group.source, ...group.others]
    for (const [locale, page] of Object.entries(entry.pages ?? {})) {
      // A page in another language than listed is there, and told of by `page/locale`.
      if (there.some(each => each.locale === locale || baseName(each.file) === baseName(page))) continue
      const place = read.source.keyPlaceOf(['processes', id, 'pages', locale])
      report('manifest/no-page', place, `Unexpected page "${page}": ${id} has none in ${locale}`)
    }
  }
}

/** Files as given, the manifest last; inside a file from top to bottom. */
function inOrder(diagnostics: readonly Diagnostic[], files: readonly SourceFile[], manifest?: SourceFile): Diagnostic[] {
  const rank = new Map([...files, ...(manifest ? [manifest] : [])].map((file, at) => [file.path, at]))
  const at = (each: Diagnostic) => rank.get(each.file) ?? rank.size
  return [...diagnostics].sort((a, b) => at(a) - at(b) || a.line - b.line || a.column - b.column)
}
