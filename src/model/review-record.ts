export const REVIEW_INTENTS = ['new-workloads', 'sustaining'] as const
/** What the customer means to do after the review. */
export type ReviewIntent = (typeof REVIEW_INTENTS)[number]

export const REVIEW_LISTS = ['gap', 'prerequisite', 'step', 'momentum', 'alignment'] as const
export type ReviewList = (typeof REVIEW_LISTS)[number]

export const GAP_KINDS = ['benefits', 'driving-usage', 'prerequisites'] as const
export const PREREQUISITE_STATES = ['open', 'met', 'not-needed'] as const
/** Parts of a momentum plan that are usual, in their order; each stands in a plan once. */
export const USUAL_MOMENTUM = [
  'best-practices',
  'self-service-support',
  'champions-community',
  'track-progress',
  'training-sources',
  'new-training',
  'wider-community',
] as const
/** What they are called. */
export const MOMENTUM_NAMES: Readonly<Record<(typeof USUAL_MOMENTUM)[number], Readonly<{ en: string; 'pt-BR': string }>>> = {
  'best-practices': { en: 'Best practices', 'pt-BR': 'Boas práticas' },
  'self-service-support': { en: 'Self-service support', 'pt-BR': 'Suporte por autoatendimento' },
  'champions-community': { en: 'Champions community', 'pt-BR': 'Comunidade de champions' },
  'track-progress': { en: 'Tracking and managing progress', 'pt-BR': 'Acompanhamento e gestão do progresso' },
  'training-sources': { en: 'Where training is found', 'pt-BR': 'Onde encontrar treinamento' },
  'new-training': { en: 'New training resources', 'pt-BR': 'Novos recursos de treinamento' },
  'wider-community': { en: 'The wider customer community', 'pt-BR': 'Comunidade mais ampla de clientes' },
}
export const MOMENTUM_KINDS = [...USUAL_MOMENTUM, 'other'] as const
/** `in-place`: it was there already. */
export const MOMENTUM_STATES = ['planned', 'in-place', 'done', 'not-needed'] as const
/** Whether a team that understood the plan has its next steps in place. */
export const ALIGNMENT_STATES = ['in-place', 'missing'] as const
/** Why a contact cannot be written to. */
export const LETTER_PROBLEMS = ['do-not-contact', 'archived', 'no-address', 'bounced'] as const
export type LetterProblem = (typeof LETTER_PROBLEMS)[number]
