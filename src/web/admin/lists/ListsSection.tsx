import { MessageBar, MessageBarBody, makeStyles, Tab, TabList } from '@fluentui/react-components'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRefusal } from '../permission.ts'
import { Section } from '../Section.tsx'
import { SplitPage } from '../SplitPage.tsx'
import { ReasonsList } from './ReasonsList.tsx'
import { TemplatesList } from './TemplatesList.tsx'

const route = getRouteApi('/frame/admin/lists')
const useStyles = makeStyles({
  lists: { flexWrap: 'wrap' },
  body: { display: 'flex', flexDirection: 'column', gap: '16px', marginTop: '12px' },
})
const LISTS = ['reasons', 'notes', 'plans'] as const

/** What people choose from: reasons, and templates of notes and of success plans. Everybody may read it. */
export function ListsSection() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { list = 'reasons' } = route.useSearch()
  const navigate = useNavigate()
  const refusal = useRefusal()('change-lists')
  const shown = LISTS.find(each => each === list) ?? 'reasons'
  return (
    <SplitPage>
      <Section id="lists">
        {refusal !== undefined && (
          <MessageBar layout="multiline">
            <MessageBarBody>
              {t('lists.readOnly')} {refusal}
            </MessageBarBody>
          </MessageBar>
        )}
        <TabList
          className={styles.lists}
          selectedValue={shown}
          aria-label={t('admin.section.lists')}
          onTabSelect={(_, { value }) => void navigate({ to: '/admin/lists', search: { list: String(value) } })}
        >
          {LISTS.map(each => (
            <Tab key={each} value={each} id={`list-${each}`}>
              {t(`lists.name.${each}`)}
            </Tab>
          ))}
        </TabList>
        <div className={styles.body} role="tabpanel" aria-labelledby={`list-${shown}`}>
          {shown === 'reasons' && <ReasonsList refusal={refusal} />}
          {shown === 'notes' && <TemplatesList key="note" kind="note" refusal={refusal} />}
          {shown === 'plans' && <TemplatesList key="success-plan" kind="success-plan" refusal={refusal} />}
        </div>
      </Section>
    </SplitPage>
  )
}
