import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { DeckLocale } from '../../../model/deck.ts'
import { languageName } from '../../i18n.ts'

const useStyles = makeStyles({
  language: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    margin: 0,
    minWidth: 0,
    padding: '8px 12px 12px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  legend: { fontWeight: tokens.fontWeightSemibold, padding: '0 4px' },
})

/** What a slide says in one language, under its name. */
export function LanguageFields({ locale, children }: Readonly<{ locale: DeckLocale; children: ReactNode }>) {
  const styles = useStyles()
  return (
    <fieldset className={styles.language}>
      <legend className={styles.legend}>{languageName(locale)}</legend>
      {children}
    </fieldset>
  )
}
