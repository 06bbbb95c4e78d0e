import type { Playbook } from '../../model/playbook.ts'
import type { Text } from '../../model/words.ts'

type Words = Readonly<{ en: string; 'pt-BR': string }>

/** What each kind of event says; braces name parts of its data. */
const SENTENCES: Readonly<Record<string, Words>> = {
  'demo-loaded': { en: 'Demo customer made up', 'pt-BR': 'Cliente de demonstração inventado' },
  'customer-added': { en: 'Customer added', 'pt-BR': 'Cliente adicionado' },
  'item-status-set': { en: '{item}: {status}', 'pt-BR': '{item}: {status}' },
  'item-status-cleared': { en: '{item}: status cleared', 'pt-BR': '{item}: status removido' },
  'fact-set': { en: '{fact} recorded', 'pt-BR': '{fact} registrado' },
  'report-imported': { en: 'Report {file} imported, as of {refreshDate}', 'pt-BR': 'Relatório {file} importado, de {refreshDate}' },
  'assignment-added': { en: 'Assigned: {role}', 'pt-BR': 'Atribuição feita: {role}' },
  'assignment-changed': { en: 'Assignment changed: {role}', 'pt-BR': 'Atribuição alterada: {role}' },
  'assignment-removed': { en: 'Assignment removed: {role}', 'pt-BR': 'Atribuição removida: {role}' },
  'team-set': { en: 'Team set: {after}', 'pt-BR': 'Equipe definida: {after}' },
  'entitlements-imported': { en: 'Entitled seats imported from {file}', 'pt-BR': 'Licenças contratadas importadas de {file}' },
}

const STATUSES: Readonly<Record<string, Words>> = {
  'not-started': { en: 'not started', 'pt-BR': 'não iniciado' },
  'in-progress': { en: 'in progress', 'pt-BR': 'em andamento' },
  complete: { en: 'complete', 'pt-BR': 'concluído' },
  'not-required': { en: 'not required', 'pt-BR': 'não necessário' },
  paused: { en: 'paused', 'pt-BR': 'pausado' },
  deferred: { en: 'deferred', 'pt-BR': 'adiado' },
  warning: { en: 'at risk', 'pt-BR': 'em risco' },
  blocked: { en: 'blocked', 'pt-BR': 'bloqueado' },
  cancelled: { en: 'cancelled', 'pt-BR': 'cancelado' },
}

/** One sentence per language about an event, in the words of the present playbook. */
export function summaryOf(kind: string, data: Readonly<Record<string, unknown>>, playbook: Playbook): Text {
  const sentence = SENTENCES[kind] ?? { en: kind, 'pt-BR': kind }
  const say = (locale: keyof Words) => sentence[locale].replace(/\{(\w+)\}/g, (_, part: string) => partOf(part, data, playbook, locale))
  return { en: say('en'), 'pt-BR': say('pt-BR') }
}

function partOf(part: string, data: Readonly<Record<string, unknown>>, playbook: Playbook, locale: keyof Words): string {
  if (part === 'item') return itemName(String(data.item), playbook, locale)
  if (part === 'status') {
    const status = String((data.after as { status?: unknown } | null)?.status ?? '')
    return STATUSES[status]?.[locale] ?? status
  }
  if (part === 'role') return roleName(data, playbook, locale)
  if (part === 'fact') return [data.fact, data.service].filter(each => typeof each === 'string').join(' · ')
  const value = data[part]
  return value === null || value === undefined ? '–' : String(value)
}

/** The role of an assignment, and the service where it is for one. */
function roleName({ before, after }: Readonly<Record<string, unknown>>, playbook: Playbook, locale: keyof Words): string {
  const { role, service } = (after ?? before ?? {}) as { role?: string; service?: string | null }
  const name = playbook.roles.find(each => each.id === role)?.name
  return [name?.[locale] ?? name?.en ?? role, service].filter(each => typeof each === 'string').join(' · ')
}

/** `process/step/task@service` as the title of the task or step, and the service. */
function itemName(id: string, playbook: Playbook, locale: keyof Words): string {
  const [path = '', serviceId] = id.split('@')
  const [processId, stepId, taskId] = path.split('/')
  const step = playbook.processes.find(each => each.id === processId)?.steps.find(each => each.id === stepId)
  const title = taskId === undefined ? step?.title : step?.tasks.find(each => each.id === taskId)?.title
  const service = playbook.services.find(each => each.id === serviceId)?.name
  const text = (of: Text | undefined, otherwise: string) => of?.[locale] ?? of?.en ?? Object.values(of ?? {})[0] ?? otherwise
  return serviceId === undefined ? text(title, id) : `${text(title, path)} (${text(service, serviceId)})`
}
