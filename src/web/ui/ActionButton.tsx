import { Button, type ButtonProps, Tooltip } from '@fluentui/react-components'

type ActionButtonProps = Omit<Extract<ButtonProps, { as?: 'button' }>, 'ref'> & {
  /** Why this may not be done; undefined when it may. */
  refusal?: string | undefined
}

/** A button that stays in its place when one may not press it, and says why to eyes, keyboard and screen reader. */
export function ActionButton({ refusal, onClick, ...props }: ActionButtonProps) {
  if (refusal === undefined) return <Button {...props} {...(onClick ? { onClick } : {})} />
  return (
    <Tooltip content={refusal} relationship="description" withArrow>
      <Button {...props} disabledFocusable />
    </Tooltip>
  )
}
