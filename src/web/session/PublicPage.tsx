import { LargeTitle, makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components'
import { type ReactNode, useId } from 'react'
import { LanguageMenu, ThemeMenu } from '../frame/SettingMenus.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'

const useStyles = makeStyles({
  page: { minHeight: '100%', display: 'grid', gridTemplateRows: '48px 1fr', backgroundColor: tokens.colorNeutralBackground2 },
  bar: { display: 'flex', justifyContent: 'flex-end', alignItems: 'center', gap: '4px', padding: '0 8px' },
  main: { display: 'flex', flexWrap: 'wrap', gap: '24px', justifyContent: 'center', alignContent: 'center', padding: '16px' },
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    width: 'min(100%, 380px)',
    padding: '24px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow4,
    // As wide as their words, and high enough for a finger.
    '& > a': { alignSelf: 'flex-start', padding: '2px 0' },
  },
  quiet: { color: tokens.colorNeutralForeground3 },
})

/** A page for people who are not signed in: language, theme and what there is to do, in cards. */
export function PublicPage({ children }: { children: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <LanguageMenu />
        <ThemeMenu />
      </header>
      <main className={styles.main}>{children}</main>
    </div>
  )
}

type CardProps = { title: string; lead?: ReactNode; children: ReactNode; isBrand?: boolean }

/** The card with the page's heading. */
export function Card({ title, lead, children, isBrand = false }: CardProps) {
  const styles = useStyles()
  const id = useId()
  return (
    <section className={styles.card} aria-labelledby={id}>
      {!isBrand && <PageTitle name={title} />}
      {isBrand ? (
        <LargeTitle as="h1" id={id}>
          {title}
        </LargeTitle>
      ) : (
        <Subtitle1 as="h1" id={id}>
          {title}
        </Subtitle1>
      )}
      {lead && <Text className={styles.quiet}>{lead}</Text>}
      {children}
    </section>
  )
}

export const useCardStyle = () => useStyles().card
