import { useMemo } from 'react'
import rehypeSanitize from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'

// Raw HTML in a playbook is dropped by remark-rehype, and what Markdown makes is sanitised: scripts and `javascript:` links cannot pass.
const processor = unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeSanitize).use(rehypeStringify)

export default function RenderedMarkdown({ text }: { text: string }) {
  const html = useMemo(() => String(processor.processSync(text)), [text])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by rehype-sanitize, two lines above
  return <div dangerouslySetInnerHTML={{ __html: html }} />
}
