import { Button, makeStyles, tokens, typographyStyles } from '@fluentui/react-components'
import { Dismiss20Regular } from '@fluentui/react-icons/svg/dismiss'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { keepFocus } from '../ui/focus-back.ts'
import { usePageKeys } from '../ui/keys.ts'

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
    height: '52px',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  title: { ...typographyStyles.subtitle1, margin: 0, outlineStyle: 'none' },
})

/** The right panel: takes the focus when it opens, gives it back when it closes, closes by Escape. */
export function Panel({ children, onClose }: { children: ReactNode; onClose: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const giveBack = keepFocus()
    title.current?.focus()
    return giveBack
  }, [])
  usePageKeys({ Escape: onClose })
  return (
    <aside className={styles.panel} aria-labelledby="explain-title">
      <div className={styles.head}>
        <h2 id="explain-title" ref={title} tabIndex={-1} className={styles.title}>
          {t('explain.title')}
        </h2>
        <Button
          appearance="subtle"
          icon={<Dismiss20Regular />}
          aria-label={t('explain.close')}
          title={t('explain.close')}
          onClick={onClose}
        />
      </div>
      {children}
    </aside>
  )
}
