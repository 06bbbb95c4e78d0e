import { isLoopback } from '../../auth/demo-accounts.ts'
import { fault, fine, type Judged, unknown, warning, words } from './check.ts'

const GIB = 1024 ** 3

/** Free bytes where files of reports and, with the database that Impulso brings, everything else is kept. */
export function judgeDisk(freeBytes: number | null): Judged {
  if (freeBytes === null) {
    return unknown(
      words('How much room the data folder has could not be found out.', 'Não foi possível saber o espaço da pasta de dados.'),
      words('Look at the disk of the data folder (IMPULSO_DATA).', 'Verifique o disco da pasta de dados (IMPULSO_DATA).'),
    )
  }
  const gib = Math.floor((freeBytes / GIB) * 10) / 10
  const found = words(`${gib} GiB are free in the data folder.`, `Há ${gib} GiB livres na pasta de dados.`)
  const remedy = words(
    'Make room, or move the data folder to a larger disk.',
    'Libere espaço ou mova a pasta de dados para um disco maior.',
  )
  if (freeBytes < GIB) return fault(found, remedy)
  return freeBytes < 5 * GIB ? warning(found, remedy) : fine(found)
}

export type AddressFacts = Readonly<{
  /** HOST */
  host: string
  /** IMPULSO_URL */
  publicUrl: string | null
  /** Addresses that are served, the main one first. */
  origins: readonly string[]
  /** Host and port that the browser asked for, by its own word; null when it said nothing. */
  askedAt: string | null
}>

export function judgeAddress({ host, publicUrl, origins, askedAt }: AddressFacts): Judged {
  const main = origins[0] ?? ''
  if (publicUrl === null && !isLoopback(host)) {
    return fault(
      words(`Others can reach ${host}, and no public address is set.`, `Outros alcançam ${host}, e nenhum endereço público está definido.`),
      words(
        'Set IMPULSO_URL to the address that people type, such as https://impulso.example.com: links in mails and sign-in need it.',
        'Defina IMPULSO_URL com o endereço que as pessoas digitam, como https://impulso.example.com: os links nos e-mails e a entrada precisam dele.',
      ),
    )
  }
  if (publicUrl !== null && !main.startsWith('https://') && !isLoopback(new URL(main).hostname)) {
    return fault(
      words(`${main} is not encrypted.`, `${main} não é criptografado.`),
      words(
        'Put a proxy with TLS in front and set IMPULSO_URL to its https address: without it passwords cross the network in clear.',
        'Coloque um proxy com TLS na frente e defina IMPULSO_URL com o endereço https: sem isso as senhas atravessam a rede às claras.',
      ),
    )
  }
  if (askedAt !== null && !origins.some(origin => new URL(origin).host === askedAt)) {
    return warning(
      words(
        `You came by ${askedAt}, which is none of ${origins.join(', ')}.`,
        `Você veio por ${askedAt}, que não é um de ${origins.join(', ')}.`,
      ),
      words('Set IMPULSO_URL to the address that people use.', 'Defina IMPULSO_URL com o endereço que as pessoas usam.'),
    )
  }
  return fine(words(`People reach the portal at ${main}.`, `As pessoas acessam o portal em ${main}.`))
}

export type ProxyFacts = Readonly<{
  /** Headers that a proxy puts on a request. */
  forwardedFor: string | null
  forwardedProto: string | null
  /** IMPULSO_TRUSTED_PROXIES names somebody. */
  isTrusting: boolean
  mainOrigin: string
}>

export function judgeProxy({ forwardedFor, forwardedProto, isTrusting, mainOrigin }: ProxyFacts): Judged {
  if (forwardedFor !== null && !isTrusting) {
    return warning(
      words(
        'Requests come through a proxy that is not trusted: everybody seems to have its address.',
        'As solicitações passam por um proxy que não é confiável: todos parecem ter o endereço dele.',
      ),
      words(
        'Set IMPULSO_TRUSTED_PROXIES to the address of the proxy. Limits and the record go by addresses.',
        'Defina IMPULSO_TRUSTED_PROXIES com o endereço do proxy. Os limites e o registro usam endereços.',
      ),
    )
  }
  if (forwardedProto === 'https' && mainOrigin.startsWith('http://')) {
    return warning(
      words(
        `The proxy speaks https, but the main address is ${mainOrigin}.`,
        `O proxy usa https, mas o endereço principal é ${mainOrigin}.`,
      ),
      words(
        'Set IMPULSO_URL to the https address: cookies are then kept from unencrypted connections.',
        'Defina IMPULSO_URL com o endereço https: assim os cookies ficam fora de conexões sem criptografia.',
      ),
    )
  }
  if (forwardedFor === null && isTrusting) {
    return warning(
      words(
        'A proxy is trusted, but this request did not come through one.',
        'Um proxy é confiável, mas esta solicitação não passou por nenhum.',
      ),
      words(
        'Let only the proxy reach the port of Impulso, and take IMPULSO_TRUSTED_PROXIES away where there is none.',
        'Deixe só o proxy alcançar a porta do Impulso e remova IMPULSO_TRUSTED_PROXIES onde não houver nenhum.',
      ),
    )
  }
  return fine(
    forwardedFor === null
      ? words('No proxy is in between.', 'Não há proxy no meio.')
      : words('The proxy is trusted, and callers keep their addresses.', 'O proxy é confiável, e quem chama mantém seu endereço.'),
  )
}

/** `isGiven`: IMPULSO_SECRET is set; `ownDatabase`: DATABASE_URL is, so other processes elsewhere may share the database. */
export function judgeSecret({ isGiven, ownDatabase }: { isGiven: boolean; ownDatabase: boolean }): Judged {
  if (isGiven) return fine(words('The secret comes from the environment.', 'O segredo vem do ambiente.'))
  const found = words('The secret is a file in the data folder.', 'O segredo é um arquivo na pasta de dados.')
  if (!ownDatabase) return fine(found)
  return warning(
    found,
    words(
      'Set IMPULSO_SECRET, the same for every process that uses this database: with another one sessions end and personal values in the record cannot be read. Keep it with your backups.',
      'Defina IMPULSO_SECRET, o mesmo em todos os processos que usam este banco: com outro, as sessões terminam e os valores pessoais do registro não podem ser lidos. Guarde-o com seus backups.',
    ),
  )
}

export function judgeDemo({ hasDemo, host, publicUrl }: { hasDemo: boolean; host: string; publicUrl: string | null }): Judged {
  if (!hasDemo) return fine(words('There are no demo accounts.', 'Não há contas de demonstração.'))
  const isHere = isLoopback(host) && (publicUrl === null || isLoopback(new URL(publicUrl).hostname))
  const remedy = words(
    'To go on with your own customers, start with your own data.',
    'Para continuar com seus clientes, comece com seus próprios dados.',
  )
  if (isHere) {
    return warning(words('Demo accounts exist, on this machine only.', 'Existem contas de demonstração, só nesta máquina.'), remedy)
  }
  return fault(
    words(
      'Demo accounts, whose passwords everybody knows, can be reached by others.',
      'Contas de demonstração, cujas senhas todos conhecem, podem ser acessadas por outros.',
    ),
    remedy,
  )
}
