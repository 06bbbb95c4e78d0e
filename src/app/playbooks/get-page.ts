import type { PageView, PlaybookView } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import type { Context } from '../context.ts'
import { type Actor, authorize } from '../policy.ts'
import { playbookView } from '../releases/playbook-view.ts'
import { renderProcess } from './render.ts'

/** The release in force. */
export function getPlaybook(context: Pick<Context, 'playbook'>, actor: Actor): PlaybookView {
  authorize(actor, 'see-playbook')
  return playbookView(context.playbook)
}

/** A page in a language, or in the playbook's own where it is not translated. */
export function getPage(
  context: Pick<Context, 'playbook' | 'diagnostics'>,
  actor: Actor,
  processId: string,
  wanted: string | undefined,
): PageView {
  authorize(actor, 'see-playbook')
  const { playbook } = context
  const process = playbook.processes.find(each => each.id === processId)
  if (!process) throw new AppError('not-found', `the playbook has no process ${processId}`)
  const locales = Object.keys(process.title)
  const locale = [wanted, playbook.playbook.sourceLocale].find(each => each != null && locales.includes(each)) ?? locales[0] ?? 'en'
  const file = process.file[locale] ?? ''
  return {
    process: process.id,
    locale,
    title: process.title[locale] ?? process.id,
    html: renderProcess(playbook, process, locale),
    file,
    diagnostics: (context.diagnostics ?? []).filter(each => each.file === file),
  }
}
