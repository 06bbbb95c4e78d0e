import { Badge, makeStyles, Select, Subtitle1, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SERVICES } from '../../model/services.ts'
import type { MetricView, ObjectiveView, ReadingView, SeatsView } from '../../model/success-plan-api.ts'
import { refusalFor } from '../customer/may-write.ts'
import { customerQuery } from '../customer/queries.ts'
import { mentionableQuery } from '../notes/queries.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { AppLink } from '../ui/AppLink.tsx'
import { focusOnceDrawn } from '../ui/focus-back.ts'
import { useFormats } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { type Form, metricBody, metricForm, objectiveBody, objectiveForm, readingForm } from './forms.ts'
import { KickoffSection } from './KickoffSection.tsx'
import { MetricLine, readId, readingsId } from './MetricLine.tsx'
import { addMetricId, moveId, ObjectiveHead } from './ObjectiveHead.tsx'
import { usePlanWrite } from './plan-writes.ts'
import { successQuery } from './queries.ts'
import { StandingBadge } from './StandingBadge.tsx'

const FieldsDialog = lazy(() => import('./FieldsDialog.tsx'))
const SeatsDialog = lazy(() => import('./SeatsDialog.tsx'))
const ImportDialog = lazy(() => import('./ImportDialog.tsx'))

const route = getRouteApi('/frame/customers/$customer/success')

const useStyles = makeStyles({
  column: { maxWidth: '860px', margin: '0 auto', display: 'flex', flexDirection: 'column', gap: '20px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  grow: { flex: '1 1 200px', minWidth: 0, overflowWrap: 'anywhere' },
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: '12px 16px',
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '12px' },
  // A sentence: it wraps on a small screen.
  badge: { height: 'auto', whiteSpace: 'normal' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  text: { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
})

type Open = { is: 'none' } | { is: 'form'; form: Form } | { is: 'seats'; seats: SeatsView } | { is: 'import' }

/** Objectives and metrics of the customer, what it means to do with its seats, and what the kick-off captured. */
export function SuccessPage() {
  const { t, i18n } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { customer: id } = route.useParams()
  const { data: customer } = useSuspenseQuery(customerQuery(id))
  const { data: plan } = useSuspenseQuery(successQuery(id))
  const { data: people } = useQuery(mentionableQuery(id))
  const [open, setOpen] = useState<Open>({ is: 'none' })
  const [template, setTemplate] = useState('')
  const write = usePlanWrite(id)
  const refusal = refusalFor(customer.canWrite, null)
  const why = refusal && formats.text(refusal)
  const nameOf = (service: string) => formats.text(SERVICES.find(each => each.id === service)?.name, service)
  const words = {
    t,
    services: plan.seats.map(({ service }) => ({ value: service, label: nameOf(service) })),
    people: (people?.people ?? []).map(each => ({ value: each.id, label: each.name })),
  }
  const ask = (form: Form) => setOpen({ is: 'form', form })
  const close = () => setOpen({ is: 'none' })
  const copy = () => {
    const chosen = plan.templates.find(each => `${each.from} ${each.id}` === template)
    if (!chosen) return
    write.mutate({
      method: 'POST',
      path: ['success', 'template'],
      body: { from: chosen.from, template: chosen.id, language: i18n.language === 'pt-BR' ? 'pt-BR' : 'en' },
      done: t('success.templateUsed'),
    })
    setTemplate('')
  }
  const total = plan.objectives.reduce((sum, each) => sum + each.metrics.length, plan.metrics.length)
  const isEmpty = plan.objectives.length === 0 && total === 0
  return (
    <div className={styles.column}>
      <div className={styles.row}>
        <ActionButton id={ADD_OBJECTIVE} appearance="primary" refusal={why} onClick={() => ask(objectiveForm(words, null))}>
          {t('success.addObjective')}
        </ActionButton>
        <ActionButton id={ADD_METRIC} refusal={why} onClick={() => ask(metricForm(words, plan, null, null))}>
          {t('success.addMetric')}
        </ActionButton>
        <ActionButton refusal={why} onClick={() => setOpen({ is: 'import' })}>
          {t('success.import')}
        </ActionButton>
        <Select aria-label={t('success.template')} value={template} onChange={(_, { value }) => setTemplate(value)}>
          <option value="">{t('success.template')}</option>
          {plan.templates.map(each => (
            <option key={`${each.from} ${each.id}`} value={`${each.from} ${each.id}`}>
              {formats.text(each.title)}
            </option>
          ))}
        </Select>
        <ActionButton
          refusal={why ?? (template === '' ? t('success.chooseTemplate') : undefined)}
          disabledFocusable={write.isPending}
          onClick={copy}
        >
          {t('success.useTemplate')}
        </ActionButton>
        <AppLink to="/admin/lists" search={{ list: 'plans' }}>
          {t('success.lists')}
        </AppLink>
      </div>
      {total > 0 && (
        <p className={styles.text} role="status">
          {(['met', 'on-track', 'behind', 'not-started', 'unknown'] as const)
            .filter(state => plan.counts[state] > 0)
            .map(state => `${t(`success.standing.${state}`)}: ${formats.number(plan.counts[state])}`)
            .join(' · ')}
        </p>
      )}
      {isEmpty && <Notice title={t('success.empty')}>{t('success.emptyHelp')}</Notice>}
      <ol className={styles.list} aria-label={t('success.objectives')}>
        {plan.objectives.map((objective, index) => (
          <li key={objective.id} className={styles.card}>
            <ObjectiveHead
              objective={objective}
              place={index}
              count={plan.objectives.length}
              why={why}
              nameOf={nameOf}
              onAddMetric={() => ask(metricForm(words, plan, null, objective.id))}
              onChange={() => ask(objectiveForm(words, objective))}
              onMove={to => moveObjective(index, to)}
              onRemove={() => removeObjective(objective)}
            />
            {metricList(objective.metrics)}
          </li>
        ))}
      </ol>
      {plan.metrics.length > 0 && (
        <section className={styles.card} aria-labelledby="loose-metrics">
          <Subtitle2 as="h2" id="loose-metrics">
            {t('success.looseMetrics')}
          </Subtitle2>
          {metricList(plan.metrics)}
        </section>
      )}
      <section aria-labelledby="seats" className={styles.card}>
        <Subtitle1 as="h2" id="seats">
          {t('success.seats')}
        </Subtitle1>
        {plan.seats.length === 0 && <span className={styles.quiet}>{t('success.noServices')}</span>}
        <ul className={styles.list}>
          {plan.seats.map(seats => (
            <li key={seats.service} className={styles.row}>
              <div className={styles.grow}>{seatsLine(seats)}</div>
              <ActionButton
                size="small"
                refusal={why}
                aria-label={t('success.splitOf', { service: nameOf(seats.service) })}
                onClick={() => setOpen({ is: 'seats', seats })}
              >
                {t('success.split')}
              </ActionButton>
            </li>
          ))}
        </ul>
      </section>
      <KickoffSection customer={id} kickoff={plan.kickoff} words={words} why={why} nameOf={nameOf} onAsk={ask} />
      <Suspense fallback={null}>
        {open.is === 'form' && <FieldsDialog customer={id} {...open.form} onClose={close} />}
        {open.is === 'seats' && (
          <SeatsDialog customer={id} seats={open.seats} name={nameOf(open.seats.service)} reasons={plan.reasons.reasons} onClose={close} />
        )}
        {open.is === 'import' && <ImportDialog customer={id} onClose={close} />}
      </Suspense>
    </div>
  )

  function moveObjective(from: number, to: number) {
    const order = plan.objectives.map(each => each.id)
    const [key = ''] = order.slice(from)
    const next = order.toSpliced(from, 1).toSpliced(to, 0, key)
    write.mutate(
      {
        method: 'PUT',
        path: ['objective-order'],
        body: { order: next },
        done: t('success.moved', { place: formats.number(to + 1), count: formats.number(order.length) }),
        undo: { method: 'PUT', path: ['objective-order'], body: { order } },
      },
      // What moves in the page loses the focus.
      { onSuccess: () => focusOnceDrawn(moveId(key, to < from ? 'up' : 'down')) },
    )
  }

  function removeObjective(objective: ObjectiveView) {
    const path = ['objectives', objective.id]
    write.mutate(
      { method: 'DELETE', path, done: t('success.removed'), undo: { method: 'PUT', path, body: objectiveBody(objective) } },
      { onSuccess: () => focusOnceDrawn(ADD_OBJECTIVE) },
    )
  }

  function removeMetric(metric: MetricView) {
    const path = ['metrics', metric.id]
    write.mutate(
      { method: 'DELETE', path, done: t('success.removed'), undo: { method: 'PUT', path, body: metricBody(metric) } },
      { onSuccess: () => focusOnceDrawn(metric.objective === null ? ADD_METRIC : addMetricId(metric.objective)) },
    )
  }

  function removeReading(metric: MetricView, { day, value, note }: ReadingView) {
    const path = ['metrics', metric.id, 'readings', day]
    const done = t('success.readingRemoved', { day: formats.day(day) })
    write.mutate(
      { method: 'DELETE', path, done, undo: { method: 'PUT', path, body: { value, note } } },
      { onSuccess: () => focusOnceDrawn(metric.readings.length > 1 ? readingsId(metric.id) : readId(metric.id)) },
    )
  }

  function metricList(metrics: readonly MetricView[]) {
    return (
      <ul className={styles.list}>
        {metrics.map(metric => (
          <li key={metric.id}>
            <MetricLine
              metric={metric}
              badge={<StandingBadge standing={metric.standing} />}
              why={why}
              onRead={() => ask(readingForm(words, plan, metric))}
              onChange={() => ask(metricForm(words, plan, metric, metric.objective))}
              onRemove={() => removeMetric(metric)}
              onRemoveReading={reading => removeReading(metric, reading)}
            />
          </li>
        ))}
      </ul>
    )
  }

  function seatsLine({ service, entitled, split, changed }: SeatsView) {
    return (
      <>
        <strong>{nameOf(service)}</strong> ·{' '}
        {entitled === null ? t('success.seatsUnknown') : t('success.seatsOf', { count: entitled, seats: formats.number(entitled) })}
        <div className={styles.quiet}>
          {split === null
            ? t('success.notSplit')
            : split.parts
                .map(part =>
                  [
                    `${formats.number(part.seats)} ${t(`success.intent.${part.intent}`)}`,
                    part.reasonText && `(${formats.text(part.reasonText)})`,
                  ]
                    .filter(Boolean)
                    .join(' '),
                )
                .join(' · ')}
          {split !== null && ` · ${t('success.splitBy', { who: split.by, when: formats.day(split.asOf) })}`}
        </div>
        {changed && (
          <Badge color="warning" appearance="tint" shape="rounded" className={styles.badge}>
            {t('success.seatsChanged', { was: formats.number(changed.was), now: formats.number(changed.now) })}
          </Badge>
        )}
      </>
    )
  }
}

const ADD_OBJECTIVE = 'add-objective'
const ADD_METRIC = 'add-metric'
