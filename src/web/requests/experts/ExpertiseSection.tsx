import { useTranslation } from 'react-i18next'
import { Section } from '../../account/Section.tsx'
import ExpertiseFacts from './ExpertiseFacts.tsx'

/** Of the account: what one knows as an expert. */
export default function ExpertiseSection() {
  const { t } = useTranslation()
  return (
    <Section title={t('experts.expertise.title')} lead={t('experts.expertise.lead')}>
      <ExpertiseFacts person={null} />
    </Section>
  )
}
