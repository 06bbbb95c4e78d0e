import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from '@fluentui/react-components'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FailureBar } from './FailureBar.tsx'
import { keepFocus } from './focus-back.ts'

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '12px', '& > *': { flexShrink: 0 } } })

type FormDialogProps = {
  title: string
  children: ReactNode
  onClose: () => void
  /** Absent when there is nothing left to do but to close. */
  submit?: { label: string; run: () => void; isBusy: boolean } | undefined
  error?: unknown
}

/**
 * A question with its answer: Ctrl+Enter sends it, Escape leaves, what failed stands inside. The focus goes to the first field that is
 * wrong and, in the end, back to where it was.
 */
export function FormDialog({ title, children, onClose, submit, error }: FormDialogProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  // Taken while this is first drawn: afterwards the dialog has the focus.
  const [giveBack] = useState(keepFocus)
  useEffect(() => giveBack, [giveBack])
  const form = useRef<HTMLFormElement>(null)
  const send = (event?: FormEvent) => {
    event?.preventDefault()
    if (!submit || submit.isBusy) return
    submit.run()
    // Drawn by then: what is wrong may stand outside what one sees of a long form.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid="true"] input')?.focus())
  }
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <form
          ref={form}
          // Our own sentences beside the fields, in the portal's language, instead of the browser's bubble.
          noValidate
          onSubmit={send}
          onKeyDown={event => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event)
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.fields}>
              {children}
              <FailureBar error={error} />
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{t(submit ? 'cancel' : 'close')}</Button>
              {submit && (
                <Button type="submit" appearance="primary" aria-keyshortcuts="Control+Enter" disabledFocusable={submit.isBusy}>
                  {submit.label}
                </Button>
              )}
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}
