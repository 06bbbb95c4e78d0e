import { html } from 'hono/html'
import { FOOTERS, LETTERS, type Letter, type MailKind, type MailLocale, type MailValues } from './sentences.ts'

export type RenderedMail = Readonly<{ subject: string; text: string; html: string }>

/** A mail in one language, as text and as HTML that says the same. A language we do not have becomes English. */
export async function renderMail<K extends MailKind>(kind: K, locale: string, values: MailValues[K]): Promise<RenderedMail> {
  const language = localeOf(locale)
  const letter = LETTERS[language][kind](plain(values))
  return { subject: letter.subject, text: textOf(letter, language), html: await htmlOf(letter, language) }
}

const localeOf = (text: string): MailLocale => (text.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en')

/** Names are shown on one line and not for ever; links lead to web pages. */
function plain<V extends object>(values: V): V {
  const entries = Object.entries(values).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value]
    return [name, name === 'url' ? webAddress(value) : oneLine(value)]
  })
  // The same names with values of the same types.
  return Object.fromEntries(entries) as V
}

const NAME_LENGTH = 100

/** Without line breaks and without the characters that turn the direction of what follows. */
const oneLine = (text: string) =>
  text
    .replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, NAME_LENGTH)

function webAddress(text: string): string {
  const url = new URL(text)
  if (!['http:', 'https:'].includes(url.protocol)) throw new Error(`a mail may not link to ${url.protocol}`)
  return url.href
}

const textOf = ({ greeting, before, action, after }: Letter, language: MailLocale) =>
  [greeting, ...before, ...(action ? [`${action.label}:\n${action.url}`] : []), ...after, `-- \n${FOOTERS[language]}`]
    .join('\n\n')
    .concat('\n')

/** No pictures, no scripts, nothing from elsewhere; readable without any of the styles. */
async function htmlOf({ subject, greeting, before, action, after }: Letter, language: MailLocale): Promise<string> {
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
