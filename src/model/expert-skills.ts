import type { Text } from './words.ts'

/** What experts are asked for. One line here is all a new skill needs. */
export const EXPERT_SKILLS = [
  { id: 'adoption', name: { en: 'Adoption and change management', 'pt-BR': 'Adoção e gestão de mudança' } },
  { id: 'business-value', name: { en: 'Business value and scenarios', 'pt-BR': 'Valor de negócio e cenários' } },
  { id: 'champions', name: { en: 'Champions community', 'pt-BR': 'Comunidade de campeões' } },
  { id: 'compliance', name: { en: 'Compliance and governance', 'pt-BR': 'Conformidade e governança' } },
  { id: 'deployment', name: { en: 'Deployment and configuration', 'pt-BR': 'Implantação e configuração' } },
  { id: 'identity', name: { en: 'Identity and access', 'pt-BR': 'Identidade e acesso' } },
  { id: 'meetings-calling', name: { en: 'Meetings, calling and rooms', 'pt-BR': 'Reuniões, chamadas e salas' } },
  { id: 'migration', name: { en: 'Migration of mail and files', 'pt-BR': 'Migração de e-mail e arquivos' } },
  { id: 'network', name: { en: 'Network readiness', 'pt-BR': 'Preparo da rede' } },
  { id: 'security', name: { en: 'Security', 'pt-BR': 'Segurança' } },
  { id: 'training', name: { en: 'Training', 'pt-BR': 'Treinamento' } },
  { id: 'usage-reports', name: { en: 'Usage reports and measuring', 'pt-BR': 'Relatórios de uso e medição' } },
] as const satisfies readonly Readonly<{ id: string; name: Text }>[]
export const SKILL_IDS = EXPERT_SKILLS.map(each => each.id)

/** Parts of the world that experts work for. */
export const EXPERT_REGIONS = [
  { id: 'africa', name: { en: 'Africa', 'pt-BR': 'África' } },
  { id: 'asia-pacific', name: { en: 'Asia and Pacific', 'pt-BR': 'Ásia e Pacífico' } },
  { id: 'europe', name: { en: 'Europe', 'pt-BR': 'Europa' } },
  { id: 'latin-america', name: { en: 'Latin America', 'pt-BR': 'América Latina' } },
  { id: 'middle-east', name: { en: 'Middle East', 'pt-BR': 'Oriente Médio' } },
  { id: 'north-america', name: { en: 'North America', 'pt-BR': 'América do Norte' } },
] as const satisfies readonly Readonly<{ id: string; name: Text }>[]
export const REGION_IDS = EXPERT_REGIONS.map(each => each.id)

/** Languages to choose from, ISO 639; the browser knows their names. */
export const EXPERT_LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'ja', 'ko', 'nl', 'pl', 'pt', 'sv', 'tr', 'zh'] as const

/** In the languages of the portal; a skill that is no longer listed keeps its id. */
export function skillName(id: string): Readonly<{ en: string; 'pt-BR': string }> {
  return EXPERT_SKILLS.find(each => each.id === id)?.name ?? { en: id, 'pt-BR': id }
}

/** `pt` of `pt-BR`: experts say which language they speak, not of which country. */
export const languageOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? tag
