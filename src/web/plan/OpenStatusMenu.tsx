import {
  Button,
  type ButtonProps,
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { ITEM_STATUSES, REASONED_STATUSES } from '../../model/choices.ts'
import type { ItemStatus } from '../../model/words.ts'

type OpenStatusMenuProps = { look: ButtonProps; status: ItemStatus; onChoose: (status: ItemStatus) => void; onNote: () => void }

/** Mounted by the click that asked for it, so it starts open. */
export default function OpenStatusMenu({ look, status, onChoose, onNote }: OpenStatusMenuProps) {
  const { t } = useTranslation()
  return (
    <Menu defaultOpen checkedValues={{ status: [status] }}>
      <MenuTrigger disableButtonEnhancement>
        <Button {...look} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {ITEM_STATUSES.map(each => (
            <MenuItemRadio key={each} name="status" value={each} onClick={() => onChoose(each)}>
              {t(`status.${each}`)}
              {REASONED_STATUSES.includes(each) && '…'}
            </MenuItemRadio>
          ))}
          <MenuDivider />
          <MenuItem secondaryContent="n" onClick={onNote}>
            {t('plan.note')}…
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
