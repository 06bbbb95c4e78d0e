import { z } from 'zod'
import { listJobs, retryJob, runJob } from '../app/jobs/jobs.ts'
import { dismissMail, getMail, listMail, sendAgain } from '../app/mail/outbox.ts'
import { sendTestMail } from '../app/mail/test-mail.ts'
import { acceptInvitation, findInvitation } from '../app/people/invitation.ts'
import { rightsTo } from '../app/policy.ts'
import { changeSettings, getSettings } from '../app/settings/settings.ts'
import { checkSetup } from '../app/setup/checks/run-checks.ts'
import { startOwnData } from '../app/setup/own-data.ts'
import { setUp } from '../app/setup/set-up.ts'
import { AcceptInvitation, ChangeSettings, InvitationToken, SetUp, StartOwnData, TestMail } from '../model/admin-api.ts'
import type { ApiContext } from './context.ts'
import { type Route, route } from './route.ts'

const id = z.string().min(1).max(100)
const mail = z.object({ mail: id })
const queue = z.object({ queue: id })
const withMail = ({ app, mail }: ApiContext) => ({ ...app, mail })

/** Settings, set-up, checks, jobs and mail; and coming in by an invitation. */
export const INSTALLATION_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/settings',
    summary: 'What this installation chose',
    rights: rightsTo('change-settings'),
    answer: 'Settings',
    run: ({ context, actor }) => getSettings(context.app, actor),
  }),
  route({
    method: 'put',
    path: '/settings',
    summary: 'Change settings; what is absent stays',
    rights: rightsTo('change-settings'),
    body: ChangeSettings,
    answer: 'Settings',
    run: async ({ context, actor, body }) => changeSettings(context.app, actor, body),
  }),
  route({
    method: 'post',
    path: '/setup',
    summary: 'Make the first administrator, with the code that the start printed',
    rights: 'everyone',
    body: SetUp,
    isSecret: true,
    answer: 'SetUpDone',
    run: ({ context, actor, body }) => setUp(context.app, context.auth, actor, context.wrongCodes, body),
  }),
  route({
    method: 'post',
    path: '/setup/own-data',
    summary: 'In a demo: take the demo away and make the first real administrator',
    rights: rightsTo('manage-people'),
    body: StartOwnData,
    isSecret: true,
    answer: 'SetUpDone',
    run: ({ context, actor, body }) => startOwnData(context.app, context.auth, actor, body),
  }),
  route({
    method: 'post',
    path: '/invitation',
    summary: 'Whom an invitation is for',
    rights: 'everyone',
    body: InvitationToken,
    isSecret: true,
    answer: 'InvitationFor',
    run: ({ context, body }) => findInvitation(context.auth, body.token),
  }),
  route({
    method: 'post',
    path: '/invitation/acceptance',
    summary: 'Accept an invitation by choosing a password; nobody is signed in by it',
    rights: 'everyone',
    body: AcceptInvitation,
    isSecret: true,
    answer: 'InvitationFor',
    run: ({ context, actor, body }) => acceptInvitation(context.auth, actor, body),
  }),
  route({
    method: 'get',
    path: '/checks',
    summary: 'Is this installation set up well',
    rights: rightsTo('see-checks'),
    answer: 'SetupChecks',
    run: ({ context, actor, headers }) =>
      checkSetup(context.app, context.auth, actor, { installed: context.installed, origins: context.origins, headers }),
  }),
  route({
    method: 'post',
    path: '/checks/mail',
    summary: 'Send a test mail now',
    rights: rightsTo('run-jobs'),
    body: TestMail,
    answer: 'TestMailResult',
    run: ({ context, actor, person, body }) => sendTestMail(withMail(context), actor, { to: body.to, locale: person?.locale ?? 'en' }),
  }),
  route({
    method: 'get',
    path: '/jobs',
    summary: 'Queues, failed jobs and uncertain mails',
    rights: rightsTo('see-jobs'),
    answer: 'JobsView',
    run: ({ context, actor }) => listJobs(context.app, actor),
  }),
  route({
    method: 'post',
    path: '/jobs/:queue/:job/retry',
    summary: 'Let a failed job run again',
    rights: rightsTo('run-jobs'),
    params: queue.extend({ job: id }),
    answer: 'JobsView',
    run: ({ context, actor, params }) => retryJob(context.app, actor, { queue: params.queue, id: params.job }),
  }),
  route({
    method: 'post',
    path: '/jobs/:queue/run',
    summary: 'Run now what a schedule runs',
    rights: rightsTo('run-jobs'),
    params: queue,
    answer: 'JobsView',
    run: ({ context, actor, params }) => runJob(context.app, actor, params.queue),
  }),
  route({
    method: 'get',
    path: '/mail',
    summary: 'The outbox, newest first',
    rights: rightsTo('see-jobs'),
    query: z.object({ before: z.string().max(100).optional() }),
    answer: 'MailPage',
    run: ({ context, actor, query }) => listMail(withMail(context), actor, query.before === undefined ? {} : { before: query.before }),
  }),
  route({
    method: 'get',
    path: '/mail/:mail',
    summary: 'One mail; its text only where it was captured',
    rights: rightsTo('see-jobs'),
    params: mail,
    answer: 'MailView',
    run: ({ context, actor, params }) => getMail(withMail(context), actor, params.mail),
  }),
  route({
    method: 'post',
    path: '/mail/:mail/send',
    summary: 'Send a mail again that failed or is uncertain',
    rights: rightsTo('run-jobs'),
    params: mail,
    answer: 'MailPage',
    run: ({ context, actor, params }) => sendAgain(withMail(context), actor, params.mail),
  }),
  route({
    method: 'delete',
    path: '/mail/:mail',
    summary: 'Give up a mail of which nobody knows whether it went out',
    rights: rightsTo('run-jobs'),
    params: mail,
    answer: 'MailPage',
    run: ({ context, actor, params }) => dismissMail(withMail(context), actor, params.mail),
  }),
]
