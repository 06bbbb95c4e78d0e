import { DarkTheme20Regular } from '@fluentui/react-icons/svg/dark-theme'
import { LocalLanguage20Regular } from '@fluentui/react-icons/svg/local-language'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, LANGUAGES, languageName } from '../i18n.ts'
import { themeChoice } from '../ui/theme.tsx'
import { LazyMenu } from './LazyMenu.tsx'

export function LanguageMenu() {
  const { t, i18n } = useTranslation()
  const entries = LANGUAGES.map(tag => ({
    is: 'choice' as const,
    value: tag,
    label: languageName(tag),
    lang: tag,
    chosen: tag === i18n.language,
    run: () => void chooseLanguage(tag),
  }))
  return <LazyMenu label={t('frame.language')} icon={<LocalLanguage20Regular />} entries={entries} />
}

export function ThemeMenu() {
  const { t } = useTranslation()
  const now = themeChoice.use()
  const entries = (['system', 'light', 'dark'] as const).map(each => ({
    is: 'choice' as const,
    value: each,
    label: t(`theme.${each}`),
    chosen: each === now,
    run: () => themeChoice.set(each),
  }))
  return <LazyMenu label={t('frame.theme')} icon={<DarkTheme20Regular />} entries={entries} />
}
