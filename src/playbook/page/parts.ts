import { fold } from '../text.ts'
import { LOCALES, NO_LOCALE } from '../vocabulary/locales.ts'
import { type Meaning, sectionLabels } from '../vocabulary/lookup.ts'
import { type Label, labelsIn } from './label-lines.ts'
import type { Outline, Section } from './outline.ts'
import { type Table, tablesIn } from './table.ts'

export type SectionKind = typeof sectionLabels extends ReadonlyMap<string, Meaning<infer K>> ? K : never
/** A section with what its heading means and what stands in it. */
export type Part = Section & { kind: SectionKind | null; kindLocales: readonly string[]; labels: Label[]; tables: Table[] }

/** The page cut at its headings; what stands above the first one is a part too. */
export function partsOf(lines: readonly string[], found: Outline): Part[] {
  const code = new Set(found.code.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)))
  const isCode = (line: number) => code.has(line)
  const head: Section = { depth: 0, title: '', line: 0, column: 1, from: 0, to: found.sections[0]?.line ?? lines.length }
  return [head, ...found.sections].map(section => {
    const known = sectionLabels.get(fold(section.title.replace(/[(（].*$/u, '').replace(/^\d+\.\s*/, '')))
    const { from, to } = section
    return {
      ...section,
      kind: known?.key ?? null,
      kindLocales: known?.locales ?? [],
      labels: labelsIn(lines, from, to, isCode),
      tables: tablesIn(lines, from, to, isCode),
    }
  })
}

/**
 * The language of the labels, whatever the folder, the file name or the title say. "Phase", "Services" and "Date" are words of
 * many languages: they count, but at least one section or other label must be of the language.
 */
export function localeOf(parts: readonly Part[]): string {
  const votes = new Map<string, number>()
  const sure = new Set<string>()
  const vote = (locales: readonly string[], isSure: boolean) => {
    for (const locale of locales) {
      votes.set(locale, (votes.get(locale) ?? 0) + 1)
      if (isSure) sure.add(locale)
    }
  }
  for (const part of parts) {
    vote(part.kindLocales, true)
    for (const label of part.labels) vote(label.locales, label.kind === 'rule' || label.label !== 'phase')
    for (const table of part.tables) for (const column of table.columns) vote(column.locales, false)
  }
  const most = Math.max(0, ...[...sure].map(locale => votes.get(locale) ?? 0))
  return LOCALES.find(locale => sure.has(locale) && votes.get(locale) === most) ?? NO_LOCALE
}

/** A role block makes a section a step. */
export const isLabelled = (part: Part): boolean =>
  part.labels.some(each => each.kind === 'label' && (each.label === 'role' || each.label === 'services'))
