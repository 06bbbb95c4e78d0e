import type { RetentionKind } from '../../model/admin-api.ts'
import type { Text } from '../../model/words.ts'
import type { Db } from '../../store/database.ts'
import { getInstallation } from '../../store/installation.ts'

/** Days that personal data is kept where an installation chose nothing else, and why so long. */
export const RETENTION: Readonly<Record<RetentionKind, Readonly<{ days: number; title: Text; why: Text }>>> = {
  mail: {
    days: 30,
    title: { en: 'Mails in the outbox', 'pt-BR': 'E-mails na caixa de saída' },
    why: { en: 'to see what became of a mail', 'pt-BR': 'para ver o que aconteceu com um e-mail' },
  },
  notifications: {
    days: 90,
    title: { en: 'What people were told', 'pt-BR': 'Avisos às pessoas' },
    why: { en: 'to look up what one was told in the last months', 'pt-BR': 'para rever os avisos dos últimos meses' },
  },
  'sign-in-addresses': {
    days: 90,
    title: { en: 'Addresses people signed in from', 'pt-BR': 'Endereços de onde as pessoas entraram' },
    why: { en: 'to look into a sign-in that was not theirs', 'pt-BR': 'para investigar uma entrada que não foi delas' },
  },
  'report-files': {
    days: 35,
    title: { en: 'Files of imported usage reports', 'pt-BR': 'Arquivos de relatórios de uso importados' },
    why: {
      en: 'to match people across the reports of a month, so that nobody is counted twice',
      'pt-BR': 'para reconhecer pessoas entre os relatórios de um mês, sem contar ninguém duas vezes',
    },
  },
  'ended-accounts': {
    days: 365,
    title: { en: 'Accounts that are disabled', 'pt-BR': 'Contas desativadas' },
    why: { en: 'to take somebody back, and to answer for what they did', 'pt-BR': 'para readmitir alguém e responder pelo que fez' },
  },
  'survey-answers': {
    days: 365,
    title: {
      en: 'Who answered a survey, and their words; the scores stay',
      'pt-BR': 'Quem respondeu a uma pesquisa, e suas palavras; as notas ficam',
    },
    why: { en: 'to call back, and to compare with the next year', 'pt-BR': 'para dar retorno e comparar com o ano seguinte' },
  },
}

const DAY_MS = 24 * 3600 * 1000

/** The moment before which data of this kind is deleted. */
export async function keptSince(db: Db, now: Date, kind: RetentionKind): Promise<Date> {
  const { retention } = await getInstallation(db)
  return new Date(now.getTime() - (retention[kind] ?? RETENTION[kind].days) * DAY_MS)
}
