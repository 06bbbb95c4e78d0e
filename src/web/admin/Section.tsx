import { makeStyles, Subtitle1, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../ui/Notice.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { useRefusal } from './permission.ts'
import { SECTIONS, type SectionId } from './sections.ts'

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', justifyContent: 'space-between' },
  lead: { color: tokens.colorNeutralForeground3, margin: '2px 0 12px', maxWidth: '80ch' },
})

/** One screen of Admin with its heading; to those who may not see it, the reason instead. What is inside loads only for those who may. */
export function Section({ id, actions, children }: { id: SectionId; actions?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const refusalOf = useRefusal()
  const action = SECTIONS.find(each => each.id === id)?.action
  const refusal = action && refusalOf(action)
  const pageTitle = <PageTitle name={`${t(`admin.section.${id}`)} · ${t('nav.admin')}`} />
  if (refusal) {
    return (
      <Notice title={t('error.forbidden.title')}>
        {pageTitle}
        {refusal} {t('admin.askAdministrator')}
      </Notice>
    )
  }
  return (
    <section aria-labelledby="section">
      {pageTitle}
      <div className={styles.head}>
        <Subtitle1 as="h2" id="section">
          {t(`admin.section.${id}`)}
        </Subtitle1>
        {actions}
      </div>
      <p className={styles.lead}>{t(`admin.lead.${id}`)}</p>
      {children}
    </section>
  )
}
