import type { RoleDef } from '../../model/playbook.ts'
import type { ServiceDef } from '../../model/services.ts'
import { fold } from '../text.ts'
import { COLUMN_LABELS, INITIATIVE_NAMES, LINE_LABELS, PHASES, RULE_LABELS, SECTION_LABELS } from './labels.ts'
import { type KnownLocale, LOCALES, type Variants, variantsOf } from './locales.ts'

/** What a word means and the languages in which it does. */
export type Meaning<K extends string> = { key: K; locales: readonly KnownLocale[] }
export type Lookup<K extends string> = ReadonlyMap<string, Meaning<K>>

function lookup<K extends string>(table: Readonly<Record<K, Variants>>): Lookup<K> {
  const found = new Map<string, { key: K; locales: KnownLocale[] }>()
  // Object.keys forgets the literal type of the table's keys.
  for (const key of Object.keys(table) as K[]) {
    for (const locale of LOCALES) {
      for (const variant of variantsOf(table[key][locale])) {
        const known = found.get(fold(variant))
        if (known?.key === key) known.locales.push(locale)
        else if (!known) found.set(fold(variant), { key, locales: [locale] })
      }
    }
  }
  return found
}

export const lineLabels = lookup(LINE_LABELS)
export const ruleLabels = lookup(RULE_LABELS)
export const sectionLabels = lookup(SECTION_LABELS)
export const columnLabels = lookup(COLUMN_LABELS)
export const phaseNames = lookup(PHASES)
export const initiativeNames = lookup(INITIATIVE_NAMES)

/** True when the text is one of the variants in any language. */
export const isOneOf = (variants: Variants): ((text: string) => boolean) => {
  const known = new Set(LOCALES.flatMap(locale => variantsOf(variants[locale]).map(fold)))
  return text => known.has(fold(text))
}

/** Folded name → id, ids included. */
export const namesOf = (definitions: readonly (ServiceDef | RoleDef)[]): ReadonlyMap<string, string> =>
  new Map(definitions.flatMap(each => [each.id, ...Object.values(each.name), ...each.aliases].map(name => [fold(name), each.id] as const)))
