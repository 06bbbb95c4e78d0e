import {
  Button,
  Field,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Radio,
  RadioGroup,
  tokens,
} from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Asked, DiscussionsView } from '../../../model/discussion-api.ts'
import { refusalFor } from '../../customer/may-write.ts'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { isLostUpdate } from '../../ui/failure.ts'
import { useFormats } from '../../ui/format.ts'
import { HttpError } from '../../ui/http.ts'
import { type AskedName, useDiscussionWrites } from './queries.ts'

export const ANSWERS = ['yes', 'no', 'not-asked'] as const
export type Answer = (typeof ANSWERS)[number]
export const answerOf = (value: boolean | null): Answer => (value === null ? 'not-asked' : value ? 'yes' : 'no')
export const askedValue = (answer: string): boolean | null => (answer === 'yes' ? true : answer === 'no' ? false : null)

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 } })

type AskedFieldProps = { view: DiscussionsView; name: AskedName; asked: Asked<boolean>; label: string }

/** A question that the customer was asked: yes, no, or not asked, which is neither. Said at once; somebody else's answer meanwhile is shown. */
export function AskedField({ view, name, asked, label }: AskedFieldProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { tell } = useDiscussionWrites(view.customer)
  const [state, setState] = useState<{ wanted?: Answer; error?: unknown }>({})
  const refusal = refusalFor(view.canSetFacts, null)
  const say = async (wanted: Answer, version: number) => {
    setState({ wanted })
    try {
      await tell(name, askedValue(wanted), version)
      setState({})
    } catch (error) {
      setState({ wanted, error })
    }
  }
  const conflict =
    isLostUpdate(state.error) && state.error instanceof HttpError
      ? (state.error.problem.details as { theirs: boolean | null; version: number })
      : undefined
  const hint = refusal
    ? formats.text(refusal)
    : asked.value === null
      ? t('discussions.cannotTell')
      : t('discussions.told', {
          day: formats.day(asked.asOf),
          source: t(`discussions.source.${asked.source}`, { defaultValue: asked.source ?? '' }),
        })
  return (
    <div>
      <Field label={label} hint={<span className={styles.quiet}>{hint}</span>}>
        <RadioGroup
          layout="horizontal"
          value={state.wanted ?? answerOf(asked.value)}
          disabled={refusal !== undefined}
          onChange={(_, { value }) => void say(ANSWERS.find(each => each === value) ?? 'not-asked', view.version)}
        >
          {ANSWERS.map(answer => (
            <Radio key={answer} value={answer} label={t(`discussions.answer.${answer}`)} />
          ))}
        </RadioGroup>
      </Field>
      {conflict && state.wanted && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>{t('conflict.title')}</MessageBarTitle>
            {t('discussions.theirAnswer', { answer: t(`discussions.answer.${answerOf(conflict.theirs)}`) })}
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => void say(answerOf(conflict.theirs), conflict.version)}>{t('conflict.keepTheirs')}</Button>
            <Button onClick={() => void say(state.wanted ?? 'not-asked', conflict.version)}>{t('conflict.saveMine')}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {state.error !== undefined && !conflict && <FailureBar error={state.error} />}
    </div>
  )
}
