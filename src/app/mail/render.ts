import { html } from 'hono/html'
import {
  FOOTERS,
  type Item,
  LETTERS,
  type Letter,
  type MailKind,
  type MailLocale,
  type MailValues,
  type Section,
  SPANISH,
} from './sentences.ts'

export type RenderedMail = Readonly<{ subject: string; text: string; html: string }>

/** A mail in one language, as text and as HTML that says the same. A language we do not have becomes English. */
export async function renderMail<K extends MailKind>(kind: K, locale: string, values: MailValues[K]): Promise<RenderedMail> {
  const spanish = locale.toLowerCase().startsWith('es') ? SPANISH[kind] : undefined
  const language = spanish ? 'es' : localeOf(locale)
  const letter = (spanish ?? LETTERS[localeOf(locale)][kind])(plain(values))
  return { subject: letter.subject, text: textOf(letter, language), html: await htmlOf(letter, language) }
}

const localeOf = (text: string): MailLocale => (text.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en')

/** Names are shown on one line and not for ever; links lead to web pages. */
function plain<V extends object>(values: V): V {
  const entries = Object.entries(values).map(([name, value]) => {
    if (Array.isArray(value)) return [name, value.map(plain)]
    if (typeof value !== 'string') return [name, value]
    return [name, name === 'url' ? webAddress(value) : oneLine(value, LENGTHS[name] ?? NAME_LENGTH)]
  })
  // The same names with values of the same types.
  return Object.fromEntries(entries) as V
}

const NAME_LENGTH = 100
/** A whole sentence with names in it; what somebody wrote. */
const LENGTHS: Readonly<Record<string, number>> = { line: 700, paragraph: 8000 }

/** Without line breaks and without the characters that turn the direction of what follows. */
const oneLine = (text: string, length: number) =>
  text
    .replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, length)

function webAddress(text: string): string {
  const url = new URL(text)
  if (!['http:', 'https:'].includes(url.protocol)) throw new Error(`a mail may not link to ${url.protocol}`)
  return url.href
}

const textOf = ({ greeting, before, lines = [], sections = [], action, after }: Letter, language: keyof typeof FOOTERS) =>
  [
    greeting,
    ...before,
    ...lines.map(({ line, url }) => `- ${line}\n  ${url}`),
    ...sections.flatMap(({ title, paragraphs, items }) => [title, ...paragraphs, ...items.map(itemText)]),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...after,
    `-- \n${FOOTERS[language]}`,
  ]
    .join('\n\n')
    .concat('\n')

const itemText = ({ line, links }: Item) => [`- ${line}`, ...links.flatMap(each => [`  ${each.line}:`, `  ${each.url}`])].join('\n')

const sectionHtml = ({ title, paragraphs, items }: Section) =>
  html`<h2 style="font-size:16px;line-height:1.3">${title}</h2>
${paragraphs.map(each => html`<p>${each}</p>\n`)}${
  items.length > 0
    ? html`<ul>\n${items.map(
        ({ line, links }) => html`<li>${line}${links.map(each => html`<br><a href="${each.url}">${each.line}</a>`)}</li>\n`,
      )}</ul>\n`
    : ''
}`

/** No pictures, no scripts, nothing from elsewhere; readable without any of the styles. */
async function htmlOf(
  { subject, greeting, before, lines = [], sections = [], action, after }: Letter,
  language: keyof typeof FOOTERS,
): Promise<string> {
  const page = await html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${subject}</title>
</head>
<body style="margin:0;padding:24px;font:16px/1.5 'Segoe UI',system-ui,sans-serif">
<div style="max-width:600px;margin:0 auto">
<h1 style="font-size:20px;line-height:1.3">${subject}</h1>
<p>${greeting}</p>
${before.map(sentence => html`<p>${sentence}</p>\n`)}${
  lines.length > 0 ? html`<ul>\n${lines.map(({ line, url }) => html`<li><a href="${url}">${line}</a></li>\n`)}</ul>\n` : ''
}${sections.map(sectionHtml)}${
  action &&
  html`<p><a href="${action.url}" style="display:inline-block;padding:10px 16px;border:1px solid #0f6cbd;border-radius:4px;background:#0f6cbd;color:#ffffff;text-decoration:none;font-weight:600">${action.label}</a></p>
<p style="overflow-wrap:anywhere">${action.url}</p>
`
}${after.map(sentence => html`<p>${sentence}</p>\n`)}<hr style="border:0;border-top:1px solid #8a8886">
<p>${FOOTERS[language]}</p>
</div>
</body>
</html>
`
  return page.toString()
}
