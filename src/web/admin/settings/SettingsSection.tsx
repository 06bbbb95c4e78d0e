import { useQuery } from '@tanstack/react-query'
import { ErrorNotice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { settingsQuery } from '../queries.ts'
import { Section } from '../Section.tsx'
import { SplitPage } from '../SplitPage.tsx'
import { SettingsForm } from './SettingsForm.tsx'

export function SettingsSection() {
  return (
    <SplitPage>
      <Section id="settings">
        <Loaded />
      </Section>
    </SplitPage>
  )
}

function Loaded() {
  const { data, error, refetch } = useQuery(settingsQuery)
  if (data) return <SettingsForm settings={data} />
  return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[120, 60, 60, 60, 60]} />
}
