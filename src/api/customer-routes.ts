import { z } from 'zod'
import { bulkAssign } from '../app/assignments/bulk-assign.ts'
import { addContact, changeContact, eraseContact, getContacts } from '../app/contacts/contacts.ts'
import { archiveCustomer, getArchived, returnCustomer } from '../app/customers/archive-customer.ts'
import { getBulkChanges, undoBulkChange } from '../app/customers/bulk-changes.ts'
import { addTenant, changeDetails, getDetails, renameTenant } from '../app/customers/details.ts'
import { importCustomers, mayImportCustomers } from '../app/customers/import/import-customers.ts'
import { mergeCustomers, mergeTenants } from '../app/customers/merge-customers.ts'
import { getMergedEvents } from '../app/customers/merged-events.ts'
import { addNewCustomer, proposeCustomer } from '../app/customers/new-customer.ts'
import { rightsTo } from '../app/policy.ts'
import { CustomerId } from '../model/api.ts'
import {
  AddContact,
  AddCustomer,
  AddTenant,
  ArchiveCustomer,
  ArchivedQuery,
  BulkAssign,
  ChangeContact,
  ChangeCustomer,
  CustomerNameQuery,
  EraseContact,
  MergeCustomer,
  MergeTenant,
  RenameTenant,
  TenantId,
} from '../model/customer-api.ts'
import { type Route, route } from './route.ts'

const customer = z.object({ id: CustomerId })
const tenant = customer.extend({ tenant: TenantId })
const contact = customer.extend({ contact: z.uuid() })
const bulk = z.object({ bulk: z.uuid() })
/** A bare file name: it is shown and kept, never opened. */
const FileName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^/\\\p{Cc}]+$/u, 'a file name without a folder')
/** A portfolio of sixty thousand customers, several times over. */
const PORTFOLIO_BYTES = 64 * 1024 * 1024
const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform(text => text === 'true')

/** Customers, their tenants and contacts, and changes of many customers at once. */
export const CUSTOMER_ROUTES: readonly Route[] = [
  route({
    method: 'post',
    path: '/customers',
    summary: 'Add a customer; a name that another one has needs to be confirmed',
    rights: rightsTo('add-customer'),
    body: AddCustomer,
    answer: 'AddedCustomer',
    run: ({ context, actor, body }) => addNewCustomer(context.app, context.auth, actor, body),
  }),
  route({
    method: 'get',
    path: '/customer-names',
    summary: 'An id for a new customer of this name, and who is called so already',
    rights: rightsTo('add-customer'),
    query: CustomerNameQuery,
    answer: 'CustomerNames',
    run: ({ context, actor, query }) => proposeCustomer(context.app, context.auth, actor, query.name),
  }),
  route({
    method: 'get',
    path: '/customers/:id/details',
    summary: 'What can be edited of a customer',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'CustomerDetails',
    run: ({ context, actor, params }) => getDetails(context.app, actor, params.id),
  }),
  route({
    method: 'put',
    path: '/customers/:id/details',
    summary: 'Change name, segment, initiatives, language or the day of assignment',
    rights: rightsTo('change-customer'),
    params: customer,
    body: ChangeCustomer,
    answer: 'CustomerDetails',
    run: ({ context, actor, params, body }) => changeDetails(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/tenants',
    summary: 'Add a tenant',
    rights: rightsTo('change-customer'),
    params: customer,
    body: AddTenant,
    answer: 'CustomerDetails',
    run: ({ context, actor, params, body }) => addTenant(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/tenants/:tenant/name',
    summary: 'Rename a tenant',
    rights: rightsTo('change-customer'),
    params: tenant,
    body: RenameTenant,
    answer: 'CustomerDetails',
    run: ({ context, actor, params, body }) => renameTenant(context.app, actor, { ...body, customerId: params.id, tenant: params.tenant }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/tenants/:tenant/merge',
    summary: 'Take a tenant over into another one of the customer; with preview nothing changes',
    rights: rightsTo('change-customer'),
    params: tenant,
    body: MergeTenant,
    answer: 'MergeResult',
    run: ({ context, actor, params, body }) => mergeTenants(context.app, actor, { ...body, customerId: params.id, tenant: params.tenant }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/archive',
    summary: 'Put a customer away, with a reason',
    rights: rightsTo('manage-customers'),
    params: customer,
    body: ArchiveCustomer,
    answer: 'ArchivedCustomers',
    run: ({ context, actor, params, body }) => archiveCustomer(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'get',
    path: '/archived-customers',
    summary: 'Customers that were put away or merged, the newest first',
    rights: rightsTo('manage-customers'),
    query: ArchivedQuery,
    answer: 'ArchivedCustomers',
    run: ({ context, actor, query }) => getArchived(context.app, actor, query),
  }),
  route({
    method: 'post',
    path: '/archived-customers/:id/return',
    summary: 'Bring an archived customer back',
    rights: rightsTo('manage-customers'),
    params: customer,
    answer: 'CustomerDetails',
    run: ({ context, actor, params }) => returnCustomer(context.app, actor, params.id),
  }),
  route({
    method: 'post',
    path: '/customers/:id/merge',
    summary: 'Take another customer over into this one; with preview nothing changes',
    rights: rightsTo('manage-customers'),
    params: customer,
    body: MergeCustomer,
    answer: 'MergeResult',
    run: ({ context, actor, params, body }) => mergeCustomers(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'get',
    path: '/customers/:id/merged/:from/events',
    summary: 'What happened to a customer before it was merged into this one',
    rights: rightsTo('see-customer'),
    params: customer.extend({ from: CustomerId }),
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      before: z.coerce.number().int().min(1).optional(),
    }),
    answer: 'EventPage',
    run: ({ context, actor, params, query }) => getMergedEvents(context.app, actor, { ...query, customerId: params.id, from: params.from }),
  }),
  route({
    method: 'get',
    path: '/customers/:id/contacts',
    summary: 'Contacts of the customer',
    rights: rightsTo('see-customer'),
    params: customer,
    answer: 'Contacts',
    run: ({ context, actor, params }) => getContacts(context.app, actor, params.id),
  }),
  route({
    method: 'post',
    path: '/customers/:id/contacts',
    summary: 'Add a contact',
    rights: rightsTo('set-contact'),
    params: customer,
    body: AddContact,
    answer: 'Contacts',
    run: ({ context, actor, params, body }) => addContact(context.app, actor, { ...body, customerId: params.id }),
  }),
  route({
    method: 'put',
    path: '/customers/:id/contacts/:contact',
    summary: 'Change a contact, put it away or bring it back',
    rights: rightsTo('set-contact'),
    params: contact,
    body: ChangeContact,
    answer: 'Contacts',
    run: ({ context, actor, params, body }) =>
      changeContact(context.app, actor, { ...body, customerId: params.id, contact: params.contact }),
  }),
  route({
    method: 'post',
    path: '/customers/:id/contacts/:contact/erasure',
    summary: 'Forget a contact; meetings keep that there was somebody',
    rights: rightsTo('set-contact'),
    params: contact,
    body: EraseContact,
    answer: 'Contacts',
    run: ({ context, actor, params, body }) =>
      eraseContact(context.app, actor, { ...body, customerId: params.id, contact: params.contact }),
  }),
  route({
    method: 'put',
    path: '/customer-imports/:fileName',
    summary: 'Add and change customers by a portfolio file (CSV); with preview nothing changes',
    rights: rightsTo('manage-customers'),
    params: z.object({ fileName: FileName }),
    query: z.object({ preview: flag }),
    admit: ({ actor }) => mayImportCustomers(actor),
    fileBytes: PORTFOLIO_BYTES,
    answer: 'CustomerImport',
    run: ({ context, actor, params, query, file }) =>
      importCustomers(context.app, context.auth, actor, { fileName: params.fileName, path: file, preview: query.preview }),
  }),
  route({
    method: 'post',
    path: '/bulk-assignments',
    summary: 'Change who works for many customers, as one change that can be undone; with preview nothing changes',
    rights: rightsTo('assign'),
    body: BulkAssign,
    answer: 'BulkAssigned',
    run: ({ context, actor, body }) => bulkAssign(context.app, context.auth, actor, body),
  }),
  route({
    method: 'get',
    path: '/bulk-changes',
    summary: 'Changes of many customers at once, the newest first',
    rights: rightsTo('manage-customers'),
    answer: 'BulkChanges',
    run: ({ context, actor }) => getBulkChanges(context.app, actor),
  }),
  route({
    method: 'post',
    path: '/bulk-changes/:bulk/undo',
    summary: 'Undo a change of many customers; what was changed since stays and is named',
    rights: rightsTo('manage-customers'),
    params: bulk,
    answer: 'BulkUndone',
    run: ({ context, actor, params }) => undoBulkChange(context.app, actor, params.bulk),
  }),
]
