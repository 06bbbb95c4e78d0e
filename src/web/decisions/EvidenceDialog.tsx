import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { customerPath } from '../customer/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { apiUrl, send, upload } from '../ui/http.ts'
import { useTelling } from './use-telling.ts'

const LARGEST = 2 * 1024 * 1024
const ACCEPTED = '.pdf,.png,.jpg,.jpeg,.txt,.csv,.docx,.xlsx,.pptx'

type EvidenceDialogProps = Readonly<{ customer: string; subject: string; about: string; onClose: () => void }>

/** A link, or a small file. What a file is the server sees for itself. */
export default function EvidenceDialog({ customer, subject, about, onClose }: EvidenceDialogProps) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<'link' | 'file'>('link')
  const [title, setTitle] = useState('')
  const [href, setHref] = useState('')
  const [file, setFile] = useState<File>()
  const [tried, setTried] = useState(false)
  const { isBusy, error, run } = useTelling(customer, onClose)
  const lacksTitle = kind === 'link' && title.trim() === ''
  const lacksLink = kind === 'link' && !/^https?:\/\/\S+$/i.test(href.trim())
  const lacksFile = kind === 'file' && (file === undefined || file.size === 0 || file.size > LARGEST)
  const save = () => {
    setTried(true)
    if (lacksTitle || lacksLink || lacksFile) return
    void run(() => {
      if (kind === 'link' || file === undefined)
        return send('POST', apiUrl(customerPath(customer, 'evidence')), { subject, title: title.trim(), href: href.trim() })
      const url = apiUrl(customerPath(customer, 'evidence-files', file.name), { subject })
      return upload({ url, body: file, onProgress: () => {}, signal: new AbortController().signal })
    })
  }
  const fault = (isFaulty: boolean, text: string) => (tried && isFaulty ? { validationMessage: text } : {})
  return (
    <FormDialog title={t('decisions.addEvidence')} onClose={onClose} submit={{ label: t('save'), run: save, isBusy }} error={error}>
      <p>{about}</p>
      <Field label={t('decisions.evidenceKind')}>
        <RadioGroup layout="horizontal" value={kind} onChange={(_, { value }) => setKind(value === 'file' ? 'file' : 'link')}>
          <Radio value="link" label={t('decisions.link')} />
          <Radio value="file" label={t('decisions.file')} />
        </RadioGroup>
      </Field>
      {kind === 'link' ? (
        <>
          <Field label={t('decisions.evidenceTitle')} required {...fault(lacksTitle, t('decisions.titleNeeded'))}>
            <Input value={title} maxLength={200} onChange={(_, { value }) => setTitle(value)} />
          </Field>
          <Field label={t('decisions.evidenceLink')} required {...fault(lacksLink, t('decisions.linkNeeded'))}>
            <Input type="url" value={href} maxLength={2000} onChange={(_, { value }) => setHref(value)} />
          </Field>
        </>
      ) : (
        <Field label={t('decisions.file')} required hint={t('decisions.fileHint')} {...fault(lacksFile, t('decisions.fileNeeded'))}>
          <input type="file" accept={ACCEPTED} aria-label={t('decisions.file')} onChange={event => setFile(event.target.files?.[0])} />
        </Field>
      )}
    </FormDialog>
  )
}
