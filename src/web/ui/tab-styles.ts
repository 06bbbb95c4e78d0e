import { makeStyles, tokens } from '@fluentui/react-components'

/** A row of addresses that look like tabs, and one of them; the present one says so to screen readers, and the look follows that. */
export const useTabStyles = makeStyles({
  // Where the names do not fit, the row scrolls and the page does not.
  row: { display: 'flex', gap: '4px', marginInlineStart: '-10px', minWidth: 0, overflowX: 'auto', overflowY: 'hidden' },
  tab: {
    display: 'flex',
    alignItems: 'center',
    flexShrink: 0,
    whiteSpace: 'nowrap',
    height: '44px',
    padding: '0 10px',
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    borderBottom: '3px solid transparent',
    ':hover': { color: tokens.colorNeutralForeground1, borderBottomColor: tokens.colorNeutralStroke1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '&[aria-selected="true"], &[aria-current="page"]': {
      fontWeight: tokens.fontWeightSemibold,
      color: tokens.colorNeutralForeground1,
      borderBottomColor: tokens.colorCompoundBrandStroke,
    },
  },
})
