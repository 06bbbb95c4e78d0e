import type { DeckLocale } from '../../model/deck.ts'

/** What people call where a value comes from; reports keep the names that Microsoft 365 gives them. */
const NAMES: Readonly<Record<string, Readonly<Record<DeckLocale, string>>>> = {
  portal: { en: 'Told in the portal', 'pt-BR': 'Informado no portal' },
  custom: { en: 'Agreed with the customer', 'pt-BR': 'Acordado com o cliente' },
  assignment: { en: 'Assignments', 'pt-BR': 'Atribuições' },
  hand: { en: 'Read by hand', 'pt-BR': 'Leitura manual' },
  csv: { en: 'Imported readings', 'pt-BR': 'Leituras importadas' },
  api: { en: 'Another program', 'pt-BR': 'Outro programa' },
  meeting: { en: 'The review meeting', 'pt-BR': 'A reunião de revisão' },
  survey: { en: 'The survey', 'pt-BR': 'A pesquisa' },
  usage: { en: 'Usage reports', 'pt-BR': 'Relatórios de uso' },
  demo: { en: 'Made up for the demo', 'pt-BR': 'Inventado para a demonstração' },
}

export const sourceNamesIn = (locale: DeckLocale): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(NAMES).map(([source, names]) => [source, names[locale]]))
