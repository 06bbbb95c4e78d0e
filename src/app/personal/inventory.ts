import type { RetentionKind } from '../../model/admin-api.ts'
import { RETENTION } from './retention.ts'

/** Whom the data of a column is about. */
type Whose = 'member' | 'named' | 'visitor' | 'customer-user'
/** Until when it is kept: a time that the installation may choose, or what ends it. */
type Kept = RetentionKind | 'account' | 'session' | 'hours' | 'customer' | 'for-good'
/** What erasing the person does to it. */
type Erasure = 'deleted' | 'unreadable' | 'pseudonym' | 'kept' | 'own-time'

/** Columns of one table that say something about people, as one kind of data. */
export type PersonalData = Readonly<{
  columns: readonly string[]
  what: string
  purpose: string
  whose: readonly Whose[]
  kept: Kept
  /** In the copy that a person gets. */
  inExport: boolean
  erasure: Erasure
}>
export type TableInventory = Readonly<{
  personal: readonly PersonalData[] /** Columns that say nothing about people. */
  other: readonly string[]
}>

const table = (other: string, ...personal: readonly PersonalData[]): TableInventory => ({
  personal,
  other: other.split(' ').filter(Boolean),
})
const data = (columns: string, rest: Omit<PersonalData, 'columns'>): PersonalData => ({ columns: columns.split(' '), ...rest })

const ACCOUNT = { whose: ['member'], kept: 'account', erasure: 'deleted' } as const
/** An id that says nothing once the person's name is gone. */
const DID = { whose: ['member'], kept: 'customer', inExport: true, erasure: 'pseudonym' } as const

/**
 * Every table and column, and what of it is about people. A table or column that is not here fails a test: whoever adds one says what it
 * holds. `docs/personal-data.md` is made from this.
 */
export const INVENTORY: Readonly<Record<string, TableInventory>> = {
  'auth.account': table(
    'id created_at updated_at access_token_expires_at refresh_token_expires_at scope',
    data('user_id account_id provider_id', { what: 'Ways to sign in', purpose: 'sign-in', inExport: true, ...ACCOUNT }),
    data('password access_token refresh_token id_token', {
      what: 'Hash of the password, tokens',
      purpose: 'sign-in',
      inExport: false,
      ...ACCOUNT,
    }),
  ),
  'auth.api_key': table(
    'config_id prefix refill_interval refill_amount last_refill_at enabled rate_limit_enabled rate_limit_time_window rate_limit_max remaining permissions metadata created_at updated_at',
    data('id name start reference_id request_count last_request expires_at', {
      what: 'Personal keys and their use',
      purpose: 'access by programs',
      inExport: true,
      ...ACCOUNT,
    }),
    data('key', { what: 'Hash of a personal key', purpose: 'access by programs', inExport: false, ...ACCOUNT }),
  ),
  'auth.passkey': table(
    'transports',
    data('id user_id name device_type backed_up aaguid created_at', { what: 'Passkeys', purpose: 'sign-in', inExport: true, ...ACCOUNT }),
    data('public_key credential_id counter', { what: 'What a passkey is checked with', purpose: 'sign-in', inExport: false, ...ACCOUNT }),
  ),
  'auth.rate_limit': table(
    'id count',
    data('key last_request', {
      what: 'Addresses that asked to sign in',
      purpose: 'slowing down guessers',
      whose: ['visitor'],
      kept: 'hours',
      inExport: false,
      erasure: 'own-time',
    }),
  ),
  'auth.session': table(
    '',
    data('id user_id expires_at ip_address user_agent created_at updated_at', {
      what: 'Sessions, with address and browser',
      purpose: 'staying signed in, seeing where',
      whose: ['member'],
      kept: 'session',
      inExport: true,
      erasure: 'deleted',
    }),
    data('token', {
      what: 'Token of a session',
      purpose: 'staying signed in',
      whose: ['member'],
      kept: 'session',
      inExport: false,
      erasure: 'deleted',
    }),
  ),
  'auth.sign_in_failure': table(
    'points expire',
    data('key', {
      what: 'Keyed hash of an address somebody tried',
      purpose: 'lock-out',
      whose: ['visitor'],
      kept: 'hours',
      inExport: false,
      erasure: 'own-time',
    }),
  ),
  'auth.two_factor': table(
    'id verified',
    data('user_id secret backup_codes failed_verification_count locked_until', {
      what: 'Secret of one-time codes, encrypted',
      purpose: 'sign-in',
      inExport: false,
      ...ACCOUNT,
    }),
  ),
  'auth.user': table(
    '',
    data(
      'id name email email_verified image access_right access_scope locale created_at updated_at two_factor_enabled is_demo invited_at disabled_at last_sign_in_at',
      {
        what: 'Account: name, e-mail address, access, language',
        purpose: 'sign-in and access rights',
        whose: ['member'],
        kept: 'ended-accounts',
        inExport: true,
        erasure: 'deleted',
      },
    ),
  ),
  'auth.verification': table(
    'id expires_at created_at updated_at',
    data('identifier value', {
      what: 'Links and codes that are under way',
      purpose: 'invitation, new password',
      whose: ['member'],
      kept: 'hours',
      inExport: false,
      erasure: 'deleted',
    }),
  ),
  'public.assignment': table(
    'customer_id id service is_primary',
    data('person_id role since until covers', {
      what: 'Who works for a customer, and when',
      purpose: 'access rights, whom to ask',
      ...DID,
    }),
  ),
  'public.customer': table('id name search_key segment initiatives assigned_on thresholds version is_demo archived_at created_at team_id'),
  'public.customer_service': table('customer_id service intended is_activation_known activated_on'),
  'public.engagement': table('customer_id id cycle playbook_hash overall_task state cancel_reason opened_at closed_at'),
  'public.entitlement': table('customer_id tenant_id service seats source as_of'),
  'public.event': table(
    'customer_id seq kind previous_hash hash',
    data('at who body', {
      what: 'What was done for a customer, by whom; names, notes and addresses sealed',
      purpose: 'record',
      whose: ['member', 'named'],
      kept: 'for-good',
      inExport: true,
      erasure: 'unreadable',
    }),
  ),
  'public.fact': table(
    'customer_id name service source as_of version',
    data('value', {
      what: 'Names of contacts: customer success manager, owner of a service',
      purpose: 'whom to ask',
      whose: ['named'],
      kept: 'customer',
      inExport: true,
      erasure: 'deleted',
    }),
    data('recorded_at recorded_by', { what: 'Who recorded a fact', purpose: 'whom to ask', ...DID }),
  ),
  'public.gate_state': table('customer_id engagement_id gate state since'),
  'public.idempotent_request': table(
    'key fingerprint status at',
    data('person_id body', {
      what: 'Answers kept for repeated requests',
      purpose: 'doing a write once',
      whose: ['member', 'named'],
      kept: 'hours',
      inExport: false,
      erasure: 'deleted',
    }),
  ),
  'public.installation': table('is_only unassigned retention setup_code_hash version'),
  'public.installation_event': table(
    'seq kind previous_hash hash',
    data('at who body', {
      what: 'Sign-ins, people, settings, exports: by whom; addresses sealed',
      purpose: 'record',
      whose: ['member'],
      kept: 'for-good',
      inExport: true,
      erasure: 'unreadable',
    }),
  ),
  'public.item': table(
    'customer_id engagement_id id process step task service state due status reason version',
    data('note', {
      what: 'Notes, free text that may name somebody',
      purpose: 'work on the task',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('set_by set_at', { what: 'Who set a status', purpose: 'whom to ask', ...DID }),
  ),
  'public.mail': table(
    'id key kind message_id state tries error created_at sent_at',
    data('person_id address subject text html', {
      what: 'Mails to a person',
      purpose: 'invitation, new password',
      whose: ['member'],
      kept: 'mail',
      inExport: true,
      erasure: 'deleted',
    }),
  ),
  'public.outcome': table(
    'customer_id engagement_id outcome',
    data('recorded_at recorded_by', { what: 'Who recorded an outcome', purpose: 'whom to ask', ...DID }),
  ),
  'public.person': table(
    'erased_at',
    data('id name', {
      what: 'Name to show',
      purpose: 'saying who did what',
      whose: ['member', 'named'],
      kept: 'ended-accounts',
      inExport: true,
      erasure: 'deleted',
    }),
  ),
  'public.person_key': table(
    '',
    data('person_id period made_at', {
      what: 'That there are keys to what the record seals',
      purpose: 'erasure',
      whose: ['member', 'named'],
      kept: 'sign-in-addresses',
      inExport: true,
      erasure: 'deleted',
    }),
    data('wrapped', {
      what: 'The keys, encrypted',
      purpose: 'erasure',
      whose: ['member', 'named'],
      kept: 'sign-in-addresses',
      inExport: false,
      erasure: 'deleted',
    }),
  ),
  'public.plan': table(
    'customer_id engagement_id date playbook_hash due_count unknown_count warning_count proposal_count next_due priority priority_reason review overall seats services percents is_stale is_empty',
    data('csm content', {
      what: 'Names of contacts, from the facts',
      purpose: 'portfolio and plan',
      whose: ['named'],
      kept: 'customer',
      inExport: false,
      erasure: 'deleted',
    }),
  ),
  'public.playbook_current': table('is_current hash since'),
  'public.playbook_release': table('hash playbook_id version content made_at'),
  'public.schema_version': table('version name applied_at'),
  'public.team': table('id name'),
  'public.team_member': table(
    '',
    data('team_id person_id', {
      what: 'Membership of teams',
      purpose: 'access rights',
      whose: ['member'],
      kept: 'account',
      inExport: true,
      erasure: 'deleted',
    }),
  ),
  'public.tenant': table('customer_id id name'),
  'public.usage_current': table('customer_id tenant_id service active assigned active_unlicensed as_of window_days sources is_concealed'),
  'public.usage_day': table('customer_id tenant_id service day active assigned entitled'),
  'public.usage_import': table(
    'customer_id id tenant_id file sha256 report refresh_date period_days rows_read rows_rejected rows_deleted rows_duplicate is_concealed is_kept problems',
    data('imported_at imported_by', { what: 'Who imported a report', purpose: 'whom to ask', ...DID }),
  ),
  'public.usage_report_service': table('customer_id import_id service active assigned active_unlicensed as_of'),
}

/** What is about people outside the database. */
export const FILES: readonly (PersonalData & { where: string })[] = [
  {
    where: 'folder `reports` of the data folder',
    columns: [],
    what: 'Usage reports as imported, with the names of the customer’s users unless the customer conceals them',
    purpose: 'counting each user once across reports',
    whose: ['customer-user'],
    kept: 'report-files',
    inExport: false,
    erasure: 'own-time',
  },
]

const WHOSE: Readonly<Record<Whose, string>> = {
  member: 'people with an account',
  named: 'people named',
  visitor: 'whoever tries to sign in',
  'customer-user': 'users of a customer',
}
const KEPT: Readonly<Record<Exclude<Kept, RetentionKind>, string>> = {
  account: 'as long as the account',
  session: 'until the session ends, a week at most without use',
  hours: 'a day at most',
  customer: 'as long as the customer',
  'for-good': 'for good; what is sealed, as long as its key',
}
const ERASURE: Readonly<Record<Erasure, string>> = {
  deleted: 'deleted',
  unreadable: 'unreadable; the id stays',
  pseudonym: 'the id stays, without a name',
  kept: 'kept: it is about the customer',
  'own-time': 'goes at its own time',
}
const keptText = (kept: Kept): string => (kept in RETENTION ? `\`${kept}\`` : KEPT[kept as keyof typeof KEPT]) // what is not in the one is in the other

/** The generated part of `docs/personal-data.md`. */
export function inventoryText(): string {
  const rows = Object.entries(INVENTORY).flatMap(([name, { personal }]) =>
    personal.map(each => [`\`${name}\`: ${each.columns.join(', ')}`, ...cells(each)]),
  )
  const clean = Object.entries(INVENTORY).filter(([, { personal }]) => personal.length === 0)
  return [
    '## What is kept for a time',
    '',
    ...markdown(
      ['kind', 'what', 'days unless you choose', 'why so long'],
      Object.entries(RETENTION).map(([kind, { title, days, why }]) => [`\`${kind}\``, title.en ?? '', String(days), why.en ?? '']),
    ),
    '',
    '## Inventory',
    '',
    ...markdown(
      ['where', 'what', 'whose', 'what for', 'kept', 'in the copy', 'erasure'],
      [...rows, ...FILES.map(each => [each.where, ...cells(each)])],
    ),
    '',
    `Nothing about people is in ${clean.map(([name]) => `\`${name}\``).join(', ')}.`,
    '',
  ].join('\n')
}

const cells = (each: PersonalData): string[] => [
  each.what,
  each.whose.map(who => WHOSE[who]).join(', '),
  each.purpose,
  keptText(each.kept),
  each.inExport ? 'yes' : 'no',
  ERASURE[each.erasure],
]

const markdown = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => ' --- |').join('')}`,
  ...rows.map(row => `| ${row.join(' | ')} |`),
]
