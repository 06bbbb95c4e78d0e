import { Button, Field, Input, makeStyles, Select, Textarea, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { type Faults, type MetricDraft, newMetric, newObjective, nextKey, type ObjectiveDraft, type PlanDraft } from './plan-draft.ts'
import { useServiceNames } from './service-names.ts'

const useStyles = makeStyles({
  objective: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '8px 12px 12px',
    margin: 0,
    minWidth: 0,
  },
  metric: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(180px, 100%), 1fr))',
    gap: '8px',
    alignItems: 'start',
    border: 'none',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: '8px 0',
    margin: 0,
    minWidth: 0,
  },
  control: { minWidth: 0, width: '100%' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  remove: { alignSelf: 'end', justifySelf: 'start' },
})

/** As many as a template may hold (`PlanTemplate`). */
const MOST = 30

type Props = { plan: PlanDraft; onChange: (plan: PlanDraft) => void; faults: Faults }

/** Objectives with their metrics, one field each. */
export function PlanFields({ plan, onChange, faults }: Props) {
  const { t } = useTranslation()
  const styles = useStyles()
  const faultOf = useFaults(faults)
  const set = (objectives: readonly ObjectiveDraft[]) => onChange({ ...plan, objectives })
  const change = (key: number, next: Partial<ObjectiveDraft>) =>
    set(plan.objectives.map(each => (each.key === key ? { ...each, ...next } : each)))
  return (
    <>
      <Field label={t('lists.description')} hint={t('lists.descriptionHint')}>
        <Textarea value={plan.description} maxLength={1000} onChange={(_, { value }) => onChange({ ...plan, description: value })} />
      </Field>
      {plan.objectives.map((objective, index) => {
        const name = t('lists.objective', { number: index + 1 })
        const { key, metrics } = objective
        const changeMetric = (next: MetricDraft) => change(key, { metrics: metrics.map(each => (each.key === next.key ? next : each)) })
        return (
          <fieldset key={key} className={styles.objective}>
            <legend>{name}</legend>
            <Field label={t('lists.title')} required {...faultOf(`${key}.title`)}>
              <Input value={objective.title} maxLength={200} onChange={(_, { value }) => change(key, { title: value })} />
            </Field>
            <Field label={t('lists.description')}>
              <Textarea value={objective.description} maxLength={4000} onChange={(_, { value }) => change(key, { description: value })} />
            </Field>
            {metrics.map((metric, at) => (
              <MetricFields
                key={metric.key}
                name={t('lists.metricOf', { number: at + 1, objective: index + 1 })}
                metric={metric}
                faults={faults}
                onChange={changeMetric}
                onRemove={() => change(key, { metrics: metrics.filter(each => each.key !== metric.key) })}
              />
            ))}
            <div className={styles.row}>
              {metrics.length < MOST && (
                <Button
                  size="small"
                  aria-label={t('lists.addMetricTo', { what: name })}
                  onClick={() => change(key, { metrics: [...metrics, newMetric(nextKey(plan))] })}
                >
                  {t('lists.addMetric')}
                </Button>
              )}
              {plan.objectives.length > 1 && (
                <Button
                  size="small"
                  aria-label={t('lists.removeOf', { what: name })}
                  onClick={() => set(plan.objectives.filter(each => each.key !== key))}
                >
                  {t('admin.remove')}
                </Button>
              )}
            </div>
          </fieldset>
        )
      })}
      {plan.objectives.length < MOST && (
        <div>
          <Button onClick={() => set([...plan.objectives, newObjective(nextKey(plan))])}>{t('lists.addObjective')}</Button>
        </div>
      )}
    </>
  )
}

type MetricProps = { name: string; metric: MetricDraft; faults: Faults; onChange: (metric: MetricDraft) => void; onRemove: () => void }

function MetricFields({ name, metric, faults, onChange, onRemove }: MetricProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { services, nameOf } = useServiceNames()
  const faultOf = useFaults(faults)
  const { key } = metric
  const change = (next: Partial<MetricDraft>) => onChange({ ...metric, ...next })
  return (
    <fieldset className={styles.metric}>
      <legend>{name}</legend>
      <Field label={t('lists.metric.name')} required {...faultOf(`${key}.name`)}>
        <Input className={styles.control} value={metric.name} maxLength={200} onChange={(_, { value }) => change({ name: value })} />
      </Field>
      <Field label={t('lists.metric.kind')}>
        <Select
          className={styles.control}
          value={metric.kind}
          onChange={(_, { value }) => change(value === 'usage' ? { kind: value, unit: metric.unit || '%' } : { kind: 'own', service: '' })}
        >
          {(['own', 'usage'] as const).map(kind => (
            <option key={kind} value={kind}>
              {t(`lists.metric.is.${kind}`)}
            </option>
          ))}
        </Select>
      </Field>
      {metric.kind === 'usage' && (
        <Field label={t('lists.metric.service')} required {...faultOf(`${key}.service`)}>
          <Select className={styles.control} value={metric.service} onChange={(_, { value }) => change({ service: value })}>
            <option value="">–</option>
            {services.map(id => (
              <option key={id} value={id}>
                {nameOf(id)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={t('lists.metric.target')} required {...faultOf(`${key}.target`)}>
        <Input
          className={styles.control}
          inputMode="decimal"
          value={metric.target}
          onChange={(_, { value }) => change({ target: value })}
        />
      </Field>
      <Field label={t('lists.metric.unit')}>
        <Input className={styles.control} value={metric.unit} maxLength={40} onChange={(_, { value }) => change({ unit: value })} />
      </Field>
      <Field label={t('lists.metric.direction')}>
        <Select
          className={styles.control}
          value={metric.direction}
          onChange={(_, { value }) => change({ direction: value === 'up' || value === 'down' ? value : '' })}
        >
          {(['', 'up', 'down'] as const).map(way => (
            <option key={way} value={way}>
              {t(`lists.metric.way.${way || 'auto'}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('lists.metric.days')} hint={t('lists.metric.daysHint')} {...faultOf(`${key}.days`)}>
        <Input className={styles.control} inputMode="numeric" value={metric.days} onChange={(_, { value }) => change({ days: value })} />
      </Field>
      <Button className={styles.remove} size="small" aria-label={t('lists.removeOf', { what: name })} onClick={onRemove}>
        {t('admin.remove')}
      </Button>
    </fieldset>
  )
}

/** What is wrong with a field, for its `Field`. */
function useFaults(faults: Faults) {
  const { t } = useTranslation()
  return (field: string) => {
    const fault = faults.get(field)
    return fault ? { validationMessage: t(`lists.fault.${fault}`) } : {}
  }
}
