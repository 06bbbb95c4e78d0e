import { makeStyles } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { expertiseQuery } from './queries.ts'
import { wordsIn } from './words.ts'

// Nobody sees a dialog before asking for one.
const ExpertiseDialog = lazy(() => import('./ExpertiseDialog.tsx'))

const useStyles = makeStyles({ part: { display: 'flex', flexDirection: 'column', gap: '12px', alignItems: 'flex-start' } })

type ExpertiseFactsProps = {
  /** Null: one's own. */
  person: string | null
  refusal?: string | undefined
}

/** What somebody says they know, and changing it. */
export default function ExpertiseFacts({ person, refusal }: ExpertiseFactsProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const words = wordsIn(formats)
  const [isChanging, setChanging] = useState(false)
  const { data, error, refetch } = useQuery(expertiseQuery(person))
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[120]} />
  const said = (list: readonly string[], nameOf: (id: string) => string) => list.map(nameOf).join(', ') || t('experts.unsaid')
  const asked = data.isByRight ? 'byRight' : data.isExpert ? 'byWord' : 'not'
  return (
    <div className={styles.part}>
      <Facts
        facts={[
          [t('experts.expertise.isAsked'), t(`experts.expertise.asked.${asked}`)],
          [t('experts.expertise.skills'), said(data.skills, words.skill)],
          [t('experts.expertise.services'), said(data.services, words.service)],
          [t('experts.expertise.languages'), said(data.languages, words.language)],
          [t('experts.expertise.regions'), said(data.regions, words.region)],
          [t('experts.atOnce'), data.atOnce === null ? t('experts.unsaid') : formats.number(data.atOnce)],
        ]}
      />
      <ActionButton refusal={refusal} onClick={() => setChanging(true)}>
        {t('experts.expertise.change')}
      </ActionButton>
      <Suspense fallback={null}>
        {isChanging && <ExpertiseDialog expertise={data} person={person} onClose={() => setChanging(false)} />}
      </Suspense>
    </div>
  )
}
