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
  'public.adoption_owner': table(
    'customer_id service handshake_id',
    data('since until person_id', { what: 'Who owns the adoption of a service, and when', purpose: 'whom to ask', ...DID }),
  ),
  'public.assignment': table(
    'customer_id id service is_primary',
    data('person_id role since until covers', {
      what: 'Who works for a customer, and when',
      purpose: 'access rights, whom to ask',
      ...DID,
    }),
  ),
  'public.attendee': table(
    'customer_id id cadence_id meeting_id is_optional token_hash invited_sequence',
    data('contact_id person_id answer answered_at comment occurrences', {
      what: 'Who is asked to a meeting, and the answer',
      purpose: 'meetings',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
  ),
  'public.blocker': table(
    'customer_id id services items reason reason_version seats next_action_on opened_at usage_opened reminded_on escalated_at resolved_at usage_resolved version',
    data('title next_action resolution', {
      what: 'Free text that may name somebody',
      purpose: 'clearing what blocks usage',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('owner_id opened_by escalated_to resolved_by', { what: 'Who opened, owns and resolved it', purpose: 'whom to ask', ...DID }),
  ),
  'public.value_discussion': table(
    'customer_id engagement_id service interest status planned_for held_on changed_at version',
    data('success_factors participants outcome', {
      what: 'Free text that may name somebody: what was talked about and who took part',
      purpose: 'business value discussions',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('changed_by', { what: 'Who recorded it', purpose: 'whom to ask', ...DID }),
  ),
  'public.usage_discussion': table(
    'customer_id id held_on links recorded_at',
    data('participants note', {
      what: 'Free text that may name somebody: what was talked about and who took part',
      purpose: 'discussions of usage reports',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('recorded_by', { what: 'Who recorded it', purpose: 'whom to ask', ...DID }),
  ),
  'public.bulk_change': table(
    'id kind',
    data('content', {
      what: 'What was changed at many customers, to be undone',
      purpose: 'undo',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: false,
      erasure: 'kept',
    }),
    data('made_by made_at undone_by undone_at', { what: 'Who changed many customers at once', purpose: 'whom to ask', ...DID }),
  ),
  'public.cadence': table(
    'customer_id id kind rule starts_local time_zone minutes services uid sequence made_for invited_by outlook_state outlook_problem outlook_after external_id external_told external_read_at ended_at version',
    data('title location', {
      what: 'Free text that may name somebody',
      purpose: 'meetings',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('organizer_id external_owner', { what: 'Who holds the meetings', purpose: 'whom to ask', ...DID }),
  ),
  'public.calendar_connection': table(
    'id cloud directory client_id credential credential_hint credential_ends sealed is_enabled state state_since findings version',
    data('made_by made_at', { what: 'Who connected the calendars', purpose: 'whom to ask', ...DID }),
  ),
  'public.calendar_feed': table(
    'token_hash',
    data('person_id made_at read_at', {
      what: 'That there is a link to the calendar',
      purpose: 'calendar',
      whose: ['member'],
      kept: 'account',
      inExport: true,
      erasure: 'deleted',
    }),
  ),
  'public.contact': table(
    'customer_id id roles services do_not_contact survey_eligible archived_at version',
    data('name email title phone language country time_zone bounced_at bounce', {
      what: 'Contacts of a customer',
      purpose: 'invitations, surveys, whom to ask',
      whose: ['named'],
      kept: 'customer',
      inExport: true,
      erasure: 'deleted',
    }),
  ),
  'public.customer': table(
    'id name search_key segment initiatives assigned_on thresholds version is_demo archived_at created_at team_id language merged_into',
  ),
  'public.customer_service': table('customer_id service intended is_activation_known activated_on denominator custom_seats'),
  'public.deck_brand': table('is_only name colour logo logo_type version templates templates_version'),
  'public.decision': table(
    'customer_id proposal seq state decided_on because',
    data('contact_id reason', {
      what: 'Who of the customer decided, and why',
      purpose: 'what was agreed',
      whose: ['named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('recorded_by recorded_at', { what: 'Who recorded a decision', purpose: 'whom to ask', ...DID }),
  ),
  'public.engagement': table('customer_id id cycle playbook_hash overall_task state cancel_reason opened_at closed_at'),
  'public.engagement_fact': table(
    'customer_id engagement_id name service source as_of recorded_at',
    data('value', {
      what: 'Facts of a cycle that ended: reasons and notes may name somebody',
      purpose: 'what was known then',
      whose: ['named'],
      kept: 'customer',
      inExport: false,
      erasure: 'kept',
    }),
  ),
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
  'public.evidence': table(
    'customer_id id subject media_type sha256',
    data('title href content', {
      what: 'Links and files, which may name somebody',
      purpose: 'what a confirmation rests on',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('added_by added_at', { what: 'Who added evidence', purpose: 'whom to ask', ...DID }),
  ),
  'public.expert_profile': table(
    'version',
    data('person_id is_expert skills services languages regions at_once', {
      what: 'What an expert knows, and how many requests at once',
      purpose: 'whom to ask',
      whose: ['member'],
      kept: 'account',
      inExport: true,
      erasure: 'deleted',
    }),
    data('changed_by changed_at', { what: 'Who said so', purpose: 'whom to ask', ...DID }),
  ),
  'public.expert_request': table(
    'customer_id id service skill language region seats wanted_on state team_id acknowledge_by decide_by assignment_id reminded_due reminded_at escalated_at version',
    data('purpose reason note', {
      what: 'What an expert is asked for, why it was declined, what came of it',
      purpose: 'request for an expert',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('requested_by requested_at expert_id acknowledged_by acknowledged_at decided_by decided_at ended_by ended_at escalated_to', {
      what: 'Who asked and who answered',
      purpose: 'whom to ask',
      ...DID,
    }),
  ),
  'public.expert_request_message': table(
    'customer_id request_id seq step',
    data('body', {
      what: 'Questions and answers',
      purpose: 'request for an expert',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('person_id written_by written_at', { what: 'Who wrote, to whom it was handed on', purpose: 'whom to ask', ...DID }),
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
  'public.follow_up': table(
    'customer_id id engagement_id service made_for due status reason closed_at version',
    data('title note', {
      what: 'Free text that may name somebody',
      purpose: 'work on the task',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('assignee made_by made_at', { what: 'Who made a task, and for whom', purpose: 'whom to ask', ...DID }),
  ),
  'public.forecast': table(
    'customer_id service milestone made_on goal_percent percent_then target_date state expected earliest latest reached_on method',
  ),
  'public.gate_state': table('customer_id engagement_id gate state since'),
  'public.graph_connection': table(
    'customer_id tenant_id cloud directory client_id credential credential_hint credential_ends is_enabled state state_since findings is_concealed reached_back_at version',
    data('made_by made_at', { what: 'Who connected a tenant', purpose: 'whom to ask', ...DID }),
  ),
  'public.graph_request': table('customer_id tenant_id function at'),
  'public.graph_secret': table('customer_id tenant_id sealed'),
  'public.handshake': table(
    'customer_id id service state offered_at remind_on reminded_at escalated_at version',
    data('reason', {
      what: 'Why it was declined',
      purpose: 'what was agreed',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('offered_by offered_to escalated_to answered_by answered_at', {
      what: 'Who offered and answered',
      purpose: 'whom to ask',
      ...DID,
    }),
  ),
  'public.handshake_message': table(
    'customer_id handshake_id seq',
    data('body', {
      what: 'Questions and answers',
      purpose: 'handshake',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('written_by written_at', { what: 'Who wrote', purpose: 'whom to ask', ...DID }),
  ),
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
    'customer_id engagement_id id process step task service state due status reason version due_set regressed_on data_says',
    data('note', {
      what: 'Notes, free text that may name somebody',
      purpose: 'work on the task',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('set_by set_at assignee', { what: 'Who set a status, and for whom it is', purpose: 'whom to ask', ...DID }),
  ),
  'public.kickoff': table(
    'customer_id version',
    data('stakeholders scenarios awareness_plan training_plan', {
      what: 'Who counts at the customer, and what was planned',
      purpose: 'kick-off',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('changed_by changed_at', { what: 'Who recorded the kick-off', purpose: 'whom to ask', ...DID }),
  ),
  'public.kickoff_service': table(
    'customer_id service planned_on intent version',
    data('business_reason success_owner', {
      what: 'Who owns success of a service at the customer',
      purpose: 'kick-off',
      whose: ['named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
  ),
  'public.mail': table(
    'id key kind message_id state tries error created_at sent_at customer_id',
    data('person_id contact_id sent_by address subject text html attachments bounce', {
      what: 'Mails to a person',
      purpose: 'invitation, new password',
      whose: ['member'],
      kept: 'mail',
      inExport: true,
      erasure: 'deleted',
    }),
  ),
  'public.meeting': table(
    'customer_id id cadence_id occurrence kind starts_at ends_at time_zone services items state about attaches_deck agenda_changed_at uid sequence invited_by outlook_state outlook_problem outlook_after external_id external_told external_read_at reminded_at version',
    data('title location agenda notes outcome', {
      what: 'What was talked about',
      purpose: 'meetings',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('organizer_id made_by external_owner', { what: 'Who holds a meeting', purpose: 'whom to ask', ...DID }),
  ),
  'public.metric': table(
    'customer_id id objective_id name kind service unit baseline baseline_on target direction target_date removed_at version',
  ),
  'public.metric_reading': table(
    'customer_id metric_id day value source',
    data('note', {
      what: 'Free text that may name somebody',
      purpose: 'what a reading rests on',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('recorded_by recorded_at', { what: 'Who recorded a reading', purpose: 'whom to ask', ...DID }),
  ),
  'public.milestone': table('customer_id service id percent target_date version'),
  'public.milestone_change': table(
    'customer_id service milestone seq percent target_date reason',
    data('changed_by changed_at', { what: 'Who set a target', purpose: 'whom to ask', ...DID }),
  ),
  'public.milestone_reached': table('customer_id service milestone percent reached_on is_first_figure'),
  'public.note': table(
    'customer_id id subject changed_at removed_at version',
    data('body search_key mentions', {
      what: 'What was talked about',
      purpose: 'work for the customer',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('written_by written_at', { what: 'Who wrote a note', purpose: 'whom to ask', ...DID }),
  ),
  'public.note_version': table(
    'customer_id note_id seq',
    data('body', {
      what: 'What was talked about, as it stood',
      purpose: 'work for the customer',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('written_by written_at', { what: 'Who wrote it', purpose: 'whom to ask', ...DID }),
  ),
  'public.notification': table(
    'id key kind customer_id path',
    data('person_id summary made_at seen_at told_at', {
      what: 'What a person was told',
      purpose: 'telling people',
      whose: ['member'],
      kept: 'notifications',
      inExport: true,
      erasure: 'deleted',
    }),
  ),
  'public.objective': table(
    'customer_id id service target_date position removed_at version',
    data('title description', {
      what: 'Free text that may name somebody',
      purpose: 'success plan',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('owner_id', { what: 'Who owns an objective', purpose: 'whom to ask', ...DID }),
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
    'customer_id engagement_id date playbook_hash due_count unknown_count warning_count proposal_count next_due priority priority_reason review overall seats services percents is_stale is_empty phase late_count oldest_figure priority_parts signals search_key segment team_id is_listed',
    data('csm content', {
      what: 'Names of contacts, from the facts',
      purpose: 'portfolio and plan',
      whose: ['named'],
      kept: 'customer',
      inExport: false,
      erasure: 'deleted',
    }),
  ),
  'public.plan_change': table('customer_id id at kind subject service before after'),
  'public.playbook_current': table('is_current hash since'),
  'public.playbook_release': table('hash playbook_id version content made_at'),
  'public.preference': table(
    '',
    data('person_id name value', {
      what: 'What a person chose',
      purpose: 'showing and telling it so',
      whose: ['member'],
      kept: 'account',
      inExport: true,
      erasure: 'deleted',
    }),
  ),
  'public.priority_override': table(
    'customer_id priority until',
    data('reason', {
      what: 'Free text that may name somebody',
      purpose: 'order of work',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('set_by set_at', { what: 'Who set a priority', purpose: 'whom to ask', ...DID }),
  ),
  'public.reason_list': table(
    'version reasons',
    data('made_by made_at', { what: 'Who changed the list of reasons', purpose: 'whom to ask', ...DID }),
  ),
  'public.review_entry': table(
    'customer_id id engagement_id list kind service state due closed_on removed_at version',
    data('what approach reason resources', {
      what: 'Free text that may name somebody',
      purpose: 'what a success review agreed',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
    data('contact_id', {
      what: 'Which contact sees to it',
      purpose: 'whom to ask',
      whose: ['named'],
      kept: 'customer',
      inExport: true,
      erasure: 'pseudonym',
    }),
    data('owner_id made_at', { what: 'Who sees to what a success review agreed', purpose: 'whom to ask', ...DID }),
  ),
  'public.review_letter': table(
    'customer_id id engagement_id refused',
    data('contact_id written_at', {
      what: 'Which contact was sent the summary of a success review',
      purpose: 'who knows what was agreed',
      whose: ['named'],
      kept: 'customer',
      inExport: true,
      erasure: 'pseudonym',
    }),
    data('asked_by asked_at', { what: 'Who sent it', purpose: 'whom to ask', ...DID }),
  ),
  'public.review_record': table(
    'customer_id engagement_id intent talk_version expectations_version',
    data('achievements scenarios experience reduced_support reduced_support_why', {
      what: 'What a success review was about, which may name somebody',
      purpose: 'success review',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
  ),
  'public.review_deck': table(
    'customer_id engagement_id locale slides playbook_hash version',
    data('narratives snapshot', {
      what: 'Texts of a review deck and the data it was made from, which may name somebody',
      purpose: 'making the same deck again',
      whose: ['named'],
      kept: 'customer',
      inExport: false,
      erasure: 'kept',
    }),
    data('changed_by changed_at taken_by taken_at', { what: 'Who built a review deck', purpose: 'whom to ask', ...DID, inExport: false }),
  ),
  'public.review': table(
    'customer_id engagement_id opened_on gate_state because override_reason',
    data('opened_at opened_by', { what: 'Who opened a success review', purpose: 'whom to ask', ...DID }),
  ),
  'public.saved_view': table(
    'id screen is_shared version',
    data('person_id name search', {
      what: 'Views that a person saved',
      purpose: 'finding them again',
      whose: ['member'],
      kept: 'account',
      inExport: true,
      erasure: 'deleted',
    }),
  ),
  'public.schema_version': table('version name applied_at'),
  'public.seat_intent': table(
    'customer_id service position intent seats reason reason_version',
    data('note', {
      what: 'Free text that may name somebody',
      purpose: 'what seats are for',
      whose: ['member', 'named'],
      kept: 'customer',
      inExport: true,
      erasure: 'kept',
    }),
  ),
  'public.seat_split': table(
    'customer_id service seats as_of version',
    data('changed_by changed_at', { what: 'Who split the seats', purpose: 'whom to ask', ...DID }),
  ),
  'public.subscription': table('customer_id tenant_id sku_id part_number enabled warning suspended consumed services left_out as_of'),
  'public.survey_answer': table(
    'customer_id invitation_id is_low',
    data('overall responsiveness expertise usefulness recommend comment answered_at', {
      what: 'What a contact answered; the scores stay when whose they were is forgotten',
      purpose: 'doing it better, calling back',
      whose: ['named'],
      kept: 'survey-answers',
      inExport: false,
      erasure: 'deleted',
    }),
  ),
  'public.survey_invitation': table(
    'customer_id id engagement_id language services state asked_at remind_at expires_at mailed_at reminded_at reminder_mailed_at ended_at withdrawn_because',
    data('contact_id person_key token_hash', {
      what: 'Which contact was asked; a keyed hash of the address, so that nobody is asked too often',
      purpose: 'survey',
      whose: ['named'],
      kept: 'survey-answers',
      inExport: false,
      erasure: 'deleted',
    }),
    data('asked_by owner_id', { what: 'Who had a contact asked, and whose customer it was', purpose: 'whom to ask', ...DID }),
  ),
  'public.survey_opt_out': table(
    'opted_out_at',
    data('person_key', {
      what: 'Keyed hash of the address of who asked never to be asked again',
      purpose: 'not asking them again',
      whose: ['named'],
      kept: 'for-good',
      inExport: false,
      erasure: 'kept',
    }),
  ),
  'public.survey_settings': table(
    'is_only is_automatic remind_after expire_after cool_down low_overall low_recommend languages words version',
  ),
  'public.sync_run': table(
    'customer_id id tenant_id trigger reaches_back state resumes_at ended_at',
    data('requested_by requested_at', { what: 'Who had reports fetched', purpose: 'whom to ask', ...DID }),
  ),
  'public.sync_step': table(
    'customer_id run_id position report period day state tries not_before refresh_date row_count problem import_id ended_at',
  ),
  'public.team': table('id name time_zone work_days work_from work_until'),
  'public.team_holiday': table('team_id day name'),
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
  'public.template': table(
    'kind id title language body version',
    data('changed_by changed_at', { what: 'Who changed a template', purpose: 'whom to ask', ...DID }),
  ),
  'public.template_version': table(
    'kind id seq title language body',
    data('made_by made_at', { what: 'Who changed a template then', purpose: 'whom to ask', ...DID }),
  ),
  'public.tenant': table('customer_id id name allows_people mail_domains'),
  'public.usage_activation': table('customer_id tenant_id product assigned activated shared_computer as_of import_id'),
  'public.usage_count': table('customer_id tenant_id service day active is_at_least report known_since import_id'),
  'public.usage_current': table(
    'customer_id tenant_id service active assigned active_unlicensed as_of window_days sources is_concealed import_ids doubt',
  ),
  'public.usage_day': table(
    'customer_id tenant_id service day active assigned entitled active_unlicensed window_days known_since import_id',
  ),
  'public.usage_import': table(
    'customer_id id tenant_id file sha256 report refresh_date period_days rows_read rows_rejected rows_deleted rows_duplicate is_concealed is_kept problems kind origin',
    data('imported_at imported_by withdrawn_at withdrawn_by', {
      what: 'Who imported a report, and who took it back',
      purpose: 'whom to ask',
      ...DID,
    }),
  ),
  'public.usage_report_service': table('customer_id import_id service active assigned active_unlicensed as_of'),
  'public.usage_union': table('customer_id tenant_id service day import_ids active assigned active_unlicensed window_days'),
  'public.usage_version': table(
    'customer_id tenant_id service measure day known_since known_until active assigned active_unlicensed entitled import_id why',
  ),
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
