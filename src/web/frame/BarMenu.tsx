import { Button, Menu, MenuDivider, MenuItem, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import type { LazyMenuProps } from './LazyMenu.tsx'

export type MenuEntry =
  | { is: 'choice'; value: string; label: string; lang?: string; chosen: boolean; run: () => void }
  | { is: 'command'; label: string; hint?: string; run: () => void }
  | { is: 'about'; label: string; more: string }

/** Mounted by the click that asked for it, so it starts open. */
export default function BarMenu({ label, icon, entries }: LazyMenuProps) {
  const choices = entries.filter(entry => entry.is === 'choice')
  return (
    <Menu
      defaultOpen
      checkedValues={{ choice: choices.flatMap(({ chosen, value }) => (chosen ? [value] : [])) }}
      onCheckedValueChange={(_, { checkedItems }) => choices.find(({ value }) => value === checkedItems[0])?.run()}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={icon} aria-label={label} title={label} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {entries.map(entry => (
            <Entry key={entry.label} entry={entry} />
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.is) {
    case 'choice':
      return (
        <MenuItemRadio name="choice" value={entry.value} {...(entry.lang ? { lang: entry.lang } : {})}>
          {entry.label}
        </MenuItemRadio>
      )
    case 'command':
      return (
        <MenuItem {...(entry.hint ? { secondaryContent: entry.hint } : {})} onClick={entry.run}>
          {entry.label}
        </MenuItem>
      )
    case 'about':
      return (
        <>
          <MenuItem disabled subText={entry.more}>
            {entry.label}
          </MenuItem>
          <MenuDivider />
        </>
      )
  }
}
