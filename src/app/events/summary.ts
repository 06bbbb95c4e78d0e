import { ERASED_NAME } from '../../model/admin-api.ts'
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
  'export-made': { en: 'Export made: {what}, {count} rows', 'pt-BR': 'Exportação feita: {what}, {count} linhas' },
  'entitlements-imported': { en: 'Entitled seats imported from {file}', 'pt-BR': 'Licenças contratadas importadas de {file}' },

  'set-up': { en: 'Installation set up', 'pt-BR': 'Instalação configurada' },
  'own-data-started': { en: 'Demo taken away, own data started', 'pt-BR': 'Demonstração retirada, início com dados próprios' },
  'settings-changed': { en: 'Settings changed', 'pt-BR': 'Configurações alteradas' },
  'team-saved': { en: 'Team saved: {team}', 'pt-BR': 'Equipe salva: {team}' },
  'team-removed': { en: 'Team removed: {team}', 'pt-BR': 'Equipe removida: {team}' },
  'cover-added': { en: 'Cover arranged', 'pt-BR': 'Substituição combinada' },
  'person-added': { en: 'Account made: {person}', 'pt-BR': 'Conta criada: {person}' },
  'person-invited': { en: 'Invited: {person}', 'pt-BR': 'Convite enviado: {person}' },
  invited: { en: 'Invited: {person}', 'pt-BR': 'Convite enviado: {person}' },
  'person-changed': { en: 'Account changed: {person}', 'pt-BR': 'Conta alterada: {person}' },
  'person-disabled': { en: 'Account disabled: {person}', 'pt-BR': 'Conta desativada: {person}' },
  'person-enabled': { en: 'Account enabled again: {person}', 'pt-BR': 'Conta reativada: {person}' },
  'person-erased': { en: 'Person erased: {person}', 'pt-BR': 'Pessoa apagada: {person}' },
  'signed-in': { en: 'Signed in', 'pt-BR': 'Entrou' },
  'sign-in-refused': { en: 'Sign-in refused', 'pt-BR': 'Entrada recusada' },
  'signed-out': { en: 'Signed out', 'pt-BR': 'Saiu' },
  'locked-out': { en: 'Locked out for a while', 'pt-BR': 'Bloqueio temporário' },
  'password-changed': { en: 'Password changed', 'pt-BR': 'Senha alterada' },
  'password-reset-asked': { en: 'New password asked for', 'pt-BR': 'Nova senha solicitada' },
  'passkey-added': { en: 'Passkey added', 'pt-BR': 'Chave de acesso adicionada' },
  'passkey-removed': { en: 'Passkey removed', 'pt-BR': 'Chave de acesso removida' },
  'two-factor-on': { en: 'One-time codes turned on', 'pt-BR': 'Códigos de uso único ativados' },
  'two-factor-off': { en: 'One-time codes turned off', 'pt-BR': 'Códigos de uso único desativados' },
  'backup-codes-made': { en: 'Backup codes made', 'pt-BR': 'Códigos de reserva gerados' },
  'key-made': { en: 'Personal key made', 'pt-BR': 'Chave pessoal criada' },
  'key-removed': { en: 'Personal key removed', 'pt-BR': 'Chave pessoal removida' },
  'session-ended': { en: 'A session ended', 'pt-BR': 'Uma sessão encerrada' },
  'sessions-ended': { en: 'Sessions ended: {person}', 'pt-BR': 'Sessões encerradas: {person}' },
  'session-revoked': { en: 'A session ended', 'pt-BR': 'Uma sessão encerrada' },
  'sessions-revoked': { en: 'Sessions ended: {person}', 'pt-BR': 'Sessões encerradas: {person}' },
  'invitation-accepted': { en: 'Invitation accepted', 'pt-BR': 'Convite aceito' },
  'mail-tested': { en: 'Test mail sent', 'pt-BR': 'E-mail de teste enviado' },
  'mail-sent-again': { en: 'Mail sent again', 'pt-BR': 'E-mail reenviado' },
  'mail-dismissed': { en: 'Mail given up', 'pt-BR': 'E-mail descartado' },
  'job-started': { en: 'Job started: {queue}', 'pt-BR': 'Tarefa iniciada: {queue}' },
  'job-retried': { en: 'Job run again: {queue}', 'pt-BR': 'Tarefa executada de novo: {queue}' },
  'retention-purged': { en: 'Deleted after its time: {what}, {count}', 'pt-BR': 'Excluído após o prazo: {what}, {count}' },
}

/** What was exported or deleted after its time. */
const WHAT: Readonly<Record<string, Words>> = {
  record: { en: 'record of the customer', 'pt-BR': 'registro do cliente' },
  portfolio: { en: 'portfolio', 'pt-BR': 'portfólio' },
  person: { en: 'data about a person', 'pt-BR': 'dados sobre uma pessoa' },
  mail: { en: 'mails', 'pt-BR': 'e-mails' },
  'sign-in-addresses': { en: 'addresses people signed in from', 'pt-BR': 'endereços de onde as pessoas entraram' },
  'report-files': { en: 'files of usage reports', 'pt-BR': 'arquivos de relatórios de uso' },
  'ended-accounts': { en: 'accounts that had ended', 'pt-BR': 'contas encerradas' },
}
const ERASED: Words = { en: ERASED_NAME, 'pt-BR': 'Pessoa apagada' }

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

const NOBODY_KNOWN: ReadonlyMap<string, string> = new Map()

/** One sentence per language about an event, in the words of the present playbook; `names` of people it speaks of by id. */
export function summaryOf(
  kind: string,
  data: Readonly<Record<string, unknown>>,
  playbook: Playbook,
  names: ReadonlyMap<string, string> = NOBODY_KNOWN,
): Text {
  const sentence = Object.hasOwn(SENTENCES, kind) ? SENTENCES[kind] : undefined
  const { en, 'pt-BR': pt } = sentence ?? { en: kind, 'pt-BR': kind }
  const say = (locale: keyof Words) =>
    (locale === 'en' ? en : pt).replace(/\{(\w+)\}/g, (_, part: string) =>
      part === 'person' ? personName(data.person, names, locale) : partOf(part, data, playbook, locale),
    )
  return { en: say('en'), 'pt-BR': say('pt-BR') }
}

function personName(id: unknown, names: ReadonlyMap<string, string>, locale: keyof Words): string {
  const name = typeof id === 'string' ? (names.get(id) ?? id) : '–'
  return name === ERASED_NAME ? ERASED[locale] : name
}

function partOf(part: string, data: Readonly<Record<string, unknown>>, playbook: Playbook, locale: keyof Words): string {
  if (part === 'item') return itemName(String(data.item), playbook, locale)
  if (part === 'status') {
    const status = String((data.after as { status?: unknown } | null)?.status ?? '')
    return STATUSES[status]?.[locale] ?? status
  }
  if (part === 'what') return WHAT[String(data.what)]?.[locale] ?? String(data.what)
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
