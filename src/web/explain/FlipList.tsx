import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { ExplainView } from '../../model/api.ts'
import { useFormats } from '../ui/format.ts'
import { valueText } from './values.ts'

const useStyles = makeStyles({
  list: { margin: '4px 0 0', paddingInlineStart: '20px', display: 'flex', flexDirection: 'column', gap: '6px' },
  name: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
})

/** The fewest facts that would have to be different, all of them together. */
export function FlipList({ flip }: { flip: ExplainView['flip'] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const styles = useStyles()
  if (flip.length === 0) return <p className={styles.quiet}>{t('explain.noFlip')}</p>
  return (
    <>
      <p className={styles.quiet}>{t('explain.flipLead', { count: flip.length })}</p>
      <ul className={styles.list}>
        {flip.map(({ fact, from, to }) => (
          <li key={fact}>
            <span className={styles.name}>{fact}</span>
            <br />
            {t('explain.flipChange', { from: valueText(from, t, formats), to: valueText(to, t, formats) })}
          </li>
        ))}
      </ul>
    </>
  )
}
