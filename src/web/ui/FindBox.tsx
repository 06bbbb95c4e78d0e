import { Field, makeStyles, SearchBox } from '@fluentui/react-components'
import { useRouter } from '@tanstack/react-router'
import { type Ref, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Long enough for the next letter to arrive, short enough to feel immediate. */
const PAUSE_MS = 150

const useStyles = makeStyles({ field: { flex: '1 1 200px', maxWidth: '360px' }, box: { width: '100%', maxWidth: 'none' } })

type FindBoxProps = { q: string | undefined; onFind: (q: string | undefined) => void; onLeave?: () => void; ref?: Ref<HTMLInputElement> }

/** A search box that tells what is looked for once one stops typing. Escape and Enter hand the focus on. */
export function FindBox({ q, onFind, onLeave, ref }: FindBoxProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const { history } = useRouter()
  const [text, setText] = useState(q ?? '')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const change = (value: string) => {
    setText(value)
    clearTimeout(timer.current)
    const screen = history.location.pathname
    // Whoever opened something meanwhile is on the way there, and this box still stands until it has come: looking on would call them back.
    timer.current = setTimeout(() => history.location.pathname === screen && onFind(value.trim() || undefined), PAUSE_MS)
  }
  return (
    <Field label={t('find.label')} className={styles.field}>
      <SearchBox
        // Fluent types this `ref` as never under our compiler options; it is the input element.
        ref={(ref ?? null) as Ref<never>}
        className={styles.box}
        value={text}
        placeholder={t('find.placeholder')}
        dismiss={{ 'aria-label': t('find.clear') }}
        aria-keyshortcuts="/"
        onChange={(_, { value }) => change(value)}
        onKeyDown={event => {
          if (event.key === 'Enter' || (event.key === 'Escape' && text === '')) onLeave?.()
        }}
      />
    </Field>
  )
}
