import { z } from 'zod'
import { confirmCheck, getChecklists, withdrawCheck } from '../app/checklists/checklists.ts'
import { decideProposal, withdrawDecision } from '../app/decisions/decide.ts'
import { getDecisions } from '../app/decisions/get-decisions.ts'
import { addFile, addLink, downloadEvidence, getEvidence, mayUpload, removeEvidence } from '../app/evidence/evidence.ts'
import { rightsTo } from '../app/policy.ts'
import { takeTransition, withdrawTransition } from '../app/transitions/take.ts'
import { CustomerId } from '../model/api.ts'
import { AddLink, ConfirmCheck, EVIDENCE_BYTES, EvidenceSubject, MakeDecision, TakeTransition } from '../model/decision-api.ts'
import { fileRoute, type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const proposal = customer.extend({ proposal: z.string().min(1).max(120) })
const transition = customer.extend({ to: z.string().min(1).max(100) })
const check = customer.extend({ check: z.string().min(1).max(100) })
const evidence = customer.extend({ evidence: z.string().min(1).max(100) })
const version = z.object({ version: z.coerce.number('the customer version the screen showed').int().min(0) })
/** A bare file name: it is shown, never opened. */
const FileName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^/\\\p{Cc}]+$/u, 'a file name without a folder')

/** Decisions on proposals, checklists with their evidence, and the steps from one process to the next. */
export const DECISION_ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:id/decisions',
    summary: 'Programs and accelerators with what was decided, and the steps to the next process',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'Decisions',
    run: ({ context, actor, params }) => getDecisions(context.app, actor, params.id),
  }),
  route({
    method: 'post',
    path: '/customers/:id/decisions/:proposal',
    summary: 'Decide on a proposal: offered, agreed, declined; proposed, accepted, rejected',
    rights: rightsTo('decide-proposal'),
    params: proposal,
    body: MakeDecision,
    answer: 'Decisions',
    run: ({ context, actor, params, body }) =>
      decideProposal(context.app, actor, { ...body, customerId: params.id, proposal: params.proposal }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/decisions/:proposal',
    summary: 'Take back the newest decision on a proposal; both stay on record',
    rights: rightsTo('decide-proposal'),
    params: proposal,
    query: z.object({ seq: z.coerce.number('the newest decision the screen showed').int().min(1) }),
    answer: 'Decisions',
    run: ({ context, actor, params, query }) =>
      withdrawDecision(context.app, actor, { customerId: params.id, proposal: params.proposal, seq: query.seq }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/transitions/:to',
    summary: 'Move the customer on; against the condition only with the right to, a reason and evidence',
    rights: rightsTo('take-transition'),
    params: transition,
    body: TakeTransition,
    answer: 'Decisions',
    run: ({ context, actor, params, body }) => takeTransition(context.app, actor, { ...body, customerId: params.id, to: params.to }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/transitions/:to',
    summary: 'Take back a step that was taken by mistake',
    rights: rightsTo('take-transition'),
    params: transition,
    query: version,
    answer: 'Decisions',
    run: ({ context, actor, params, query }) => withdrawTransition(context.app, actor, { ...query, customerId: params.id, to: params.to }),
  }),
  route({
    method: 'get',
    path: '/customers/:id/checklists',
    summary: 'Lines of the entry and exit checklists, who confirmed them, and on what evidence',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'Checklists',
    run: ({ context, actor, params }) => getChecklists(context.app, actor, params.id),
  }),
  route({
    method: 'put',
    path: '/customers/:id/checks/:check',
    summary: 'Say of a line that it is met, or missing',
    rights: rightsTo('set-fact'),
    params: check,
    body: ConfirmCheck,
    answer: 'Checklists',
    run: ({ context, actor, params, body }) => confirmCheck(context.app, actor, { ...body, customerId: params.id, check: params.check }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/checks/:check',
    summary: 'Take back what was said of a line; that it was said stays on record',
    rights: rightsTo('set-fact'),
    params: check,
    query: version,
    answer: 'Checklists',
    run: ({ context, actor, params, query }) => withdrawCheck(context.app, actor, { ...query, customerId: params.id, check: params.check }),
  }),
  route({
    method: 'get',
    path: '/customers/:id/evidence',
    summary: 'Links and files that show what lines, items, blockers and steps rest on',
    rights: rightsTo('see-customer'),
    params: customer,
    query: z.object({ subject: EvidenceSubject.optional() }),
    answer: 'Evidence',
    run: ({ context, actor, params, query }) => getEvidence(context.app, actor, params.id, query.subject),
  }),
  route({
    method: 'post',
    path: '/customers/:id/evidence',
    summary: 'Add a link as evidence',
    rights: rightsTo('add-evidence'),
    params: customer,
    body: AddLink,
    answer: 'Evidence',
    run: ({ context, actor, params, body }) => addLink(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/evidence-files/:fileName',
    summary: 'Add a file of at most 2 MiB as evidence: PDF, PNG, JPEG, text, CSV, Office without macros',
    rights: rightsTo('add-evidence'),
    params: customer.extend({ fileName: FileName }),
    query: z.object({ subject: EvidenceSubject }),
    admit: ({ context, actor, params }) => mayUpload(context.app, actor, params.id),
    fileBytes: EVIDENCE_BYTES,
    answer: 'Evidence',
    run: ({ context, actor, params, query, file }) =>
      addFile(context.app, actor, { customerId: params.id, subject: query.subject, title: params.fileName, path: file }),
  }),
  fileRoute({
    method: 'get',
    path: '/customers/:id/evidence/:evidence/file',
    summary: 'A file of evidence, to be saved',
    rights: rightsTo('see-customer'),
    params: evidence,
    run: ({ context, actor, params }) => downloadEvidence(context.app, actor, { customerId: params.id, id: params.evidence }),
  }),
  route({
    method: 'delete',
    path: '/customers/:id/evidence/:evidence',
    summary: 'Take evidence away; that it was there stays on record',
    rights: rightsTo('add-evidence'),
    params: evidence,
    answer: 'Evidence',
    run: ({ context, actor, params }) => removeEvidence(context.app, actor, { customerId: params.id, id: params.evidence }),
  }),
]
