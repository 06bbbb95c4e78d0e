import { Button, Toast, ToastBody, Toaster, ToastTitle, ToastTrigger, useToastController } from '@fluentui/react-components'
import { type FocusEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { giveFocus } from './focus-back.ts'
import { TOAST_GAP, useToastLift } from './toast-lift.ts'
import type { Message } from './toasts.tsx'

const TOASTER = 'impulso'

/** Hands new messages to Fluent, which shows them and reads them out. */
export default function ShownToasts({ messages }: { messages: readonly Message[] }) {
  const { dispatchToast } = useToastController(TOASTER)
  const { t } = useTranslation()
  const shown = useRef(0)
  const lift = useToastLift(messages.length)
  useEffect(() => {
    for (const message of messages.slice(shown.current)) {
      const { intent, action } = message
      dispatchToast(<Shown message={message} />, {
        intent,
        // A toast that can undo must stay long enough to be reached with the keyboard.
        timeout: action || intent === 'error' ? 15_000 : 5_000,
        politeness: intent === 'error' ? 'assertive' : 'polite',
        // Fluent keeps the Tab key inside a toast that has the focus: one with nothing to press is only read out.
        root: { 'aria-label': t('toast'), onFocus: remember, ...(action ? {} : { tabIndex: -1 }) },
      })
    }
    shown.current = messages.length
  }, [messages, dispatchToast, t])
  return <Toaster toasterId={TOASTER} position="bottom-end" offset={{ vertical: TOAST_GAP + lift }} />
}

/** What had the focus before it went into a message. */
let before: HTMLElement | null = null
function remember({ relatedTarget }: FocusEvent): void {
  if (relatedTarget instanceof HTMLElement && !relatedTarget.closest('.fui-Toaster')) before = relatedTarget
}

/**
 * Gives the focus back at once. Fluent would do it when the message has faded, and take it from a dialog that one opened meanwhile, which
 * then is shut out.
 */
function leave(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  if (before) giveFocus(before)
  before = null
}

function Shown({ message: { title, body, action } }: { message: Message }) {
  return (
    <Toast>
      <ToastTitle
        action={
          action ? (
            <ToastTrigger>
              <Button
                appearance="transparent"
                size="small"
                onClick={() => {
                  action.run()
                  leave()
                }}
              >
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
