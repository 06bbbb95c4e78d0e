import type { DatabaseFacts } from '../../../store/observe.ts'
import { fault, fine, type Judged, unknown, warning, words } from './check.ts'

const OLDEST = 150_000
/** Fewer free connections than one process of ours takes. */
const FEW_FREE = 20
const MOST_DRIFT_MS = 30_000

/** `own`: a server of one's own, named by DATABASE_URL; otherwise the one that Impulso brings. */
export function judgeDatabase(facts: DatabaseFacts | null, { own }: { own: boolean }): Judged {
  if (!facts) {
    return fault(
      words('The database does not answer.', 'O banco de dados não responde.'),
      words('Start it, and see what the program printed at its start.', 'Inicie-o e veja o que o programa mostrou ao iniciar.'),
    )
  }
  const { version, connections, mostConnections } = facts
  const free = mostConnections - connections
  const what = own ? words('your own server', 'servidor próprio') : words('the server Impulso brings', 'o servidor que o Impulso traz')
  const found = words(
    `PostgreSQL ${version}, ${what.en}; ${free} of ${mostConnections} connections are free.`,
    `PostgreSQL ${version}, ${what['pt-BR']}; ${free} de ${mostConnections} conexões estão livres.`,
  )
  if (facts.versionNumber < OLDEST) {
    return fault(found, words('Move to PostgreSQL 15 or newer.', 'Mude para o PostgreSQL 15 ou mais novo.'))
  }
  if (free < FEW_FREE) {
    return warning(
      found,
      words(
        'Raise max_connections, or let fewer programs connect: each process of Impulso takes up to 20.',
        'Aumente max_connections ou deixe menos programas se conectarem: cada processo do Impulso usa até 20.',
      ),
    )
  }
  return fine(found)
}

export function judgeMigrations(schema: number | null, newest: number): Judged {
  if (schema === null) return notAsked
  const found = words(
    `The database has schema ${schema}; this program knows ${newest}.`,
    `O banco de dados tem o esquema ${schema}; este programa conhece o ${newest}.`,
  )
  if (schema < newest)
    return fault(found, words('Start the program again: it migrates at the start.', 'Inicie o programa novamente: ele migra ao iniciar.'))
  if (schema > newest) {
    return fault(
      found,
      words('A newer program migrated it: start that one everywhere.', 'Um programa mais novo o migrou: inicie esse em toda parte.'),
    )
  }
  return fine(words(`Schema ${schema} is the newest.`, `O esquema ${schema} é o mais novo.`))
}

export function judgeRowLevelSecurity(facts: Pick<DatabaseFacts, 'role' | 'isFree' | 'openTables'> | null): Judged {
  if (!facts) return notAsked
  const { role, isFree, openTables } = facts
  if (isFree) {
    return fault(
      words(`The role ${role} gets around row-level security.`, `O papel ${role} contorna a segurança em nível de linha.`),
      words(
        `As an administrator of the database: alter role ${role} nosuperuser nobypassrls.`,
        `Como administrador do banco de dados: alter role ${role} nosuperuser nobypassrls.`,
      ),
    )
  }
  if (openTables.length > 0) {
    const names = openTables.join(', ')
    return fault(
      words(`Tables without row-level security: ${names}.`, `Tabelas sem segurança em nível de linha: ${names}.`),
      words(
        'Start the program again: it protects every table at the start. Tables of other programs belong into a database of their own.',
        'Inicie o programa novamente: ele protege todas as tabelas ao iniciar. Tabelas de outros programas devem ficar em um banco próprio.',
      ),
    )
  }
  return fine(
    words(
      `Every table is protected, and the role ${role} is bound by it.`,
      `Todas as tabelas estão protegidas, e o papel ${role} está sujeito a isso.`,
    ),
  )
}

/** Whatever time zone the database has: it is asked for days and moments in UTC. */
export function judgeClock({ here, database }: Readonly<{ here: string; database: string | null }>): Judged {
  if (database === null) return notAsked
  const drift = Math.abs(Date.parse(here) - Date.parse(database))
  const seconds = Math.round(drift / 1000)
  const found = words(
    `The clocks of the program and of the database are ${seconds} s apart; days are counted in UTC.`,
    `Os relógios do programa e do banco de dados diferem em ${seconds} s; os dias são contados em UTC.`,
  )
  if (drift <= MOST_DRIFT_MS) return fine(found)
  return warning(
    found,
    words(
      'Let both machines take the time from the same source (NTP): sessions and codes end by the clock.',
      'Faça as duas máquinas obterem a hora da mesma fonte (NTP): sessões e códigos terminam pelo relógio.',
    ),
  )
}

const notAsked = unknown(
  words('The database does not answer.', 'O banco de dados não responde.'),
  words('See to the database first.', 'Cuide primeiro do banco de dados.'),
)
