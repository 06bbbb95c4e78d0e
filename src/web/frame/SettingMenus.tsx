import { Button, Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { DarkTheme20Regular } from '@fluentui/react-icons/svg/dark-theme'
import { LocalLanguage20Regular } from '@fluentui/react-icons/svg/local-language'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, LANGUAGES, languageName } from '../i18n.ts'
import { themeChoice } from '../ui/theme.tsx'

export function LanguageMenu() {
  const { t, i18n } = useTranslation()
  const choices = LANGUAGES.map(tag => ({ value: tag, label: languageName(tag), lang: tag }))
  return (
    <ChoiceMenu
      label={t('frame.language')}
      icon={<LocalLanguage20Regular />}
      value={i18n.language}
      choices={choices}
      onChoose={chooseLanguage}
    />
  )
}

export function ThemeMenu() {
  const { t } = useTranslation()
  const value = themeChoice.use()
  const choices = (['system', 'light', 'dark'] as const).map(each => ({ value: each, label: t(`theme.${each}`) }))
  return <ChoiceMenu label={t('frame.theme')} icon={<DarkTheme20Regular />} value={value} choices={choices} onChoose={themeChoice.set} />
}

type ChoiceMenuProps<T extends string> = {
  label: string
  icon: ReactElement
  value: T
  choices: readonly { value: T; label: string; lang?: string }[]
  onChoose: (value: T) => void
}

function ChoiceMenu<T extends string>({ label, icon, value, choices, onChoose }: ChoiceMenuProps<T>) {
  return (
    <Menu
      checkedValues={{ choice: [value] }}
      onCheckedValueChange={(_, { checkedItems }) => {
        const chosen = choices.find(each => each.value === checkedItems[0])
        if (chosen) onChoose(chosen.value)
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={icon} aria-label={label} title={label} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {choices.map(each => (
            <MenuItemRadio key={each.value} name="choice" value={each.value} lang={each.lang}>
              {each.label}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
