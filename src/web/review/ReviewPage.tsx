import { makeStyles, Subtitle1 } from '@fluentui/react-components'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { withTexts } from '../i18n.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { OutcomePart } from './outcome/OutcomePart.tsx'

const DiscussionsPart = lazy(() => withTexts(import('./discussions/DiscussionsPart.tsx'), 'discussions'))
const RecordPart = lazy(() => withTexts(import('./record/RecordPart.tsx'), 'review-record'))
const ExpertsPart = lazy(() => withTexts(import('../requests/experts/ExpertsPart.tsx'), 'experts'))
const SurveyPart = lazy(() => withTexts(import('../surveys/SurveyPart.tsx'), 'survey'))
const route = getRouteApi('/frame/customers/$customer/review')

const useStyles = makeStyles({ column: { maxWidth: '960px', margin: '0 auto', display: 'flex', flexDirection: 'column', gap: '16px' } })

/** The success review of the engagement, from what is prepared to what came of it. */
export function ReviewPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { customer } = route.useParams()
  return (
    <div className={styles.column}>
      <Subtitle1 as="h2">{t('review.title')}</Subtitle1>
      <AppLink to="/customers/$customer/review/deck" params={{ customer }}>
        {t('review.deck')}
      </AppLink>
      <Suspense fallback={<Skeletons heights={[120, 160, 200]} />}>
        <OutcomePart customer={customer} />
        <RecordPart customer={customer} />
        <DiscussionsPart customer={customer} />
        <ExpertsPart customer={customer} />
        <SurveyPart customer={customer} />
      </Suspense>
    </div>
  )
}
