import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'

const useStyles = makeStyles({
  particulars: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
})

type ProblemTextProps = {
  /** Of docs/usage-reports.md; undefined where only particulars are known. */
  code: string | undefined
  /** What was met where, as the reader of files says it, in English. */
  particulars: string
}

/** What a problem of a usage file means and what to do about it, then its particulars. */
export function ProblemText({ code, particulars }: ProblemTextProps) {
  const { t, i18n } = useTranslation()
  const styles = useStyles()
  const key = `usageProblem.${code}`
  if (code === undefined || !i18n.exists(key)) return <span lang="en">{particulars}</span>
  return (
    <>
      {t(key)}.{' '}
      <span className={styles.particulars} lang="en">
        {particulars}
      </span>
    </>
  )
}
