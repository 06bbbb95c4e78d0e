import { makeStyles, tokens } from '@fluentui/react-components'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate, useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keepFocus } from '../ui/focus-back.ts'
import { usePageKeys } from '../ui/keys.ts'
import { Toasts } from '../ui/toasts.tsx'
import { BottomBar, SideBar } from './Navigation.tsx'
import { TopBar } from './TopBar.tsx'

const Palette = lazy(() => import('./Palette.tsx'))
const KeysDialog = lazy(() => import('./KeysDialog.tsx'))

const useStyles = makeStyles({
  frame: {
    height: '100dvh',
    display: 'grid',
    gridTemplateRows: '48px minmax(0, 1fr) auto',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gridTemplateAreas: '"top top" "side main" "bottom bottom"',
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
  },
  skip: {
    position: 'absolute',
    insetInlineStart: '8px',
    top: '-100px',
    zIndex: 10,
    padding: '8px 12px',
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    borderRadius: tokens.borderRadiusMedium,
    ':focus': { top: '6px' },
  },
  main: { gridArea: 'main', minWidth: 0, overflow: 'auto', position: 'relative', outlineStyle: 'none' },
})

/** What may lie over the page; one at a time. */
type Overlay = 'none' | 'palette' | 'keys'

export function Frame() {
  const { t } = useTranslation()
  const styles = useStyles()
  const [overlay, setOverlay] = useState<Overlay>('none')
  useGoKeys()
  useLive()
  const main = useFocusOnArrival()
  const giveBack = useRef(() => {})
  const open = (wanted: Overlay) => {
    if (overlay === 'none') giveBack.current = keepFocus()
    setOverlay(wanted)
  }
  const close = () => {
    setOverlay('none')
    giveBack.current()
  }
  usePageKeys({
    'mod+k': () => open('palette'),
    '?': () => open('keys'),
  })
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main">
        {t('frame.skip')}
      </a>
      <TopBar onSearch={() => open('palette')} onKeys={() => open('keys')} />
      <SideBar />
      <main id="main" ref={main} className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
      <BottomBar />
      <Suspense fallback={null}>
        {overlay === 'palette' && <Palette onClose={close} onKeys={() => open('keys')} />}
        {overlay === 'keys' && <KeysDialog onClose={close} />}
      </Suspense>
      <Toasts />
    </div>
  )
}

/**
 * What had the focus goes away with the screen it was on; reading then goes on at the new one, not at the top of the frame. Things that
 * stay, the bars for example, keep the focus.
 */
function useFocusOnArrival() {
  const router = useRouter()
  const main = useRef<HTMLElement>(null)
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation }) => {
        const isLost = document.activeElement === null || document.activeElement === document.body
        if (fromLocation && isLost) main.current?.focus({ preventScroll: true })
      }),
    [router],
  )
  return main
}

/** Changes of others come in while one looks. The code for it comes after the first screen. */
function useLive(): void {
  const client = useQueryClient()
  const { t } = useTranslation()
  const words = useEffectEvent((key: 'live.changed' | 'live.somebody', name = '') => t(key, { name }))
  useEffect(() => {
    let stop = () => {}
    let isGone = false
    void import('../live/live.ts').then(({ startLive }) => {
      if (!isGone) stop = startLive(client, { changed: name => words('live.changed', name), somebody: () => words('live.somebody') })
    })
    return () => {
      isGone = true
      stop()
    }
  }, [client])
}

/** `g` and then a letter within a second goes to a screen. */
function useGoKeys() {
  const navigate = useNavigate()
  const wentAt = useRef(0)
  const go = (to: '/today' | '/portfolio' | '/playbooks' | '/reports' | '/meetings') => (event: KeyboardEvent) => {
    if (event.timeStamp - wentAt.current > 1000) return false
    void navigate({ to })
    return true
  }
  usePageKeys({
    g: event => {
      wentAt.current = event.timeStamp
      return false
    },
    t: go('/today'),
    p: go('/portfolio'),
    m: go('/meetings'),
    b: go('/playbooks'),
    r: go('/reports'),
  })
}
