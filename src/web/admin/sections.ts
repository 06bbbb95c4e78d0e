/** The screens of Admin in the order of the bar, each with the action one needs to see it. */
export const SECTIONS = [
  { id: 'people', to: '/admin/people', action: 'see-people' },
  { id: 'teams', to: '/admin/teams', action: 'manage-teams' },
  { id: 'customers', to: '/admin/customers', action: 'manage-customers' },
  { id: 'lists', to: '/admin/lists', action: 'see-customer' },
  { id: 'settings', to: '/admin/settings', action: 'change-settings' },
  { id: 'connections', to: '/admin/connections', action: 'connect-tenant' },
  { id: 'jobs', to: '/admin/jobs', action: 'see-jobs' },
  { id: 'mail', to: '/admin/mail', action: 'see-jobs' },
  { id: 'checks', to: '/admin/checks', action: 'see-checks' },
  { id: 'audit', to: '/admin/audit', action: 'see-audit' },
] as const
export type SectionId = (typeof SECTIONS)[number]['id']

/** Where `/admin` leads; undefined for those who may see none of it. Lists are there for everybody to look up, from where they are used. */
export const firstSection = (may: readonly string[]) => SECTIONS.find(({ id, action }) => id !== 'lists' && may.includes(action))
