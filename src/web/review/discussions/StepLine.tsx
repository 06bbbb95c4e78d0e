import { Link, makeStyles, tokens } from '@fluentui/react-components'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { planQuery } from '../../customer/queries.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { useFormats } from '../../ui/format.ts'
import { StateBadge } from '../../ui/StateBadge.tsx'

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'baseline', margin: 0 },
  links: { margin: '4px 0 0', paddingInlineStart: '20px', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/** What the plan says of a step of the playbook, with its reason, and the guides that the playbook names for it. */
export function StepLine({ customer, step: id }: { customer: string; step: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data } = useSuspenseQuery(planQuery(customer))
  const steps = data.playbook.processes.flatMap(each => each.steps)
  const step = steps.find(each => each.id === id)
  const item = data.plan.processes.flatMap(each => each.steps).find(each => each.id === id)?.items[0]
  if (!step) return null
  const links = step.links.filter(({ href }) => /^https?:/.test(href))
  return (
    <div>
      {item && (
        <p className={styles.line}>
          <AppLink to="/customers/$customer/plan" params={{ customer }} search={{ item: item.id }}>
            {formats.text(step.title, id)}
          </AppLink>
          <StateBadge of="state" state={item.state} />
          <span className={styles.quiet}>{formats.text(item.because.text)}</span>
        </p>
      )}
      {links.length > 0 && (
        <ul className={styles.links} aria-label={t('discussions.guides')}>
          {links.map(({ text, href }) => (
            <li key={href}>
              <Link href={href} target="_blank" rel="noopener noreferrer">
                {formats.text(text, href)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
