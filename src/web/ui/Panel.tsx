import { Button, makeStyles, tokens, typographyStyles } from '@fluentui/react-components'
import { Dismiss20Regular } from '@fluentui/react-icons/svg/dismiss'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { keepFocus } from './focus-back.ts'
import { usePageKeys } from './keys.ts'

const useStyles = makeStyles({
  panel: {
    flex: '0 0 clamp(400px, 32vw, 500px)',
    minWidth: 0,
    height: '100%',
    overflowY: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: '0 16px 24px',
    // Beside nothing else: then it is the page.
    '@media (max-width: 900px)': { flex: '1 1 100%', borderLeftWidth: 0 },
  },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    minHeight: '52px',
    gap: '8px',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  title: { ...typographyStyles.subtitle1, margin: 0, outlineStyle: 'none', minWidth: 0, overflowWrap: 'anywhere' },
})

type PanelProps = { title: string; closeLabel: string; children: ReactNode; onClose: () => void }

/** The right panel: takes the focus when it opens, gives it back when it closes, closes by Escape. */
export function Panel({ title, closeLabel, children, onClose }: PanelProps) {
  const id = useId()
  const styles = useStyles()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const giveBack = keepFocus()
    heading.current?.focus()
    return giveBack
  }, [])
  usePageKeys({ Escape: onClose })
  return (
    <aside className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h2>
        <Button appearance="subtle" icon={<Dismiss20Regular />} aria-label={closeLabel} title={closeLabel} onClick={onClose} />
      </div>
      {children}
    </aside>
  )
}
