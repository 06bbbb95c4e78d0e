import {
  AddedCustomer,
  ArchivedCustomers,
  BulkAssigned,
  BulkChanges,
  BulkUndone,
  Contacts,
  CustomerDetails,
  CustomerImport,
  CustomerNameAnswer,
  MergeResult,
} from '../model/customer-api.ts'

/** Answers of `customer-routes.ts`; the model has them as schemas. */
export const CUSTOMER_ANSWERS = {
  AddedCustomer,
  ArchivedCustomers,
  BulkAssigned,
  BulkChanges,
  BulkUndone,
  Contacts,
  CustomerDetails,
  CustomerImport,
  CustomerNames: CustomerNameAnswer,
  MergeResult,
} as const
