import type { RetentionKind } from '../../model/admin-api.ts'
import type { Text } from '../../model/words.ts'

/** Days that personal data is kept where an installation chose nothing else. */
export const RETENTION: Readonly<Record<RetentionKind, Readonly<{ days: number; title: Text }>>> = {
  mail: { days: 90, title: { en: 'Mails in the outbox', 'pt-BR': 'E-mails na caixa de saída' } },
  'sign-in-addresses': { days: 180, title: { en: 'Addresses people signed in from', 'pt-BR': 'Endereços de onde as pessoas entraram' } },
  'report-files': { days: 365, title: { en: 'Files of imported usage reports', 'pt-BR': 'Arquivos de relatórios de uso importados' } },
  'ended-accounts': { days: 365, title: { en: 'Accounts that are disabled', 'pt-BR': 'Contas desativadas' } },
}
