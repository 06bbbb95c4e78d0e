import { Field, Select } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReasonsView } from '../../../model/success-plan-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { Differences } from './Differences.tsx'
import { LostReasons } from './LostReasons.tsx'
import { reasonsVersionQuery } from './queries.ts'
import { backTo } from './reason-list.ts'
import type { Reasons } from './use-reasons.ts'

type Props = { view: ReasonsView; refusal: string | undefined; reasons: Reasons; onClose: () => void }

/** Which lists there were, what became of one since, and the way back to it. */
export function ReasonVersions({ view, refusal, reasons, onClose }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [chosen, setChosen] = useState<number | undefined>(Math.max(0, view.version - 1))
  const { data, error } = useQuery(reasonsVersionQuery(chosen ?? view.version))
  const nameOf = (version: number) => {
    const made = view.versions.find(each => each.version === version)
    return made
      ? t('lists.versionBy', { version: formats.number(version), who: made.by, when: formats.moment(made.at) })
      : t('lists.versionShipped')
  }
  const isNow = chosen === view.version
  return (
    <FormDialog title={t('lists.versions')} onClose={onClose} error={error}>
      <LostReasons reasons={reasons} />
      <Field label={t('lists.version')}>
        <Select value={String(chosen)} onChange={(_, { value }) => setChosen(Number(value))}>
          {[...view.versions.map(each => each.version), 0].map(version => (
            <option key={version} value={version}>
              {nameOf(version)}
            </option>
          ))}
        </Select>
      </Field>
      {isNow ? (
        <p>{t('lists.isNow')}</p>
      ) : data ? (
        <section aria-label={t('lists.since')}>
          <strong>{t('lists.since')}</strong>
          <Differences before={data.reasons} after={view.reasons} />
        </section>
      ) : (
        !error && <Skeletons heights={[44]} />
      )}
      {data && !isNow && (
        <>
          <p style={{ margin: 0 }}>{t('lists.backHelp')}</p>
          <div>
            <ActionButton
              refusal={refusal}
              disabledFocusable={reasons.isBusy}
              onClick={() =>
                reasons.write({
                  seen: view,
                  change: backTo(data.reasons),
                  done: t('lists.wentBack', { version: nameOf(data.version) }),
                  onDone: onClose,
                })
              }
            >
              {t('lists.goBack')}
            </ActionButton>
          </div>
        </>
      )}
    </FormDialog>
  )
}
