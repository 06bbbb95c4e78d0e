import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { Proof } from '../../model/plan.ts'
import { useFormats } from '../ui/format.ts'
import { valueText } from './values.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  nested: { paddingInlineStart: '14px', marginInlineStart: '5px', borderLeft: `1px solid ${tokens.colorNeutralStroke2}` },
  line: { display: 'flex', gap: '8px', alignItems: 'baseline', padding: '3px 0', minHeight: '24px' },
  source: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', flex: 1 },
  value: { fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
  yes: { color: tokens.colorPaletteGreenForeground1 },
  no: { color: tokens.colorNeutralForeground2 },
  unknown: { color: tokens.colorPaletteDarkOrangeForeground1 },
  mark: { width: '1em', flexShrink: 0 },
  summary: { cursor: 'pointer', ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
})

const MARKS: Readonly<Record<string, string>> = { yes: '✓', no: '✕', unknown: '?' }

/** Every part of the rule with its own value; parts of parts open and close. */
export function ProofTree({ proof }: { proof: Proof }) {
  const styles = useStyles()
  return (
    <ul className={styles.list}>
      <Node proof={proof} depth={0} of={null} />
    </ul>
  )
}

/** Deeper parts start closed: the first levels hold the reason nearly always. */
const OPEN_DEPTH = 3

/** `of` names what this part speaks of when its neighbours speak of something else. */
function Node({ proof, depth, of }: { proof: Proof; depth: number; of: string | null }) {
  const styles = useStyles()
  if (proof.parts.length === 0)
    return (
      <li>
        <Line proof={proof} of={of} />
      </li>
    )
  // `all` and `exists` repeat the same words for every service.
  const isEach = proof.parts.length > 1 && proof.parts.every(part => part.source === proof.parts[0]?.source)
  return (
    <li>
      <details open={depth < OPEN_DEPTH}>
        <summary className={styles.summary}>
          <Line proof={proof} of={of} inline />
        </summary>
        <ul className={mergeClasses(styles.list, styles.nested)}>
          {proof.parts.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a proof never changes; the same source may occur twice
            <Node key={at} proof={part} depth={depth + 1} of={isEach ? serviceOf(part) : null} />
          ))}
        </ul>
      </details>
    </li>
  )
}

/** The service of the facts below this part; null when there is none or more than one. */
function serviceOf(proof: Proof): string | null {
  const found = new Set(servicesIn(proof))
  return found.size === 1 ? ([...found][0] ?? null) : null
}

const servicesIn = (proof: Proof): string[] => [
  ...proof.facts.flatMap(fact => fact.path?.match(/^services\.([^.]+)/)?.[1] ?? []),
  ...proof.parts.flatMap(servicesIn),
]

function Line({ proof, of, inline }: { proof: Proof; of: string | null; inline?: boolean }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const styles = useStyles()
  const value = String(proof.value)
  const tone = value === 'yes' ? styles.yes : value === 'unknown' ? styles.unknown : styles.no
  return (
    <span className={styles.line} style={inline ? { display: 'inline-flex', width: 'calc(100% - 20px)' } : {}}>
      <span aria-hidden className={mergeClasses(styles.mark, tone)}>
        {MARKS[value] ?? '='}
      </span>
      <code className={styles.source}>
        {of && <strong>{of}: </strong>}
        {proof.source}
      </code>
      <span className={mergeClasses(styles.value, tone)}>{valueText(proof.value, t, formats)}</span>
    </span>
  )
}
