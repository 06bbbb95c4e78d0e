import { Button, Toast, ToastBody, Toaster, ToastTitle, ToastTrigger, useToastController } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'

const TOASTER = 'impulso'

/** Stands once in the frame; toasts are read out politely by Fluent. */
export const Toasts = () => <Toaster toasterId={TOASTER} position="bottom-end" />

type Message = {
  title: string
  body?: string
  intent: 'success' | 'error' | 'info' | 'warning'
  action?: { label: string; run: () => void }
}

export function useToasts() {
  const { dispatchToast } = useToastController(TOASTER)
  const { t } = useTranslation()
  return ({ title, body, intent, action }: Message) =>
    dispatchToast(
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
      </Toast>,
      // A toast that can undo must stay long enough to be reached with the keyboard.
      {
        intent,
        timeout: action || intent === 'error' ? 15_000 : 5_000,
        politeness: intent === 'error' ? 'assertive' : 'polite',
        root: { 'aria-label': t('toast') },
      },
    )
}
