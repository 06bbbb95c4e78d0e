import type { Report } from '../checks/catalogue.ts'
import type { Page, PageStep } from '../page/page.ts'
import type { PageTask } from '../page/tasks.ts'

/** Steps of a translation beside those of the source page: first by a task they share, then by position. */
export function matchSteps(source: readonly PageStep[], other: readonly PageStep[]): (PageStep | null)[] {
  const free = new Set(other)
  const taken = (step: PageStep | undefined): PageStep | null => (step && free.delete(step) ? step : null)
  const byTask = source.map(step => taken(other.find(each => free.has(each) && sharesTask(step, each))))
  return byTask.map((match, at) => match ?? taken(isPlain(source[at], other[at]) ? other[at] : undefined))
}

const sharesTask = (a: PageStep, b: PageStep) => a.tasks.some(task => b.tasks.some(each => each.id === task.id))

/** By position only where tasks do not speak against it. */
const isPlain = (a: PageStep | undefined, b: PageStep | undefined) =>
  a !== undefined && b !== undefined && !(a.tasks.length > 0 && b.tasks.length > 0)

/** Every difference of structure between a page and its translation. Texts may differ, structure may not. */
export function reportDrift(source: Page, other: Page, report: Report): void {
  const matches = matchSteps(source.steps, other.steps)
  const top = { file: other.file, line: 1, column: 1 }
  for (const [at, step] of source.steps.entries()) {
    const match = matches[at]
    if (match) stepDrift(step, match, other.file, report)
    else report('drift/step', top, `Unexpected lack of step ${at + 1}, "${step.title}" in ${source.file}`)
  }
  for (const step of other.steps) {
    if (!matches.includes(step))
      report(
        'drift/step',
        { file: other.file, line: step.line, column: 1 },
        `Unexpected step "${step.title}", which ${source.file} does not have`,
      )
  }
  taskDrift(source, other, report)
  orderDrift(source, other, matches, report)
  listDrift(source, other, report)
  if (source.phase !== other.phase && other.phase !== null && source.phase !== null) {
    report('drift/phase', top, `Unexpected phase "${other.phase}", expected "${source.phase}" as in ${source.file}`)
  }
  ruleDrift(source.rules, other.rules, other.file, report)
}

/** Steps in another order, or a task under another step. */
function orderDrift(source: Page, other: Page, matches: readonly (PageStep | null)[], report: Report): void {
  const places = matches.flatMap(match => (match ? [other.steps.indexOf(match)] : []))
  for (const [at, place] of places.entries()) {
    const step = other.steps[place]
    const before = places[at - 1]
    if (!step || before === undefined || place > before) continue
    report(
      'drift/step',
      { file: other.file, line: step.line, column: 1 },
      `Unexpected place of step "${step.title}", expected the order of ${source.file}`,
    )
  }
  for (const [at, step] of source.steps.entries()) {
    for (const task of step.tasks) {
      const holder = other.steps.find(each => each.tasks.some(({ id }) => id === task.id))
      const line = holder?.tasks.find(({ id }) => id === task.id)?.line
      if (line === undefined || holder === matches[at]) continue
      report(
        'drift/task',
        { file: other.file, line, column: 1 },
        `Unexpected task ${task.id} in step "${holder?.title}", expected it in step ${at + 1}`,
      )
    }
  }
}

/** Checklists and next steps have as many lines; a line of one language stands for the same line of the other. */
function listDrift(source: Page, other: Page, report: Report): void {
  const top = { file: other.file, line: 1, column: 1 }
  const differ = (what: string, wanted: number, given: number) => {
    if (wanted !== given) report('drift/list', top, `Unexpected ${given} ${what}, expected ${wanted} as in ${source.file}`)
  }
  differ('key inputs', source.keyInputs.length, other.keyInputs.length)
  differ('key outputs', source.keyOutputs.length, other.keyOutputs.length)
  differ('links to next steps', source.nextSteps.length, other.nextSteps.length)
}

function stepDrift(source: PageStep, other: PageStep, file: string, report: Report): void {
  const place = { file, line: other.line, column: 1 }
  const differ = (what: string, a: unknown, b: unknown) => {
    if (show(a) !== show(b)) report('drift/label', place, `Unexpected ${what} ${show(b)} of step "${other.title}", expected ${show(a)}`)
  }
  differ('role', source.role, other.role)
  differ('services', source.services ?? 'all', other.services ?? 'all')
  differ('initiatives', source.initiatives, other.initiatives)
  ruleDrift(source.rules, other.rules, file, report)
}

function taskDrift(source: Page, other: Page, report: Report): void {
  const tasksOf = (page: Page) => new Map(page.steps.flatMap(step => step.tasks.map(task => [task.id, task] as const)))
  const [wanted, given] = [tasksOf(source), tasksOf(other)]
  for (const [id, task] of wanted) {
    const match = given.get(id)
    if (match) oneTaskDrift(task, match, other.file, report)
    else report('drift/task', { file: other.file, line: 1, column: 1 }, `Unexpected lack of task ${id}, "${task.title}" in ${source.file}`)
  }
  for (const [id, task] of given) {
    if (!wanted.has(id))
      report('drift/task', { file: other.file, line: task.line, column: 1 }, `Unexpected task ${id}, which ${source.file} does not have`)
  }
}

function oneTaskDrift(source: PageTask, other: PageTask, file: string, report: Report): void {
  const place = { file, line: other.line, column: 1 }
  const differ = (what: string, a: unknown, b: unknown) => {
    if (b !== null && show(a) !== show(b))
      report('drift/task', place, `Unexpected ${what} ${show(b)} of task ${other.id}, expected ${show(a)}`)
  }
  differ('mandatory', source.mandatory, other.mandatory)
  differ('role', source.role, other.role)
  differ('services', source.services, other.services)
}

/** A translation need not repeat the rules; when it does, they must be the same. */
function ruleDrift(source: Page['rules'], other: Page['rules'], file: string, report: Report): void {
  for (const rule of other) {
    const isSame = source.some(each => each.kind === rule.kind && squeezed(each.source) === squeezed(rule.source))
    if (!isSame)
      report(
        'drift/rule',
        { ...rule.place, file },
        `Unexpected rule "${rule.kind}", which the source page does not have`,
        'translations may leave rules out',
      )
  }
}

const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim()
const show = (value: unknown): string =>
  Array.isArray(value) ? [...value].sort().join(', ') || 'none' : value === null ? 'none' : String(value)
