/** The screens of Admin in the order of the bar, each with the action one needs to see it. */
export const SECTIONS = [
  { id: 'people', to: '/admin/people', action: 'see-people' },
  { id: 'teams', to: '/admin/teams', action: 'manage-teams' },
  { id: 'settings', to: '/admin/settings', action: 'change-settings' },
  { id: 'jobs', to: '/admin/jobs', action: 'see-jobs' },
  { id: 'mail', to: '/admin/mail', action: 'see-jobs' },
  { id: 'checks', to: '/admin/checks', action: 'see-checks' },
  { id: 'audit', to: '/admin/audit', action: 'see-audit' },
] as const
export type SectionId = (typeof SECTIONS)[number]['id']

/** Where `/admin` leads; undefined for those who may see none of it. */
export const firstSection = (may: readonly string[]) => SECTIONS.find(({ action }) => may.includes(action))
