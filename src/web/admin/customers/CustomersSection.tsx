import { makeStyles, Subtitle2, Tab, TabList } from '@fluentui/react-components'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Section } from '../Section.tsx'
import { SplitPage } from '../SplitPage.tsx'
import { ArchivedList } from './ArchivedList.tsx'
import { BulkAssignForm } from './BulkAssignForm.tsx'
import { BulkChangeList } from './BulkChangeList.tsx'
import { ImportForm } from './ImportForm.tsx'

const route = getRouteApi('/frame/admin/customers')
const useStyles = makeStyles({
  parts: { flexWrap: 'wrap' },
  body: { display: 'flex', flexDirection: 'column', gap: '16px', marginTop: '12px', maxWidth: '1000px' },
})
const PARTS = ['import', 'assign', 'changes', 'archived'] as const

/** Many customers at once: a portfolio file, assignments, what was done and can be undone, and what was put away. */
export function CustomersSection() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { part = 'import' } = route.useSearch()
  const navigate = useNavigate()
  const shown = PARTS.find(each => each === part) ?? 'import'
  return (
    <SplitPage>
      <Section id="customers">
        <TabList
          className={styles.parts}
          selectedValue={shown}
          aria-label={t('admin.section.customers')}
          onTabSelect={(_, { value }) => void navigate({ to: '/admin/customers', search: { part: String(value) } })}
        >
          {PARTS.map(each => (
            <Tab key={each} value={each} id={`part-${each}`}>
              {t(`customers.part.${each}`)}
            </Tab>
          ))}
        </TabList>
        <div className={styles.body} role="tabpanel" aria-labelledby={`part-${shown}`}>
          <Subtitle2 as="h3">{t(`customers.part.${shown}`)}</Subtitle2>
          {shown === 'import' && <ImportForm />}
          {shown === 'assign' && <BulkAssignForm />}
          {shown === 'changes' && <BulkChangeList />}
          {shown === 'archived' && <ArchivedList />}
        </div>
      </Section>
    </SplitPage>
  )
}
