import { ACCESS_RIGHTS, type AccessRight, type AccessScope, type SessionView } from '../../model/api.ts'

/** Fixed and printed: these accounts exist only beside demo data, and only on this machine. */
const PASSWORD = 'impulso-demo'

const NAMES: Readonly<Record<AccessRight, string>> = {
  administrator: 'Administrator',
  lead: 'Lead',
  'fasttrack-manager': 'FastTrack Manager',
  engineer: 'Engineer',
  'customer-success-manager': 'Customer Success Manager',
  'subject-matter-expert': 'Subject-matter expert',
  author: 'Author',
  reader: 'Reader',
}

/** One person per access right to sign in as. */
export const DEMO_ACCOUNTS: SessionView['demoAccounts'] = ACCESS_RIGHTS.map(right => ({
  email: `${right}@demo.example`,
  password: PASSWORD,
  name: `Demo · ${NAMES[right]}`,
  right,
}))

/** Over which customers each of them may act: every kind of scope is somebody's. */
export const DEMO_SCOPES: Readonly<Record<AccessRight, AccessScope>> = {
  administrator: 'all',
  lead: 'all',
  'fasttrack-manager': 'team',
  engineer: 'team',
  'customer-success-manager': 'customers',
  'subject-matter-expert': 'services',
  author: 'all',
  reader: 'all',
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i

/** Whether a host name or address can be reached from this machine only. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host)
