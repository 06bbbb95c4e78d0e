import { Checkbox, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReviewRecordView } from '../../../model/review-record-api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { useRecordWrite } from './record-writes.ts'

const useStyles = makeStyles({
  people: { border: 0, margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, marginInlineStart: '36px' },
  fault: { color: tokens.colorPaletteRedForeground1 },
})

type SendDialogProps = { customer: string; record: ReviewRecordView; onClose: () => void }

/** To whom the summary goes. Whoever was written to before gets it again only after a word about that; who cannot be written to says why. */
export default function SendDialog({ customer, record, onClose }: SendDialogProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [tried, setTried] = useState(false)
  const write = useRecordWrite(customer, { isQuiet: true, onDone: onClose })
  const last = (contact: string) => record.letters.find(each => each.contact === contact && each.refused === null)
  const again = record.recipients.filter(each => chosen.includes(each.contact) && last(each.contact))
  const isEmpty = chosen.length === 0
  const languages = new Intl.DisplayNames([formats.locale], { type: 'language' })
  const run = () => {
    setTried(true)
    if (isEmpty) return
    write.mutate({
      method: 'POST',
      path: ['letters'],
      body: { contacts: chosen, again: again.length > 0 },
      done: t('record.sendDone', { count: chosen.length, shown: formats.number(chosen.length) }),
    })
  }
  return (
    <FormDialog
      title={t('record.sendTitle')}
      onClose={onClose}
      submit={{ label: t(again.length > 0 ? 'record.sendAgain' : 'record.sendNow'), run, isBusy: write.isPending }}
      error={write.error}
    >
      <span>{t('record.sendHelp')}</span>
      <fieldset className={styles.people} aria-describedby={tried && isEmpty ? 'send-fault' : undefined}>
        <legend>{t('record.sendTo')}</legend>
        {record.recipients.map(({ contact, name, language, problem }) => {
          const before = last(contact)
          return (
            <div key={contact}>
              <Checkbox
                label={`${name} · ${languages.of(language) ?? language}`}
                disabled={problem !== null}
                checked={chosen.includes(contact)}
                aria-describedby={`send-${contact}`}
                onChange={(_, { checked }) => setChosen(checked ? [...chosen, contact] : chosen.filter(each => each !== contact))}
              />
              <div className={styles.quiet} id={`send-${contact}`}>
                {problem !== null
                  ? t(`record.problem.${problem}`)
                  : before && t('record.sentBefore', { when: formats.moment(before.writtenAt ?? before.askedAt) })}
              </div>
            </div>
          )
        })}
      </fieldset>
      {tried && isEmpty && (
        <span id="send-fault" className={styles.fault} role="alert">
          {t('record.chooseSomebody')}
        </span>
      )}
      {again.length > 0 && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{t('record.againHelp', { names: again.map(each => each.name).join(', ') })}</MessageBarBody>
        </MessageBar>
      )}
    </FormDialog>
  )
}
