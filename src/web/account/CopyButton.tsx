import { Button } from '@fluentui/react-components'
import { Copy20Regular } from '@fluentui/react-icons/svg/copy'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Hidden } from '../ui/Visually.tsx'

/** Copies a text that is on the screen; says that it has, or that the browser would not. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation()
  const [said, setSaid] = useState<'copied' | 'notCopied'>()
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid('copied'),
      () => setSaid('notCopied'),
    )
  return (
    <>
      <Button icon={<Copy20Regular />} onClick={() => void copy().catch(() => setSaid('notCopied'))}>
        {said ? t(`account.${said}`) : label}
      </Button>
      <Hidden live>{said && t(`account.${said}`)}</Hidden>
    </>
  )
}
