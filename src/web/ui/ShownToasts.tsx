import { Button, Toast, ToastBody, Toaster, ToastTitle, ToastTrigger, useToastController } from '@fluentui/react-components'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from './toasts.tsx'

const TOASTER = 'impulso'

/** Hands new messages to Fluent, which shows them and reads them out. */
export default function ShownToasts({ messages }: { messages: readonly Message[] }) {
  const { dispatchToast } = useToastController(TOASTER)
  const { t } = useTranslation()
  const shown = useRef(0)
  useEffect(() => {
    for (const message of messages.slice(shown.current)) {
      const { intent, action } = message
      dispatchToast(<Shown message={message} />, {
        intent,
        // A toast that can undo must stay long enough to be reached with the keyboard.
        timeout: action || intent === 'error' ? 15_000 : 5_000,
        politeness: intent === 'error' ? 'assertive' : 'polite',
        // Fluent keeps the Tab key inside a toast that has the focus: one with nothing to press is only read out.
        root: { 'aria-label': t('toast'), ...(action ? {} : { tabIndex: -1 }) },
      })
    }
    shown.current = messages.length
  }, [messages, dispatchToast, t])
  return <Toaster toasterId={TOASTER} position="bottom-end" />
}

function Shown({ message: { title, body, action } }: { message: Message }) {
  return (
    <Toast>
      <ToastTitle
        action={
          action ? (
            <ToastTrigger>
              <Button appearance="transparent" size="small" onClick={action.run}>
                {action.label}
              </Button>
            </ToastTrigger>
          ) : null
        }
      >
        {title}
      </ToastTitle>
      {body && <ToastBody>{body}</ToastBody>}
    </Toast>
  )
}
