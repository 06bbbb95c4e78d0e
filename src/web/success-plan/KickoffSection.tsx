import { Badge, makeStyles, Subtitle1, Subtitle2, tokens } from '@fluentui/react-components'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { KickoffView } from '../../model/success-plan-api.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { AppLink } from '../ui/AppLink.tsx'
import { Facts } from '../ui/Facts.tsx'
import { useFormats } from '../ui/format.ts'
import type { Choice } from './FieldsDialog.tsx'
import { dibsForm, type Form, ssatForm } from './forms.ts'

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: '12px 16px',
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
  },
  // A sentence: it wraps on a small screen.
  badge: { height: 'auto', whiteSpace: 'normal', alignSelf: 'flex-start' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  grow: { flex: '1 1 200px' },
})

type Props = {
  customer: string
  kickoff: KickoffView
  words: Readonly<{ t: TFunction; services: readonly Choice[]; people: readonly Choice[] }>
  why: string | undefined
  nameOf: (service: string) => string
  onAsk: (form: Form) => void
}

/** DIBS per service and SSAT of the customer, with what is missing; the tasks of the kick-off are in the plan. */
export function KickoffSection({ customer, kickoff, words, why, nameOf, onAsk }: Props) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { stakeholders, scenarios, awarenessPlan, trainingPlan } = kickoff
  const ssat = { stakeholders, scenarios, awarenessPlan, trainingPlan }
  return (
    <section className={styles.card} aria-labelledby="kickoff">
      <div className={styles.row}>
        <Subtitle1 as="h2" id="kickoff" className={styles.grow}>
          {t('success.kickoff')}
        </Subtitle1>
        {kickoff.process && (
          <AppLink to="/customers/$customer/plan" params={{ customer }}>
            {t('success.kickoffTasks')}
          </AppLink>
        )}
      </div>
      {kickoff.lacksMetrics && (
        <Badge color="warning" appearance="tint" shape="rounded" className={styles.badge}>
          {t('success.lacksMetrics')}
        </Badge>
      )}
      {kickoff.services.map(dibs => (
        <div key={dibs.service}>
          <div className={styles.row}>
            <Subtitle2 as="h3" className={styles.grow}>
              {nameOf(dibs.service)}
            </Subtitle2>
            {dibs.missing.length > 0 && (
              <Badge color="warning" appearance="tint" shape="rounded" className={styles.badge}>
                {t('success.missing', { what: dibs.missing.map(part => t(`success.dibs.${part}`)).join(', ') })}
              </Badge>
            )}
            <ActionButton
              size="small"
              refusal={why}
              aria-label={t('success.changeOf', { what: nameOf(dibs.service) })}
              onClick={() => onAsk(dibsForm(words, dibs, nameOf(dibs.service)))}
            >
              {t('success.change')}
            </ActionButton>
          </div>
          <Facts
            facts={[
              [t('success.dibs.plannedOn'), formats.day(dibs.plannedOn)],
              [t('success.dibs.intent'), dibs.intent ?? '–'],
              [t('success.dibs.businessReason'), dibs.businessReason ?? '–'],
              [t('success.dibs.successOwner'), dibs.successOwner ?? '–'],
            ]}
          />
        </div>
      ))}
      <div className={styles.row}>
        <Subtitle2 as="h3" className={styles.grow}>
          {t('success.wholeCustomer')}
        </Subtitle2>
        <ActionButton
          size="small"
          refusal={why}
          aria-label={t('success.changeOf', { what: t('success.wholeCustomer') })}
          onClick={() => onAsk(ssatForm(words, kickoff))}
        >
          {t('success.change')}
        </ActionButton>
      </div>
      <Facts facts={Object.entries(ssat).map(([part, value]) => [t(`success.ssat.${part}`), value ?? '–'] as const)} />
    </section>
  )
}
