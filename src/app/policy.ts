import { ACCESS_RIGHTS, type AccessRight, type AccessScope, type WriteAccess } from '../model/api.ts'
import { AppError } from '../model/errors.ts'
import { SERVICES } from '../model/services.ts'
import type { Text } from '../model/words.ts'

/** Who acts: a person who signed in, a job, or the machine's owner at the command line. */
export type Actor = Readonly<{
  personId: string
  name: string
  right: AccessRight
  /** Over which customers the right holds; `none` for nobody in particular. */
  scope: AccessScope | 'none'
  /** Where the request came from, for the record; null for jobs and the command line. */
  address?: string | null
  /** What the personal key allows that this request came with; null for a session. */
  keyScopes?: readonly KeyScope[] | null
}>
export type KeyScope = 'read' | 'write'

const MANAGERS = ['administrator', 'lead'] as const
const ADMINISTRATORS = ['administrator'] as const

type Rule = Readonly<{
  rights: readonly AccessRight[]
  /** `customer`: one that the person may see, or, when it writes, is assigned to; `installation`: needs the scope `all`; `own`: oneself. */
  on: 'customer' | 'playbook' | 'installation' | 'own'
  writes: boolean
  text: Text
}>

/**
 * The policy: what each access right may do, and on what. API, jobs, command line and screens ask here and nowhere else; row-level
 * security in the database stands behind it. What is not listed is refused.
 */
const POLICY = {
  'see-customer': { rights: ACCESS_RIGHTS, on: 'customer', writes: false, text: { en: 'see customers', 'pt-BR': 'ver clientes' } },
  'export-customer': {
    rights: ACCESS_RIGHTS,
    on: 'customer',
    writes: false,
    text: { en: 'export customers', 'pt-BR': 'exportar clientes' },
  },
  'set-item': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'engineer', 'customer-success-manager', 'subject-matter-expert'],
    on: 'customer',
    writes: true,
    text: { en: 'change tasks', 'pt-BR': 'alterar tarefas' },
  },
  'set-fact': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'record facts', 'pt-BR': 'registrar fatos' },
  },
  'import-usage': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'engineer'],
    on: 'customer',
    writes: true,
    text: { en: 'import usage reports', 'pt-BR': 'importar relatórios de uso' },
  },
  'connect-tenant': {
    rights: ['administrator', 'lead', 'fasttrack-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'connect tenants', 'pt-BR': 'conectar locatários' },
  },
  'set-milestone': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'set usage targets', 'pt-BR': 'definir metas de uso' },
  },
  'see-champions': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager'],
    on: 'customer',
    writes: false,
    text: { en: 'see champions and dormant seats', 'pt-BR': 'ver campeões e licenças paradas' },
  },
  'change-customer': {
    rights: ['administrator', 'lead', 'fasttrack-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'change the customer', 'pt-BR': 'alterar o cliente' },
  },
  'set-contact': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'change contacts', 'pt-BR': 'alterar contatos' },
  },
  'write-note': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'engineer', 'customer-success-manager', 'subject-matter-expert'],
    on: 'customer',
    writes: true,
    text: { en: 'write notes', 'pt-BR': 'escrever notas' },
  },
  'set-success-plan': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'change the success plan', 'pt-BR': 'alterar o plano de sucesso' },
  },
  'set-review': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'change the success review', 'pt-BR': 'alterar a revisão de sucesso' },
  },
  'set-blocker': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'engineer', 'customer-success-manager', 'subject-matter-expert'],
    on: 'customer',
    writes: true,
    text: { en: 'record blockers', 'pt-BR': 'registrar bloqueios' },
  },
  'set-discussion': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'record discussions', 'pt-BR': 'registrar discussões' },
  },
  'add-evidence': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'engineer', 'customer-success-manager', 'subject-matter-expert'],
    on: 'customer',
    writes: true,
    text: { en: 'add evidence', 'pt-BR': 'anexar evidências' },
  },
  'decide-proposal': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'decide on proposals', 'pt-BR': 'decidir sobre propostas' },
  },
  'take-transition': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'move the customer on', 'pt-BR': 'avançar o cliente no processo' },
  },
  'build-deck': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'build the review deck', 'pt-BR': 'montar a apresentação da revisão' },
  },
  'record-outcome': {
    rights: ['administrator', 'lead', 'fasttrack-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'record the outcome of a review', 'pt-BR': 'registrar o resultado de uma revisão' },
  },
  'correct-outcome': {
    rights: MANAGERS,
    on: 'customer',
    writes: true,
    text: { en: 'correct the outcome of a review', 'pt-BR': 'corrigir o resultado de uma revisão' },
  },
  'cancel-engagement': {
    rights: ['administrator', 'lead', 'fasttrack-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'cancel an engagement', 'pt-BR': 'cancelar um engajamento' },
  },
  'override-gate': {
    rights: MANAGERS,
    on: 'customer',
    writes: true,
    text: { en: 'move the customer on although the gate does not allow it', 'pt-BR': 'avançar o cliente mesmo sem a condição atendida' },
  },
  'offer-handshake': {
    rights: ['administrator', 'lead', 'fasttrack-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'offer a handshake', 'pt-BR': 'oferecer um handshake' },
  },
  'answer-handshake': {
    rights: ['administrator', 'lead', 'customer-success-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'answer a handshake', 'pt-BR': 'responder a um handshake' },
  },
  'request-expert': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'engineer', 'customer-success-manager', 'subject-matter-expert'],
    on: 'customer',
    writes: true,
    text: { en: 'ask for an expert', 'pt-BR': 'pedir um especialista' },
  },
  // Which of them a request waits for is the request's to say, and not which customers they look after.
  'answer-expert-request': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'engineer', 'customer-success-manager', 'subject-matter-expert'],
    on: 'customer',
    writes: true,
    text: { en: 'answer requests for an expert', 'pt-BR': 'responder a pedidos de especialista' },
  },
  'send-survey': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'ask contacts in a survey', 'pt-BR': 'consultar contatos em uma pesquisa' },
  },
  'set-meeting': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'arrange meetings', 'pt-BR': 'marcar reuniões' },
  },
  'set-priority': {
    rights: ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager'],
    on: 'customer',
    writes: true,
    text: { en: 'set the priority', 'pt-BR': 'definir a prioridade' },
  },
  'manage-customers': {
    rights: MANAGERS,
    on: 'installation',
    writes: true,
    text: { en: 'archive, merge and import customers', 'pt-BR': 'arquivar, unir e importar clientes' },
  },
  'change-lists': {
    rights: MANAGERS,
    on: 'installation',
    writes: true,
    text: { en: 'change templates and lists of reasons', 'pt-BR': 'alterar modelos e listas de motivos' },
  },
  'see-load': {
    rights: MANAGERS,
    on: 'installation',
    writes: false,
    text: { en: 'see the load of everybody', 'pt-BR': 'ver a carga de cada pessoa' },
  },
  'set-expertise': {
    rights: MANAGERS,
    on: 'installation',
    writes: true,
    text: { en: 'say what experts know', 'pt-BR': 'dizer o que os especialistas conhecem' },
  },
  'add-customer': {
    rights: ['administrator', 'lead', 'fasttrack-manager'],
    on: 'installation',
    writes: true,
    text: { en: 'add customers', 'pt-BR': 'adicionar clientes' },
  },
  assign: { rights: MANAGERS, on: 'installation', writes: true, text: { en: 'assign people', 'pt-BR': 'atribuir pessoas' } },
  'see-people': { rights: MANAGERS, on: 'installation', writes: false, text: { en: 'see people', 'pt-BR': 'ver pessoas' } },
  'manage-people': {
    rights: ADMINISTRATORS,
    on: 'installation',
    writes: true,
    text: { en: 'manage people', 'pt-BR': 'gerenciar pessoas' },
  },
  'manage-teams': { rights: MANAGERS, on: 'installation', writes: true, text: { en: 'manage teams', 'pt-BR': 'gerenciar equipes' } },
  'change-settings': {
    rights: ADMINISTRATORS,
    on: 'installation',
    writes: true,
    text: { en: 'change settings', 'pt-BR': 'alterar configurações' },
  },
  'see-jobs': {
    rights: ADMINISTRATORS,
    on: 'installation',
    writes: false,
    text: { en: 'see jobs and mail', 'pt-BR': 'ver tarefas do sistema e e-mails' },
  },
  'run-jobs': {
    rights: ADMINISTRATORS,
    on: 'installation',
    writes: true,
    text: { en: 'run jobs', 'pt-BR': 'executar tarefas do sistema' },
  },
  'see-audit': {
    rights: ADMINISTRATORS,
    on: 'installation',
    writes: false,
    text: { en: 'see the audit record', 'pt-BR': 'ver o registro de auditoria' },
  },
  'see-checks': {
    rights: ADMINISTRATORS,
    on: 'installation',
    writes: false,
    text: { en: 'see the set-up check', 'pt-BR': 'ver a verificação da instalação' },
  },
  'release-playbook': {
    rights: ['administrator', 'author'],
    on: 'playbook',
    writes: true,
    text: { en: 'release a playbook', 'pt-BR': 'publicar um playbook' },
  },
  'see-playbook': { rights: ACCESS_RIGHTS, on: 'playbook', writes: false, text: { en: 'see the playbook', 'pt-BR': 'ver o playbook' } },
  'see-own': { rights: ACCESS_RIGHTS, on: 'own', writes: false, text: { en: 'see their own account', 'pt-BR': 'ver a própria conta' } },
  'change-own': {
    rights: ACCESS_RIGHTS,
    on: 'own',
    writes: true,
    text: { en: 'change their own account', 'pt-BR': 'alterar a própria conta' },
  },
} as const satisfies Record<string, Rule>

export type Action = keyof typeof POLICY
// The keys of a literal are exactly its actions.
export const ACTIONS = Object.keys(POLICY) as readonly Action[]
const rule = (action: Action): Rule => POLICY[action]

/** The rights that cover an action, wherever it is done. */
export const rightsTo = (action: Action): readonly AccessRight[] => rule(action).rights

/** What an action is called, and on what it is done. */
export const describeAction = (action: Action): Pick<Rule, 'on' | 'text'> => ({ on: rule(action).on, text: rule(action).text })

/** Whether an action belongs to one customer, and so depends on who is assigned to it. */
export const isOnCustomer = (action: Action): boolean => rule(action).on === 'customer'

/** Undefined when the actor may; else why not, in each language. Actions on a customer ask `writeAccess` or `maySee` besides. */
export function refusal(actor: Actor, action: Action): Text | undefined {
  const { rights, on, writes, text } = rule(action)
  if (actor.scope === 'none') return { en: 'sign in first', 'pt-BR': 'entre primeiro' }
  if (!rights.includes(actor.right)) return notCovered(actor.right, text)
  if (on === 'installation' && actor.scope !== 'all') {
    return {
      en: `this needs access to all customers, and your access covers ${SCOPE[actor.scope].en}`,
      'pt-BR': `isto exige acesso a todos os clientes, e o seu acesso cobre ${SCOPE[actor.scope]['pt-BR']}`,
    }
  }
  if (actor.keyScopes && !actor.keyScopes.includes(writes ? 'write' : 'read')) {
    return writes
      ? { en: 'this personal key may read only', 'pt-BR': 'esta chave pessoal só permite leitura' }
      : { en: 'this personal key may not read', 'pt-BR': 'esta chave pessoal não permite leitura' }
  }
  // What a key could do to the account it belongs to would outlive the key.
  if (actor.keyScopes && on === 'own' && writes) {
    return { en: 'a personal key cannot change the account', 'pt-BR': 'uma chave pessoal não pode alterar a conta' }
  }
  return undefined
}

export const may = (actor: Actor, action: Action): boolean => refusal(actor, action) === undefined

/** What an actor may do at all: screens show the rest as disabled. */
export const actionsOf = (actor: Actor): readonly Action[] => ACTIONS.filter(action => may(actor, action))

/** Throws `forbidden` with the reason in each language as `details`. */
export function authorize(actor: Actor, action: Action): void {
  const reason = refusal(actor, action)
  if (reason) throw forbidden(reason)
}

/** What ties a person to one customer today, and what the installation shows of the others. */
export type Ties = Readonly<{
  /** Assignments that hold today, covers among them; `service` null is all services. */
  assignments: readonly Readonly<{ service: string | null }>[]
  /** The customer belongs to a team of the person's. */
  isTeam: boolean
  unassigned: 'hidden' | 'read-only'
}>

const isTied = (actor: Actor, ties: Ties) => ties.assignments.length > 0 || (actor.scope === 'team' && ties.isTeam)

/** May the actor know of this customer? One that may not be seen is answered like one that is not there. */
export function maySee(actor: Actor, ties: Ties): boolean {
  if (!may(actor, 'see-customer')) return false
  return actor.scope === 'all' || ties.unassigned === 'read-only' || isTied(actor, ties)
}

/** How far the actor may do something that writes to this customer, with the reason for what is left out. */
export function writeAccess(actor: Actor, action: Action, ties: Ties): WriteAccess {
  const reason = refusal(actor, action)
  if (reason) return { ok: false, reason }
  if (actor.scope === 'all' || (actor.scope === 'team' && ties.isTeam)) return { ok: true, limit: null }
  if (ties.assignments.length === 0) {
    return { ok: false, reason: { en: 'you are not assigned to this customer', 'pt-BR': 'este cliente não está atribuído a você' } }
  }
  const isWhole = ties.assignments.some(each => each.service === null)
  if (isWhole && actor.scope !== 'services') return { ok: true, limit: null }
  const services = isWhole ? ('all' as const) : [...new Set(ties.assignments.flatMap(each => each.service ?? []))].sort()
  return { ok: true, limit: { services, reason: limited(services) } }
}

/** Throws `forbidden` unless the access covers the service; null is the customer as a whole. */
export function authorizeService(access: WriteAccess, service: string | null): void {
  const reason = serviceRefusal(access, service)
  if (reason) throw forbidden(reason)
}

/** Undefined when the access covers the service (null: the customer as a whole), else why not. */
export function serviceRefusal(access: WriteAccess, service: string | null): Text | undefined {
  if (!access.ok) return access.reason
  if (access.limit === null) return undefined
  const { services, reason } = access.limit
  return service !== null && (services === 'all' || services.includes(service)) ? undefined : reason
}

const forbidden = (reason: Text) => new AppError('forbidden', reason.en ?? '', { details: { reason } })

const limited = (services: readonly string[] | 'all'): Text =>
  services === 'all'
    ? {
        en: 'you are assigned to the services of this customer, not to the customer as a whole',
        'pt-BR': 'você tem atribuição aos serviços deste cliente, não ao cliente como um todo',
      }
    : {
        en: `you are assigned to ${namesOf(services, 'en')} of this customer only`,
        'pt-BR': `sua atribuição neste cliente cobre apenas ${namesOf(services, 'pt-BR')}`,
      }

/** As people call them; a service that only the playbook knows keeps its id. */
const namesOf = (services: readonly string[], language: 'en' | 'pt-BR') =>
  services.map(each => SERVICES.find(({ id }) => id === each)?.name[language] ?? each).join(', ')

/** As the screens name them. */
const RIGHT: Readonly<Record<AccessRight, { en: string; 'pt-BR': string }>> = {
  administrator: { en: 'Administrator', 'pt-BR': 'Administração' },
  lead: { en: 'Lead', 'pt-BR': 'Liderança' },
  'fasttrack-manager': { en: 'FastTrack Manager', 'pt-BR': 'Gerente FastTrack' },
  engineer: { en: 'Engineer', 'pt-BR': 'Engenharia' },
  'customer-success-manager': { en: 'Customer Success Manager', 'pt-BR': 'Gerente de sucesso do cliente' },
  'subject-matter-expert': { en: 'Subject-matter expert', 'pt-BR': 'Especialista no assunto' },
  author: { en: 'Playbook author', 'pt-BR': 'Autoria de playbooks' },
  reader: { en: 'Reader', 'pt-BR': 'Leitura' },
}

const SCOPE: Readonly<Record<AccessScope, { en: string; 'pt-BR': string }>> = {
  all: { en: 'all customers', 'pt-BR': 'todos os clientes' },
  team: { en: "your team's customers", 'pt-BR': 'os clientes da sua equipe' },
  customers: { en: 'the customers assigned to you', 'pt-BR': 'os clientes atribuídos a você' },
  services: { en: 'the services assigned to you', 'pt-BR': 'os serviços atribuídos a você' },
}

const notCovered = (right: AccessRight, what: Text): Text => ({
  en: `the access right "${RIGHT[right].en}" does not allow to ${what.en}`,
  'pt-BR': `o direito de acesso "${RIGHT[right]['pt-BR']}" não permite ${what['pt-BR']}`,
})

/** The command line acts as the owner of the machine. */
export const COMMAND_LINE: Actor = { personId: 'command-line', name: 'Command line', right: 'administrator', scope: 'all' }

/** Jobs, and what the program does on its own. */
export const SYSTEM: Actor = { personId: 'system', name: 'Impulso', right: 'administrator', scope: 'all' }

/** Acts in what everyone may ask for; sees nothing. */
export const NOBODY: Actor = { personId: '', name: '', right: 'reader', scope: 'none' }
