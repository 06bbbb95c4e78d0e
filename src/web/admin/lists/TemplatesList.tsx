import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { Add20Regular } from '@fluentui/react-icons/svg/add'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TemplatesView } from '../../../model/success-plan-api.ts'
import { languageName } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { plainIdOf } from '../plain-id.ts'
import { type Shipped, type Template, type TemplateKind, templatesQuery } from './queries.ts'
import type { Content } from './use-templates.ts'
import { useTemplates } from './use-templates.ts'

const TemplateDialog = lazy(() => import('./TemplateDialog.tsx'))
const TemplateVersions = lazy(() => import('./TemplateVersions.tsx'))

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3, margin: 0, maxWidth: '80ch' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '4px' },
})

type Asked =
  | { is: 'nothing' }
  | { is: 'write'; id: string | null; start: Content | null; version: number }
  | { is: 'versions'; id: string; title: string }
const NOTHING: Asked = { is: 'nothing' }

type Props = { kind: TemplateKind; refusal: string | undefined }

/** Texts to begin with: those of this installation, and those that ship. */
export function TemplatesList({ kind, refusal }: Props) {
  const { data, error, refetch } = useQuery(templatesQuery(kind))
  if (data) return <List kind={kind} refusal={refusal} view={data} />
  return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[40, 44, 44, 44]} />
}

function List({ kind, refusal, view }: Props & { view: TemplatesView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { remove } = useTemplates(kind)
  const [asked, setAsked] = useState<Asked>(NOTHING)
  const close = () => setAsked(NOTHING)
  const taken = [...view.templates, ...view.shipped].map(each => each.id)
  const change = ({ id, title, language, body, version }: Template) =>
    setAsked({ is: 'write', id, start: { title, language, body }, version })
  // An own text of the same id stands in the place of a note that ships; own plans stand beside those that ship.
  const take = ({ id, title, language, body }: Shipped) =>
    setAsked({ is: 'write', id: kind === 'note' ? id : null, start: { title, language, body }, version: 0 })
  return (
    <>
      <p className={styles.quiet}>{t(`lists.help.${kind}`)}</p>
      <div>
        <ActionButton
          id={ADD}
          appearance="primary"
          icon={<Add20Regular />}
          refusal={refusal}
          onClick={() => setAsked({ is: 'write', id: null, start: null, version: 0 })}
        >
          {t('lists.addTemplate')}
        </ActionButton>
      </div>
      <Subtitle2 as="h3">{t('lists.own')}</Subtitle2>
      {view.templates.length === 0 ? (
        <Notice title={t('lists.noTemplates')}>{t('lists.noTemplatesHelp')}</Notice>
      ) : (
        <DataTable
          label={t('lists.own')}
          rows={view.templates}
          keyOf={({ id }) => id}
          columns={[
            { id: 'title', head: t('lists.title'), cell: ({ title, language }) => <span lang={language}>{title}</span> },
            { id: 'language', head: t('lists.language'), cell: ({ language }) => languageName(language) },
            {
              id: 'changed',
              head: t('lists.changed'),
              cell: ({ changedBy, changedAt }) =>
                changedBy === null ? formats.moment(changedAt) : t('conflict.by', { who: changedBy, when: formats.moment(changedAt) }),
            },
            {
              id: 'actions',
              head: t('admin.actions'),
              cell: template => (
                <span className={styles.actions}>
                  <ActionButton
                    size="small"
                    refusal={refusal}
                    aria-label={t('lists.changeOf', { what: template.title })}
                    onClick={() => change(template)}
                  >
                    {t('admin.change')}
                  </ActionButton>
                  <ActionButton
                    size="small"
                    aria-label={t('lists.versionsOf', { what: template.title })}
                    onClick={() => setAsked({ is: 'versions', id: template.id, title: template.title })}
                  >
                    {t('lists.versions')}
                  </ActionButton>
                  <ActionButton
                    size="small"
                    refusal={refusal}
                    aria-label={t('lists.removeOf', { what: template.title })}
                    onClick={() => remove(template, () => document.getElementById(ADD)?.focus())}
                  >
                    {t('admin.remove')}
                  </ActionButton>
                </span>
              ),
            },
          ]}
        />
      )}
      {view.shipped.length > 0 && (
        <>
          <Subtitle2 as="h3">{t('lists.shippedOnes')}</Subtitle2>
          <p className={styles.quiet}>{t(`lists.shippedHelp.${kind}`)}</p>
          <DataTable
            label={t('lists.shippedOnes')}
            rows={view.shipped}
            keyOf={({ id, language }) => `${id} ${language}`}
            columns={[
              { id: 'title', head: t('lists.title'), cell: ({ title, language }) => <span lang={language}>{title}</span> },
              { id: 'language', head: t('lists.language'), cell: ({ language }) => languageName(language) },
              {
                id: 'actions',
                head: t('admin.actions'),
                cell: shipped => (
                  <ActionButton
                    size="small"
                    refusal={refusal}
                    aria-label={t('lists.makeOursOf', { what: shipped.title })}
                    onClick={() => take(shipped)}
                  >
                    {t('lists.makeOurs')}
                  </ActionButton>
                ),
              },
            ]}
          />
        </>
      )}
      <Suspense fallback={null}>
        {asked.is === 'write' && (
          <TemplateDialog
            kind={kind}
            idOf={title => asked.id ?? plainIdOf(title, taken, 'template')}
            start={asked.start}
            version={asked.version}
            onClose={close}
          />
        )}
        {asked.is === 'versions' && (
          <TemplateVersions
            kind={kind}
            id={asked.id}
            title={asked.title}
            version={view.templates.find(each => each.id === asked.id)?.version ?? 0}
            refusal={refusal}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  )
}

const ADD = 'add-template'
