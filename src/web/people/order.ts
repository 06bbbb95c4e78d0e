import { ASSIGNED_ROLES, type AssignmentView } from '../../model/admin-api.ts'

export type RoleGroup = { role: AssignmentView['role']; assignments: readonly AssignmentView[] }

/** Assignments that hold or will hold, by role in the order of the roles; the primary comes first, then by name. */
export const byRole = (assignments: readonly AssignmentView[]): readonly RoleGroup[] =>
  ASSIGNED_ROLES.map(role => ({
    role,
    assignments: assignments.filter(each => each.role === role && each.state !== 'ended').toSorted(primaryFirst),
  })).filter(group => group.assignments.length > 0)

const primaryFirst = (a: AssignmentView, b: AssignmentView) =>
  Number(b.isPrimary) - Number(a.isPrimary) || a.person.name.localeCompare(b.person.name) || a.since.localeCompare(b.since)
