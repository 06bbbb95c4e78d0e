import { makeStyles, Subtitle2 } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import ExpertiseFacts from './ExpertiseFacts.tsx'

const useStyles = makeStyles({ part: { display: 'flex', flexDirection: 'column', gap: '8px' } })

/** Of a person one manages: what they know as an expert. */
export default function ExpertisePart({ person, refusal }: { person: string; refusal: string | undefined }) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <div className={styles.part}>
      <Subtitle2 as="h3">{t('experts.expertise.heading')}</Subtitle2>
      <ExpertiseFacts person={person} refusal={refusal} />
    </div>
  )
}
