import { Button, type ButtonProps, Spinner } from '@fluentui/react-components'
import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down'
import { lazy, Suspense, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { REASONED_STATUSES } from '../../model/choices.ts'
import type { ItemStatus } from '../../model/words.ts'
import { refusalFor } from '../customer/may-write.ts'
import { useFormats } from '../ui/format.ts'
import { Hidden } from '../ui/Visually.tsx'
import { usePlan } from './plan-context.ts'

// A plan has a hundred of these: each becomes a menu when it is opened, and the first one fetches the code.
const OpenStatusMenu = lazy(() => import('./OpenStatusMenu.tsx'))

type StatusMenuProps = { item: string; service: string | null; status: ItemStatus | null; title: string }

/** What a person says of the item. Statuses that need a reason open a dialog; the rest are saved at once. */
export function StatusMenu({ item, service, status, title }: StatusMenuProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const reasonId = useId()
  const { canWrite, save, ask, pendingItem } = usePlan()
  const [wanted, setWanted] = useState(false)
  const label = (
    <>
      <Hidden>{t('plan.statusOf', { title })} </Hidden>
      {t(`status.${status ?? 'not-started'}`)}
    </>
  )
  const refusal = refusalFor(canWrite, service)
  if (refusal) {
    const reason = formats.text(refusal)
    return (
      <>
        <Button size="small" disabledFocusable title={reason} aria-describedby={reasonId}>
          {label}
        </Button>
        <span id={reasonId} hidden>
          {reason}
        </span>
      </>
    )
  }
  const choose = (chosen: ItemStatus) => (REASONED_STATUSES.includes(chosen) ? ask(item, chosen) : save(item, { status: chosen }))
  const isPending = pendingItem === item
  const look = {
    size: 'small',
    'data-status-button': true,
    disabledFocusable: isPending,
    iconPosition: 'after',
    icon: isPending ? <Spinner size="extra-tiny" /> : <ChevronDown16Regular />,
    children: label,
  } satisfies ButtonProps & { 'data-status-button': boolean }
  const button = <Button {...look} aria-haspopup="menu" aria-expanded={false} onClick={() => setWanted(true)} />
  if (!wanted) return button
  return (
    <Suspense fallback={button}>
      <OpenStatusMenu look={look} status={status ?? 'not-started'} onChoose={choose} onNote={() => ask(item, null)} />
    </Suspense>
  )
}
