import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BulkAssignForm } from '../admin/customers/BulkAssignForm.tsx'
import { sessionQuery } from '../session/queries.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    alignItems: 'center',
    padding: '0 8px',
    minHeight: '32px',
    border: `1px solid ${tokens.colorNeutralStroke1Selected}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  names: { margin: 0, maxHeight: '96px', overflowY: 'auto' },
})

/** What can be done with the customers that were chosen together: assign people. Previewed, and undone as one. */
export default function ChosenBar({ chosen, onClear }: { chosen: ReadonlyMap<string, string>; onClear: () => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [isOpen, setOpen] = useState(false)
  const may = session.person?.may.includes('assign') ?? false
  const ids = [...chosen.keys()]
  return (
    <section className={styles.bar} aria-label={t('list.chosen.label')}>
      <span role="status">{t('list.chosen.count', { count: ids.length, number: formats.number(ids.length) })}</span>
      <ActionButton
        size="small"
        refusal={
          may ? (ids.length > MOST ? t('list.chosen.tooMany', { most: formats.number(MOST) }) : undefined) : t('list.chosen.refused')
        }
        onClick={() => setOpen(true)}
      >
        {t('list.chosen.assign')}
      </ActionButton>
      <Button size="small" appearance="subtle" onClick={onClear}>
        {t('list.chosen.clear')}
      </Button>
      {isOpen && (
        <FormDialog title={t('list.chosen.assign')} onClose={() => setOpen(false)}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where there are many names */}
          <p className={styles.names} tabIndex={0}>
            {[...chosen.values()].join(', ')}
          </p>
          <BulkAssignForm ids={ids} />
        </FormDialog>
      )}
    </section>
  )
}

/** As many as one change takes (`CustomerChoice`). */
const MOST = 1000
