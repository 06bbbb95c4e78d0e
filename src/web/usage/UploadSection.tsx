import {
  Button,
  Field,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  Select,
  Subtitle2,
  tokens,
} from '@fluentui/react-components'
import { ArrowUpload20Regular } from '@fluentui/react-icons/svg/arrow-upload'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerView } from '../../model/api.ts'
import { refusalFor } from '../customer/may-write.ts'
import { useFormats } from '../ui/format.ts'
import { Hidden } from '../ui/Visually.tsx'
import { connectionsQuery } from './connections/queries.ts'
import { useFileDrop } from './file-drop.ts'
import { UndoUpload } from './imports/UndoUpload.tsx'
import { groupsOf, type KnownTenant, mustAsk } from './tenant-question.ts'
import { UploadLeaving } from './UploadLeaving.tsx'
import { UploadRow } from './UploadRow.tsx'
import { UploadTenants } from './UploadTenants.tsx'
import { askedOf, isGoing, isReady, isUnderWay, type Standing, standingOf } from './upload-list.ts'
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
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px 12px', alignItems: 'center' },
})

/** Bring in usage reports: choose or drop files, say which tenant they are of where that is in doubt, see what each would change, then import. */
export function UploadSection({ customer, nameOf }: { customer: CustomerView; nameOf: (service: string) => string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { tenants, canImport } = customer
  const [chosen, choose] = useState<string>()
  const [isPutOff, putOff] = useState(false)
  const tenant = (tenants.find(each => each.id === chosen) ?? tenants[0])?.id
  const uploads = useUploads(customer.id)
  const { entries } = uploads
  const known = useKnownTenants(customer, entries.length > 0)
  const picker = useRef<HTMLInputElement>(null)
  const refusedFor = refusalFor(canImport, null)
  const refusal = refusedFor
    ? t('upload.mayNot', { why: formats.text(refusedFor) })
    : tenant === undefined
      ? t('upload.noTenant')
      : undefined
  const add = (files: Iterable<File>) => {
    if (refusal !== undefined || tenant === undefined) return
    putOff(false)
    uploads.add(files, tenant)
  }
  const isOver = useFileDrop(add) && refusal === undefined
  const isBusy = entries.some(isUnderWay)
  const asked = askedOf(entries)
  const isAsked = !isBusy && known !== undefined && mustAsk(asked, known)
  const going = entries.filter(isGoing).length
  const mayImport = going > 0 && !isBusy && !isAsked && known !== undefined
  const isSeveral = entries.filter(isReady).length > 1
  const names = new Map(entries.map(entry => [entry.key, entry.file.name]))
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
                putOff(false)
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
          accept=".csv,.gz,.json,text/csv,application/gzip,application/json"
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
      <Hidden live>{entries.length > 0 && <StandingWords standing={standingOf(entries)} />}</Hidden>
      {isAsked && isPutOff && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('upload.placeFirst')}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => putOff(false)}>{t('upload.place')}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {entries.length > 0 && (
        <ul className={styles.list}>
          {entries.map(entry => (
            <UploadRow
              key={entry.key}
              entry={entry}
              tenantName={tenants.length > 1 ? tenants.find(each => each.id === entry.tenant)?.name : undefined}
              nameOf={nameOf}
              undo={
                entry.state.is === 'imported' &&
                !entry.state.result.unchanged && (
                  <UndoUpload customer={customer} result={entry.state.result} onUndone={() => uploads.undone(entry)} />
                )
              }
              onPick={isPicked => uploads.pick(entry.key, isPicked)}
              onRemove={() => uploads.remove([entry.key])}
              onRetry={() => uploads.retry(entry)}
            />
          ))}
        </ul>
      )}
      {isSeveral && !isAsked && <p className={styles.quiet}>{t('upload.eachAlone')}</p>}
      {entries.length > 0 && (
        <div className={styles.actions}>
          {(going > 0 || isBusy || entries.some(isReady)) && (
            <Button appearance="primary" disabledFocusable={!mayImport} onClick={() => void uploads.importPicked()}>
              {t('upload.import', { count: going, number: formats.number(going) })}
            </Button>
          )}
          <Button
            appearance="subtle"
            onClick={() => uploads.remove(entries.filter(({ state }) => state.is !== 'importing').map(({ key }) => key))}
          >
            {t(isBusy ? 'upload.cancelAll' : 'upload.clear')}
          </Button>
        </div>
      )}
      {isAsked && !isPutOff && (
        <UploadTenants
          groups={groupsOf(asked, known)}
          tenants={known}
          fileName={key => names.get(key) ?? ''}
          onAnswer={uploads.answer}
          onClose={() => putOff(true)}
        />
      )}
      <UploadLeaving isBusy={isBusy} />
    </section>
  )
}

/** The tenants with the mail domains that their reports spoke of so far; undefined until that is known. Where it cannot be had, no hint is given. */
function useKnownTenants({ id, tenants }: CustomerView, isNeeded: boolean): readonly KnownTenant[] | undefined {
  const { data, isPending } = useQuery({ ...connectionsQuery(id), enabled: isNeeded })
  if (isPending) return undefined
  return tenants.map(tenant => ({ ...tenant, domains: data?.tenants.find(each => each.id === tenant.id)?.domains ?? [] }))
}

function StandingWords({ standing: { step, done, total, failed } }: { standing: Standing }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const words = t(`upload.standing.${step}`, { done: formats.number(done), total: formats.number(total) })
  return failed === 0 ? words : `${words}, ${t('upload.standingFailed', { count: failed, number: formats.number(failed) })}`
}
