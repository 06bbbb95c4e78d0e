import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { z } from 'zod'
import {
  findRefusing,
  type GivenAnswer,
  getSurveyPage,
  giveSurveyAnswer,
  refuseFurtherSurveys,
  type SurveyPage,
} from '../app/surveys/answer.ts'
import { lastDay } from '../app/surveys/write.ts'
import { SURVEY_COMMENT_LENGTH, SURVEY_LANGUAGES, SURVEY_RATINGS, type SurveyLanguage, type SurveyRating } from '../model/survey.ts'
import { readText } from './body.ts'
import type { ApiContext } from './context.ts'
import { SURVEY_PAGE_WORDS } from './survey-page-words.ts'

/** No script, nothing from elsewhere, no cookies; the form may send to us alone. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const score = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
/** A form as browsers send it: a question without a choice is not in it. */
const Blank = z.literal('').transform(() => null)
const rating = z.union([Blank, score(1, 5)]).default(null)
const Form = z.object({
  overall: score(1, 5),
  responsiveness: rating,
  expertise: rating,
  usefulness: rating,
  recommend: z.union([Blank, score(0, 10)]).default(null),
  comment: z
    .string()
    .default('')
    // What no text holds, and line ends as we keep them.
    .transform(
      text =>
        text
          .replace(/\r\n?/g, '\n')
          .replace(/[^\P{Cc}\n]+/gu, ' ')
          .trim() || null,
    )
    .refine(text => text === null || text.length <= SURVEY_COMMENT_LENGTH),
})

/** Enough for the longest comment, percent-encoded. */
const FORM_BYTES = 64 * 1024
const QUESTIONS = [...SURVEY_RATINGS, 'recommend', 'comment'] as const
type Question = (typeof QUESTIONS)[number]
type Typed = Readonly<Partial<Record<string, string>>>

/**
 * The page on which a contact answers, without an account and without a script. Its address is the secret: no other site can send the
 * form, and there is no session to ride on. A link that is nobody's, has ended or was withdrawn gives one and the same page.
 */
export function surveyPages({ app }: Pick<ApiContext, 'app'>): Hono {
  const pages = new Hono()
  pages.get('/survey/:token', async c => {
    const page = await getSurveyPage(app, c.req.param('token'))
    if (!page) return missing()
    const language = languageOf(c.req.query('lang'), page.language)
    return send(page.isAnswered ? await thanks(c.req.path, language) : await formPage(page, c.req.path, language, {}, []), 200)
  })
  pages.post('/survey/:token', async c => {
    const token = c.req.param('token')
    const typed: Typed = Object.fromEntries(new URLSearchParams(await readText(c.req.raw, FORM_BYTES)))
    const given = Form.safeParse(typed)
    const page = given.success ? await giveSurveyAnswer(app, token, given.data satisfies GivenAnswer) : await getSurveyPage(app, token)
    if (!page) return missing()
    const language = languageOf(c.req.query('lang'), page.language)
    if (given.success || page.isAnswered) return send(await thanks(c.req.path, language), 200)
    return send(await formPage(page, c.req.path, language, typed, faultsOf(given.error)), 400)
  })
  pages.get('/survey/:token/stop', async c => {
    const own = await findRefusing(app, c.req.param('token'))
    return own ? send(await stopPage(languageOf(c.req.query('lang'), own), false), 200) : missing()
  })
  pages.post('/survey/:token/stop', async c => {
    const token = c.req.param('token')
    const own = await findRefusing(app, token)
    if (!own || !(await refuseFurtherSurveys(app, token))) return missing()
    return send(await stopPage(languageOf(c.req.query('lang'), own), true), 200)
  })
  return pages
}

const languageOf = (asked: string | undefined, own: SurveyLanguage): SurveyLanguage => SURVEY_LANGUAGES.find(each => each === asked) ?? own

/** In the order of the form. */
const faultsOf = (error: z.ZodError): readonly Question[] => {
  const names = new Set(error.issues.map(issue => issue.path[0]))
  return QUESTIONS.filter(each => names.has(each))
}

function send(text: string, status: 200 | 400 | 404): Response {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': PAGE_POLICY,
    'cache-control': 'no-store',
  }
  return new Response(text, { status, headers })
}

type Markup = ReturnType<typeof html>

const missing = async (): Promise<Response> => {
  const own = SURVEY_LANGUAGES.map(each => html`<p lang="${each}">${SURVEY_PAGE_WORDS[each].missing}</p>`)
  return send(await layout('en', SURVEY_PAGE_WORDS.en.title, html`<h1>${SURVEY_PAGE_WORDS.en.title}</h1>${own}`), 404)
}

const thanks = (path: string, language: SurveyLanguage): Promise<string> => {
  const words = SURVEY_PAGE_WORDS[language]
  return layout(
    language,
    words.thanks,
    html`<h1>${words.thanks}</h1><p role="status">${words.kept}</p><p>${words.once}</p>${stopLink(path, language)}`,
    switchTo(language),
  )
}

const stopLink = (path: string, language: SurveyLanguage) =>
  html`<hr><p class="quiet"><a href="${path}/stop?lang=${language}">${SURVEY_PAGE_WORDS[language].stopLink}</a></p>`

async function formPage(
  page: SurveyPage,
  path: string,
  language: SurveyLanguage,
  typed: Typed,
  faults: readonly Question[],
): Promise<string> {
  const words = SURVEY_PAGE_WORDS[language]
  const isWrong = (question: Question) => faults.includes(question)
  const fault = (question: Question) =>
    isWrong(question) ? html`<p class="fault" id="fault-${question}">${words.faults[question]}</p>` : ''
  const described = (question: Question) => (isWrong(question) ? raw(` aria-describedby="fault-${question}"`) : '')
  const choice = (question: Question, value: number, label: string) =>
    html`<label class="choice"><input type="radio" name="${question}" value="${value}"${typed[question] === String(value) ? raw(' checked') : ''}${
      question === 'overall' ? raw(' required') : ''
    }><span>${label}</span></label>`
  const ratingOf = (question: SurveyRating) => html`<fieldset id="${question}"${described(question)}>
<legend>${words.questions[question]}${question === 'overall' ? '' : html` <span class="quiet">${words.optional}</span>`}</legend>
${fault(question)}<div class="choices words">${[1, 2, 3, 4, 5].map(value => choice(question, value, `${value} – ${words.scale[value - 1]}`))}</div></fieldset>`
  const body = html`<h1>${words.title}</h1>
<p>${words.lead(page.name)}</p><p>${words.until(lastDay(page.expiresAt, language))}</p>
${
  faults.length > 0
    ? html`<div role="alert" class="faults"><p><strong>${words.wrong}</strong></p><ul>${faults.map(
        each => html`<li><a href="#${each}">${words.questions[each]}</a>: ${words.faults[each]}</li>`,
      )}</ul></div>`
    : ''
}<form method="post" novalidate>
${SURVEY_RATINGS.map(ratingOf)}
<fieldset id="recommend"${described('recommend')}>
<legend>${words.questions.recommend} <span class="quiet">${words.optional}</span></legend>
${fault('recommend')}<p class="quiet">${words.ends}</p>
<div class="choices numbers">${[...Array(11).keys()].map(value => choice('recommend', value, String(value)))}</div></fieldset>
<p><label for="comment">${words.questions.comment} <span class="quiet">${words.optional}</span></label></p>
${fault('comment')}<textarea id="comment" name="comment" rows="4" maxlength="${SURVEY_COMMENT_LENGTH}"${described('comment')}>${typed.comment ?? ''}</textarea>
<p class="quiet">${words.use}</p>
<p><button>${words.send}</button></p>
</form>${stopLink(path, language)}`
  return layout(language, words.title, body, switchTo(language))
}

const stopPage = (language: SurveyLanguage, isDone: boolean): Promise<string> => {
  const words = SURVEY_PAGE_WORDS[language]
  const body = isDone
    ? html`<h1>${words.stopTitle}</h1><p role="status">${words.stopped}</p>`
    : html`<h1>${words.stopTitle}</h1><p>${words.stopAsk}</p><form method="post"><p><button>${words.stopSend}</button></p></form>`
  return layout(language, words.stopTitle, body, isDone ? '' : switchTo(language))
}

/** Links to the page in the other languages; what was chosen so far is not carried over. */
const switchTo = (language: SurveyLanguage) =>
  html`<nav aria-label="${SURVEY_PAGE_WORDS[language].languages}">${SURVEY_LANGUAGES.filter(each => each !== language).map(
    each => html`<a href="?lang=${each}" lang="${each}" hreflang="${each}">${SURVEY_PAGE_WORDS[each].name}</a> `,
  )}</nav>`

async function layout(language: SurveyLanguage, title: string, body: Markup, navigation: Markup | string = ''): Promise<string> {
  const page = await html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>
:root{--back:#fff;--text:#242424;--line:#616161;--quiet:#595959;--accent:#0f6cbd;--on:#fff;--fault:#b10e1c}
@media (prefers-color-scheme:dark){:root{--back:#1f1f1f;--text:#fff;--line:#adadad;--quiet:#bdbdbd;--accent:#479ef5;--on:#000;--fault:#ff99a4}}
body{font:16px/1.5 "Segoe UI",system-ui,sans-serif;margin:0;padding:16px;background:var(--back);color:var(--text)}
main,nav{max-width:640px;margin:0 auto;overflow-wrap:anywhere}
nav{display:flex;gap:16px;justify-content:flex-end}nav a{padding:10px 0}
h1{font-size:24px;line-height:1.3}
fieldset{border:0;margin:0 0 24px;padding:0;min-width:0}
legend,label[for]{font-weight:600;padding:0}
.quiet{color:var(--quiet);font-weight:400;font-size:14px}
.choices{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px}
.words{flex-direction:column}
.choice{display:flex;gap:8px;align-items:center;min-height:44px;padding:0 12px;box-sizing:border-box;border:1px solid var(--line);border-radius:4px;cursor:pointer}
.choice:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.choice input{margin:0;width:20px;height:20px;accent-color:var(--accent)}
.fault{color:var(--fault);margin:4px 0}
.faults{border:1px solid var(--fault);border-radius:4px;padding:0 16px;margin-bottom:24px}
textarea{background:var(--back);color:inherit;width:100%;box-sizing:border-box;font:inherit;padding:8px;border:1px solid var(--line);border-radius:4px}
button{font:inherit;min-height:44px;padding:8px 24px;border:1px solid var(--accent);border-radius:4px;background:var(--accent);color:var(--on);cursor:pointer}
a{color:var(--accent)}
hr{border:0;border-top:1px solid var(--line);margin:24px 0 8px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
</style>
</head>
<body>${navigation}<main>${body}</main></body>
</html>
`
  return page.toString()
}
