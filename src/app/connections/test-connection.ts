import type { Budget, Credential, Graph } from '../../graph/types.ts'
import type { ConnectionFinding, ConnectionTest } from '../../model/usage-api.ts'
import { findConnection, findSecret, saveStanding, type TenantKey } from '../../store/connections.ts'
import { takeRequest } from '../../store/sync.ts'
import { lockForChange } from '../customers/visible.ts'
import { recordCustomer } from '../events/record.ts'
import { type Actor, authorizeService, SYSTEM } from '../policy.ts'
import type { ConnectingContext } from './connecting.ts'
import { openCredential } from './credential.ts'
import { notConnected } from './set-connection.ts'

/** Asks Microsoft what works and what does not, and keeps the answer with the connection. Throws `not-found` where there is none. */
export async function testConnection(context: ConnectingContext, actor: Actor, where: TenantKey): Promise<ConnectionTest> {
  const connection = await context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'connect-tenant', where.customerId)
    authorizeService(access, null)
    const found = await findConnection(trx, where)
    // Beforehand: the credential goes out, whatever comes of it.
    if (found)
      await recordCustomer(trx, context, actor, {
        customerId: where.customerId,
        kind: 'connection-tested',
        data: { tenant: where.tenantId },
      })
    return found
  })
  if (!connection) throw notConnected(where)
  // Not within the transaction: an answer may take a minute.
  const way = await wayTo(context, where)
  if (!way) throw notConnected(where)
  const { state, concealed, findings }: ConnectionTest =
    'graph' in way ? await way.graph.test() : { state: 'failed', concealed: null, findings: [way.finding] }
  await saveStanding(context.db, where, connection.version, { state, concealed, findings, at: context.now().toISOString() })
  return { state, concealed, findings }
}

/** Microsoft Graph of a connected tenant, within the service's limits, or why this installation cannot ask; undefined when it is not connected. */
export async function wayTo(
  context: ConnectingContext,
  where: TenantKey,
): Promise<Readonly<{ graph: Graph }> | Readonly<{ finding: ConnectionFinding }> | undefined> {
  const connection = await findConnection(context.db, where)
  const sealed = await findSecret(context.db, where)
  if (!connection || sealed === undefined) return undefined
  const { cloud, directory, client_id: clientId } = connection
  if (!context.graph.clouds.includes(cloud)) return { finding: SIMULATOR_MISSING }
  const credential = unlessLocked(() => openCredential(context.sealKey, where, sealed))
  if (!credential) return { finding: LOCKED }
  return { graph: context.graph.open({ cloud, directory, clientId, credential }, budgetOf(context, where)) }
}

function unlessLocked(open: () => Credential): Credential | undefined {
  try {
    return open()
  } catch {
    // The cause would tell nothing but that decrypting failed.
    return undefined
  }
}

export const LOCKED: ConnectionFinding = {
  code: 'credential-locked',
  severity: 'error',
  text: {
    en: 'The credential of this connection cannot be opened: it was kept under another secret of this installation.',
    'pt-BR': 'A credencial desta conexão não pode ser aberta: ela foi guardada com outro segredo desta instalação.',
  },
  remedy: {
    en: 'Give the credential again, or restore the secret (IMPULSO_SECRET, or the data folder).',
    'pt-BR': 'Informe a credencial de novo ou restaure o segredo (IMPULSO_SECRET ou a pasta de dados).',
  },
}

/** The one cloud that an installation may lack. */
export const SIMULATOR_MISSING: ConnectionFinding = {
  code: 'simulator-missing',
  severity: 'error',
  text: {
    en: 'This connection is to the simulator, and none is set up where Impulso runs.',
    'pt-BR': 'Esta conexão é com o simulador, e nenhum está configurado onde o Impulso é executado.',
  },
  remedy: {
    en: 'Start Impulso with IMPULSO_GRAPH_SIMULATOR (`impulso work` and commands too), or choose another cloud.',
    'pt-BR': 'Inicie o Impulso com IMPULSO_GRAPH_SIMULATOR (também `impulso work` e os comandos) ou escolha outra nuvem.',
  },
}

/** CSV requests of one report function by one application in one tenant: reference "usage reports" §3. */
export const ALLOWANCE = { count: 14, ms: 10 * 60_000 } as const

/** Counts in the database: neither a restart nor another process forgets. The system notes, whoever asks. */
function budgetOf(context: ConnectingContext, where: TenantKey): Budget {
  const { db } = context.as(SYSTEM)
  return {
    take: async fn => {
      const next = await takeRequest(db, where, fn, context.now(), ALLOWANCE)
      return next === null ? { ok: true } : { ok: false, at: next.getTime() }
    },
  }
}
