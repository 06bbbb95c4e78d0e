import { Link, MessageBar, MessageBarActions, MessageBarBody, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiscussionsView, ServiceDiscussion, UsageDiscussion } from '../../../model/discussion-api.ts'
import { SERVICES } from '../../../model/services.ts'
import { refusalFor } from '../../customer/may-write.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { failureText } from '../../ui/failure.ts'
import { keepFocus } from '../../ui/focus-back.ts'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { AskedField } from './AskedField.tsx'
import { contentOf } from './content.ts'
import { type DiscussionWrite, discussionsQuery, useDiscussionWrites } from './queries.ts'
import { ServiceCard } from './ServiceCard.tsx'
import { StepLine } from './StepLine.tsx'

const DiscussionDialog = lazy(() => import('./DiscussionDialog.tsx'))
const FollowUpDialog = lazy(() => import('./FollowUpDialog.tsx'))
const UsageDialog = lazy(() => import('./UsageDialog.tsx'))

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: '16px' },
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: '12px 16px',
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    minWidth: 0,
  },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', justifyContent: 'space-between' },
  line: { margin: 0 },
  talk: { padding: '8px 0', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: 'anywhere' },
  text: { margin: '4px 0 0', whiteSpace: 'pre-wrap' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  summary: { cursor: 'pointer' },
})

/** What was asked and talked about around the review: the value of services, and usage reports. */
export default function DiscussionsPart({ customer }: { customer: string }) {
  const styles = useStyles()
  const { data, error, refetch } = useQuery(discussionsQuery(customer))
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[160, 120]} />
  return (
    <div className={styles.column}>
      <ValuePart view={data} />
      <UsagePart view={data} />
    </div>
  )
}

type Open = { is: 'nothing' } | { is: 'record' | 'follow-up'; service: ServiceDiscussion }

function ValuePart({ view }: { view: DiscussionsView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { write, tell } = useDiscussionWrites(view.customer)
  const [open, setOpen] = useState<Open>({ is: 'nothing' })
  const close = () => setOpen({ is: 'nothing' })
  const nameOf = (id: string) => formats.text(SERVICES.find(each => each.id === id)?.name, id)
  const failed = (error: unknown) => showToast({ intent: 'error', title: t('plan.notSaved'), body: failureText(error, t, formats) })
  const save = async (change: DiscussionWrite) => {
    await write(change)
    showToast({ intent: 'success', title: t('discussions.saved') })
  }
  const takeBack = async ({ service, discussion }: ServiceDiscussion) => {
    const giveBack = keepFocus()
    try {
      await write({ method: 'DELETE', path: ['discussions', service], query: { version: discussion?.version ?? 0 } })
      const again = { method: 'PUT' as const, path: ['discussions', service], body: { ...contentOf(discussion), version: 0 } }
      showToast({
        intent: 'success',
        title: t('discussions.takenBack', { name: nameOf(service) }),
        action: { label: t('discussions.undo'), run: () => void write(again).catch(failed) },
      })
    } catch (error) {
      failed(error)
    }
    giveBack()
  }
  const refusal = (service: string | null) => {
    const refused = refusalFor(view.canSet, service)
    return refused && formats.text(refused)
  }
  const noFacts = refusalFor(view.canSetFacts, null)
  const isKnown = ({ discussion, earlier, followUps }: ServiceDiscussion) =>
    discussion !== null || earlier.length > 0 || followUps.length > 0
  const known = view.services.filter(isKnown)
  const others = view.services.filter(each => !isKnown(each))
  const interested = view.services.filter(each => each.discussion?.interest === true).map(each => nameOf(each.service))
  const cards = (services: readonly ServiceDiscussion[]) => (
    <ul className={styles.list}>
      {services.map(service => (
        <ServiceCard
          key={service.service}
          customer={view.customer}
          service={service}
          name={nameOf(service.service)}
          refusal={refusal(service.service)}
          onAsk={is => (is === 'take-back' ? void takeBack(service) : setOpen({ is, service }))}
        />
      ))}
    </ul>
  )
  return (
    <section className={styles.card} aria-labelledby="discussions-value">
      <Subtitle2 as="h3" id="discussions-value">
        {t('discussions.valueTitle')}
      </Subtitle2>
      <StepLine customer={view.customer} step="business-value-discussions" />
      <AskedField view={view} name="review.wantsMore" asked={view.wantsMore} label={t('discussions.wantsMore')} />
      {view.proposesMore && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('discussions.proposesMore', { services: interested.join(', ') })}</MessageBarBody>
          <MessageBarActions>
            <ActionButton
              refusal={noFacts && formats.text(noFacts)}
              onClick={() => {
                const giveBack = keepFocus()
                void tell('review.wantsMore', true, view.version).catch(failed).finally(giveBack)
              }}
            >
              {t('discussions.sayMore')}
            </ActionButton>
          </MessageBarActions>
        </MessageBar>
      )}
      {known.length === 0 && <p className={styles.line}>{t('discussions.none')}</p>}
      {cards(known)}
      {others.length > 0 && (
        <details>
          <summary className={styles.summary}>
            {t('discussions.others', { count: others.length, number: formats.number(others.length) })}
          </summary>
          {cards(others)}
        </details>
      )}
      <Suspense fallback={null}>
        {open.is === 'record' && (
          <DiscussionDialog service={open.service} name={nameOf(open.service.service)} today={view.today} onSave={save} onClose={close} />
        )}
        {open.is === 'follow-up' && (
          <FollowUpDialog
            service={open.service.service}
            name={nameOf(open.service.service)}
            assignees={view.assignees}
            onSave={save}
            onClose={close}
          />
        )}
      </Suspense>
    </section>
  )
}

function UsagePart({ view }: { view: DiscussionsView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { write } = useDiscussionWrites(view.customer)
  const [isAsked, setAsked] = useState(false)
  const refused = refusalFor(view.canSet, null)
  const refusal = refused && formats.text(refused)
  const { measuringSuccessDiscussed: discussed, reviewHeldOn } = view
  const failed = (error: unknown) => showToast({ intent: 'error', title: t('plan.notSaved'), body: failureText(error, t, formats) })
  const save = async (change: DiscussionWrite) => {
    await write(change)
    showToast({ intent: 'success', title: t('discussions.saved') })
  }
  const takeBack = async ({ id, heldOn, participants, note, links }: UsageDiscussion) => {
    const giveBack = keepFocus()
    try {
      await write({ method: 'DELETE', path: ['usage-discussions', id] })
      const again = { method: 'POST' as const, path: ['usage-discussions'], body: { heldOn, participants, note, links } }
      showToast({
        intent: 'success',
        title: t('discussions.usageTakenBack', { day: formats.day(heldOn) }),
        action: { label: t('discussions.undo'), run: () => void write(again).catch(failed) },
      })
    } catch (error) {
      failed(error)
    }
    giveBack()
  }
  return (
    <section className={styles.card} aria-labelledby="discussions-usage" data-focus-home>
      <div className={styles.head}>
        <Subtitle2 as="h3" id="discussions-usage">
          {t('discussions.usageTitle')}
        </Subtitle2>
        <ActionButton size="small" refusal={refusal} onClick={() => setAsked(true)}>
          {t('discussions.usageRecord')}
        </ActionButton>
      </div>
      <StepLine customer={view.customer} step="usage-reports" />
      <p className={styles.line}>
        {reviewHeldOn.value === null ? (
          <>
            {t('discussions.waits')}{' '}
            <AppLink to="/customers/$customer/meetings" params={{ customer: view.customer }} search={{ plan: 'review' }}>
              {t('discussions.planReview')}
            </AppLink>
          </>
        ) : (
          t('discussions.reviewHeld', { day: formats.day(reviewHeldOn.value) })
        )}
      </p>
      <AskedField view={view} name="review.wantsUsageReports" asked={view.wantsUsageReports} label={t('discussions.wantsUsage')} />
      <p className={styles.line}>
        {discussed.value === true ? t('discussions.discussed', { day: formats.day(discussed.asOf) }) : t('discussions.notDiscussed')}
      </p>
      {view.usage.length > 0 && (
        <ul className={styles.list}>
          {view.usage.map(talk => (
            <li key={talk.id} className={styles.talk} data-talk={talk.id}>
              <strong>{formats.day(talk.heldOn)}</strong>
              {talk.participants !== null && (
                <p className={styles.text}>
                  <span className={styles.quiet}>{t('discussions.part.participants')}:</span> {talk.participants}
                </p>
              )}
              {talk.note !== null && <p className={styles.text}>{talk.note}</p>}
              {talk.links.map(href => (
                <div key={href}>
                  <Link href={href} target="_blank" rel="noopener noreferrer nofollow">
                    {href}
                  </Link>
                </div>
              ))}
              <div className={styles.quiet}>{t('discussions.by', { who: talk.by, when: formats.moment(talk.at) })}</div>
              <ActionButton
                size="small"
                appearance="subtle"
                refusal={refusal}
                aria-label={t('discussions.usageTakeBackOf', { day: formats.day(talk.heldOn) })}
                onClick={() => void takeBack(talk)}
              >
                {t('discussions.takeBack')}
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
      <Suspense fallback={null}>{isAsked && <UsageDialog today={view.today} onSave={save} onClose={() => setAsked(false)} />}</Suspense>
    </section>
  )
}
