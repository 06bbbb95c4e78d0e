import type { Change, CheckDef, NextStep, Process, Rule, Step, Task } from '../../model/playbook.ts'
import type { Locale, Text } from '../../model/words.ts'
import type { Report } from '../checks/catalogue.ts'
import type { ProcessEntry } from '../manifest/manifest-schema.ts'
import type { ReadManifest } from '../manifest/read-manifest.ts'
import { didYouMean } from '../nearest.ts'
import { isPageLink } from '../page/links.ts'
import type { Page, PageStep } from '../page/page.ts'
import type { PageTask } from '../page/tasks.ts'
import { kebab } from '../text.ts'
import { matchSteps, reportDrift } from './drift.ts'
import { findProcess } from './process-id.ts'
import type { RuleCompiler } from './rules.ts'

export type ProcessPages = { id: string; source: Page; others: readonly Page[] }
type Context = { read: ReadManifest | null; rules: RuleCompiler; processIds: ReadonlySet<string>; report: Report }

/** One process: structure and rules from the source page and the manifest, texts from every page. */
export function buildProcess({ id, source, others }: ProcessPages, context: Context): Process {
  const pages = [source, ...others]
  const entry = context.read?.manifest.processes[id]
  for (const other of others) reportDrift(source, other, context.report)
  if (entry) checkEntry(id, entry, source, context)
  const steps = stepsOf(id, source, others, entry, context)
  return {
    id,
    phase: entry?.phase ?? source.phase,
    title: textOf(pages, page => page.title),
    file: textOf(pages, page => page.file),
    meta: Object.fromEntries(pages.map(page => [page.locale, page.meta])),
    rules: [...context.rules.all(source.rules, false), ...fromManifest(context, ['processes', id], ['opens', 'done'], false)],
    overview: textOf(pages, page => page.overview),
    objectives: textOf(pages, page => page.objectives),
    steps,
    keyInputs: listsOf(pages, page => page.keyInputs),
    keyOutputs: listsOf(pages, page => page.keyOutputs),
    checks: [...checksOf(id, 'inputs', pages, context), ...checksOf(id, 'outputs', pages, context)],
    nextSteps: nextStepsOf(source, others, context.processIds),
    changes: pages.flatMap((page): Change[] => page.changes),
  }
}

const textOf = (pages: readonly Page[], get: (page: Page) => string): Text =>
  Object.fromEntries(pages.map(page => [page.locale, get(page)] as const).filter(([, text]) => text !== ''))

const listsOf = (pages: readonly Page[], get: (page: Page) => readonly string[]): Readonly<Record<Locale, readonly string[]>> =>
  Object.fromEntries(pages.map(page => [page.locale, get(page)]))

const fromManifest = (
  { read, rules }: Context,
  path: readonly (string | number)[],
  kinds: readonly Rule['kind'][],
  perService: boolean,
): Rule[] => (read ? rules.manifestRules(read, path, kinds, perService) : [])

const STEP_RULES = ['when', 'unless', 'needs', 'done', 'due'] as const

function stepsOf(process: string, source: Page, others: readonly Page[], entry: ProcessEntry | undefined, context: Context): Step[] {
  const matches = others.map(page => ({ locale: page.locale, steps: matchSteps(source.steps, page.steps) }))
  const used = new Set<string>()
  return source.steps.map((step, at) => {
    const own = entry?.steps?.[String(at + 1)]
    const translations = matches.flatMap(({ locale, steps }) => (steps[at] ? [{ locale, step: steps[at] }] : []))
    const texts = [{ locale: source.locale, step }, ...translations]
    return {
      id: unique(own?.id ?? stepId(step, at), used),
      title: textsOf(texts, each => each.title),
      text: textsOf(texts, each => each.text),
      role: step.role,
      initiatives: step.initiatives,
      services: step.services ?? 'all',
      line: step.line,
      links: step.links.map((link, nth) => ({ text: textsOf(texts, each => linkLike(each, link.href, nth)), href: link.href })),
      rules: [...context.rules.all(step.rules, true), ...fromManifest(context, ['processes', process, 'steps', at + 1], STEP_RULES, true)],
      tasks: step.tasks.map(task => taskOf(process, task, step, others, source.locale, context)),
      uncategorised: own?.uncategorised ?? step.uncategorised,
      guidance: own?.guidance ?? false,
    }
  })
}

const stepId = (step: PageStep, at: number): string => (step.uncategorised ? 'uncategorised-tasks' : kebab(step.title) || `step-${at + 1}`)

function unique(id: string, used: Set<string>): string {
  let free = id
  for (let count = 2; used.has(free); count++) free = `${id}-${count}`
  used.add(free)
  return free
}

const textsOf = <T>(sources: readonly { locale: Locale; step: T }[], get: (step: T) => string | undefined): Text =>
  Object.fromEntries(sources.flatMap(({ locale, step }) => (get(step) ? [[locale, get(step) ?? '']] : [])))

/** The same link in a translation: the same address, else the same place in the list. */
const linkLike = (step: PageStep, href: string, nth: number): string | undefined =>
  (step.links.find(each => each.href === href) ?? step.links[nth])?.text

function taskOf(process: string, task: PageTask, step: PageStep, others: readonly Page[], locale: Locale, context: Context): Task {
  const translations = others.flatMap(page => {
    const found = page.steps.flatMap(each => each.tasks).find(each => each.id === task.id)
    return found ? [[page.locale, found.title] as const] : []
  })
  return {
    id: task.id,
    title: Object.fromEntries([[locale, task.title], ...translations]),
    mandatory: task.mandatory,
    role: task.role,
    services: task.services ?? step.services ?? 'all',
    line: task.line,
    links: task.links.map(link => ({ text: { [locale]: link.text }, href: link.href })),
    rules: fromManifest(context, ['processes', process, 'tasks', task.id], STEP_RULES, true),
  }
}

function checksOf(process: string, side: 'inputs' | 'outputs', pages: readonly Page[], context: Context): CheckDef[] {
  const { read, rules, report } = context
  const entries = read?.manifest.processes[process]?.checks?.[side] ?? []
  return entries.flatMap((entry, at) => {
    if (!read) return []
    const path = ['processes', process, 'checks', side, at]
    const lines = (page: Page) => (side === 'inputs' ? page.keyInputs : page.keyOutputs)
    const source = pages[0]
    if (entry.line !== undefined && source && lines(source)[entry.line - 1] === undefined) {
      report(
        'manifest/unknown-line',
        read.source.placeOf([...path, 'line']),
        `Unexpected line ${entry.line}: the section has ${lines(source).length} items`,
      )
    }
    const fromPages = entry.line === undefined ? {} : textOf(pages, page => lines(page)[(entry.line ?? 0) - 1] ?? '')
    return {
      id: entry.id,
      side,
      row: entry.row ?? null,
      text: { ...fromPages, ...entry.text },
      when: rules.manifestRule(read, [...path, 'when'], 'when', false),
      rule: rules.manifestRule(read, [...path, 'rule'], 'done', false),
    }
  })
}

function nextStepsOf(source: Page, others: readonly Page[], processIds: ReadonlySet<string>): NextStep[] {
  return source.nextSteps.map((link, nth) => ({
    process: isPageLink(link.href) ? findProcess(link.href, processIds) : null,
    href: link.href,
    text: Object.fromEntries([
      [source.locale, link.text],
      ...others.flatMap(page => (page.nextSteps[nth] ? [[page.locale, page.nextSteps[nth].text]] : [])),
    ]),
  }))
}

/** The phase must be one of the manifest's, step numbers and task ids must be on the page. */
function checkEntry(id: string, entry: ProcessEntry, source: Page, { read, report }: Context): void {
  if (!read) return
  const phases = read.manifest.phases.map(each => each.id)
  if (entry.phase !== undefined && phases.length > 0 && !phases.includes(entry.phase)) {
    const place = read.source.placeOf(['processes', id, 'phase'])
    report('manifest/unknown-reference', place, `Unexpected phase "${entry.phase}"`, didYouMean(entry.phase, phases))
  }
  for (const number of Object.keys(entry.steps ?? {})) {
    if (source.steps[Number(number) - 1]) continue
    const place = read.source.keyPlaceOf(['processes', id, 'steps', number])
    report('manifest/unknown-step', place, `Unexpected step ${number}: ${source.file} has ${source.steps.length}`)
  }
  const tasks = source.steps.flatMap(step => step.tasks.map(task => task.id))
  for (const task of Object.keys(entry.tasks ?? {})) {
    if (tasks.includes(task)) continue
    const place = read.source.keyPlaceOf(['processes', id, 'tasks', task])
    report('manifest/unknown-task', place, `Unexpected task "${task}", which is not in ${source.file}`, didYouMean(task, tasks))
  }
}
