import { MessageBar, MessageBarBody, MessageBarGroup, makeStyles, Subtitle2, Title3, tokens } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type MouseEvent, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Change, Process } from '../../model/playbook.ts'
import { languageName } from '../i18n.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { Facts } from '../ui/Facts.tsx'
import { FindBox } from '../ui/FindBox.tsx'
import { useFormats } from '../ui/format.ts'
import { usePageKeys } from '../ui/keys.ts'
import { useProseStyles } from '../ui/Markdown.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { PickFilter } from '../ui/PickFilter.tsx'
import { Hidden } from '../ui/Visually.tsx'
import { markMatches } from './mark-matches.ts'
import { pageQuery, playbookQuery } from './queries.ts'

const route = getRouteApi('/frame/playbooks/$process')

const useStyles = makeStyles({
  page: { maxWidth: '780px', margin: '0 auto', padding: '12px 24px 48px', '@media (max-width: 640px)': { padding: '12px 12px 32px' } },
  bar: { display: 'flex', flexWrap: 'wrap', gap: '8px 12px', alignItems: 'flex-end', margin: '8px 0' },
  sheet: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: '8px 24px 24px',
    '@media (max-width: 640px)': { padding: '4px 12px 16px' },
    '& mark': { backgroundColor: tokens.colorPaletteYellowBackground2, color: 'inherit' },
  },
  count: { color: tokens.colorNeutralForeground3, paddingBottom: '6px' },
  section: { marginTop: '24px' },
  facts: { gridTemplateColumns: 'max-content 1fr', gap: '4px 16px', margin: '8px 0 0' },
  scroll: { overflowX: 'auto' },
  table: { borderCollapse: 'collapse', '& th, & td': { textAlign: 'start', padding: '4px 12px 4px 0', verticalAlign: 'top' } },
})

/** One page of the playbook as its author wrote it, in the language one picks here. */
export function PageReader() {
  const { t, i18n } = useTranslation()
  const styles = useStyles()
  const prose = useProseStyles()
  const { process: id } = route.useParams()
  const { language, q } = route.useSearch()
  const navigate = route.useNavigate()
  const searchBox = useRef<HTMLInputElement>(null)
  const { data: playbook } = useSuspenseQuery(playbookQuery)
  const shown = language ?? playbook.locales.find(each => each === i18n.language)
  const { data: page } = useSuspenseQuery(pageQuery(id, shown))
  const process = playbook.processes.find(each => each.id === id)
  const { html, count } = useMemo(() => markMatches(page.html, q ?? ''), [page.html, q])
  usePageKeys({ '/': () => searchBox.current?.focus() })
  return (
    <div className={styles.page}>
      <PageTitle name={page.title} />
      <AppLink to="/playbooks">{t('nav.playbooks')}</AppLink>
      <Title3 as="h1" block lang={page.locale}>
        {page.title}
      </Title3>
      <search className={styles.bar} aria-label={t('library.within')}>
        <FindBox ref={searchBox} q={q} onFind={next => void navigate({ search: previous => ({ ...previous, q: next }), replace: true })} />
        <PickFilter
          label={t('library.language')}
          values={playbook.locales}
          nameOf={languageName}
          value={page.locale}
          onPick={next => void navigate({ search: previous => ({ ...previous, language: next }) })}
        />
        {q && <span className={styles.count}>{t('library.matches', { count })}</span>}
        <Hidden live>{q ? t('library.matches', { count }) : ''}</Hidden>
      </search>
      {page.diagnostics.length > 0 && (
        <MessageBarGroup>
          {page.diagnostics.map(each => (
            <MessageBar
              key={`${each.code}-${each.line}-${each.column}`}
              intent={each.severity === 'error' ? 'error' : 'warning'}
              layout="multiline"
            >
              <MessageBarBody>
                {each.message} ({t('explain.place', { file: each.file, line: each.line })})
              </MessageBarBody>
            </MessageBar>
          ))}
        </MessageBarGroup>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: links turn Enter into a click themselves */}
      <article
        lang={page.locale}
        className={`${styles.sheet} ${prose.prose}`}
        onClick={useInnerLinks(playbook.processes)}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by the server, which alone compiles playbooks
        dangerouslySetInnerHTML={{ __html: html }}
      />
      {process && <Particulars process={process} locale={page.locale} />}
    </div>
  )
}

/** A link from one page to another stays in the portal. */
function useInnerLinks(processes: readonly Process[]) {
  const navigate = route.useNavigate()
  return (event: MouseEvent) => {
    const href = event.target instanceof Element ? event.target.closest('a')?.getAttribute('href') : null
    if (!href || /^(https?:|mailto:|#|\/)/.test(href) || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    const stem = href.split(/[#?]/)[0]?.split('/').at(-1)?.replace(/\.md$/, '')
    const target = processes.find(each => Object.values(each.file).some(file => file.split('/').at(-1)?.replace(/\.md$/, '') === stem))
    if (target) void navigate({ to: '/playbooks/$process', params: { process: target.id } })
  }
}

/** What stands in the head of the page, and what was changed when. */
function Particulars({ process, locale }: { process: Process; locale: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const meta = Object.entries(process.meta[locale] ?? {})
  const changes = process.changes.filter(change => change.locale === locale)
  return (
    <>
      <section className={styles.section} aria-labelledby="changes">
        <Subtitle2 as="h2" id="changes">
          {t('library.changes')}
        </Subtitle2>
        {changes.length === 0 ? <p>{t('library.noChanges')}</p> : <ChangeTable changes={changes} />}
      </section>
      {meta.length > 0 && (
        <section className={styles.section} aria-labelledby="meta">
          <Subtitle2 as="h2" id="meta">
            {t('library.meta')}
          </Subtitle2>
          <Facts facts={meta} className={styles.facts} />
        </section>
      )}
    </>
  )
}

function ChangeTable({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div role="group" className={styles.scroll} tabIndex={0} aria-label={t('library.changes')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('usage.day')}</th>
            <th scope="col">{t('library.who')}</th>
            <th scope="col">{t('library.what')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(change => (
            <tr key={`${change.raw}-${change.who}-${change.what}`}>
              <td>{change.date ? formats.day(change.date) : change.raw}</td>
              <td>{change.who}</td>
              <td>{change.what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
