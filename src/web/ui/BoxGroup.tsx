import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { type ReactNode, useId } from 'react'

const useStyles = makeStyles({
  group: { border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, marginBottom: '4px' },
  star: { color: tokens.colorPaletteRedForeground3, paddingInlineStart: '4px' },
  more: {
    margin: '4px 0 0',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  fault: { color: tokens.colorPaletteRedForeground1 },
})

type BoxGroupProps = {
  label: string
  children: ReactNode
  className?: string
  hint?: string
  fault?: string | undefined
  required?: boolean
}

/** Several boxes under one name. Fluent's `Field` is for one control: each box inside would be called by the name of the group. */
export function BoxGroup({ label, children, className, hint, fault, required = false }: BoxGroupProps) {
  const styles = useStyles()
  const id = useId()
  const about = fault === undefined ? (hint === undefined ? undefined : `${id}-hint`) : `${id}-fault`
  return (
    <fieldset className={styles.group} aria-describedby={about} data-invalid={fault !== undefined}>
      <legend className={styles.legend}>
        {label}
        {required && (
          <span aria-hidden className={styles.star}>
            *
          </span>
        )}
      </legend>
      <div className={className}>{children}</div>
      {fault !== undefined && (
        <p id={`${id}-fault`} role="alert" className={mergeClasses(styles.more, styles.fault)}>
          {fault}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.more}>
          {hint}
        </p>
      )}
    </fieldset>
  )
}
