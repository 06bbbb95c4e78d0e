import { makeStyles, Subtitle1, Title3, tokens } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { languageName } from '../i18n.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { playbookQuery } from './queries.ts'

const useStyles = makeStyles({
  page: { maxWidth: '960px', margin: '0 auto', padding: '12px 24px 48px', '@media (max-width: 640px)': { padding: '12px 12px 32px' } },
  quiet: { color: tokens.colorNeutralForeground3, margin: '4px 0 16px', overflowWrap: 'anywhere' },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: '12px',
    gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))',
  },
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: '16px',
  },
  facts: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, margin: '8px 0 0' },
})

/** The pages of the playbook in force. */
export function LibraryPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data: playbook } = useSuspenseQuery(playbookQuery)
  return (
    <div className={styles.page}>
      <PageTitle name={t('nav.playbooks')} />
      <Title3 as="h1">{t('nav.playbooks')}</Title3>
      <p className={styles.quiet}>
        {t('library.head', {
          id: playbook.id ?? '–',
          version: playbook.version ?? '–',
          languages: playbook.locales.map(languageName).join(', '),
        })}
        {' · '}
        <code title={playbook.hash}>{playbook.hash.slice(0, 19)}…</code>
      </p>
      {playbook.processes.length === 0 && <Notice title={t('library.none')}>{t('library.noneHelp')}</Notice>}
      <ul className={styles.list}>
        {playbook.processes.map(process => {
          const tasks = process.steps.reduce((sum, step) => sum + step.tasks.length, 0)
          const phase = playbook.phases.find(each => each.id === process.phase)
          return (
            <li key={process.id} className={styles.card}>
              <Subtitle1 as="h2">
                <AppLink to="/playbooks/$process" params={{ process: process.id }}>
                  {formats.text(process.title, process.id)}
                </AppLink>
              </Subtitle1>
              <p className={styles.facts}>
                {[
                  phase && formats.text(phase.name),
                  t('library.steps', { count: process.steps.length, number: formats.number(process.steps.length) }),
                  t('library.tasks', { count: tasks, number: formats.number(tasks) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
