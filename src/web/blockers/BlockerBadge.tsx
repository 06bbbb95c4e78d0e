import { makeStyles, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { BlockersView } from '../../model/blocker-api.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/format.ts'
import { blockersQuery } from './queries.ts'

const useStyles = makeStyles({
  link: {
    display: 'inline-flex',
    alignItems: 'center',
    minHeight: '24px',
    padding: '0 6px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground1,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'nowrap',
  },
})

type BlockerBadgeProps = Readonly<{
  customer: string
  /** Null: of the customer as a whole. */
  service: string | null
  /** Only where it waits for the blocker itself. */
  item?: string
}>

/** How many open blockers stand in the way of a service or an item, as a link to them; nothing where there are none. */
export function BlockerBadge({ customer, service, item }: BlockerBadgeProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data } = useQuery(blockersQuery(customer))
  const found = data ? openFor(data, service, item) : []
  const [first] = found
  if (!first) return null
  return (
    <AppLink className={styles.link} to="/customers/$customer/blockers" params={{ customer }} search={{ blocker: first.id }}>
      {t('blocked.count', { count: found.length, shown: formats.number(found.length) })}
    </AppLink>
  )
}

/** Of an item those that name it, or its service; of a service those that name it; those of the whole customer with both. */
export const openFor = ({ blockers }: BlockersView, service: string | null, item?: string) =>
  blockers.filter(
    each =>
      each.resolved === null &&
      (item !== undefined && each.items.length > 0
        ? each.items.includes(item)
        : service === null
          ? each.services.length === 0
          : each.services.length === 0 || each.services.includes(service)),
  )
