import { Button, Field, makeStyles, mergeClasses, Select, Subtitle2, tokens } from '@fluentui/react-components'
import { ArrowUpload20Regular } from '@fluentui/react-icons/svg/arrow-upload'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerView } from '../../model/api.ts'
import { useFormats } from '../ui/format.ts'
import { UploadRow } from './UploadRow.tsx'
import { type UploadEntry, useUploads } from './uploads.ts'

const useStyles = makeStyles({
  zone: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    padding: '12px 16px',
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  over: { backgroundColor: tokens.colorBrandBackground2, border: `1px dashed ${tokens.colorBrandStroke1}` },
  head: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap' },
  words: { flex: '1 1 260px' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
})

/** Bring in usage reports: choose or drop files, see what each would change, then import. */
export function UploadSection({ customer, nameOf }: { customer: CustomerView; nameOf: (service: string) => string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [tenant, setTenant] = useState(customer.tenants[0]?.id)
  const uploads = useUploads(customer.id, tenant)
  const [over, setOver] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const { canWrite } = customer
  const ready = uploads.entries.filter(isReady).length
  const isBusy = uploads.entries.some(entry => entry.state.is === 'checking' || entry.state.is === 'importing')
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (canWrite.ok) uploads.add(event.dataTransfer.files)
  }
  return (
    <section
      className={mergeClasses(styles.zone, over && styles.over)}
      aria-labelledby="upload"
      onDragOver={event => {
        event.preventDefault()
        setOver(canWrite.ok)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div className={styles.head}>
        <div className={styles.words}>
          <Subtitle2 as="h2" id="upload">
            {t('upload.title')}
          </Subtitle2>
          <p className={styles.quiet}>{canWrite.ok ? t('upload.help') : canWrite.reason}</p>
        </div>
        {customer.tenants.length > 1 && (
          <Field label={t('upload.tenant')}>
            <Select value={tenant ?? ''} onChange={(_, { value }) => setTenant(value)}>
              {customer.tenants.map(each => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          accept=".csv,.gz,text/csv,application/gzip"
          aria-label={t('upload.choose')}
          onChange={event => {
            uploads.add(event.currentTarget.files ?? [])
            // The same file may be chosen again after it was mended.
            event.currentTarget.value = ''
          }}
        />
        <Button icon={<ArrowUpload20Regular />} disabledFocusable={!canWrite.ok} onClick={() => canWrite.ok && picker.current?.click()}>
          {t('upload.choose')}
        </Button>
      </div>
      {uploads.entries.length > 0 && (
        <>
          <ul className={styles.list} aria-live="polite">
            {uploads.entries.map(entry => (
              <UploadRow
                key={entry.key}
                entry={entry}
                nameOf={nameOf}
                onRemove={() => uploads.remove(entry.key)}
                onRetry={() => uploads.retry(entry)}
              />
            ))}
          </ul>
          {(ready > 0 || isBusy) && (
            <div>
              <Button appearance="primary" disabledFocusable={isBusy || ready === 0} onClick={() => void uploads.importAll()}>
                {t('upload.import', { count: ready, number: formats.number(ready) })}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  )
}

const isReady = ({ state }: UploadEntry) => state.is === 'checked' && !state.result.unchanged
