import { Badge, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MilestoneView } from '../../model/usage-api.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormats } from '../ui/format.ts'
import { FirstFew } from './FirstFew.tsx'
import { roomOf } from './target-form.ts'
import { forecastWords, milestoneName } from './words.ts'

const TargetDialog = lazy(() => import('./TargetDialog.tsx'))

const useStyles = makeStyles({
  title: { margin: '0 0 4px' },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: 'minmax(130px, 200px) minmax(0, 1fr) auto',
    gap: '2px 16px',
    alignItems: 'start',
    padding: '6px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    '@media (max-width: 640px)': { gridTemplateColumns: 'minmax(0, 1fr) auto' },
  },
  name: { fontWeight: tokens.fontWeightSemibold, display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center' },
  what: { '@media (max-width: 640px)': { gridColumn: '1 / -1', gridRow: 2 } },
  summary: {
    cursor: 'pointer',
    width: 'fit-content',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  inside: { fontSize: tokens.fontSizeBase200, '& p': { margin: '4px 0' } },
})

type TargetsProps = {
  customer: string
  service: string
  serviceName: string
  milestones: readonly MilestoneView[]
  /** Why they may not be set; undefined when they may. */
  refusal: string | undefined
}

/** The milestones of a service: goal, target date, and when it is reached, with the way the forecast came about and what was changed. */
export function Targets({ customer, service, serviceName, milestones, refusal }: TargetsProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const [edited, edit] = useState<MilestoneView | null>(null)
  const now = milestones.find(({ id }) => id === edited?.id)
  return (
    <section aria-label={t('targets.of', { service: serviceName })}>
      <Subtitle2 as="h3" block className={styles.title}>
        {t('targets.title')}
      </Subtitle2>
      <ul className={styles.list}>
        {milestones.map(each => (
          <li key={each.id} className={styles.item}>
            <Milestone milestone={each} />
            <ActionButton
              size="small"
              refusal={refusal}
              aria-label={`${t('targets.change')}: ${t('targets.edit', { milestone: t(`targets.name.${each.id}`), service: serviceName })}`}
              onClick={() => edit(each)}
            >
              {t('targets.change')}
            </ActionButton>
          </li>
        ))}
      </ul>
      {edited && (
        <Suspense fallback={null}>
          <TargetDialog
            customer={customer}
            service={service}
            serviceName={serviceName}
            seen={edited}
            now={now ?? edited}
            room={roomOf(milestones, edited.id)}
            onClose={() => edit(null)}
          />
        </Suspense>
      )}
    </section>
  )
}

function Milestone({ milestone }: { milestone: MilestoneView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { targetDate, forecast, because, late, changes } = milestone
  const why = formats.text(because)
  return (
    <>
      <span className={styles.name}>
        {milestoneName(milestone, { t, formats })}
        {late && (
          <Badge appearance="tint" color="warning" shape="rounded">
            {t('targets.late')}
          </Badge>
        )}
      </span>
      <div className={styles.what}>
        <div>
          {[
            targetDate ? t('targets.by', { day: formats.day(targetDate) }) : t('targets.noDate'),
            forecastWords(forecast, { t, formats }),
          ].join(' · ')}
        </div>
        {(why !== '' || changes.length > 0) && (
          <details>
            <summary className={styles.summary}>{t(changes.length > 0 ? 'targets.whyAndHistory' : 'targets.why')}</summary>
            <div className={styles.inside}>
              {why !== '' && <p>{why}</p>}
              <FirstFew all={changes} keyOf={({ at }) => at}>
                {({ percent, targetDate: day, reason, by, at }) =>
                  [
                    t('targets.changed', { who: by, when: formats.moment(at), percent: formats.target(percent) }),
                    day ? t('targets.by', { day: formats.day(day) }) : t('targets.noDate'),
                    reason ? `“${reason}”` : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')
                }
              </FirstFew>
            </div>
          </details>
        )}
      </div>
    </>
  )
}
