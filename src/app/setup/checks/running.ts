import type { MailFacts } from '../../../store/observe.ts'
import { fault, fine, type Judged, unknown, warning, words } from './check.ts'

export function judgeMail({ hasSmtp, facts }: { hasSmtp: boolean; facts: MailFacts | null }): Judged {
  if (!facts) return notAsked
  if (!hasSmtp) {
    return warning(
      words('No mail goes out: it is kept on the mailbox page.', 'Nenhum e-mail sai: eles ficam na página da caixa de correio.'),
      words(
        'Set IMPULSO_SMTP_URL and IMPULSO_MAIL_FROM: invitations and forgotten passwords need mail.',
        'Defina IMPULSO_SMTP_URL e IMPULSO_MAIL_FROM: convites e senhas esquecidas precisam de e-mail.',
      ),
    )
  }
  const { failed, uncertain, lastFailure, lastError } = facts
  if (failed + uncertain === 0 && lastError === null) {
    return fine(
      words('A mail server is set, and nothing failed lately.', 'Um servidor de e-mail está definido, e nada falhou ultimamente.'),
    )
  }
  const why = lastError === null ? '' : ` ${lastFailure ?? ''}: ${lastError}`
  return warning(
    words(
      `In the last 7 days ${failed} mails failed and ${uncertain} are uncertain.${why}`,
      `Nos últimos 7 dias, ${failed} e-mails falharam e ${uncertain} estão incertos.${why}`,
    ),
    words('Send a test mail, and look at the mailbox page.', 'Envie um e-mail de teste e veja a página da caixa de correio.'),
  )
}

export type PlaybookFacts = Readonly<{ name: string; hash: string; errors: number; warnings: number }>

export function judgePlaybook({ name, hash, errors, warnings }: PlaybookFacts): Judged {
  const short = hash.slice(0, 'sha256:'.length + 8)
  const found = words(
    `${name} (${short}): ${errors} errors, ${warnings} warnings.`,
    `${name} (${short}): ${errors} erros, ${warnings} avisos.`,
  )
  const remedy = words(
    'See `impulso playbook compile` for where, and correct the pages.',
    'Veja em `impulso playbook compile` onde, e corrija as páginas.',
  )
  if (errors > 0) return fault(found, remedy)
  return warnings > 0 ? warning(found, remedy) : fine(found)
}

/** Administrators who can sign in, and how many of them with more than a password. */
export type AdministratorFacts = Readonly<{ count: number; withSecondFactor: number }>

export function judgeAdministrators({ count, withSecondFactor }: AdministratorFacts): Judged {
  const found = words(
    `Administrators who can sign in: ${count}; with a second factor, a passkey or single sign-on: ${withSecondFactor}.`,
    `Administradores que podem entrar: ${count}; com segundo fator, chave de acesso ou login único: ${withSecondFactor}.`,
  )
  if (count < 2) {
    return warning(
      found,
      words(
        'Invite a second administrator, so that nobody is locked out with the first.',
        'Convide um segundo administrador, para que ninguém fique de fora com o primeiro.',
      ),
    )
  }
  if (withSecondFactor < count) {
    return warning(
      found,
      words(
        'Administrators add a second factor or a passkey on their account page.',
        'Os administradores adicionam um segundo fator ou uma chave de acesso na página da conta.',
      ),
    )
  }
  return fine(found)
}

/** `seen`: when a worker was last seen, null for none in the last minutes. */
export function judgeJobs(facts: { seen: string | null; failed: number } | null): Judged {
  if (!facts) return notAsked
  if (facts.seen === null) {
    return fault(
      words(
        'Nobody carries out jobs: no mail goes out, and plans grow old.',
        'Ninguém executa tarefas: nenhum e-mail sai, e os planos envelhecem.',
      ),
      words(
        'Start `impulso work`, or `impulso serve` without IMPULSO_WORK=0.',
        'Inicie `impulso work` ou `impulso serve` sem IMPULSO_WORK=0.',
      ),
    )
  }
  if (facts.failed > 0) {
    return warning(
      words(`${facts.failed} jobs failed for good.`, `${facts.failed} tarefas falharam de vez.`),
      words(
        'See the jobs page for why; there they can be tried again.',
        'Veja o motivo na página de tarefas; lá elas podem ser repetidas.',
      ),
    )
  }
  return fine(words(`A worker was seen at ${facts.seen}; no job failed.`, `Um executor foi visto em ${facts.seen}; nenhuma tarefa falhou.`))
}

const notAsked = unknown(
  words('The database does not answer.', 'O banco de dados não responde.'),
  words('See to the database first.', 'Cuide primeiro do banco de dados.'),
)
