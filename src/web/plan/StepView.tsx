import { Button, Link, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Process, Step } from '../../model/playbook.ts'
import { useFormats } from '../ui/format.ts'
import { Markdown } from '../ui/Markdown.tsx'
import type { StepEntry } from './filter.ts'
import { ItemRow } from './ItemRow.tsx'
import { usePlan } from './plan-context.ts'

const useStyles = makeStyles({
  step: { marginTop: '16px' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '4px 8px' },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  guidance: {
    margin: '4px 0',
    '& summary': { cursor: 'pointer', color: tokens.colorBrandForegroundLink, fontSize: tokens.fontSizeBase200, minHeight: '24px' },
  },
  text: { padding: '4px 12px', borderLeft: `3px solid ${tokens.colorNeutralStroke2}` },
  items: { listStyleType: 'none', margin: '4px 0', padding: 0 },
  links: { display: 'flex', flexWrap: 'wrap', gap: '4px 16px', margin: '4px 0', padding: 0, listStyleType: 'none' },
})

export function StepView({ entry: { step, shown, needless }, process }: { entry: StepEntry; process: Process }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { view } = usePlan()
  const [opened, setOpened] = useState(false)
  const headingId = `step-${process.id}-${step.id}`
  const role = view.playbook.roles.find(each => each.id === step.role)
  return (
    <section className={styles.step} aria-labelledby={headingId}>
      <div className={styles.head}>
        <Subtitle2 as="h4" id={headingId} className={styles.title}>
          {formats.text(step.title, step.id)}
        </Subtitle2>
        {step.role && <span className={styles.quiet}>{formats.text(role?.name, step.role)}</span>}
      </div>
      <Guidance step={step} />
      {shown.length > 0 && (
        <ul className={styles.items}>
          {shown.map(each => (
            <ItemRow key={each.item.id} entry={each} step={step} />
          ))}
        </ul>
      )}
      {shown.length === 0 && needless.length === 0 && (
        <p className={styles.quiet}>{t(step.guidance ? 'plan.guidanceOnly' : 'plan.noItems')}</p>
      )}
      {needless.length > 0 && (
        <>
          <Button size="small" appearance="subtle" aria-expanded={opened} onClick={() => setOpened(now => !now)}>
            {t(opened ? 'plan.needlessHide' : 'plan.needless', { count: needless.length })}
          </Button>
          {opened && (
            <ul className={styles.items}>
              {needless.map(each => (
                <ItemRow key={each.item.id} entry={each} step={step} />
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  )
}

/** The playbook's words for this step, and its resources. */
function Guidance({ step }: { step: Step }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [opened, setOpened] = useState(false)
  const text = formats.text(step.text).trim()
  const links = step.links.filter(link => /^https?:/.test(link.href))
  if (!text && links.length === 0) return null
  return (
    <details className={styles.guidance} onToggle={event => setOpened(event.currentTarget.open)}>
      <summary>{t('plan.guidance')}</summary>
      {opened && (
        <div className={styles.text}>
          {text && <Markdown text={text} />}
          {links.length > 0 && (
            <ul className={styles.links} aria-label={t('plan.resources')}>
              {links.map(link => (
                <li key={link.href}>
                  <Link href={link.href} target="_blank" rel="noreferrer">
                    {formats.text(link.text, link.href)}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </details>
  )
}
