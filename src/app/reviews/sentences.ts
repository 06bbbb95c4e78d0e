import type { Text } from '../../model/words.ts'

export const NOT_HELD: Text = {
  en: 'The review meeting is not on record as held.',
  'pt-BR': 'Não há registro de que a reunião de revisão foi realizada.',
}

export const NO_OUTCOME: Text = {
  en: 'The overall status is completed with at least one outcome.',
  'pt-BR': 'O status geral é concluído com pelo menos um resultado.',
}

export const NOT_OPENED: Text = {
  en: 'The step to the success review was not taken.',
  'pt-BR': 'O passo para a revisão de sucesso não foi dado.',
}
