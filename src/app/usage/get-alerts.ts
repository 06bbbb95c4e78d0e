import type { UsageAlert, UsageAlerts } from '../../model/usage-api.ts'
import type { Text } from '../../model/words.ts'
import { connectionTrouble, figureTrouble, type TroubleGroup } from '../../store/usage-alerts.ts'
import { type Context, todayOf } from '../context.ts'
import { type Actor, authorize } from '../policy.ts'

/** Customers named in an alert. */
const NAMED = 5
/** From so many tenants of those that could have it, at once and of one day, the cause is hardly theirs. */
const WIDESPREAD_SHARE = 0.2
const WIDESPREAD_TENANTS = 5

/**
 * What keeps figures from being known, one line per cause and not per customer: many tenants with the same trouble since the same day are
 * one, and the rest of each kind is another. Two statements, however many customers.
 */
export async function getAlerts(context: Context, actor: Actor): Promise<UsageAlerts> {
  authorize(actor, 'see-customer')
  const maxAgeDays = context.playbook.playbook.thresholds.usageMaxAgeDays
  const figures = await figureTrouble(context.db, { today: todayOf(context), maxAgeDays, named: NAMED })
  const connections = await connectionTrouble(context.db, { named: NAMED })
  return { alerts: alertsOf([...figures, ...connections]) }
}

/** Widespread ones first, then by kind. */
export function alertsOf(groups: readonly TroubleGroup[]): readonly UsageAlert[] {
  const isWidespread = ({ tenants, of }: TroubleGroup) => tenants >= WIDESPREAD_TENANTS && tenants >= of * WIDESPREAD_SHARE
  const widespread = groups.filter(isWidespread).map(group => alertOf([group], true))
  const single = KINDS.flatMap(kind => {
    const rest = groups.filter(group => group.kind === kind && !isWidespread(group))
    return rest.length === 0 ? [] : [alertOf(rest, false)]
  })
  const place = ({ kind }: UsageAlert) => KINDS.indexOf(kind)
  return [...widespread.sort((a, b) => place(a) - place(b) || b.tenants - a.tenants), ...single]
}

const KINDS = ['sudden-zero', 'no-rows', 'connection', 'stale'] as const satisfies readonly UsageAlert['kind'][]

function alertOf(groups: readonly TroubleGroup[], isWidespread: boolean): UsageAlert {
  // Never called without a group.
  const { kind, of } = groups[0]!
  const tenants = groups.reduce((sum, group) => sum + group.tenants, 0)
  const days = groups.flatMap(group => group.day ?? []).sort()
  const names = [...new Set(groups.flatMap(group => group.customers))].sort().slice(0, NAMED)
  return {
    kind,
    isWidespread,
    tenants,
    of,
    services: [...new Set(groups.flatMap(group => group.services.split(',').filter(each => each !== '')))].sort(),
    since: days[0] ?? null,
    customers: names.map(each => ({ name: each.slice(0, each.lastIndexOf('\t')), id: each.slice(each.lastIndexOf('\t') + 1) })),
    text: textOf(kind, tenants, isWidespread),
  }
}

/** For one tenant and for several. */
const SAYS: Readonly<Record<UsageAlert['kind'], Readonly<{ one: Text; many: Text }>>> = {
  'sudden-zero': {
    one: {
      en: 'One tenant’s reports suddenly tell of nobody active',
      'pt-BR': 'Os relatórios de um locatário de repente não mostram ninguém ativo',
    },
    many: {
      en: 'The reports of {count} tenants suddenly tell of nobody active',
      'pt-BR': 'Os relatórios de {count} locatários de repente não mostram ninguém ativo',
    },
  },
  'no-rows': {
    one: { en: 'One tenant’s reports came without rows', 'pt-BR': 'Os relatórios de um locatário vieram sem linhas' },
    many: { en: 'The reports of {count} tenants came without rows', 'pt-BR': 'Os relatórios de {count} locatários vieram sem linhas' },
  },
  stale: {
    one: { en: 'One tenant’s figures are too old to count', 'pt-BR': 'Os números de um locatário são antigos demais para contar' },
    many: {
      en: 'The figures of {count} tenants are too old to count',
      'pt-BR': 'Os números de {count} locatários são antigos demais para contar',
    },
  },
  connection: {
    one: { en: 'The connection of one tenant does not work', 'pt-BR': 'A conexão de um locatário não funciona' },
    many: { en: 'The connections of {count} tenants do not work', 'pt-BR': 'As conexões de {count} locatários não funcionam' },
  },
}
const AT_ONCE: Text = {
  en: '; all at once, so that the cause is hardly theirs',
  'pt-BR': '; todos ao mesmo tempo, portanto a causa dificilmente é deles',
}

function textOf(kind: UsageAlert['kind'], tenants: number, isWidespread: boolean): Text {
  const says = tenants === 1 ? SAYS[kind].one : SAYS[kind].many
  const say = (locale: 'en' | 'pt-BR') =>
    `${(says[locale] ?? '').replace('{count}', tenants.toLocaleString(locale))}${isWidespread ? (AT_ONCE[locale] ?? '') : ''}.`
  return { en: say('en'), 'pt-BR': say('pt-BR') }
}
