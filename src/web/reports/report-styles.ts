import { makeStyles, tokens } from '@fluentui/react-components'

/** What all reports look alike in. */
export const useReportStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    maxWidth: '1200px',
    margin: '0 auto',
    padding: '12px 24px 48px',
    '@media (max-width: 640px)': { padding: '8px 12px 32px' },
  },
  lead: { margin: '4px 0 0', color: tokens.colorNeutralForeground3, maxWidth: '80ch' },
  charts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(380px, 100%), 1fr))',
    gap: '16px 32px',
    padding: '16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  /** Below what a cell says first. */
  quiet: {
    display: 'block',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
  },
  late: { color: tokens.colorPaletteRedForeground1 },
})
