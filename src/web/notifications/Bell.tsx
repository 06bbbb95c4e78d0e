import { Badge, makeStyles, tokens } from '@fluentui/react-components'
import { Alert20Regular } from '@fluentui/react-icons/svg/alert'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { unseenQuery } from './queries.ts'

const useStyles = makeStyles({
  bell: {
    display: 'flex',
    alignItems: 'center',
    gap: '2px',
    minHeight: '32px',
    padding: '0 6px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover, color: tokens.colorNeutralForeground2Hover },
  },
})

/** Leads to what one was told; says how much of it is new. Without an answer it is only the way there. */
export function Bell() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data } = useQuery(unseenQuery)
  const count = data?.unseen ?? 0
  const label = count > 0 ? t('frame.newNotifications', { count }) : t('frame.notifications')
  return (
    <Link to="/notifications" className={styles.bell} aria-label={label} title={label}>
      <Alert20Regular aria-hidden />
      {count > 0 && (
        <Badge size="small" color="danger" aria-hidden>
          {count > 99 ? '99+' : count}
        </Badge>
      )}
    </Link>
  )
}
