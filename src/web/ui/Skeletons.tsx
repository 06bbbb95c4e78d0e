import { makeStyles, Skeleton, SkeletonItem } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'

const useStyles = makeStyles({ root: { display: 'flex', flexDirection: 'column', gap: '12px' } })

/** Grey boxes in the heights of what will stand there, so that nothing moves when it arrives. */
export function Skeletons({ heights }: { heights: readonly number[] }) {
  const styles = useStyles()
  const { t } = useTranslation()
  return (
    <Skeleton aria-label={t('loading')} aria-busy="true" className={styles.root}>
      {heights.map((height, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the boxes never change places
        <SkeletonItem key={at} style={{ height }} />
      ))}
    </Skeleton>
  )
}
