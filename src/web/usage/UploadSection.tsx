import { Button, Field, makeStyles, mergeClasses, Select, Subtitle2, tokens } from '@fluentui/react-components'
import { ArrowUpload20Regular } from '@fluentui/react-icons/svg/arrow-upload'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerView } from '../../model/api.ts'
import { refusalFor } from '../customer/may-write.ts'
import { useFormats } from '../ui/format.ts'
import { Hidden } from '../ui/Visually.tsx'
import { useFileDrop } from './file-drop.ts'
import { UploadRow } from './UploadRow.tsx'
import { isReady, isUnderWay, type Standing, standingOf } from './upload-list.ts'
import { useUploads } from './uploads.ts'

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
  const { tenants, canImport } = customer
  const [chosen, choose] = useState<string>()
  const tenant = (tenants.find(each => each.id === chosen) ?? tenants[0])?.id
  const uploads = useUploads(customer.id)
  const picker = useRef<HTMLInputElement>(null)
  const refusedFor = refusalFor(canImport, null)
  const refusal = refusedFor ? formats.text(refusedFor) : tenant === undefined ? t('upload.noTenant') : undefined
  const add = (files: Iterable<File>) => {
    if (refusal === undefined && tenant !== undefined) uploads.add(files, tenant)
  }
  const isOver = useFileDrop(add) && refusal === undefined
  const ready = uploads.entries.filter(isReady).length
  const isBusy = uploads.entries.some(isUnderWay)
  return (
    <section className={mergeClasses(styles.zone, isOver && styles.over)} aria-labelledby="upload">
      <div className={styles.head}>
        <div className={styles.words}>
          <Subtitle2 as="h2" id="upload">
            {t('upload.title')}
          </Subtitle2>
          <p id="upload-help" className={styles.quiet}>
            {refusal ?? t(isOver ? 'upload.drop' : 'upload.help')}
          </p>
        </div>
        {tenants.length > 1 && (
          <Field label={t('upload.tenant')}>
            <Select
              value={tenant ?? ''}
              // What is under way was meant for the tenant that was chosen when it began.
              disabled={isBusy}
              onChange={(_, { value }) => {
                choose(value)
                uploads.moveTo(value)
              }}
            >
              {tenants.map(each => (
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
            add(event.currentTarget.files ?? [])
            // The same file may be chosen again after it was mended.
            event.currentTarget.value = ''
          }}
        />
        <Button
          icon={<ArrowUpload20Regular />}
          aria-describedby="upload-help"
          disabledFocusable={refusal !== undefined}
          onClick={() => picker.current?.click()}
        >
          {t('upload.choose')}
        </Button>
      </div>
      <Hidden live>{uploads.entries.length > 0 && <StandingWords standing={standingOf(uploads.entries)} />}</Hidden>
      {uploads.entries.length > 0 && (
        <ul className={styles.list}>
          {uploads.entries.map(entry => (
            <UploadRow
              key={entry.key}
              entry={entry}
              tenantName={tenants.length > 1 ? tenants.find(each => each.id === entry.tenant)?.name : undefined}
              nameOf={nameOf}
              onRemove={() => uploads.remove(entry.key)}
              onRetry={() => uploads.retry(entry)}
            />
          ))}
        </ul>
      )}
      {(ready > 0 || isBusy) && (
        <div>
          <Button appearance="primary" disabledFocusable={isBusy || ready === 0} onClick={() => void uploads.importAll()}>
            {t('upload.import', { count: ready, number: formats.number(ready) })}
          </Button>
        </div>
      )}
    </section>
  )
}

function StandingWords({ standing: { step, done, total, failed } }: { standing: Standing }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const words = t(`upload.standing.${step}`, { done: formats.number(done), total: formats.number(total) })
  return failed === 0 ? words : `${words}, ${t('upload.standingFailed', { count: failed, number: formats.number(failed) })}`
}
