import type { Text } from '../model/words.ts'

/** The languages reasons are told in. */
const en = (text: Text, fallback: string) => text.en ?? Object.values(text)[0] ?? fallback
const pt = (text: Text, fallback: string) => text['pt-BR'] ?? en(text, fallback)

/** One phrase in both languages; `{}` parts that are themselves texts are put in by language. */
export function phrase(english: string, portuguese: string, parts: Readonly<Record<string, Text | string | number>> = {}): Text {
  return { en: fill(english, parts, 'en'), 'pt-BR': fill(portuguese, parts, 'pt-BR') }
}

type Language = 'en' | 'pt-BR'

function fill(template: string, parts: Readonly<Record<string, Text | string | number>>, language: Language): string {
  const pieces = piecesOf(template)
  let text = pieces[0] ?? ''
  // Words and names of parts alternate.
  for (let at = 1; at < pieces.length; at += 2) text += partText(parts[pieces[at] ?? ''], language) + (pieces[at + 1] ?? '')
  return text
}

function partText(part: Text | string | number | undefined, language: Language): string {
  if (part === undefined) return ''
  if (typeof part === 'number') return numberText(part, language)
  if (typeof part === 'string') return part
  return language === 'en' ? en(part, '') : pt(part, '')
}

/** Templates are few and literal in the code, so each is taken apart once. */
const taken = new Map<string, readonly string[]>()

function piecesOf(template: string): readonly string[] {
  const before = taken.get(template)
  if (before) return before
  const pieces = template.split(/\{(\w+)\}/)
  taken.set(template, pieces)
  return pieces
}

/** 1234.5 as `1,234.5` or `1.234,5`. Written here because `Intl` differs with the machine's language data. */
function numberText(value: number, language: Language): string {
  const [whole = '0', fraction] = String(value).split('.')
  const [group, point] = language === 'en' ? [',', '.'] : ['.', ',']
  if (value < 1000 && fraction === undefined) return whole
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, group)
  return fraction === undefined ? grouped : `${grouped}${point}${fraction}`
}

const MOST_REASONS = 5

/** `Due: the CSM is assigned and Teams has been active since 2026-03-01.` */
export function sentence(head: Text, reasons: readonly Text[]): Text {
  const unique = [...new Map(reasons.map(reason => [en(reason, ''), reason])).values()]
  const shown = unique.slice(0, MOST_REASONS)
  const rest = unique.length - shown.length
  if (rest > 0) shown.push(phrase('{rest} more', 'mais {rest}', { rest }))
  const one = (heading: string, list: readonly string[], and: string) =>
    capital(list.length === 0 ? `${heading}.` : `${heading}: ${joined(list, and)}.`)
  return {
    en: one(
      en(head, ''),
      shown.map(each => en(each, '')),
      'and',
    ),
    'pt-BR': one(
      pt(head, ''),
      shown.map(each => pt(each, '')),
      'e',
    ),
  }
}

/** Reasons that hold a comma of their own are parted by semicolons. */
function joined(list: readonly string[], and: string): string {
  const comma = list.some(each => each.includes(', ')) && list.length > 1 ? '; ' : ', '
  const last = list.at(-1) ?? ''
  return list.length === 1 ? last : `${list.slice(0, -1).join(comma)}${comma === '; ' ? ';' : ''} ${and} ${last}`
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
