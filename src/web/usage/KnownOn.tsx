import { Field, Input, Link, MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { Day } from '../../model/words.ts'
import { useFormats } from '../ui/format.ts'

const useStyles = makeStyles({ field: { width: '180px' } })

type KnownOnProps = { knownOn: string | undefined; today: Day; onChoose: (day: string | undefined) => void }

/** Looks at the figures as they were known at the end of a day. */
export function KnownOnField({ knownOn, today, onChoose }: KnownOnProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <Field label={t('usage.knownOn')} className={styles.field}>
      <Input
        // Another day from elsewhere, "back to now" for example, makes a new field.
        key={knownOn ?? ''}
        type="date"
        max={today}
        defaultValue={knownOn ?? ''}
        // Half-typed years are days too, so only what one leaves or confirms counts.
        onBlur={event => onChoose(event.currentTarget.value || undefined)}
        onKeyDown={event => {
          if (event.key === 'Enter') onChoose(event.currentTarget.value || undefined)
        }}
      />
    </Field>
  )
}

/** Says that one looks at the past, and the way back. */
export function KnownOnBanner({ knownOn, onChoose }: Pick<KnownOnProps, 'onChoose'> & { knownOn: Day }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    // Its way back inside the sentence: actions beside it move it about while it is measured.
    <MessageBar intent="warning" layout="multiline" role="status">
      <MessageBarBody>
        {t('usage.asKnown', { day: formats.day(knownOn) })}{' '}
        <Link inline onClick={() => onChoose(undefined)}>
          {t('usage.backToNow')}
        </Link>
      </MessageBarBody>
    </MessageBar>
  )
}
