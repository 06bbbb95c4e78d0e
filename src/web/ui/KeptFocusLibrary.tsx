import { useFocusFinders } from '@fluentui/react-components'

/** Draws nothing; the hook alone keeps the library. */
export default function KeptFocusLibrary() {
  useFocusFinders()
  return null
}
