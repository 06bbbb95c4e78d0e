import { Badge, type BadgeProps } from '@fluentui/react-components'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { PersonView } from '../../../model/admin-api.ts'

const LOOK: Readonly<Record<PersonView['state'], NonNullable<BadgeProps['color']>>> = {
  active: 'success',
  invited: 'brand',
  disabled: 'informative',
}

export function PersonState({ state }: { state: PersonView['state'] }) {
  const { t } = useTranslation()
  return (
    <Badge appearance="tint" shape="rounded" color={LOOK[state]}>
      {t(`admin.people.states.${state}`)}
    </Badge>
  )
}

/** How a person can sign in, in words. */
export function waysText({ password, passkeys, twoFactor, sso }: PersonView['ways'], t: TFunction): string {
  const ways = [
    password && t('admin.people.way.password'),
    passkeys > 0 && t('admin.people.way.passkeys', { count: passkeys }),
    twoFactor && t('admin.people.way.twoFactor'),
    sso && t('admin.people.way.sso'),
  ].filter(Boolean)
  return ways.join(', ') || t('admin.people.way.none')
}
