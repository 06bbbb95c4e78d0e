import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../session/queries.ts'
import { mayStartOwnData, OwnData } from './own-data.tsx'

const useStyles = makeStyles({
  note: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px', color: tokens.colorNeutralForeground3 },
})

/** Beside the demo's customers: that they are made up, and the way out of the demo. */
export function DemoNote() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [isOpen, setOpen] = useState(false)
  if (!mayStartOwnData(session)) return null
  return (
    <div className={styles.note}>
      <span>{t('setup.ownData.note')}</span>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('setup.ownData.open')}
      </Button>
      {isOpen && <OwnData onClose={() => setOpen(false)} />}
    </div>
  )
}
