/** The same text in every language of the portal. */
export type Words = Readonly<{ en: string; 'pt-BR': string }>

/** What a check found, and what to do about it. A check is a function of what was observed and nothing else. */
export type Judged =
  | Readonly<{ state: 'fine'; found: Words; remedy: null }>
  | Readonly<{ state: 'warning' | 'fault' | 'unknown'; found: Words; remedy: Words }>

export const words = (en: string, ptBR: string): Words => ({ en, 'pt-BR': ptBR })
export const fine = (found: Words): Judged => ({ state: 'fine', found, remedy: null })
export const warning = (found: Words, remedy: Words): Judged => ({ state: 'warning', found, remedy })
export const fault = (found: Words, remedy: Words): Judged => ({ state: 'fault', found, remedy })
export const unknown = (found: Words, remedy: Words): Judged => ({ state: 'unknown', found, remedy })
