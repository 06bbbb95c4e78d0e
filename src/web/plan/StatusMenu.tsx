import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Spinner,
  Tooltip,
} from '@fluentui/react-components'
import { ChevronDown16Regular } from '@fluentui/react-icons/svg/chevron-down'
import { useTranslation } from 'react-i18next'
import { ITEM_STATUSES, type ItemStatus, REASONED_STATUSES } from '../../model/words.ts'
import { Hidden } from '../ui/Visually.tsx'
import { usePlan } from './plan-context.ts'

type StatusMenuProps = { item: string; status: ItemStatus | null; title: string }

/** What a person says of the item. Statuses that need a reason open a dialog; the rest are saved at once. */
export function StatusMenu({ item, status, title }: StatusMenuProps) {
  const { t } = useTranslation()
  const { canWrite, save, ask, pendingItem } = usePlan()
  const label = (
    <>
      <Hidden>{t('plan.statusOf', { title })} </Hidden>
      {t(`status.${status ?? 'not-started'}`)}
    </>
  )
  if (!canWrite.ok)
    return (
      <Tooltip content={canWrite.reason} relationship="description">
        <Button size="small" disabledFocusable>
          {label}
        </Button>
      </Tooltip>
    )
  const choose = (chosen: ItemStatus) => (REASONED_STATUSES.includes(chosen) ? ask(item, chosen) : save(item, { status: chosen }))
  const isPending = pendingItem === item
  return (
    <Menu checkedValues={{ status: [status ?? 'not-started'] }}>
      <MenuTrigger disableButtonEnhancement>
        <Button
          size="small"
          data-status-button
          disabledFocusable={isPending}
          iconPosition="after"
          icon={isPending ? <Spinner size="extra-tiny" /> : <ChevronDown16Regular />}
        >
          {label}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {ITEM_STATUSES.map(each => (
            <MenuItemRadio key={each} name="status" value={each} onClick={() => choose(each)}>
              {t(`status.${each}`)}
              {REASONED_STATUSES.includes(each) && '…'}
            </MenuItemRadio>
          ))}
          <MenuDivider />
          <MenuItem secondaryContent="n" onClick={() => ask(item, null)}>
            {t('plan.note')}…
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
