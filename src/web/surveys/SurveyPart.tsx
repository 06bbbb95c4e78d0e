import { Badge, type BadgeProps, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SERVICES } from '../../model/services.ts'
import type { CustomerSurvey, SurveyAnswerView, SurveyInvitationView } from '../../model/survey-api.ts'
import { refusalFor } from '../customer/may-write.ts'
import { customerPath } from '../customer/queries.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { AppLink } from '../ui/AppLink.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { saveFile } from '../ui/save-file.ts'
import { showToast } from '../ui/toasts.tsx'
import { surveyQuery } from './queries.ts'

const AskDialog = lazy(() => import('./AskDialog.tsx'))

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    padding: '12px 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    scrollMarginTop: '64px',
  },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  title: { flex: '1 1 auto', outlineStyle: 'none' },
  text: { margin: 0, overflowWrap: 'anywhere' },
  quiet: { display: 'block', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  scores: { display: 'flex', flexWrap: 'wrap', gap: '2px 12px' },
  words: { margin: '4px 0 0', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '4px' },
})

const LOOKS: Readonly<Record<SurveyInvitationView['state'], NonNullable<BadgeProps['color']>>> = {
  asked: 'informative',
  reminded: 'warning',
  answered: 'success',
  expired: 'subtle',
  withdrawn: 'subtle',
}

/** The survey of a customer: whom one may ask, who was, and what came back. */
export default function SurveyPart({ customer }: { customer: string }) {
  const { data, error, refetch } = useQuery(surveyQuery(customer))
  if (data) return <Survey survey={data} />
  return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[120, 44, 44]} />
}

function Survey({ survey }: { survey: CustomerSurvey }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [isAsking, setAsking] = useState(false)
  const { counts, isCompleted, canSend } = survey
  const refused = refusalFor(canSend, null)
  const isNobody = survey.contacts.every(each => each.refusal !== null)
  // Why of each contact is shown to those who may ask: they look at the list all the same.
  const refusal = refused && formats.text(refused)
  return (
    <section id="survey" className={styles.card} aria-labelledby="survey-title" data-focus-home>
      <div className={styles.head}>
        <Subtitle2 as="h3" id="survey-title" className={styles.title} tabIndex={-1}>
          {t('survey.title')}
        </Subtitle2>
        <Badge appearance="tint" shape="rounded" color={isCompleted ? 'success' : 'informative'}>
          {t(isCompleted ? 'survey.completed' : 'survey.notCompleted')}
        </Badge>
        <ActionButton {...(isNobody ? {} : { appearance: 'primary' })} refusal={refusal} onClick={() => setAsking(true)}>
          {t(isNobody ? 'survey.why' : 'survey.ask')}
        </ActionButton>
      </div>
      <p className={styles.text}>
        {t('survey.about')} <Standing survey={survey} />
      </p>
      {survey.invitations.length === 0 ? (
        <Notice title={t('survey.none')} actions={<AppLink to={customerPeople(survey.customer)}>{t('tab.people')}</AppLink>}>
          {t('survey.noneHelp')}
        </Notice>
      ) : (
        <>
          <p className={styles.text} role="status">
            {t('survey.counts', {
              asked: formats.number(counts.asked),
              reminded: formats.number(counts.reminded),
              answered: formats.number(counts.answered),
              open: formats.number(counts.open),
            })}
          </p>
          <Invitations survey={survey} refusal={refusal} />
        </>
      )}
      <Suspense fallback={null}>{isAsking && <AskDialog survey={survey} onClose={() => setAsking(false)} />}</Suspense>
    </section>
  )
}

const customerPeople = (customer: string) => `/customers/${encodeURIComponent(customer)}/people`

function Standing({ survey: { ready, isCompleted } }: { survey: CustomerSurvey }) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (isCompleted) return t('survey.completedHelp')
  if (ready === null) return t('survey.notReady')
  if (ready.meetingHeldOn !== null) return t('survey.readyReview', { day: formats.day(ready.meetingHeldOn) })
  const service = SERVICES.find(each => each.id === ready.service)
  return t('survey.readyMilestone', { service: formats.text(service?.name, ready.service ?? ''), day: formats.day(ready.reachedOn) })
}

type InvitationsProps = { survey: CustomerSurvey; refusal: string | undefined }

function Invitations({ survey: { customer, invitations }, refusal }: InvitationsProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const client = useQueryClient()
  const failed = (title: string) => (error: Error) => showToast({ intent: 'error', title, body: failureText(error, t, formats) })
  const withdraw = useMutation({
    mutationFn: (id: string) => send<CustomerSurvey>('POST', apiUrl(customerPath(customer, 'survey', 'invitations', id, 'withdrawal'))),
    onSuccess: now => {
      client.setQueryData(surveyQuery(customer).queryKey, now)
      showToast({ intent: 'success', title: t('survey.withdrawn') })
      requestAnimationFrame(() => document.getElementById('survey-title')?.focus())
    },
    onError: error => {
      void client.invalidateQueries({ queryKey: surveyQuery(customer).queryKey })
      failed(t('survey.notWithdrawn'))(error)
    },
  })
  const copy = useMutation({
    mutationFn: (contact: string) =>
      saveFile(customerPath(customer, 'survey', 'contacts', contact, 'export'), {}, `survey-${contact}.json`),
    onError: failed(t('survey.notCopied')),
  })
  return (
    <DataTable
      label={t('survey.table')}
      rows={invitations}
      keyOf={({ id }) => id}
      columns={[
        { id: 'contact', head: t('survey.contact'), cell: ({ contact }) => contact?.name ?? t('survey.forgotten') },
        {
          id: 'state',
          head: t('survey.state'),
          cell: row => (
            <>
              <Badge appearance="tint" shape="rounded" color={LOOKS[row.state]}>
                {t(`survey.states.${row.state}`)}
              </Badge>
              <span className={styles.quiet}>{afterState(row)}</span>
            </>
          ),
        },
        {
          id: 'asked',
          head: t('survey.asked'),
          cell: row => (
            <>
              {formats.day(row.askedAt.slice(0, 10))}
              <span className={styles.quiet}>
                {t('survey.by', { who: row.askedBy })}
                {row.mailedAt === null && row.endedAt === null && ` · ${t('survey.mailWaits')}`}
              </span>
            </>
          ),
        },
        {
          id: 'answer',
          head: t('survey.answer'),
          cell: ({ answer }) => (answer ? <Answer answer={answer} /> : t('survey.noAnswer')),
        },
        {
          id: 'actions',
          head: t('survey.actions'),
          cell: ({ id, contact, endedAt }) =>
            contact && (
              <div className={styles.actions}>
                <ActionButton
                  size="small"
                  aria-label={t('survey.withdrawOf', { name: contact.name })}
                  refusal={refusal ?? (endedAt === null ? undefined : t('survey.ended'))}
                  onClick={() => withdraw.mutate(id)}
                >
                  {t('survey.withdraw')}
                </ActionButton>
                <ActionButton size="small" aria-label={t('survey.copyOf', { name: contact.name })} onClick={() => copy.mutate(contact.id)}>
                  {t('survey.copy')}
                </ActionButton>
              </div>
            ),
        },
      ]}
    />
  )
  function afterState({ state, remindOn, expiresAt, endedAt, withdrawnBecause }: SurveyInvitationView): string {
    if (withdrawnBecause !== null) return t(`survey.withdrawals.${withdrawnBecause}`)
    if (endedAt !== null) return formats.day(endedAt.slice(0, 10))
    const until = t('survey.until', { day: formats.day(expiresAt.slice(0, 10)) })
    return state === 'asked' ? `${t('survey.remindOn', { day: formats.day(remindOn) })} · ${until}` : until
  }
}

const OF_FIVE = ['overall', 'responsiveness', 'expertise', 'usefulness'] as const

/** What was left blank is not said. */
function Answer({ answer }: { answer: SurveyAnswerView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <>
      <div className={styles.scores}>
        {answer.isLow && (
          <Badge appearance="tint" shape="rounded" color="danger">
            {t('survey.low')}
          </Badge>
        )}
        {OF_FIVE.map(each => {
          const number = answer[each]
          return (
            number !== null && (
              <span key={each}>{t('survey.ofFive', { name: t(`survey.scores.${each}`), number: formats.number(number) })}</span>
            )
          )
        })}
        {answer.recommend !== null && (
          <span>{t('survey.ofTen', { name: t('survey.scores.recommend'), number: formats.number(answer.recommend) })}</span>
        )}
      </div>
      {answer.comment !== null && <p className={styles.words}>{answer.comment}</p>}
    </>
  )
}
