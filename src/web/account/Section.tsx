import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { type ReactNode, useId } from 'react'

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    padding: '16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  heading: { outlineStyle: 'none' },
  lead: { margin: 0, color: tokens.colorNeutralForeground3, maxWidth: '70ch' },
})

/** One part of the account. Its heading takes the focus when the row that had it is gone. */
export function Section({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const styles = useStyles()
  const id = useId()
  return (
    <section className={styles.card} aria-labelledby={id} data-section>
      <Subtitle2 as="h2" id={id} tabIndex={-1} className={styles.heading}>
        {title}
      </Subtitle2>
      {lead && <p className={styles.lead}>{lead}</p>}
      {children}
    </section>
  )
}

export const useRowStyles = makeStyles({
  // Nothing in it: the sentence beside it says so, and there is no list to hear of.
  list: { listStyleType: 'none', margin: 0, padding: 0, ':empty': { display: 'none' } },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    padding: '8px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  what: { flex: '1 1 220px', minWidth: 0, overflowWrap: 'anywhere' },
  title: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px', fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, margin: 0 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  form: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '12px' },
  field: { width: 'min(100%, 380px)' },
})
