import { Badge, MessageBar, MessageBarBody, makeStyles, Select, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReviewList } from '../../../model/review-record.ts'
import type { ReviewEntryView, ReviewRecordView } from '../../../model/review-record-api.ts'
import { SERVICES } from '../../../model/services.ts'
import { wholeRefusal } from '../../customer/may-write.ts'
import { mentionableQuery } from '../../notes/queries.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { useFormats } from '../../ui/format.ts'
import { Markdown } from '../../ui/Markdown.tsx'
import { ErrorNotice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { reviewQuery } from '../outcome/queries.ts'
import { ReviewSearch } from '../search.ts'
import { EntryList } from './EntryList.tsx'
import { entryForm, expectationsForm, type Form, talkForm, type Words } from './forms.ts'
import { recordQuery } from './queries.ts'
import { takeBackAdded, useRecordWrite } from './record-writes.ts'

const route = getRouteApi('/frame/customers/$customer/review')
const RecordDialog = lazy(() => import('./RecordDialog.tsx'))
const SendDialog = lazy(() => import('./SendDialog.tsx'))

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: '16px' },
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: '12px 16px',
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    minWidth: 0,
  },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  grow: { flex: '1 1 200px', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  text: { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  list: { margin: 0, paddingInlineStart: '20px', overflowWrap: 'anywhere' },
  // Links one below the other are far enough apart for a finger.
  links: { margin: 0, paddingInlineStart: '20px', '& a': { display: 'inline-block', paddingBlock: '4px' } },
  plain: { listStyleType: 'none', margin: 0, padding: 0 },
})

type Open = { is: 'none' } | { is: 'form'; form: Form } | { is: 'send' }

/** Checklist lines of the review that a person confirms in the plan: its processes and their ids. */
const CHECKS = ['engagement-reviewed', 'ongoing-success', 'practices-shared', 'support-explained', 'enterprise-plan'] as const

/** What the review found and agreed, where it is written; earlier engagements are read. */
export default function RecordPart({ customer }: { customer: string }) {
  const { engagement: asked } = route.useSearch()
  const engagement = asked === undefined ? undefined : `${asked}`
  const navigate = route.useNavigate()
  const setEngagement = (id: string | undefined) =>
    void navigate({ search: ReviewSearch({ engagement: id }), replace: true, resetScroll: false })
  const {
    data: record,
    error,
    refetch,
  } = useQuery({
    ...recordQuery(customer, engagement),
    // What was chosen from stays until the other one has come, and keeps the focus.
    placeholderData: before => (before?.customer === customer ? before : undefined),
  })
  if (error && !record) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (!record) return <Skeletons heights={[120, 160, 200]} />
  return <Record customer={customer} record={record} onEngagement={setEngagement} />
}

type RecordProps = { customer: string; record: ReviewRecordView; onEngagement: (id: string | undefined) => void }

function Record({ customer, record, onEngagement }: RecordProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data: people } = useQuery(mentionableQuery(customer))
  const { data: review } = useQuery(reviewQuery(customer))
  const [open, setOpen] = useState<Open>({ is: 'none' })
  const write = useRecordWrite(customer)
  const whyNot = reasonFor(record.canWrite)
  const whyOngoingNot = reasonFor(record.canWriteOngoing)
  const words: Words = {
    t,
    formats,
    today: record.today,
    services: SERVICES.map(({ id, name }) => ({ value: id, label: formats.text(name, id) })),
    owners: [
      ...(people?.people ?? []).map(each => ({ value: `person:${each.id}`, label: each.name })),
      ...record.recipients.map(each => ({ value: `contact:${each.contact}`, label: t('record.contactNamed', { name: each.name }) })),
    ],
  }
  const ask = (form: Form) => setOpen({ is: 'form', form })
  const close = () => setOpen({ is: 'none' })
  const of = (list: ReviewList) => record.entries.filter(each => each.list === list)
  const { experience, reducedSupport, reducedSupportWhy } = record.expectations
  const hasExpectations = experience !== null || reducedSupport !== null || reducedSupportWhy !== null
  const openGaps = of('gap').filter(each => each.closedOn === null).length
  return (
    <div className={styles.column}>
      {record.engagements.length > 1 && engagementChoice()}
      <Card
        id="review-talk"
        title={t('record.talkTitle')}
        action={changeButton(t('record.changeTalk'), whyNot, () => ask(talkForm(words, record)))}
      >
        <div className={styles.row}>
          <strong>{t('record.intentTitle')}</strong>
          <Badge appearance="tint" color={record.intent === null ? 'warning' : 'brand'} shape="rounded">
            {t(`record.intent.${record.intent ?? 'none'}`)}
          </Badge>
        </div>
        {record.intent !== null && openGaps > 0 && (
          <span className={styles.quiet}>{t('record.gapsAnyway', { count: openGaps, shown: formats.number(openGaps) })}</span>
        )}
        <div>
          <strong>{t('record.achievements')}</strong>
          {record.achievements === null ? (
            <p className={styles.quiet}>{t('record.noAchievements')}</p>
          ) : (
            <Markdown text={record.achievements} />
          )}
        </div>
        <div>
          <strong>{t('record.scenarios')}</strong>
          {record.scenarios.length === 0 && <p className={styles.quiet}>{t('record.noScenarios')}</p>}
          <ul className={styles.list}>
            {[...new Set(record.scenarios)].map(each => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </div>
      </Card>
      <Card id="review-agreed" title={t('record.agreedTitle')}>
        {entries('gap')}
        {entries('prerequisite')}
        {entries('step')}
      </Card>
      <Card id="review-momentum-plan" title={t('record.momentumTitle')}>
        <span className={styles.quiet}>{t('record.momentumHelp')}</span>
        {entries(
          'momentum',
          <ActionButton
            size="small"
            refusal={whyOngoingNot ?? (usualCount() === 7 ? t('record.allUsual') : undefined)}
            disabledFocusable={write.isPending}
            onClick={() =>
              write.mutate({ method: 'POST', path: ['usual-momentum'], body: {}, done: t('record.proposed'), undo: takeBackAdded })
            }
          >
            {t('record.propose')}
          </ActionButton>,
        )}
      </Card>
      <Card
        id="review-expectations"
        title={t('record.expectationsTitle')}
        action={
          <>
            {changeButton(t(hasExpectations ? 'record.changeExpectations' : 'record.beginExpectations'), whyNot, () =>
              ask(expectationsForm(words, record)),
            )}
            <ActionButton size="small" refusal={whyOngoingNot ?? sendRefusal()} onClick={() => setOpen({ is: 'send' })}>
              {t('record.send')}
            </ActionButton>
          </>
        }
      >
        {!hasExpectations && <span className={styles.quiet}>{t('record.noExpectations')}</span>}
        {hasExpectations && (
          <dl className={styles.text}>
            {(['experience', 'reducedSupport', 'reducedSupportWhy'] as const).map(name => [
              <dt key={`${name}-term`}>
                <strong>{t(`record.${name}`)}</strong>
              </dt>,
              <dd key={name} className={styles.text}>
                {record.expectations[name] ?? t('record.notSaid')}
              </dd>,
            ])}
          </dl>
        )}
        {letters()}
      </Card>
      <Card id="review-inside" title={t('record.insideTitle')}>
        {record.segment === 'enterprise' ? (
          entries('alignment')
        ) : (
          <span className={styles.quiet}>
            {record.segment === null ? t('record.segmentUnknown') : t('record.notEnterprise', { segment: t(`segment.${record.segment}`) })}
          </span>
        )}
        <div>
          <span className={styles.quiet}>{t('record.checksHelp')}</span>
          <ul className={styles.links}>
            {CHECKS.filter(each => each !== 'enterprise-plan' || record.segment === 'enterprise').map(each => (
              <li key={each}>
                <AppLink to="/customers/$customer/plan" params={{ customer }} search={{ explain: `check:conduct-success-review/${each}` }}>
                  {t(`record.check.${each}`)}
                </AppLink>
              </li>
            ))}
          </ul>
        </div>
      </Card>
      <Suspense fallback={null}>
        {open.is === 'form' && <RecordDialog customer={customer} form={open.form} onClose={close} />}
        {open.is === 'send' && <SendDialog customer={customer} record={record} onClose={close} />}
      </Suspense>
    </div>
  )

  function reasonFor(access: ReviewRecordView['canWrite']): string | undefined {
    const reason = wholeRefusal(access)
    return reason && formats.text(reason)
  }

  function usualCount(): number {
    return of('momentum').filter(each => each.kind !== 'other').length
  }

  function changeButton(label: string, refusal: string | undefined, onClick: () => void) {
    return (
      <ActionButton size="small" refusal={refusal} onClick={onClick}>
        {label}
      </ActionButton>
    )
  }

  function entries(list: ReviewList, more?: ReactNode) {
    const change = (entry: ReviewEntryView | null) => ask(entryForm(words, list, entry))
    return (
      <EntryList
        customer={customer}
        list={list}
        entries={of(list)}
        today={record.today}
        why={list === 'alignment' ? whyNot : whyOngoingNot}
        onAdd={() => change(null)}
        onChange={change}
        more={more}
      />
    )
  }

  function sendRefusal(): string | undefined {
    const isInPlan = (each: ReviewEntryView) => each.list === 'momentum' && each.state !== 'not-needed'
    const isOpenStep = (each: ReviewEntryView) => each.list === 'step' && each.closedOn === null
    // The closing letter says by itself how to get help and how to come back.
    const isClosing = review?.engagement.outcomes.some(each => each.outcome === 'disengage')
    if (!isClosing && !hasExpectations && !record.entries.some(each => isInPlan(each) || isOpenStep(each))) return t('record.nothingToSend')
    if (record.recipients.length === 0) return t('record.noContacts')
    return record.recipients.every(each => each.problem !== null) ? t('record.nobodyToSend') : undefined
  }

  function letters() {
    if (record.letters.length === 0) return <span className={styles.quiet}>{t('record.noLetters')}</span>
    return (
      <ul className={styles.plain} aria-label={t('record.letters')}>
        {record.letters.map(({ id, name, askedBy, askedAt, writtenAt, refused }) => (
          <li key={id} className={styles.quiet}>
            {refused !== null
              ? t('record.letter.refused', { name, when: formats.moment(askedAt), why: t(`record.problem.${refused}`) })
              : writtenAt === null
                ? t('record.letter.waiting', { name, who: askedBy })
                : t('record.letter.written', { name, who: askedBy, when: formats.moment(writtenAt) })}
          </li>
        ))}
      </ul>
    )
  }

  function engagementChoice() {
    const [newest] = record.engagements
    return (
      <>
        <Select
          aria-label={t('record.engagement')}
          value={record.engagement?.id ?? ''}
          onChange={(_, { value }) => onEngagement(value === newest?.id ? undefined : value)}
        >
          {record.engagements.map(({ id, cycle, state }) => (
            <option key={id} value={id}>
              {t('record.cycle', { cycle: formats.number(cycle), state: t(`record.engagementState.${state}`) })}
            </option>
          ))}
        </Select>
        {record.engagement?.id !== newest?.id && (
          <MessageBar intent="info" layout="multiline">
            <MessageBarBody>{t('record.earlier')}</MessageBarBody>
          </MessageBar>
        )}
      </>
    )
  }
}

function Card({ id, title, action, children }: { id: string; title: string; action?: ReactNode; children: ReactNode }) {
  const styles = useStyles()
  return (
    <section aria-labelledby={id} className={styles.card} data-focus-home>
      <div className={styles.row}>
        <Subtitle2 as="h3" id={id} className={styles.grow}>
          {title}
        </Subtitle2>
        {action}
      </div>
      {children}
    </section>
  )
}
