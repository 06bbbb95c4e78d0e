import { makeStyles, tokens } from '@fluentui/react-components'

/** How events stand under each other, whosever they are. */
export const useTimelineStyles = makeStyles({
  list: { listStyleType: 'none', margin: '0 0 16px', padding: 0 },
  event: { padding: '10px 8px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})
