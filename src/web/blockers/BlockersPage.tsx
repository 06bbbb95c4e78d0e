import { Badge, makeStyles, mergeClasses, Subtitle2, tokens } from '@fluentui/react-components'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BlockerFigure, BlockersView, BlockerView } from '../../model/blocker-api.ts'
import { refusalFor, wholeRefusal } from '../customer/may-write.ts'
import { customerPath, planQuery } from '../customer/queries.ts'
import { EvidenceItems } from '../decisions/EvidenceItems.tsx'
import { itemTitle } from '../explain/subject.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { AppLink } from '../ui/AppLink.tsx'
import { failureText } from '../ui/failure.ts'
import { UNKNOWN, useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { Notice } from '../ui/Notice.tsx'
import { showToast } from '../ui/toasts.tsx'
import { BlockerDialog } from './BlockerDialog.tsx'
import { blockersQuery } from './queries.ts'
import { ResolveDialog } from './ResolveDialog.tsx'

const route = getRouteApi('/frame/customers/$customer/blockers')

const useStyles = makeStyles({
  column: { maxWidth: '860px', margin: '0 auto', display: 'flex', flexDirection: 'column', gap: '12px' },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', justifyContent: 'space-between' },
  card: {
    padding: '12px 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflowWrap: 'anywhere',
  },
  chosen: { boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}` },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, outlineStyle: 'none' },
  badges: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', margin: '4px 0' },
  line: { margin: '4px 0' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '8px' },
  figures: { margin: '8px 0', paddingInlineStart: '16px' },
})

const EvidenceDialog = lazy(() => import('../decisions/EvidenceDialog.tsx'))

type Asked = { is: 'nothing' } | { is: 'add' } | { is: 'edit' | 'resolve' | 'evidence'; blocker: BlockerView }

/** What stands in the way of usage, and what came of what was resolved. */
export function BlockersPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { customer } = route.useParams()
  const { blocker: chosen } = route.useSearch()
  const client = useQueryClient()
  const { data: view } = useSuspenseQuery(blockersQuery(customer))
  const [asked, setAsked] = useState<Asked>({ is: 'nothing' })
  const refusal = wholeRefusal(view.canSet)
  const saved = (now: BlockersView) => {
    client.setQueryData(blockersQuery(customer).queryKey, now)
    void client.invalidateQueries({ queryKey: ['customer', customer], predicate: ({ queryKey }) => queryKey[2] !== 'blockers' })
  }
  const reopen = async (blocker: Pick<BlockerView, 'id' | 'version'>) => {
    try {
      saved(await send('DELETE', apiUrl(customerPath(customer, 'blockers', blocker.id, 'resolution'), { version: blocker.version })))
      focusOn(blocker.id)
    } catch (error) {
      showToast({ intent: 'error', title: t('blockers.notReopened'), body: failureText(error, t, formats) })
    }
  }
  const resolved = (now: BlockersView, id: string) => {
    saved(now)
    const blocker = now.blockers.find(each => each.id === id)
    showToast({
      intent: 'success',
      title: t('blockers.resolved'),
      ...(blocker ? { action: { label: t('blockers.reopen'), run: () => void reopen(blocker) } } : {}),
    })
  }
  useEffect(() => {
    if (chosen) focusOn(chosen)
  }, [chosen])
  const close = () => setAsked({ is: 'nothing' })
  return (
    <div className={styles.column}>
      <div className={styles.head}>
        <Subtitle2 as="h2">{t('blockers.title')}</Subtitle2>
        <ActionButton appearance="primary" refusal={refusal && formats.text(refusal)} onClick={() => setAsked({ is: 'add' })}>
          {t('blockers.add')}
        </ActionButton>
      </div>
      {view.blockers.length === 0 && <Notice title={t('blockers.none')}>{t('blockers.noneHelp')}</Notice>}
      {view.blockers.map(blocker => (
        <BlockerCard
          key={blocker.id}
          view={view}
          blocker={blocker}
          isChosen={blocker.id === chosen}
          onAsk={is => (is === 'reopen' ? void reopen(blocker) : setAsked({ is, blocker }))}
        />
      ))}
      <AppLink to="/reports/blockers">{t('blockers.all')}</AppLink>
      {asked.is === 'add' && <BlockerDialog view={view} onClose={close} onSaved={saved} />}
      {asked.is === 'edit' && <BlockerDialog view={view} blocker={asked.blocker} onClose={close} onSaved={saved} />}
      <Suspense fallback={null}>
        {asked.is === 'evidence' && (
          <EvidenceDialog customer={customer} subject={`blocker:${asked.blocker.id}`} about={asked.blocker.title} onClose={close} />
        )}
      </Suspense>
      {asked.is === 'resolve' && (
        <ResolveDialog customer={customer} blocker={asked.blocker} onClose={close} onSaved={now => resolved(now, asked.blocker.id)} />
      )}
    </div>
  )
}

const focusOn = (blocker: string) =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-blocker="${CSS.escape(blocker)}"]`)?.focus())

type CardProps = Readonly<{
  view: BlockersView
  blocker: BlockerView
  isChosen: boolean
  onAsk: (what: 'edit' | 'resolve' | 'reopen' | 'evidence') => void
}>

function BlockerCard({ view, blocker, isChosen, onAsk }: CardProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data: plan } = useSuspenseQuery(planQuery(view.customer))
  const nameOf = (service: string) => formats.text(plan.playbook.services.find(each => each.id === service)?.name, service)
  const { resolved, escalated } = blocker
  const services = blocker.services.length === 0 ? [null] : blocker.services
  const refused = services.map(service => refusalFor(view.canSet, service)).find(each => each !== undefined)
  const refusal = refused && formats.text(refused)
  const noEvidence = services.map(service => refusalFor(view.canAddEvidence, service)).find(each => each !== undefined)
  return (
    <article data-focus-home className={mergeClasses(styles.card, isChosen && styles.chosen)} aria-labelledby={`blocker-${blocker.id}`}>
      <h3 id={`blocker-${blocker.id}`} className={styles.title} tabIndex={-1} data-blocker={blocker.id}>
        {blocker.title}
      </h3>
      <div className={styles.badges}>
        <Badge appearance="tint" color={resolved ? 'success' : blocker.isOverdue ? 'danger' : 'warning'} shape="rounded">
          {t(resolved ? 'blockers.state.resolved' : blocker.isOverdue ? 'blockers.state.overdue' : 'blockers.state.open')}
        </Badge>
        {escalated && (
          <Badge appearance="tint" color="danger" shape="rounded">
            {t('blockers.escalated', { when: formats.moment(escalated.at), who: escalated.to ?? UNKNOWN })}
          </Badge>
        )}
        <span>{formats.text(blocker.reason.text, blocker.reason.id)}</span>
        <span>{blocker.services.length === 0 ? t('blockers.whole') : blocker.services.map(nameOf).join(', ')}</span>
        <span>
          {blocker.seats === null ? t('blockers.seatsUnknown') : t('blockers.seatsAffected', { seats: formats.number(blocker.seats) })}
        </span>
      </div>
      <p className={styles.line}>
        {blocker.nextAction === null
          ? t('blockers.noAction')
          : blocker.nextActionOn === null
            ? t('blockers.action', { action: blocker.nextAction })
            : t('blockers.actionOn', { action: blocker.nextAction, day: formats.day(blocker.nextActionOn) })}
        {' · '}
        {blocker.owner ? t('blockers.owned', { who: blocker.owner.name }) : t('blockers.noOwner')}
      </p>
      {blocker.items.length > 0 && (
        <p className={styles.line}>
          {t('blockers.items')}:{' '}
          {blocker.items.map(item => formats.text(itemTitle(plan.playbook, item, item.split('@')[0]?.split('/')[2] ?? null))).join('; ')}
        </p>
      )}
      {resolved && (
        <p className={styles.line}>
          {t('blockers.resolvedBy', { who: resolved.by, when: formats.moment(resolved.at) })}: {resolved.resolution}
        </p>
      )}
      {blocker.usage.length > 0 && (
        <ul className={styles.figures} aria-label={t('blockers.effect')}>
          {blocker.usage.map(({ service, opened, resolved: then, now, sinceOpened, sinceResolved }) => (
            <li key={service}>
              <strong>{nameOf(service)}</strong>:{' '}
              {!isSame(opened, then ?? now) && (
                <>
                  <Figure label={t('blockers.whenOpened')} figure={opened} />
                  {' → '}
                </>
              )}
              {then && !isSame(then, now) && (
                <>
                  <Figure label={t('blockers.whenResolved')} figure={then} />
                  {' → '}
                </>
              )}
              <Figure label={t('blockers.now')} figure={now} />{' '}
              <span className={styles.quiet}>
                <Points since={then ? sinceResolved : sinceOpened} isResolved={then !== null} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className={styles.quiet}>{t('blockers.openedBy', { who: blocker.openedBy, when: formats.moment(blocker.openedAt) })}</p>
      <EvidenceItems customer={view.customer} evidence={blocker.evidence} mayRemove={noEvidence === undefined} />
      <div className={styles.actions}>
        <ActionButton
          size="small"
          refusal={noEvidence && formats.text(noEvidence)}
          aria-label={`${t('decisions.addEvidence')}: ${blocker.title}`}
          onClick={() => onAsk('evidence')}
        >
          {t('decisions.addEvidence')}
        </ActionButton>
        {resolved ? (
          <ActionButton size="small" refusal={refusal} onClick={() => onAsk('reopen')}>
            {t('blockers.reopen')}
          </ActionButton>
        ) : (
          <>
            <ActionButton size="small" refusal={refusal} onClick={() => onAsk('edit')}>
              {t('blockers.edit')}
            </ActionButton>
            <ActionButton size="small" refusal={refusal} onClick={() => onAsk('resolve')}>
              {t('blockers.resolve')}
            </ActionButton>
          </>
        )}
      </div>
    </article>
  )
}

/** The same figure of the same day twice says nothing more. */
const isSame = (before: BlockerFigure | null, after: BlockerFigure) =>
  before !== null && before.asOf !== null && before.asOf === after.asOf && before.percent === after.percent

/** A figure with its day and its source. */
function Figure({ label, figure }: { label: string; figure: BlockerFigure | null }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const percent = formats.percent(figure?.percent ?? null)
  if (!figure || figure.asOf === null) return t('blockers.figureUnknown', { label, percent })
  return t('blockers.figure', { label, percent, day: formats.day(figure.asOf), source: figure.sources.join(', ') || UNKNOWN })
}

function Points({ since, isResolved }: { since: number | null; isResolved: boolean }) {
  const { t, i18n } = useTranslation()
  if (since === null) return t('blockers.noEffectYet')
  const points = new Intl.NumberFormat(i18n.language, { signDisplay: 'always', maximumFractionDigits: 1 }).format(since)
  return t(isResolved ? 'blockers.sinceResolved' : 'blockers.sinceOpened', { points })
}
