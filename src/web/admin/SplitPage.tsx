import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  split: { display: 'flex', height: '100%', minWidth: 0, minHeight: 0 },
  page: {
    flex: 1,
    minWidth: 0,
    height: '100%',
    overflowY: 'auto',
    padding: '16px 24px 48px',
    '@media (max-width: 640px)': { padding: '12px 12px 32px' },
  },
  covered: { '@media (max-width: 900px)': { display: 'none' } },
  inner: { maxWidth: '1200px', margin: '0 auto' },
})

/** A screen that scrolls, with a panel beside it when there is one. */
export function SplitPage({ children, panel }: { children: ReactNode; panel?: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={styles.split}>
      <div className={mergeClasses(styles.page, panel !== undefined && styles.covered)}>
        <div className={styles.inner}>{children}</div>
      </div>
      {panel}
    </div>
  )
}
