import { makeStyles, tokens } from '@fluentui/react-components'

export const useGridStyles = makeStyles({
  scroller: {
    // The first column stays in sight, so on a phone it must leave room for the others.
    '--first-column': '220px',
    '@media (max-width: 640px)': { '--first-column': '150px' },
    height: '100%',
    overflow: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    outlineStyle: 'none',
    fontSize: tokens.fontSizeBase300,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  head: { position: 'sticky', top: 0, zIndex: 2, backgroundColor: tokens.colorNeutralBackground1 },
  row: { display: 'grid', height: '40px', backgroundColor: tokens.colorNeutralBackground1 },
  body: { position: 'absolute', top: 0, left: 0, ':hover': { backgroundColor: tokens.colorNeutralBackground2 } },
  active: {
    ':not([aria-selected="true"])': { backgroundColor: tokens.colorNeutralBackground2 },
    boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}`,
  },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected },
  check: { flexShrink: 0, marginInlineEnd: '4px', color: tokens.colorBrandForeground1 },
  cell: {
    display: 'flex',
    alignItems: 'center',
    minWidth: 0,
    padding: '0 8px',
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    // Inherited, so that the first column hides what scrolls beneath it in every state of the row.
    backgroundColor: 'inherit',
  },
  headCell: { fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, borderBottomColor: tokens.colorNeutralStroke1 },
  group: { gridColumn: '1 / -1', backgroundColor: tokens.colorNeutralBackground3, gap: '6px', position: 'sticky', left: 0 },
  groupName: { fontWeight: tokens.fontWeightSemibold },
  sticky: {
    position: 'sticky',
    left: 0,
    zIndex: 1,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  sort: {
    minWidth: 0,
    padding: 0,
    fontWeight: tokens.fontWeightSemibold,
    justifyContent: 'flex-start',
    height: '32px',
    whiteSpace: 'nowrap',
  },
})
