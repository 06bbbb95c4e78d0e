import { Badge, type BadgeProps } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'

type Look = Pick<BadgeProps, 'color' | 'appearance'>
const GOOD: Look = { color: 'success', appearance: 'tint' }
// Fluent's `subtle` is white, meant for dark pictures.
const QUIET: Look = { color: 'informative', appearance: 'tint' }
const UNSURE: Look = { color: 'warning', appearance: 'tint' }

/** One table for every state the screens name; the word is always there, the colour only helps. */
const LOOKS: Readonly<Record<string, Look>> = {
  met: GOOD,
  'not-met': QUIET,
  unknown: UNSURE,
  due: { color: 'brand', appearance: 'filled' },
  waiting: QUIET,
  done: GOOD,
  'not-applicable': QUIET,
  suppressed: QUIET,
  open: { color: 'brand', appearance: 'tint' },
  closed: QUIET,
  finished: GOOD,
  completable: { color: 'brand', appearance: 'tint' },
  complete: GOOD,
  available: { color: 'brand', appearance: 'tint' },
  blocked: QUIET,
  taken: GOOD,
  decided: GOOD,
  stale: UNSURE,
  empty: UNSURE,
  none: UNSURE,
  suspect: UNSURE,
  concealed: QUIET,
}

/** `of` names the family of words: `state` (items), `gate`, `process`, `overall`, `transition`, `proposal`, `quality`. */
export function StateBadge({ of, state }: { of: string; state: string }) {
  const { t } = useTranslation()
  return (
    <Badge {...(LOOKS[state] ?? QUIET)} shape="rounded" size="medium" data-state={state}>
      {t(`${of}.${state}`)}
    </Badge>
  )
}
