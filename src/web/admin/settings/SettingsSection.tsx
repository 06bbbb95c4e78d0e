import { useQueries, useQuery } from '@tanstack/react-query'
import { surveySettingsQuery } from '../../surveys/queries.ts'
import SurveySettings from '../../surveys/SurveySettings.tsx'
import { ErrorNotice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { settingsQuery } from '../queries.ts'
import { Section } from '../Section.tsx'
import { SplitPage } from '../SplitPage.tsx'
import { BrandForm, brandQuery } from './BrandForm.tsx'
import { DeckTemplates, templatesQuery } from './DeckTemplates.tsx'
import { SettingsForm } from './SettingsForm.tsx'

export function SettingsSection() {
  return (
    <SplitPage>
      <Section id="settings">
        <Parts />
      </Section>
    </SplitPage>
  )
}

/** All at once: a part that came before those above it would be pushed down. */
function Parts() {
  const isWaiting = useQueries({ queries: [settingsQuery, surveySettingsQuery, brandQuery, templatesQuery] }).some(each => each.isPending)
  if (isWaiting) return <Skeletons heights={[120, 60, 60, 60, 60]} />
  return (
    <>
      <Loaded />
      <SurveySettings />
      <BrandForm />
      <DeckTemplates />
    </>
  )
}

function Loaded() {
  const { data, error, refetch } = useQuery(settingsQuery)
  if (data) return <SettingsForm settings={data} />
  return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[120, 60, 60, 60, 60]} />
}
