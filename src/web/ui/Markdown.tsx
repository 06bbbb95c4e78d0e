import { makeStyles, tokens } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'

// The Markdown parser is larger than most screens, so it comes only when a text is opened.
const Rendered = lazy(() => import('./RenderedMarkdown.tsx'))

export const useProseStyles = makeStyles({
  prose: {
    overflowWrap: 'anywhere',
    lineHeight: tokens.lineHeightBase400,
    '& p, & ul, & ol': { margin: '0 0 8px' },
    '& a': { color: tokens.colorBrandForegroundLink },
    '& code': { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
    '& table': { borderCollapse: 'collapse', display: 'block', overflowX: 'auto', marginBottom: '12px' },
    '& th, & td': { border: `1px solid ${tokens.colorNeutralStroke2}`, padding: '4px 8px', textAlign: 'start' },
    '& h1': { fontSize: tokens.fontSizeBase600, lineHeight: tokens.lineHeightBase600, marginBottom: '8px' },
    '& h2': { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, marginTop: '28px', marginBottom: '8px' },
    '& h3': { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, marginTop: '20px', marginBottom: '8px' },
    '& img': { maxWidth: '100%' },
  },
})

/** Markdown of a playbook. Until the parser is there the raw text stands in its place. */
export function Markdown({ text }: { text: string }) {
  const styles = useProseStyles()
  return (
    <div className={styles.prose}>
      <Suspense fallback={<p>{text}</p>}>
        <Rendered text={text} />
      </Suspense>
    </div>
  )
}
