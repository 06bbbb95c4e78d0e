import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'

const useStyles = makeStyles({
  list: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: '4px 12px', margin: 0 },
  term: { color: tokens.colorNeutralForeground3 },
  what: { margin: 0, overflowWrap: 'anywhere' },
})

/** What is known of something, a line each: the term and what it is. Terms differ from each other. */
export function Facts({ facts, className }: { facts: readonly (readonly [term: string, what: string])[]; className?: string }) {
  const styles = useStyles()
  return (
    <dl className={mergeClasses(styles.list, className)}>
      {facts.flatMap(([term, what]) => [
        <dt key={`${term}-term`} className={styles.term}>
          {term}
        </dt>,
        <dd key={term} className={styles.what}>
          {what}
        </dd>,
      ])}
    </dl>
  )
}
