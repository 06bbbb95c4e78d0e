import type { Assignment } from '../../store/assignments.ts'

/** Events of who works for a customer. Their data names the customer's version that they made. */
export const KINDS = ['assignment-added', 'assignment-changed', 'assignment-removed', 'team-set'] as const

/** An assignment as the record keeps it: ids, no names. */
export const told = (row: Assignment) => ({
  id: row.id,
  person: row.person_id,
  role: row.role,
  service: row.service,
  isPrimary: row.is_primary,
  since: row.since,
  until: row.until,
  covers: row.covers,
})
