export type Language = 'en' | 'pt-BR'

const SIGNS: Readonly<Record<Language, { group: string; decimal: string }>> = {
  en: { group: ',', decimal: '.' },
  'pt-BR': { group: '.', decimal: ',' },
}

/** A figure as it is written in a language. */
export function number(value: number, language: Language, decimals = 0): string {
  const [whole = '', part] = Math.abs(value).toFixed(decimals).split('.')
  const { group, decimal } = SIGNS[language]
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group)
  const isZero = !/[1-9]/.test(whole + (part ?? ''))
  return `${value < 0 && !isZero ? '−' : ''}${grouped}${part === undefined ? '' : decimal + part}`
}
