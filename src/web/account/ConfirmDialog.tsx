import { Fault } from '../session/Fault.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'

type ConfirmDialogProps = {
  title: string
  /** What will be so afterwards. */
  what: string
  label: string
  change: { mutate: () => void; isPending: boolean; error: unknown }
  onClose: () => void
}

/** Asks once more before something is taken away. */
export function ConfirmDialog({ title, what, label, change, onClose }: ConfirmDialogProps) {
  return (
    <FormDialog title={title} onClose={onClose} submit={{ label, run: change.mutate, isBusy: change.isPending }}>
      <span>{what}</span>
      <Fault error={change.error} />
    </FormDialog>
  )
}
