import { Badge, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { JobsView } from '../../../model/admin-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { type Formats, useFormats } from '../../ui/format.ts'
import { send } from '../../ui/http.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { useRefusal } from '../permission.ts'
import { jobsQuery, urlOf } from '../queries.ts'
import { Section } from '../Section.tsx'
import { SplitPage } from '../SplitPage.tsx'
import { useWrite } from '../use-write.ts'
import { UncertainMails } from './UncertainMails.tsx'

const useStyles = makeStyles({
  groups: { display: 'flex', flexDirection: 'column', gap: '20px' },
  error: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  heading: { marginBottom: '8px' },
})

/** What runs in the background, asked again every few seconds. */
export function JobsSection() {
  return (
    <SplitPage>
      <Section id="jobs">
        <Loaded />
      </Section>
    </SplitPage>
  )
}

function Loaded() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data, error, refetch } = useQuery(jobsQuery)
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[40, 44, 44, 44, 44, 44]} />
  return (
    <div className={styles.groups}>
      {data.queues.length === 0 ? (
        <Notice title={t('admin.jobs.none')}>{t('admin.jobs.noneHelp')}</Notice>
      ) : (
        <Queues queues={data.queues} />
      )}
      <section aria-labelledby="failed">
        <Subtitle2 as="h3" id="failed" className={styles.heading} block>
          {t('admin.jobs.failedTitle')}
        </Subtitle2>
        {data.failed.length === 0 ? <span className={styles.quiet}>{t('admin.jobs.noFailed')}</span> : <Failed jobs={data} />}
      </section>
      <section aria-labelledby="uncertain">
        <Subtitle2 as="h3" id="uncertain" className={styles.heading} block>
          {t('admin.jobs.uncertainTitle')}
        </Subtitle2>
        {data.uncertain.length === 0 ? (
          <span className={styles.quiet}>{t('admin.jobs.noUncertain')}</span>
        ) : (
          <UncertainMails mails={data.uncertain} />
        )}
      </section>
    </div>
  )
}

/** Writes of this screen answer it whole. */
function useJobsWrite<Input>(write: (input: Input) => Promise<JobsView>, done: string) {
  const client = useQueryClient()
  return useWrite({ write, changes: [], done, onDone: fresh => client.setQueryData(jobsQuery.queryKey, fresh) })
}

function Queues({ queues }: Pick<JobsView, 'queues'>) {
  const { t } = useTranslation()
  const formats = useFormats()
  const refusal = useRefusal()('run-jobs')
  const run = useJobsWrite((queue: string) => send<JobsView>('POST', urlOf('jobs', queue, 'run')), t('admin.jobs.started'))
  const counted = (of: 'waiting' | 'active' | 'completed') => ({
    id: of,
    head: t(`admin.jobs.${of}`),
    isNumber: true,
    width: '92px',
    cell: (queue: JobsView['queues'][number]) => formats.number(queue[of]),
  })
  return (
    <DataTable
      label={t('admin.jobs.queues')}
      rows={queues}
      keyOf={({ name }) => name}
      columns={[
        { id: 'name', head: t('admin.jobs.queue'), cell: ({ title, name }) => formats.text(title, name) },
        {
          id: 'schedule',
          head: t('admin.jobs.schedule'),
          width: '150px',
          cell: ({ scheduleText }) => formats.text(scheduleText ?? undefined, t('admin.jobs.whenNeeded')),
        },
        counted('waiting'),
        counted('active'),
        {
          id: 'failed',
          head: t('admin.jobs.failed'),
          isNumber: true,
          width: '92px',
          cell: ({ failed }) => (failed > 0 ? <Badge color="danger">{formats.number(failed)}</Badge> : formats.number(failed)),
        },
        counted('completed'),
        {
          id: 'last',
          head: t('admin.jobs.lastRun'),
          width: '200px',
          cell: ({ lastRunAt }) => lastRun(lastRunAt, formats, t('admin.jobs.never')),
        },
        {
          id: 'next',
          head: t('admin.jobs.nextRun'),
          width: '170px',
          cell: ({ nextRunAt }) => (nextRunAt === null ? '' : formats.moment(nextRunAt)),
        },
        {
          id: 'run',
          head: t('admin.actions'),
          width: '130px',
          cell: queue => (
            <ActionButton
              size="small"
              refusal={refusal ?? (queue.schedule === null ? t('admin.jobs.noSchedule') : undefined)}
              aria-label={t('admin.jobs.runOf', { queue: formats.text(queue.title, queue.name) })}
              disabledFocusable={run.isPending}
              onClick={() => run.mutate(queue.name)}
            >
              {t('admin.jobs.run')}
            </ActionButton>
          ),
        },
      ]}
    />
  )
}

const lastRun = (at: string | null, formats: Formats, never: string) => (at === null ? never : formats.moment(at))

function Failed({ jobs: { failed, queues } }: { jobs: JobsView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const refusal = useRefusal()('run-jobs')
  const retry = useJobsWrite(
    ({ queue, id }: { queue: string; id: string }) => send<JobsView>('POST', urlOf('jobs', queue, id, 'retry')),
    t('admin.jobs.retried'),
  )
  const titleOf = (name: string) => formats.text(queues.find(queue => queue.name === name)?.title, name)
  return (
    <DataTable
      label={t('admin.jobs.failedTitle')}
      rows={failed}
      keyOf={({ id }) => id}
      columns={[
        { id: 'queue', head: t('admin.jobs.queue'), cell: ({ queue }) => titleOf(queue) },
        { id: 'at', head: t('admin.jobs.when'), width: '170px', cell: ({ at }) => <time dateTime={at}>{formats.moment(at)}</time> },
        { id: 'error', head: t('admin.jobs.error'), breaks: true, cell: ({ error }) => <span className={styles.error}>{error}</span> },
        {
          id: 'retry',
          head: t('admin.actions'),
          width: '130px',
          cell: job => (
            <ActionButton
              size="small"
              refusal={refusal}
              aria-label={t('admin.jobs.retryOf', { queue: titleOf(job.queue), when: formats.moment(job.at) })}
              disabledFocusable={retry.isPending}
              onClick={() => retry.mutate(job)}
            >
              {t('admin.jobs.retry')}
            </ActionButton>
          ),
        },
      ]}
    />
  )
}
