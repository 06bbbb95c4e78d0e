import { createDOMRenderer, FluentProvider, RendererProvider, webDarkTheme, webLightTheme } from '@fluentui/react-components'
import { type ReactNode, useSyncExternalStore } from 'react'
import { preference } from './preference.ts'

export const themeChoice = preference('theme', ['system', 'light', 'dark'] as const, 'system')

const darkSystem = matchMedia('(prefers-color-scheme: dark)')
const watchSystem = (changed: () => void) => {
  darkSystem.addEventListener('change', changed)
  return () => darkSystem.removeEventListener('change', changed)
}

// Styles made at run time pass the content security policy only with the nonce of this response.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
const renderer = createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {})

/** Fluent with the chosen theme; `system` follows the operating system while it changes. */
export function Theme({ children, locale }: { children: ReactNode; locale: string }) {
  const choice = themeChoice.use()
  const systemIsDark = useSyncExternalStore(watchSystem, () => darkSystem.matches)
  const dark = choice === 'dark' || (choice === 'system' && systemIsDark)
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light'
  return (
    <RendererProvider renderer={renderer}>
      <FluentProvider theme={dark ? webDarkTheme : webLightTheme} lang={locale} style={{ height: '100%' }}>
        {children}
      </FluentProvider>
    </RendererProvider>
  )
}
