import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { z } from 'zod'
import { type AnswerPage, getAnswerPage, giveAnswer } from '../app/meetings/answer.ts'
import { readFeed } from '../app/meetings/feed.ts'
import { AppError } from '../model/errors.ts'
import type { AttendeeAnswer } from '../model/success.ts'
import { readText } from './body.ts'
import type { ApiContext } from './context.ts'

/** No script, nothing from elsewhere; the form may send to us alone. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

type Locale = 'en' | 'pt-BR'
const WORDS = {
  en: {
    title: 'Answer an invitation',
    asked: 'Will you come to this meeting?',
    when: 'When',
    where: 'Where',
    organizer: 'Invited by',
    which: 'For which meetings',
    all: 'All of the series',
    only: 'Only for',
    comment: 'A word to the organizer (optional)',
    accepted: 'Accept',
    tentative: 'Maybe',
    declined: 'Decline',
    saved: { accepted: 'You accepted.', tentative: 'You said maybe.', declined: 'You declined.', 'needs-action': '' },
    change: 'You can change your answer as long as the meeting is ahead.',
    over: 'This meeting is over or was cancelled; no answer is needed any more.',
    missing: 'This link is not valid (any more).',
    wrong: 'This answer could not be read. Go back and choose one of the three.',
  },
  'pt-BR': {
    title: 'Responder a um convite',
    asked: 'Você vem a esta reunião?',
    when: 'Quando',
    where: 'Onde',
    organizer: 'Convite de',
    which: 'Para quais reuniões',
    all: 'Toda a série',
    only: 'Só para',
    comment: 'Um recado para quem organiza (opcional)',
    accepted: 'Aceitar',
    tentative: 'Talvez',
    declined: 'Recusar',
    saved: { accepted: 'Você aceitou.', tentative: 'Você disse talvez.', declined: 'Você recusou.', 'needs-action': '' },
    change: 'Você pode mudar a resposta enquanto a reunião não passar.',
    over: 'Esta reunião já passou ou foi cancelada; não é mais preciso responder.',
    missing: 'Este link não é (mais) válido.',
    wrong: 'Não foi possível ler esta resposta. Volte e escolha uma das três.',
  },
} as const satisfies Record<Locale, Readonly<Record<string, string | Readonly<Record<AttendeeAnswer, string>>>>>

/** A form as browsers send it. */
const Answer = z.object({
  answer: z.enum(['accepted', 'tentative', 'declined']),
  /** A meeting of a series, as the page offers them; empty: all of it. */
  occurrence: z
    .string()
    .max(40)
    .default('')
    .transform(text => text || null),
  comment: z
    .string()
    .max(1000)
    .default('')
    .transform(text => text.replace(/[^\P{Cc}\n]+/gu, ' ').trim() || null),
})

/** Enough for the longest comment, percent-encoded. */
const FORM_BYTES = 16 * 1024

/**
 * Pages for those who have a link and no account: answering an invitation, and a calendar to subscribe to. A link that is nobody's is
 * answered like one that has ended. Opening a page changes nothing: mail programs open links to look at them.
 */
export function publicPages(context: ApiContext): Hono {
  const pages = new Hono()
  const { app } = context
  pages.get('/answer/:token', async c => {
    const page = await getAnswerPage(app, c.req.param('token'))
    return page ? send(await answerHtml(page, null), 200) : missing()
  })
  pages.post('/answer/:token', async c => {
    const form = Object.fromEntries(new URLSearchParams(await readText(c.req.raw, FORM_BYTES)))
    const given = Answer.safeParse(form)
    const wrong = async () => {
      const page = await getAnswerPage(app, c.req.param('token'))
      return page ? send(await answerHtml(page, 'wrong'), 400) : missing()
    }
    if (!given.success) return wrong()
    try {
      const page = await giveAnswer(app, c.req.param('token'), given.data)
      return page ? send(await answerHtml(page, 'saved', given.data.occurrence), 200) : missing()
    } catch (error) {
      if (error instanceof AppError && error.code === 'invalid-input') return wrong()
      throw error
    }
  })
  pages.get('/calendar/:file{.+\\.ics}', async c => {
    const feed = await readFeed(app, context.auth, c.req.param('file').slice(0, -'.ics'.length))
    if (!feed) return missing()
    const headers = { etag: feed.tag, 'cache-control': 'private, no-cache' }
    if (c.req.header('if-none-match') === feed.tag) return c.body(null, 304, headers)
    return c.body(feed.text, 200, { ...headers, 'content-type': 'text/calendar; charset=utf-8' })
  })
  pages.get('/calendar/:other', missing)
  return pages
}

function send(text: string, status: 200 | 400 | 404): Response {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': PAGE_POLICY,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  }
  return new Response(text, { status, headers })
}

const missing = async (): Promise<Response> =>
  send(await layout('en', WORDS.en.title, html`<p>${WORDS.en.missing}</p><p lang="pt-BR">${WORDS['pt-BR'].missing}</p>`), 404)

/** `of`: the one meeting of a series that was answered for. */
async function answerHtml(page: AnswerPage, said: 'saved' | 'wrong' | null, of: string | null = null): Promise<string> {
  const locale: Locale = page.language.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en'
  const words = WORDS[locale]
  const fact = (name: string, value: string) => html`<dt>${name}</dt><dd>${value}</dd>`
  const button = (answer: 'accepted' | 'tentative' | 'declined') =>
    html`<button name="answer" value="${answer}"${page.answer === answer ? raw(' aria-pressed="true"') : ''}>${words[answer]}</button> `
  const choice = (value: string, text: string) =>
    html`<option value="${value}"${value === (of ?? '') ? raw(' selected') : ''}>${text}</option>`
  const which = html`<p><label for="occurrence">${words.which}</label><br><select id="occurrence" name="occurrence">${choice('', words.all)}${page.occurrences.map(each => choice(each.occurrence, each.when))}</select></p>`
  const form = html`<form method="post">
<h2>${words.asked}</h2>
${page.occurrences.length > 0 ? which : ''}
<p><label for="comment">${words.comment}</label><br><textarea id="comment" name="comment" rows="3" maxlength="1000">${(page.occurrences.find(each => each.occurrence === of) ?? page).comment ?? ''}</textarea></p>
<p>${button('accepted')}${button('tentative')}${button('declined')}</p>
</form>`
  const present = words.saved[page.answer]
  const single = page.occurrences.flatMap(({ answer, when }) =>
    answer ? [html`<p>${words.only} ${when}: ${words.saved[answer]}</p>`] : [],
  )
  return layout(
    locale,
    `${page.title} – ${words.title}`,
    html`<h1>${page.title}</h1>
<dl>${fact(words.when, page.when[locale] ?? '')}${page.location ? fact(words.where, page.location) : ''}${fact(words.organizer, page.organizer)}</dl>
<div role="status">${said === 'wrong' ? html`<p><strong>${words.wrong}</strong></p>` : present ? html`<p><strong>${present}</strong></p>` : ''}${single}</div>
${page.isOver ? html`<p>${words.over}</p>` : html`${form}<p>${present ? words.change : ''}</p>`}`,
  )
}

async function layout(locale: Locale, title: string, body: ReturnType<typeof html>): Promise<string> {
  const page = await html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>
:root{--line:#616161;--accent:#0f6cbd;--on:#fff}
@media (prefers-color-scheme:dark){:root{--line:#adadad;--accent:#479ef5;--on:#000}}
body{font:16px/1.5 "Segoe UI",system-ui,sans-serif;margin:0;padding:24px}
main{max-width:560px;margin:0 auto;overflow-wrap:anywhere}
h1{font-size:24px;line-height:1.3}h2{font-size:18px}
dt{font-weight:600}dd{margin:0 0 8px}
textarea,select{width:100%;box-sizing:border-box;font:inherit;padding:8px;border:1px solid var(--line);border-radius:4px}
button{font:inherit;min-height:44px;padding:8px 20px;border:1px solid var(--line);border-radius:4px;background:none;color:inherit;cursor:pointer}
button[aria-pressed=true]{background:var(--accent);border-color:var(--accent);color:var(--on)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
</style>
</head>
<body><main>${body}</main></body>
</html>
`
  return page.toString()
}
