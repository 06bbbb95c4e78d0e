import type { Report } from '../checks/catalogue.ts'
import { fold, tidyMarkdown, withoutComments } from '../text.ts'
import { HOME } from '../vocabulary/labels.ts'
import { NO_LOCALE } from '../vocabulary/locales.ts'
import { isOneOf, phaseNames } from '../vocabulary/lookup.ts'
import { changesIn, isChangeTable } from './changes.ts'
import { readFrontMatter } from './front-matter.ts'
import type { Label } from './label-lines.ts'
import { brokenLinks, unwrap } from './links.ts'
import { initiativesIn, type Names, remedyFor, roleIn, servicesIn } from './names.ts'
import { type Outline, outline, type PageLink } from './outline.ts'
import type { Page, PageStep, RawRule } from './page.ts'
import { isLabelled, localeOf, type Part, partsOf, type SectionKind } from './parts.ts'
import { prepare } from './prepare.ts'
import type { Column } from './table.ts'
import { isTaskTable, tasksIn } from './tasks.ts'

/** Names that the playbook knows besides the built-in ones. */
export type Vocabulary = { services: Names; roles: Names; phases: Names }

/** Reads one page. Everything it cannot read is reported; it throws only on texts that exhaust the Markdown parser. */
export function readPage(text: string, file: string, vocabulary: Vocabulary, report: Report): Page {
  const prepared = prepare(text, file, report)
  const found = outline(prepared.text, prepared.lines.length)
  const links = [...found.links, ...brokenLinks(prepared.lines, file, report)].map(link => ({
    ...link,
    href: unwrap(link.href, { file, line: link.line, column: link.column }, report),
  }))
  const parts = partsOf(prepared.lines, found)
  const reader = new PageReader(prepared.lines, { ...found, links }, file, vocabulary, report, localeOf(parts))
  const { frontMatter } = prepared
  const meta = frontMatter ? readFrontMatter(frontMatter.lines, frontMatter.firstLine, file, report) : {}
  return reader.read(parts, meta)
}

const isHome = isOneOf(HOME)

/** Walks the sections in the order of the page and puts each where its heading and its labels say. */
class PageReader {
  private readonly page: Page
  private group: SectionKind | 'head' | 'other' = 'head'
  private step: PageStep | null = null
  private columns: readonly Column[] | null = null

  private readonly lines: readonly string[]
  private readonly found: Outline
  private readonly file: string
  private readonly vocabulary: Vocabulary
  private readonly report: Report

  constructor(lines: readonly string[], found: Outline, file: string, vocabulary: Vocabulary, report: Report, locale: string) {
    this.lines = lines
    this.found = found
    this.file = file
    this.vocabulary = vocabulary
    this.report = report
    this.page = {
      file,
      locale,
      title: '',
      phase: null,
      meta: {},
      rules: [],
      overview: '',
      objectives: '',
      steps: [],
      keyInputs: [],
      keyOutputs: [],
      nextSteps: [],
      links: found.links,
      changes: [],
    }
  }

  read(parts: readonly Part[], meta: Record<string, string>): Page {
    this.page.meta = meta
    for (const part of parts) this.readPart(part)
    const top = { file: this.file, line: 1, column: 1 }
    if (this.page.locale === NO_LOCALE) this.report('page/language', top, 'Unexpected language: no label of the page is known')
    if (this.page.title === '') {
      this.report('page/no-title', top, 'Unexpected page without a first-level heading')
      this.page.title = meta.description || (this.file.split('/').at(-1) ?? '').replace(/\.md$/i, '')
    }
    return this.page
  }

  private readPart(part: Part): void {
    const { kind, depth } = part
    if (kind === null && this.page.title === '' && depth === 1) {
      this.page.title = part.title
      this.readHead(part)
    } else if (kind === null && depth === 0) this.readHead(part)
    else if (kind === 'tasks') this.readTasks(part)
    else if (kind === 'uncategorised') this.startStep(part, true)
    else if (kind === null) this.readUnnamed(part)
    else this.readSection(kind, part)
  }

  /** Between the title and the first section: phase, and the rules of the whole process */
  private readHead(part: Part): void {
    for (const label of part.labels) {
      if (label.kind === 'rule') this.page.rules.push(...this.rule(label, ['opens', 'done']))
      else if (label.label === 'phase') this.readPhase(label)
    }
    if (part.tables.some(isTaskTable)) this.startStep(part, false)
    this.readChanges(part)
  }

  private readPhase(label: Extract<Label, { kind: 'label' }>): void {
    if (label.value === '') return
    const known = this.vocabulary.phases.get(fold(label.value)) ?? phaseNames.get(fold(label.value))?.key
    if (known) this.page.phase = known
    else this.report('page/phase', this.at(label), `Unexpected phase "${label.value}"`, 'the manifest may set it')
  }

  private readSection(kind: SectionKind, part: Part): void {
    this.group = kind
    this.step = null
    if (kind === 'approach') {
      // Some pages put the role block straight under "Approach".
      if (part.tables.some(isTaskTable) || isLabelled(part)) this.startStep(part, false)
      return
    }
    if (kind === 'changes') this.readChanges(part)
    else this.append(kind, part)
    if (part.tables.some(isTaskTable)) this.readTasks(part)
  }

  private readUnnamed(part: Part): void {
    if (part.depth <= 2) {
      this.group = 'other'
      this.step = null
      if (isLabelled(part) || part.tables.some(isTaskTable)) this.startStep(part, false)
      else this.readChanges(part)
      return
    }
    const mayHoldSteps = this.group === 'approach' || this.group === 'head' || (this.group === 'other' && this.page.locale === NO_LOCALE)
    if (isLabelled(part) || (part.depth === 3 && mayHoldSteps)) this.startStep(part, false)
    else if (this.step) this.extend(this.step, part, true)
    else if (this.group !== 'head' && this.group !== 'other') this.append(this.group, part)
  }

  private append(kind: SectionKind, part: Part): void {
    const { page } = this
    if (kind === 'overview' || kind === 'objectives') page[kind] = [page[kind], this.textOf(part)].filter(each => each !== '').join('\n\n')
    else if (kind === 'keyInputs' || kind === 'keyOutputs') page[kind].push(...this.itemsOf(part))
    else if (kind === 'nextSteps') page.nextSteps.push(...this.linksIn(part).filter(link => !isHome(link.text)))
  }

  private readChanges(part: Part): void {
    for (const table of part.tables.filter(isChangeTable)) {
      this.page.changes.push(...changesIn(table, this.page.locale, this.file, this.report))
    }
  }

  private startStep(part: Part, uncategorised: boolean): void {
    const step: PageStep = {
      title: part.title || this.page.title,
      line: part.line + 1,
      text: '',
      role: null,
      initiatives: [],
      services: null,
      links: [],
      rules: [],
      tasks: [],
      uncategorised,
    }
    this.page.steps.push(step)
    this.step = step
    this.readLabels(step, part.labels)
    this.extend(step, part, false)
  }

  private readLabels(step: PageStep, labels: readonly Label[]): void {
    const seen = new Set<string>()
    for (const label of labels) {
      if (label.kind === 'rule') {
        step.rules.push(...this.rule(label, ['when', 'unless', 'needs', 'done', 'due']))
        continue
      }
      const isFirst = !seen.has(label.label)
      seen.add(label.label)
      if (label.label === 'role') this.readRole(step, label, isFirst)
      else if (isFirst && label.label === 'services') {
        const { found, unknown } = servicesIn(label.value, this.vocabulary.services)
        step.services = found
        this.unknown('label/service', 'service', unknown, label)
      } else if (isFirst && label.label === 'initiatives') {
        const { found, unknown } = initiativesIn(label.value)
        step.initiatives = found
        this.unknown('label/initiative', 'initiative', unknown, label)
      }
    }
  }

  private readRole(step: PageStep, label: Extract<Label, { kind: 'label' }>, isFirst: boolean): void {
    const { found, unknown, others } = roleIn(label.value, this.vocabulary.roles)
    this.unknown('label/role', 'role', unknown, label)
    if (isFirst) step.role = found
    const more = isFirst ? others : [found, ...others].filter(each => each !== null && each !== step.role)
    if (more.length > 0)
      this.report('label/more-roles', this.at(label), `Unexpected further role ${more.join(', ')}, expected one`, 'the first one counts')
  }

  private unknown(code: 'label/service' | 'label/role' | 'label/initiative', what: string, names: readonly string[], label: Label): void {
    if (names.length === 0) return
    const ids = what === 'service' ? this.vocabulary.services : this.vocabulary.roles
    const help = what === 'initiative' ? null : remedyFor(what, names[0] ?? '', ids)
    this.report(code, this.at(label), `Unexpected ${what} "${names.join(', ')}"`, help)
  }

  private rule(label: Extract<Label, { kind: 'rule' }>, allowed: readonly string[]): RawRule[] {
    if (label.source === null) {
      this.report('rule/open-code', this.at(label), 'Unexpected end of the rule, expected a closing backtick')
      return []
    }
    if (!allowed.includes(label.rule)) {
      this.report('rule/wrong-place', this.at(label), `Unexpected "${label.rule}" here, expected ${allowed.join(', ')}`)
      return []
    }
    return [{ kind: label.rule, source: label.source, place: { file: this.file, line: label.sourceLine, column: label.sourceColumn } }]
  }

  /** A section that belongs to a step: its text, links, rules and tables. */
  private extend(step: PageStep, part: Part, isPartOfText: boolean): void {
    if (isPartOfText) {
      for (const label of part.labels)
        if (label.kind === 'rule') step.rules.push(...this.rule(label, ['when', 'unless', 'needs', 'done', 'due']))
    }
    const heading = isPartOfText ? `${this.lines[part.line] ?? ''}\n` : ''
    const text = tidyMarkdown(heading + this.textOf(part))
    step.text = [step.text, text].filter(each => each !== '').join('\n\n')
    step.links.push(...this.linksIn(part))
    this.takeTasks(step, part)
  }

  private readTasks(part: Part): void {
    if (!this.step) this.startStep({ ...part, labels: [] }, false)
    else this.extend(this.step, part, false)
  }

  private takeTasks(step: PageStep, part: Part): void {
    for (const table of part.tables) {
      if (!isTaskTable(table)) continue
      for (const task of tasksIn(table, this.columns, this.vocabulary, this.file, this.report)) {
        const isKnown = step.tasks.some(each => each.id === task.id)
        const place = { file: this.file, line: task.line, column: 1 }
        if (isKnown) this.report('task/twice', place, `Unexpected second row of task ${task.id} in one step`, 'the first one counts')
        else step.tasks.push(task)
      }
      if (table.columns.some(each => each.key === 'id')) this.columns = table.columns
    }
  }

  /** Markdown of a section without its labelled lines and task tables. */
  private textOf(part: Part): string {
    const skipped = new Set<number>()
    const skip = (from: number, to: number) => {
      for (let line = from; line < to; line++) skipped.add(line)
    }
    for (const label of part.labels) skip(label.line, label.lastLine + 1)
    for (const table of part.tables) if (isTaskTable(table)) skip(table.line, table.to)
    const kept: string[] = []
    for (let line = part.from; line < part.to; line++) if (!skipped.has(line)) kept.push(this.lines[line] ?? '')
    return tidyMarkdown(kept.join('\n'))
  }

  /** List items depth first; a section without a list gives its paragraphs. */
  private itemsOf(part: Part): string[] {
    const isHere = (each: { line: number }) => each.line > part.from && each.line <= part.to
    const items = this.found.items.filter(isHere)
    const texts = (items.length > 0 ? items : this.found.paragraphs.filter(isHere)).map(each => tidyMarkdown(withoutComments(each.text)))
    return texts.filter(text => text !== '')
  }

  private linksIn(part: Part): PageLink[] {
    const isInTable = (line: number) => part.tables.some(table => isTaskTable(table) && line > table.line && line <= table.to)
    return this.found.links.filter(link => link.line > part.from && link.line <= part.to && !isInTable(link.line))
  }

  private at(label: Label) {
    return { file: this.file, line: label.line + 1, column: label.column }
  }
}
