import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerView, ImportResult } from '../../../model/api.ts'
import { UndoDialog } from './UndoDialog.tsx'

type UndoUploadProps = { customer: CustomerView; result: ImportResult; onUndone: () => void }

/** Takes back what was imported a moment ago. A list of seats cannot be taken back: the next one replaces it. */
export function UndoUpload({ customer, result, onUndone }: UndoUploadProps) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  if (result.import === null) return null
  return (
    <>
      <Button size="small" aria-label={t('imports.undoOf', { file: result.file })} onClick={() => setAsking(true)}>
        {t('imports.undo')}
      </Button>
      {isAsking && (
        <UndoDialog customer={customer} imported={{ ...result, id: result.import }} onDone={onUndone} onClose={() => setAsking(false)} />
      )}
    </>
  )
}
