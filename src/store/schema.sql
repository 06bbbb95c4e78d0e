-- What the migrations make. Written by the test of this file: vitest run src/store/schema.test.ts -u

function public.acting_day
CREATE OR REPLACE FUNCTION public.acting_day()
 RETURNS date
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(nullif(current_setting('impulso.today', true), '')::date, (now() at time zone 'utc')::date) $function$

function public.acting_person
CREATE OR REPLACE FUNCTION public.acting_person()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('impulso.person', true), '') $function$

function public.acting_right
CREATE OR REPLACE FUNCTION public.acting_right()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('impulso.right', true), '') $function$

function public.acting_scope
CREATE OR REPLACE FUNCTION public.acting_scope()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('impulso.scope', true), '') $function$

function public.administers
CREATE OR REPLACE FUNCTION public.administers()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_right() = 'administrator' and acting_scope() = 'all' $function$

function public.asked_customers
CREATE OR REPLACE FUNCTION public.asked_customers()
 RETURNS TABLE(id text, name text, segment text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select distinct c.id, c.name, c.segment from expert_request r join customer c on c.id = r.customer_id
    where c.archived_at is null and reaches_expert(r.expert_id, r.state, r.skill, r.service, r.language) $function$

function public.check_agreed
CREATE OR REPLACE FUNCTION public.check_agreed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if is_policed(tg_relid) and not leads() then
    if tg_table_name = 'engagement' then
      raise exception 'what was agreed in engagement % is corrected by a lead', old.id using errcode = 'insufficient_privilege';
    elsif exists (select from engagement e where e.customer_id = old.customer_id and e.id = old.engagement_id and e.state = 'complete') then
      raise exception 'what was agreed in engagement % is corrected by a lead', old.engagement_id
        using errcode = 'insufficient_privilege';
    end if;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $function$

function public.check_customer_writer
CREATE OR REPLACE FUNCTION public.check_customer_writer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if not is_policed(tg_relid) then
    return new;
  end if;
  if not (may_tell() and writes_service(old.id, null))
    or (old.team_id, old.archived_at, old.merged_into) is distinct from (new.team_id, new.archived_at, new.merged_into) and not manages()
    or (old.id, old.is_demo, old.created_at) is distinct from (new.id, new.is_demo, new.created_at) then
    raise exception '% may not change this of customer %', acting_person(), old.id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $function$

function public.check_engagement_complete
CREATE OR REPLACE FUNCTION public.check_engagement_complete()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  customer text := coalesce(new.customer_id, old.customer_id);
  engagement text;
begin
  if tg_table_name = 'engagement' then
    engagement := new.id;
  else
    engagement := coalesce(new.engagement_id, old.engagement_id);
  end if;
  if exists (
    select from engagement e
    where e.customer_id = customer and e.id = engagement and e.state = 'complete' and not (
      exists (select from item i where i.customer_id = e.customer_id and i.engagement_id = e.id and i.task = e.overall_task and i.status = 'complete')
      and exists (select from outcome o where o.customer_id = e.customer_id and o.engagement_id = e.id)
    )
  ) then
    raise exception 'an engagement is complete only with its review task complete and an outcome'
      using errcode = 'check_violation', constraint = 'engagement_complete';
  end if;
  return null;
end $function$

function public.check_engagement_writer
CREATE OR REPLACE FUNCTION public.check_engagement_writer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if is_policed(tg_relid) and not writes_service(old.customer_id, null) then
    raise exception '% may not change things of the whole customer %', acting_person(), old.customer_id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $function$

function public.check_item_writer
CREATE OR REPLACE FUNCTION public.check_item_writer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  touched item;
begin
  if is_policed(tg_relid) then
    -- An item that changes its service needs both: else it would be taken over first and changed then.
    for touched in select old.* where tg_op <> 'INSERT' union all select new.* where tg_op <> 'DELETE' loop
      if not writes_service(touched.customer_id, touched.service) then
        raise exception '% may not change % of customer %', acting_person(), coalesce(touched.service, 'things of the whole customer'),
          touched.customer_id using errcode = 'insufficient_privilege';
      end if;
    end loop;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $function$

function public.check_outcome_after_task
CREATE OR REPLACE FUNCTION public.check_outcome_after_task()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if exists (select from outcome o where o.customer_id = new.customer_id and o.engagement_id = new.engagement_id and o.outcome = new.outcome)
    and exists (select from engagement e where e.customer_id = new.customer_id and e.id = new.engagement_id and e.overall_task is not null
      and not exists (select from item i where i.customer_id = e.customer_id and i.engagement_id = e.id and i.task = e.overall_task
        and i.status = 'complete')) then
    raise exception 'an outcome is set after the task of the review is complete'
      using errcode = 'check_violation', constraint = 'outcome_after_task';
  end if;
  return null;
end $function$

function public.check_review_gate
CREATE OR REPLACE FUNCTION public.check_review_gate()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if new.gate_state <> 'met' and is_policed(tg_relid) and not leads() then
    raise exception 'the review of customer % is opened against its gate by a lead', new.customer_id using errcode = 'insufficient_privilege';
  end if;
  if new.gate_state <> 'met' and not exists (select from evidence v
      join engagement e on e.customer_id = v.customer_id and e.id = new.engagement_id
      where v.customer_id = new.customer_id and starts_with(v.subject, 'transition:') and v.added_at >= e.opened_at) then
    raise exception 'the review of customer % is opened against its gate with evidence', new.customer_id
      using errcode = 'check_violation', constraint = 'review_override_evidence';
  end if;
  if exists (select from gate_state g where g.customer_id = new.customer_id and g.engagement_id = new.engagement_id
      and g.gate = 'review' and g.state <> new.gate_state) then
    raise exception 'the review gate of customer % is not %', new.customer_id, new.gate_state
      using errcode = 'check_violation', constraint = 'review_gate_as_decided';
  end if;
  return new;
end $function$

function public.check_seat_split
CREATE OR REPLACE FUNCTION public.check_seat_split()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  customer text := coalesce(new.customer_id, old.customer_id);
  of_service text := coalesce(new.service, old.service);
begin
  if exists (select from seat_split s where s.customer_id = customer and s.service = of_service
    and s.seats <> (select coalesce(sum(i.seats), 0) from seat_intent i where i.customer_id = customer and i.service = of_service)) then
    raise exception 'the seats of % do not sum to those that are split', of_service
      using errcode = 'check_violation', constraint = 'seat_split_sums';
  end if;
  return null;
end $function$

function public.check_survey_answer
CREATE OR REPLACE FUNCTION public.check_survey_answer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'INSERT' then
    if not exists (select from survey_invitation i where i.customer_id = new.customer_id and i.id = new.invitation_id
      and i.state in ('asked', 'reminded', 'answered') and new.answered_at >= i.asked_at and new.answered_at < i.expires_at) then
      raise exception 'the invitation % takes no answer', new.invitation_id
        using errcode = 'check_violation', constraint = 'survey_takes_answer';
    end if;
  elsif (old.invitation_id, old.overall, old.responsiveness, old.expertise, old.usefulness, old.recommend, old.answered_at, old.is_low)
      is distinct from (new.invitation_id, new.overall, new.responsiveness, new.expertise, new.usefulness, new.recommend, new.answered_at, new.is_low)
    or new.comment is not null and new.comment is distinct from old.comment then
    raise exception 'an answer to a survey is not changed' using errcode = 'check_violation', constraint = 'survey_answer_stays';
  end if;
  return new;
end $function$

function public.check_survey_answered
CREATE OR REPLACE FUNCTION public.check_survey_answered()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  invitation uuid := case when tg_table_name = 'survey_answer' then (to_jsonb(new) ->> 'invitation_id')::uuid else (to_jsonb(new) ->> 'id')::uuid end;
begin
  if exists (select from survey_invitation i left join survey_answer a on a.customer_id = i.customer_id and a.invitation_id = i.id
    where i.customer_id = new.customer_id and i.id = invitation and (i.state = 'answered') <> (a.invitation_id is not null)) then
    raise exception 'invitation % and its answer do not say the same', invitation
      using errcode = 'check_violation', constraint = 'survey_answered';
  end if;
  return null;
end $function$

function public.check_survey_invitation
CREATE OR REPLACE FUNCTION public.check_survey_invitation()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  asked contact;
begin
  if new.state not in ('asked', 'reminded') then
    return new;
  end if;
  select * into asked from contact c where c.customer_id = new.customer_id and c.id = new.contact_id;
  if asked.do_not_contact is not null or not coalesce(asked.survey_eligible, false) or asked.archived_at is not null
    or asked.bounced_at is not null or exists (select from survey_opt_out o where o.person_key = new.person_key) then
    raise exception 'contact % may not be asked', new.contact_id using errcode = 'check_violation', constraint = 'survey_may_be_asked';
  end if;
  -- The silent are reminded also when somebody else has answered.
  if tg_op = 'INSERT' and exists (select from survey_invitation i where i.customer_id = new.customer_id and i.engagement_id = new.engagement_id and i.state = 'answered') then
    raise exception 'the survey of engagement % is completed', new.engagement_id
      using errcode = 'check_violation', constraint = 'survey_not_completed';
  end if;
  return new;
end $function$

function public.check_survey_step
CREATE OR REPLACE FUNCTION public.check_survey_step()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if old.state <> new.state and (old.state in ('answered', 'expired', 'withdrawn') or new.state = 'asked')
    or old.reminded_at is not null and new.reminded_at is distinct from old.reminded_at
    or old.reminded_at is null and new.reminded_at is not null and new.state <> 'reminded'
    or old.ended_at is not null and new.ended_at is distinct from old.ended_at
    or (old.id, old.asked_at, old.asked_by, old.remind_at, old.expires_at, old.services, old.language)
      is distinct from (new.id, new.asked_at, new.asked_by, new.remind_at, new.expires_at, new.services, new.language)
    or new.contact_id is not null and (old.contact_id, old.person_key, old.token_hash) is distinct from (new.contact_id, new.person_key, new.token_hash) then
    raise exception 'a survey invitation that is % does not become %', old.state, new.state
      using errcode = 'check_violation', constraint = 'survey_step';
  end if;
  return new;
end $function$

function public.expert_loads
CREATE OR REPLACE FUNCTION public.expert_loads()
 RETURNS TABLE(person_id text, open integer, next_wanted date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select r.expert_id, count(*)::integer, min(r.wanted_on) filter (where r.state = 'accepted')
    from expert_request r join customer c on c.id = r.customer_id
    where is_someone() and c.archived_at is null and r.expert_id is not null and r.state in ('open', 'needs-detail', 'accepted')
    group by r.expert_id $function$

function public.forget_contact
CREATE OR REPLACE FUNCTION public.forget_contact(of_customer text, of_contact uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  forgotten contact;
  named text;
begin
  if not (may_tell() and (writes_all() or of_customer in (select whole_customers())))
    or not exists (select from contact c where c.customer_id = of_customer and c.id = of_contact) then
    raise exception '% may not erase contacts of customer %', acting_person(), of_customer using errcode = 'insufficient_privilege';
  end if;
  delete from person_key where person_id = 'contact-' || of_contact;
  -- Also those sent while the contact belonged to a customer that was merged into this one.
  delete from mail where contact_id = of_contact;
  select * into forgotten from contact c where c.customer_id = of_customer and c.id = of_contact;
  -- Invitations tell who else is asked. What waits still goes out.
  delete from mail m where m.state in ('sent', 'captured', 'failed') and (
    strpos(concat_ws(' ', m.text, m.attachments::text), forgotten.email) > 0
    or m.customer_id = of_customer and strpos(concat_ws(' ', m.subject, m.text, m.attachments::text), forgotten.name) > 0);
  -- As JSON writes it, and as a whole word.
  named := '(^|[^[:alnum:]])' || regexp_replace(trim(both '"' from to_jsonb(forgotten.name)::text), '([\\^$.*+?()[\]{}|])', '\\\1', 'g')
    || '(?![[:alnum:]])';
  update notification n set summary = regexp_replace(n.summary::text, named, '\1Erased contact', 'g')::jsonb
    where n.summary::text ~ named
      and (n.customer_id = of_customer or n.customer_id in (select c.id from customer c where c.merged_into = of_customer));
  -- Of an answer the scores stay, whose they were goes.
  update survey_answer a set comment = null from survey_invitation i
    where i.customer_id = of_customer and i.contact_id = of_contact and a.customer_id = i.customer_id and a.invitation_id = i.id and a.comment is not null;
  update survey_invitation i set contact_id = null, person_key = null, token_hash = null,
      state = case when i.ended_at is null then 'withdrawn' else i.state end,
      withdrawn_because = case when i.ended_at is null then 'erased' else i.withdrawn_because end,
      ended_at = coalesce(i.ended_at, statement_timestamp())
    where i.customer_id = of_customer and i.contact_id = of_contact;
end $function$

function public.is_being_added
CREATE OR REPLACE FUNCTION public.is_being_added(of_customer text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select exists (select from customer c where c.id = of_customer)
    and not exists (select from event e where e.customer_id = of_customer)
    and not exists (select from assignment a where a.customer_id = of_customer) $function$

function public.is_policed
CREATE OR REPLACE FUNCTION public.is_policed(target oid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select row_security_active(target) and (select pg_get_userbyid(relowner) from pg_class where oid = target) <> current_user $function$

function public.is_someone
CREATE OR REPLACE FUNCTION public.is_someone()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_person() <> '' and acting_scope() in ('all', 'team', 'customers', 'services') $function$

function public.last_installation_event
CREATE OR REPLACE FUNCTION public.last_installation_event()
 RETURNS TABLE(seq integer, hash text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ begin
    perform pg_advisory_xact_lock(4104);
    return query select e.seq, e.hash from installation_event e order by e.seq desc limit 1;
  end $function$

function public.leads
CREATE OR REPLACE FUNCTION public.leads()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_right() in ('administrator', 'lead') $function$

function public.list_plan
CREATE OR REPLACE FUNCTION public.list_plan()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  select l.* into new.search_key, new.segment, new.team_id, new.is_listed from listing_of(new.customer_id, new.engagement_id) l;
  -- Of a customer that is not there, which the key to its engagement refuses afterwards.
  new.is_listed := coalesce(new.is_listed, false);
  return new;
end $function$

function public.list_plans_anew
CREATE OR REPLACE FUNCTION public.list_plans_anew()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  update plan p set (search_key, segment, team_id, is_listed) = (select * from listing_of(p.customer_id, p.engagement_id))
    where p.customer_id = coalesce(to_jsonb(new), to_jsonb(old)) ->> tg_argv[0];
  return null;
end $function$

function public.listing_of
CREATE OR REPLACE FUNCTION public.listing_of(of_customer text, of_engagement text)
 RETURNS TABLE(search_key text, segment text, team_id text, is_listed boolean)
 LANGUAGE sql
 STABLE
AS $function$ select c.search_key, c.segment, c.team_id, c.archived_at is null and not exists (select from engagement own join engagement later using (customer_id)
      where own.customer_id = of_customer and own.id = of_engagement and later.cycle > own.cycle)
    from customer c where c.id = of_customer $function$

function public.manages
CREATE OR REPLACE FUNCTION public.manages()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_right() in ('administrator', 'lead') and acting_scope() = 'all' $function$

function public.may_connect
CREATE OR REPLACE FUNCTION public.may_connect()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_right() in ('administrator', 'lead', 'fasttrack-manager') $function$

function public.may_import
CREATE OR REPLACE FUNCTION public.may_import()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_right() in ('administrator', 'lead', 'fasttrack-manager', 'engineer') $function$

function public.may_tell
CREATE OR REPLACE FUNCTION public.may_tell()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_right() in ('administrator', 'lead', 'fasttrack-manager', 'customer-success-manager') $function$

function public.may_write
CREATE OR REPLACE FUNCTION public.may_write()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_right() in ('administrator', 'lead', 'fasttrack-manager', 'engineer', 'customer-success-manager', 'subject-matter-expert') $function$

function public.merged_target
CREATE OR REPLACE FUNCTION public.merged_target(of_customer text)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ with recursive gone as (
      select c.merged_into as id, 1 as depth from customer c where c.id = of_customer and is_someone()
      union all select c.merged_into, depth + 1 from gone join customer c on c.id = gone.id where c.merged_into is not null and depth < 100)
    select id from gone order by depth desc limit 1 $function$

function public.notes_with
CREATE OR REPLACE FUNCTION public.notes_with(words tsquery)
 RETURNS TABLE(customer_id text, id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select n.customer_id, n.id from note n
    where is_someone() and to_tsvector('simple', n.search_key) @@ words and n.removed_at is null $function$

function public.own_assignments
CREATE OR REPLACE FUNCTION public.own_assignments()
 RETURNS TABLE(customer_id text, service text)
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER ROWS 300
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select a.customer_id, a.service from assignment a
    where is_someone() and a.person_id = acting_person() and a.since <= acting_day() and (a.until is null or a.until >= acting_day()) $function$

function public.own_customers
CREATE OR REPLACE FUNCTION public.own_customers()
 RETURNS SETOF text
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER ROWS 300
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ begin return query select a.customer_id from assignment a
      where is_someone() and a.person_id = acting_person() and a.since <= acting_day() and (a.until is null or a.until >= acting_day())
    union all select c.id from team_member m join customer c on c.team_id = m.team_id
      where m.person_id = acting_person() and acting_scope() = 'team'; end $function$

function public.protect_customer_table
CREATE OR REPLACE PROCEDURE public.protect_customer_table(IN target regclass, IN key text)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('create policy seen on %s for select using ((select nullif(sees_all(), false)) is not null or %I in (select own_customers()))', target, key);
  execute format('create policy added on %s for insert with check ((select writes_all()) or %I in (select writable_customers()))', target, key);
  execute format('create policy changed on %s for update using ((select writes_all()) or %I in (select writable_customers()))', target, key);
  execute format('create policy removed on %s for delete using ((select writes_all()) or %I in (select writable_customers()))', target, key);
end $procedure$

function public.protect_whole_customer_table
CREATE OR REPLACE PROCEDURE public.protect_whole_customer_table(IN target regclass, IN may text)
 LANGUAGE plpgsql
AS $procedure$
declare
  writable text := format('(select %I()) and ((select writes_all()) or customer_id in (select whole_customers()))', may);
begin
  execute format('create policy seen on %s for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()))', target);
  execute format('create policy added on %s for insert with check (%s)', target, writable);
  execute format('create policy changed on %s for update using (%s)', target, writable);
  execute format('create policy removed on %s for delete using (%s)', target, writable);
end $procedure$

function public.reaches_expert
CREATE OR REPLACE FUNCTION public.reaches_expert(expert text, state text, skill text, service text, language text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select is_someone() and may_write() and (expert = acting_person()
    or expert is null and state in ('open', 'needs-detail') and acting_right() = 'subject-matter-expert'
      and not exists (select from expert_profile p where p.person_id = acting_person() and (
        cardinality(p.skills) > 0 and skill <> all (p.skills)
        or cardinality(p.services) > 0 and service <> all (p.services)
        or cardinality(p.languages) > 0 and language <> all (p.languages)))) $function$

function public.refuse_change
CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'DELETE' and tg_table_name = 'event' then
    if exists (select from customer c where c.id = old.customer_id and c.is_demo) then
      return old;
    end if;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $function$

function public.sees_all
CREATE OR REPLACE FUNCTION public.sees_all()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select is_someone() and (acting_scope() = 'all' or (select unassigned from installation) = 'read-only') $function$

function public.team_customers
CREATE OR REPLACE FUNCTION public.team_customers()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER ROWS 300
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select c.id from team_member m join customer c on c.team_id = m.team_id
    where m.person_id = acting_person() and acting_scope() = 'team' $function$

function public.whole_customers
CREATE OR REPLACE FUNCTION public.whole_customers()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER ROWS 300
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select customer_id from own_assignments() where service is null and acting_scope() <> 'services' and may_write()
    union select team_customers() where may_write() $function$

function public.writable_customers
CREATE OR REPLACE FUNCTION public.writable_customers()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER ROWS 300
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select own_customers() where may_write() $function$

function public.writes_all
CREATE OR REPLACE FUNCTION public.writes_all()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_scope() = 'all' and may_write() $function$

function public.writes_service
CREATE OR REPLACE FUNCTION public.writes_service(of_customer text, of_service text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select writes_all() or may_write() and (
      exists (select from own_assignments() a where a.customer_id = of_customer
        and (a.service is null and (of_service is not null or acting_scope() <> 'services') or a.service = of_service))
      or of_customer in (select team_customers())) $function$

table auth.account
  id text not null
  user_id text not null
  account_id text not null
  provider_id text not null
  access_token text
  refresh_token text
  id_token text
  access_token_expires_at timestamp with time zone
  refresh_token_expires_at timestamp with time zone
  scope text
  password text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null
  FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (provider_id, account_id)
  CREATE INDEX account_of_user ON auth.account USING btree (user_id)

table auth.api_key
  id text not null
  config_id text not null default 'default'::text
  name text
  start text
  prefix text
  key text not null
  reference_id text not null
  refill_interval bigint
  refill_amount integer
  last_refill_at timestamp with time zone
  enabled boolean not null default true
  rate_limit_enabled boolean not null default true
  rate_limit_time_window bigint
  rate_limit_max integer
  request_count integer not null default 0
  remaining integer
  last_request timestamp with time zone
  expires_at timestamp with time zone
  permissions text
  metadata text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  FOREIGN KEY (reference_id) REFERENCES auth."user"(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (key)
  CREATE INDEX api_key_of_person ON auth.api_key USING btree (reference_id)

table auth.passkey
  id text not null
  user_id text not null
  name text
  public_key text not null
  credential_id text not null
  counter bigint not null
  device_type text not null
  backed_up boolean not null
  transports text
  aaguid text
  created_at timestamp with time zone not null default now()
  FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (credential_id)
  CREATE INDEX passkey_of_user ON auth.passkey USING btree (user_id)

table auth.rate_limit
  id text not null
  key text not null
  count integer not null
  last_request bigint not null
  PRIMARY KEY (id)
  UNIQUE (key)

table auth.session
  id text not null
  user_id text not null
  token text not null
  expires_at timestamp with time zone not null
  ip_address text
  user_agent text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null
  FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (token)
  CREATE INDEX session_of_user ON auth.session USING btree (user_id)

table auth.sign_in_failure
  key text not null
  points integer not null default 0
  expire bigint
  PRIMARY KEY (key)

table auth.two_factor
  id text not null
  user_id text not null
  secret text not null
  backup_codes text not null
  verified boolean not null default true
  failed_verification_count integer not null default 0
  locked_until timestamp with time zone
  FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  CREATE INDEX two_factor_of_user ON auth.two_factor USING btree (user_id)

table auth.user
  id text not null
  name text not null
  email text not null
  email_verified boolean not null default false
  image text
  access_right text not null
  locale text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  access_scope text not null default 'all'::text
  two_factor_enabled boolean not null default false
  is_demo boolean not null default false
  invited_at timestamp with time zone
  disabled_at timestamp with time zone
  last_sign_in_at timestamp with time zone
  CHECK ((access_right = ANY (ARRAY['administrator'::text, 'lead'::text, 'fasttrack-manager'::text, 'engineer'::text, 'customer-success-manager'::text, 'subject-matter-expert'::text, 'author'::text, 'reader'::text])))
  CHECK ((access_scope = ANY (ARRAY['all'::text, 'team'::text, 'customers'::text, 'services'::text])))
  CHECK ((btrim(name) <> ''::text))
  CHECK ((email = lower(email)))
  PRIMARY KEY (id)
  UNIQUE (email)

table auth.verification
  id text not null
  identifier text not null
  value text not null
  expires_at timestamp with time zone not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  PRIMARY KEY (id)
  CREATE INDEX verification_identifier ON auth.verification USING btree (identifier)

table public.adoption_owner
  customer_id text not null
  service text not null
  since date not null
  until date
  person_id text not null
  handshake_id uuid
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  CHECK ((until >= since))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (customer_id, handshake_id) REFERENCES handshake(customer_id, id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (customer_id, service, since)
  CREATE UNIQUE INDEX adoption_owner_one ON public.adoption_owner USING btree (customer_id, service) WHERE (until IS NULL)
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.assignment
  customer_id text not null
  id text not null
  person_id text not null
  role text not null
  service text
  is_primary boolean not null default false
  since date not null
  until date
  covers text
  CHECK (((covers IS NULL) OR ((until IS NOT NULL) AND (NOT is_primary) AND (covers <> person_id))))
  CHECK ((role ~ '^[a-z][a-z0-9-]*$'::text))
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  CHECK ((until >= since))
  FOREIGN KEY (covers) REFERENCES person(id)
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  CREATE INDEX assignment_owner ON public.assignment USING btree (customer_id) INCLUDE (person_id) WHERE ((role = 'fasttrack-manager'::text) AND is_primary)
  CREATE INDEX assignment_person ON public.assignment USING btree (person_id, customer_id)
  CREATE UNIQUE INDEX assignment_once ON public.assignment USING btree (customer_id, person_id, role, COALESCE(service, ''::text), COALESCE(covers, ''::text), since)
  CREATE UNIQUE INDEX assignment_one_primary ON public.assignment USING btree (customer_id, role) WHERE is_primary
  policy first_owner for insert with check ((( SELECT acting_right() AS acting_right) = 'fasttrack-manager'::text) AND (( SELECT acting_scope() AS acting_scope) = 'all'::text) AND (role = 'fasttrack-manager'::text) AND is_primary AND (service IS NULL) AND (covers IS NULL) AND is_being_added(customer_id))
  policy managed for all using ( SELECT manages() AS manages) with check ( SELECT manages() AS manages)
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.attendee
  customer_id text not null
  id uuid not null
  cadence_id uuid
  meeting_id uuid
  contact_id uuid
  person_id text
  is_optional boolean not null default false
  answer text not null default 'needs-action'::text
  answered_at timestamp with time zone
  comment text
  occurrences jsonb not null default '{}'::jsonb
  token_hash text not null
  invited_sequence integer
  CHECK (((answer = 'needs-action'::text) = (answered_at IS NULL)))
  CHECK (((cadence_id IS NULL) <> (meeting_id IS NULL)))
  CHECK (((contact_id IS NULL) <> (person_id IS NULL)))
  CHECK (((occurrences = '{}'::jsonb) OR (cadence_id IS NOT NULL)))
  CHECK ((answer = ANY (ARRAY['needs-action'::text, 'accepted'::text, 'declined'::text, 'tentative'::text])))
  CHECK ((jsonb_typeof(occurrences) = 'object'::text))
  FOREIGN KEY (customer_id, cadence_id) REFERENCES cadence(customer_id, id)
  FOREIGN KEY (customer_id, contact_id) REFERENCES contact(customer_id, id)
  FOREIGN KEY (customer_id, meeting_id) REFERENCES meeting(customer_id, id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  UNIQUE (token_hash)
  CREATE INDEX attendee_meeting ON public.attendee USING btree (customer_id, meeting_id)
  CREATE UNIQUE INDEX attendee_once ON public.attendee USING btree (customer_id, COALESCE(meeting_id, cadence_id), COALESCE((contact_id)::text, person_id))
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.blocker
  customer_id text not null
  id uuid not null
  title text not null
  services text[] not null default '{}'::text[]
  items text[] not null default '{}'::text[]
  reason text not null
  reason_version integer not null
  seats bigint
  owner_id text
  next_action text
  next_action_on date
  opened_by text not null
  opened_at timestamp with time zone not null
  usage_opened jsonb not null default '[]'::jsonb
  reminded_on date
  escalated_at timestamp with time zone
  escalated_to text
  resolved_by text
  resolved_at timestamp with time zone
  resolution text
  usage_resolved jsonb
  version integer not null
  CHECK ((((resolved_at IS NULL) = (resolved_by IS NULL)) AND ((resolved_at IS NULL) = (resolution IS NULL))))
  CHECK (((next_action_on IS NULL) OR (next_action IS NOT NULL)))
  CHECK ((btrim(title) <> ''::text))
  CHECK ((reason_version >= 0))
  CHECK ((resolved_at >= opened_at))
  CHECK ((seats >= 0))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (escalated_to) REFERENCES person(id)
  FOREIGN KEY (opened_by) REFERENCES person(id)
  FOREIGN KEY (owner_id) REFERENCES person(id)
  FOREIGN KEY (resolved_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  CREATE INDEX blocker_open ON public.blocker USING btree (next_action_on) WHERE (resolved_at IS NULL)
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.bulk_change
  id uuid not null
  kind text not null
  made_by text not null
  made_at timestamp with time zone not null
  content jsonb not null
  undone_by text
  undone_at timestamp with time zone
  CHECK (((undone_by IS NULL) = (undone_at IS NULL)))
  FOREIGN KEY (made_by) REFERENCES person(id)
  FOREIGN KEY (undone_by) REFERENCES person(id)
  PRIMARY KEY (id)
  policy managed for all using ( SELECT manages() AS manages) with check ( SELECT manages() AS manages)

table public.cadence
  customer_id text not null
  id uuid not null
  kind text not null
  title text not null
  rule text not null
  starts_local text not null
  time_zone text not null
  minutes integer not null
  organizer_id text not null
  location text
  services text[] not null default '{}'::text[]
  uid text not null
  sequence integer not null default 0
  made_for text
  invited_by text
  outlook_state text
  outlook_problem text
  outlook_after timestamp with time zone
  external_id text
  external_owner text
  external_told text
  external_read_at timestamp with time zone
  ended_at timestamp with time zone
  version integer not null
  CHECK (((minutes >= 5) AND (minutes <= 1440)))
  CHECK ((btrim(title) <> ''::text))
  CHECK ((invited_by = ANY (ARRAY['mail'::text, 'outlook'::text])))
  CHECK ((kind = ANY (ARRAY['internal'::text, 'customer'::text, 'vendor'::text])))
  CHECK ((outlook_state = ANY (ARRAY['waiting'::text, 'sent'::text, 'gone'::text])))
  CHECK ((sequence >= 0))
  CHECK ((starts_local ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$'::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (external_owner) REFERENCES person(id)
  FOREIGN KEY (organizer_id) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  UNIQUE (uid)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.calendar_connection
  id boolean not null default true
  cloud text not null
  directory text not null
  client_id text not null
  credential text not null
  credential_hint text not null
  credential_ends date
  sealed text not null
  is_enabled boolean not null default false
  state text not null default 'untested'::text
  state_since timestamp with time zone not null
  findings jsonb not null default '[]'::jsonb
  made_by text not null
  made_at timestamp with time zone not null
  version integer not null
  CHECK ((client_id <> ''::text))
  CHECK ((cloud = ANY (ARRAY['global'::text, 'gcc-high'::text, 'dod'::text, 'china'::text, 'simulator'::text])))
  CHECK ((credential = ANY (ARRAY['secret'::text, 'certificate'::text])))
  CHECK ((directory ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,253}$'::text))
  CHECK (id)
  FOREIGN KEY (made_by) REFERENCES person(id)
  PRIMARY KEY (id)
  policy administered for all using ( SELECT administers() AS administers) with check ( SELECT administers() AS administers)

table public.calendar_feed
  person_id text not null
  token_hash text not null
  made_at timestamp with time zone not null
  read_at timestamp with time zone
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (person_id)
  UNIQUE (token_hash)
  policy own for all using (( SELECT is_someone() AS is_someone) AND ((person_id = ( SELECT acting_person() AS acting_person)) OR ( SELECT administers() AS administers)))

table public.contact
  customer_id text not null
  id uuid not null
  name text not null
  email text
  title text
  phone text
  roles text[] not null default '{}'::text[]
  services text[] not null default '{}'::text[]
  language text
  country text
  time_zone text
  do_not_contact text
  survey_eligible boolean not null default false
  bounced_at timestamp with time zone
  bounce text
  archived_at timestamp with time zone
  version integer not null
  CHECK (((NOT survey_eligible) OR ((email IS NOT NULL) AND (country IS NOT NULL) AND (language IS NOT NULL) AND (cardinality(services) > 0))))
  CHECK (((bounced_at IS NULL) = (bounce IS NULL)))
  CHECK ((btrim(do_not_contact) <> ''::text))
  CHECK ((btrim(name) <> ''::text))
  CHECK ((country ~ '^[A-Z]{2}$'::text))
  CHECK ((email ~ '^[^[:space:]<>,;:"]+@[^[:space:]<>,;:"]+$'::text))
  CHECK ((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, id)
  CREATE UNIQUE INDEX contact_email ON public.contact USING btree (customer_id, lower(email)) WHERE (archived_at IS NULL)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.customer
  id text not null
  name text not null
  search_key text not null
  segment text
  initiatives text[] not null default '{}'::text[]
  assigned_on date
  thresholds jsonb not null default '{}'::jsonb
  version integer not null default 0
  is_demo boolean not null default false
  archived_at timestamp with time zone
  created_at timestamp with time zone not null
  team_id text
  language text not null default 'en'::text
  merged_into text
  CHECK (((merged_into IS NULL) OR ((archived_at IS NOT NULL) AND (merged_into <> id))))
  CHECK ((btrim(name) <> ''::text))
  CHECK ((id ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
  CHECK ((initiatives <@ ARRAY['customer-health'::text, 'rfa'::text, 'targeting'::text]))
  CHECK ((jsonb_typeof(thresholds) = 'object'::text))
  CHECK ((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'::text))
  CHECK ((segment = ANY (ARRAY['enterprise'::text, 'corporate'::text, 'small-business'::text, 'education'::text, 'public-sector'::text, 'nonprofit'::text])))
  CHECK ((version >= 0))
  FOREIGN KEY (merged_into) REFERENCES customer(id)
  FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE SET NULL
  PRIMARY KEY (id)
  CREATE INDEX customer_merged_into ON public.customer USING btree (merged_into) WHERE (merged_into IS NOT NULL)
  CREATE INDEX customer_search ON public.customer USING btree (search_key)
  CREATE INDEX customer_team ON public.customer USING btree (team_id)
  CREATE TRIGGER customer_is_listed AFTER UPDATE ON public.customer FOR EACH ROW WHEN (((((old.search_key IS DISTINCT FROM new.search_key) OR (old.segment IS DISTINCT FROM new.segment)) OR (old.team_id IS DISTINCT FROM new.team_id)) OR (old.archived_at IS DISTINCT FROM new.archived_at))) EXECUTE FUNCTION list_plans_anew('id')
  CREATE TRIGGER customer_writer_update BEFORE UPDATE ON public.customer FOR EACH ROW WHEN ((((((((((((((old.id IS DISTINCT FROM new.id) OR (old.name IS DISTINCT FROM new.name)) OR (old.search_key IS DISTINCT FROM new.search_key)) OR (old.segment IS DISTINCT FROM new.segment)) OR (old.initiatives IS DISTINCT FROM new.initiatives)) OR (old.assigned_on IS DISTINCT FROM new.assigned_on)) OR (old.thresholds IS DISTINCT FROM new.thresholds)) OR (old.is_demo IS DISTINCT FROM new.is_demo)) OR (old.archived_at IS DISTINCT FROM new.archived_at)) OR (old.created_at IS DISTINCT FROM new.created_at)) OR (old.team_id IS DISTINCT FROM new.team_id)) OR (old.language IS DISTINCT FROM new.language)) OR (old.merged_into IS DISTINCT FROM new.merged_into))) EXECUTE FUNCTION check_customer_writer()
  policy added for insert with check ((( SELECT acting_right() AS acting_right) = ANY (ARRAY['administrator'::text, 'lead'::text, 'fasttrack-manager'::text])) AND (( SELECT acting_scope() AS acting_scope) = 'all'::text))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using ( SELECT administers() AS administers)
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (id IN ( SELECT own_customers() AS own_customers)))

table public.customer_service
  customer_id text not null
  service text not null
  intended boolean not null default true
  is_activation_known boolean not null default false
  activated_on date
  denominator text
  custom_seats bigint
  CHECK (((NOT (denominator IS DISTINCT FROM 'custom'::text)) = (custom_seats IS NOT NULL)))
  CHECK ((custom_seats > 0))
  CHECK ((denominator = ANY (ARRAY['entitled'::text, 'assigned'::text, 'custom'::text])))
  CHECK ((is_activation_known OR (activated_on IS NULL)))
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, service)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.decision
  customer_id text not null
  proposal text not null
  seq integer not null
  state text not null
  contact_id uuid
  reason text
  decided_on date not null
  because jsonb not null
  recorded_by text not null
  recorded_at timestamp with time zone not null
  CHECK ((seq > 0))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (customer_id, contact_id) REFERENCES contact(customer_id, id)
  FOREIGN KEY (recorded_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, proposal, seq)
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.deck_brand
  is_only boolean not null default true
  name text
  colour text
  logo bytea
  logo_type text
  version integer not null default 0
  templates jsonb not null default '{}'::jsonb
  templates_version integer not null default 0
  CHECK (((logo IS NULL) = (logo_type IS NULL)))
  CHECK ((btrim(name) <> ''::text))
  CHECK ((colour ~ '^#[0-9a-f]{6}$'::text))
  CHECK ((jsonb_typeof(templates) = 'object'::text))
  CHECK ((logo_type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text])))
  CHECK ((octet_length(logo) <= 524288))
  CHECK (is_only)
  PRIMARY KEY (is_only)
  policy changed for update using ( SELECT administers() AS administers)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.engagement
  customer_id text not null
  id text not null
  cycle integer not null
  playbook_hash text not null
  overall_task text
  state text not null default 'open'::text
  cancel_reason text
  opened_at timestamp with time zone not null
  closed_at timestamp with time zone
  CHECK (((state <> 'cancelled'::text) OR (cancel_reason IS NOT NULL)))
  CHECK (((state = 'open'::text) = (closed_at IS NULL)))
  CHECK ((closed_at >= opened_at))
  CHECK ((cycle > 0))
  CHECK ((state = ANY (ARRAY['open'::text, 'complete'::text, 'cancelled'::text])))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (playbook_hash) REFERENCES playbook_release(hash)
  PRIMARY KEY (customer_id, id)
  UNIQUE (customer_id, cycle)
  CREATE INDEX engagement_later ON public.engagement USING btree (customer_id, cycle) WHERE (cycle > 1)
  CREATE UNIQUE INDEX engagement_one_open ON public.engagement USING btree (customer_id) WHERE (state = 'open'::text)
  CREATE CONSTRAINT TRIGGER engagement_complete AFTER INSERT OR UPDATE OF state ON public.engagement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.state = 'complete'::text)) EXECUTE FUNCTION check_engagement_complete()
  CREATE TRIGGER engagement_agreed BEFORE UPDATE OF state ON public.engagement FOR EACH ROW WHEN (((old.state <> 'open'::text) AND (new.state <> old.state))) EXECUTE FUNCTION check_agreed()
  CREATE TRIGGER engagement_is_newest AFTER INSERT ON public.engagement FOR EACH ROW WHEN ((new.cycle > 1)) EXECUTE FUNCTION list_plans_anew('customer_id')
  CREATE TRIGGER engagement_was_newest AFTER DELETE ON public.engagement FOR EACH ROW WHEN ((old.cycle > 1)) EXECUTE FUNCTION list_plans_anew('customer_id')
  CREATE TRIGGER engagement_writer_update BEFORE UPDATE ON public.engagement FOR EACH ROW WHEN (((((((((old.customer_id IS DISTINCT FROM new.customer_id) OR (old.id IS DISTINCT FROM new.id)) OR (old.cycle IS DISTINCT FROM new.cycle)) OR (old.state IS DISTINCT FROM new.state)) OR (old.cancel_reason IS DISTINCT FROM new.cancel_reason)) OR (old.opened_at IS DISTINCT FROM new.opened_at)) OR (old.closed_at IS DISTINCT FROM new.closed_at)) OR (old.overall_task IS DISTINCT FROM new.overall_task))) EXECUTE FUNCTION check_engagement_writer()
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using ( SELECT administers() AS administers)
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.engagement_fact
  customer_id text not null
  engagement_id text not null
  name text not null
  service text not null
  value jsonb not null
  source text not null
  as_of date
  recorded_at timestamp with time zone not null
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  PRIMARY KEY (customer_id, engagement_id, name, service)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.entitlement
  customer_id text not null
  tenant_id text not null
  service text not null
  seats bigint not null
  source text not null
  as_of date not null
  CHECK ((seats >= 0))
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  PRIMARY KEY (customer_id, tenant_id, service)
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.event
  customer_id text not null
  seq integer not null
  at timestamp with time zone not null
  who text not null
  kind text not null
  body text not null
  previous_hash text
  hash text not null
  CHECK (((seq = 1) = (previous_hash IS NULL)))
  CHECK ((seq > 0))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (who) REFERENCES person(id)
  PRIMARY KEY (customer_id, seq)
  CREATE TRIGGER event_is_append_only BEFORE DELETE OR UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION refuse_change()
  CREATE TRIGGER event_is_not_truncated BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
  policy added for insert with check (( SELECT administers() AS administers) OR ((who = ( SELECT acting_person() AS acting_person)) AND (( SELECT sees_all() AS sees_all) OR (customer_id IN ( SELECT own_customers() AS own_customers)))))
  policy removed for delete using ( SELECT administers() AS administers)
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.evidence
  customer_id text not null
  id uuid not null
  subject text not null
  title text not null
  href text
  media_type text
  content bytea
  sha256 text
  added_by text not null
  added_at timestamp with time zone not null
  CHECK ((((content IS NULL) = (media_type IS NULL)) AND ((content IS NULL) = (sha256 IS NULL))))
  CHECK (((href IS NULL) <> (content IS NULL)))
  CHECK (((octet_length(content) >= 1) AND (octet_length(content) <= 2097152)))
  CHECK ((btrim(title) <> ''::text))
  CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
  FOREIGN KEY (added_by) REFERENCES person(id)
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, id)
  CREATE INDEX evidence_subject ON public.evidence USING btree (customer_id, subject)
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.expert_profile
  person_id text not null
  is_expert boolean not null default false
  skills text[] not null default '{}'::text[]
  services text[] not null default '{}'::text[]
  languages text[] not null default '{}'::text[]
  regions text[] not null default '{}'::text[]
  at_once integer
  changed_by text not null
  changed_at timestamp with time zone not null
  version integer not null
  CHECK (((at_once >= 1) AND (at_once <= 99)))
  FOREIGN KEY (changed_by) REFERENCES person(id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (person_id)
  policy managed for all using ( SELECT manages() AS manages) with check ( SELECT manages() AS manages)
  policy own for all using (( SELECT may_write() AS may_write) AND ( SELECT is_someone() AS is_someone) AND (person_id = ( SELECT acting_person() AS acting_person)))
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.expert_request
  customer_id text not null
  id uuid not null
  service text
  skill text not null
  language text
  region text
  seats bigint
  wanted_on date
  purpose text not null
  state text not null
  requested_by text not null
  requested_at timestamp with time zone not null
  team_id text
  expert_id text
  acknowledge_by date not null
  decide_by date not null
  acknowledged_by text
  acknowledged_at timestamp with time zone
  decided_by text
  decided_at timestamp with time zone
  reason text
  ended_by text
  ended_at timestamp with time zone
  note text
  assignment_id text
  reminded_due date
  reminded_at timestamp with time zone
  escalated_at timestamp with time zone
  escalated_to text
  version integer not null
  CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL)))
  CHECK (((decided_at >= requested_at) AND (ended_at >= requested_at) AND (acknowledged_at >= requested_at)))
  CHECK (((decided_at IS NULL) = (decided_by IS NULL)))
  CHECK (((ended_at IS NULL) = (ended_by IS NULL)))
  CHECK (((expert_id IS NOT NULL) OR (state <> ALL (ARRAY['accepted'::text, 'done'::text]))))
  CHECK (((reminded_at IS NULL) = (reminded_due IS NULL)))
  CHECK (((state <> 'declined'::text) OR (btrim(reason) <> ''::text)))
  CHECK (((state <> 'done'::text) OR (btrim(note) <> ''::text)))
  CHECK (((state = ANY (ARRAY['accepted'::text, 'declined'::text, 'done'::text])) <= (decided_at IS NOT NULL)))
  CHECK (((state = ANY (ARRAY['done'::text, 'withdrawn'::text])) = (ended_at IS NOT NULL)))
  CHECK (((state = ANY (ARRAY['open'::text, 'needs-detail'::text])) <= (decided_at IS NULL)))
  CHECK ((btrim(purpose) <> ''::text))
  CHECK ((language ~ '^[a-z]{2,3}$'::text))
  CHECK ((region ~ '^[a-z][a-z-]*$'::text))
  CHECK ((seats >= 0))
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  CHECK ((skill ~ '^[a-z][a-z0-9-]*$'::text))
  CHECK ((state = ANY (ARRAY['open'::text, 'needs-detail'::text, 'accepted'::text, 'declined'::text, 'done'::text, 'withdrawn'::text])))
  FOREIGN KEY (acknowledged_by) REFERENCES person(id)
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (decided_by) REFERENCES person(id)
  FOREIGN KEY (ended_by) REFERENCES person(id)
  FOREIGN KEY (escalated_to) REFERENCES person(id)
  FOREIGN KEY (expert_id) REFERENCES person(id)
  FOREIGN KEY (requested_by) REFERENCES person(id)
  FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE SET NULL
  PRIMARY KEY (customer_id, id)
  UNIQUE (id)
  CREATE INDEX expert_request_open ON public.expert_request USING btree (expert_id) WHERE (state = ANY (ARRAY['open'::text, 'needs-detail'::text, 'accepted'::text]))
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy reached for select using reaches_expert(expert_id, state, skill, service, language)
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.expert_request_message
  customer_id text not null
  request_id uuid not null
  seq integer not null
  step text not null
  body text
  person_id text
  written_by text not null
  written_at timestamp with time zone not null
  CHECK (((body IS NOT NULL) OR (step <> ALL (ARRAY['asked'::text, 'replied'::text, 'wrote'::text, 'declined'::text, 'done'::text]))))
  CHECK (((person_id IS NULL) OR (step = 'handed-on'::text)))
  CHECK ((btrim(body) <> ''::text))
  CHECK ((seq > 0))
  CHECK ((step = ANY (ARRAY['requested'::text, 'acknowledged'::text, 'asked'::text, 'replied'::text, 'wrote'::text, 'accepted'::text, 'declined'::text, 'handed-on'::text, 'done'::text, 'withdrawn'::text])))
  FOREIGN KEY (customer_id, request_id) REFERENCES expert_request(customer_id, id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  FOREIGN KEY (written_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, request_id, seq)
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy reached for select using (EXISTS ( SELECT
   FROM expert_request r
  WHERE ((r.customer_id = expert_request_message.customer_id) AND (r.id = expert_request_message.request_id) AND reaches_expert(r.expert_id, r.state, r.skill, r.service, r.language))))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.fact
  customer_id text not null
  name text not null
  service text not null default ''::text
  value jsonb not null
  source text not null
  as_of date
  recorded_at timestamp with time zone not null
  recorded_by text
  version integer not null default 0
  CHECK ((value <> 'null'::jsonb))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (recorded_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, name, service)
  CREATE INDEX fact_review_held ON public.fact USING btree (customer_id) WHERE (name = 'review.meetingHeldOn'::text)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, NULLIF(service, ''::text))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, NULLIF(service, ''::text))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, NULLIF(service, ''::text))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.follow_up
  customer_id text not null
  id uuid not null
  engagement_id text not null
  title text not null
  service text
  made_for text
  assignee text
  due date
  status text not null default 'not-started'::text
  reason text
  note text
  made_by text not null
  made_at timestamp with time zone not null
  closed_at timestamp with time zone
  version integer not null
  CHECK (((status <> ALL (ARRAY['not-required'::text, 'paused'::text, 'deferred'::text, 'warning'::text, 'blocked'::text, 'cancelled'::text])) OR (reason IS NOT NULL)))
  CHECK (((status = ANY (ARRAY['complete'::text, 'not-required'::text, 'cancelled'::text])) = (closed_at IS NOT NULL)))
  CHECK ((btrim(title) <> ''::text))
  CHECK ((reason = ANY (ARRAY['customer'::text, 'technical-customer'::text, 'technical-vendor'::text, 'business'::text, 'pending-remediation'::text, 'other'::text])))
  CHECK ((status = ANY (ARRAY['not-started'::text, 'in-progress'::text, 'complete'::text, 'not-required'::text, 'paused'::text, 'deferred'::text, 'warning'::text, 'blocked'::text, 'cancelled'::text])))
  FOREIGN KEY (assignee) REFERENCES person(id)
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  FOREIGN KEY (made_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  CREATE INDEX follow_up_open ON public.follow_up USING btree (assignee, due) WHERE (closed_at IS NULL)
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.forecast
  customer_id text not null
  service text not null
  milestone text not null
  made_on date not null
  goal_percent numeric(4,1) not null
  percent_then numeric(6,1) not null
  target_date date
  state text not null
  expected date
  earliest date
  latest date
  reached_on date
  method text not null
  CHECK (((earliest <= expected) AND (expected <= latest)))
  CHECK (((state = 'expected'::text) = (expected IS NOT NULL)))
  CHECK ((state = ANY (ARRAY['expected'::text, 'not-in-sight'::text])))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, service, milestone, made_on)
  policy managed for all using ( SELECT administers() AS administers)
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.gate_state
  customer_id text not null
  engagement_id text not null
  gate text not null
  state text not null
  since date not null
  CHECK ((state = ANY (ARRAY['met'::text, 'not-met'::text, 'unknown'::text])))
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  PRIMARY KEY (customer_id, engagement_id, gate)
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.graph_connection
  customer_id text not null
  tenant_id text not null
  cloud text not null
  directory text not null
  client_id text not null
  credential text not null
  credential_hint text not null
  credential_ends date
  is_enabled boolean not null default true
  state text not null default 'untested'::text
  state_since timestamp with time zone not null
  findings jsonb not null default '[]'::jsonb
  is_concealed boolean
  reached_back_at timestamp with time zone
  made_by text not null
  made_at timestamp with time zone not null
  version integer not null default 0
  CHECK ((client_id <> ''::text))
  CHECK ((cloud = ANY (ARRAY['global'::text, 'gcc-high'::text, 'dod'::text, 'china'::text, 'simulator'::text])))
  CHECK ((credential = ANY (ARRAY['secret'::text, 'certificate'::text])))
  CHECK ((directory ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,253}$'::text))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  FOREIGN KEY (made_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, tenant_id)
  policy added for insert with check (( SELECT may_connect() AS may_connect) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_connect() AS may_connect) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_connect() AS may_connect) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.graph_request
  customer_id text not null
  tenant_id text not null
  function text not null
  at timestamp with time zone not null
  FOREIGN KEY (customer_id, tenant_id) REFERENCES graph_connection(customer_id, tenant_id) ON DELETE CASCADE
  CREATE INDEX graph_request_recent ON public.graph_request USING btree (customer_id, tenant_id, function, at)
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.graph_secret
  customer_id text not null
  tenant_id text not null
  sealed text not null
  FOREIGN KEY (customer_id, tenant_id) REFERENCES graph_connection(customer_id, tenant_id) ON DELETE CASCADE
  PRIMARY KEY (customer_id, tenant_id)
  policy managed for all using (( SELECT may_connect() AS may_connect) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))

table public.handshake
  customer_id text not null
  id uuid not null
  service text not null
  state text not null
  offered_by text not null
  offered_to text not null
  offered_at timestamp with time zone not null
  remind_on date not null
  reminded_at timestamp with time zone
  escalated_at timestamp with time zone
  escalated_to text
  answered_by text
  answered_at timestamp with time zone
  reason text
  version integer not null
  CHECK ((((state = ANY (ARRAY['accepted'::text, 'declined'::text])) = (answered_at IS NOT NULL)) AND ((answered_at IS NULL) = (answered_by IS NULL))))
  CHECK (((state <> 'declined'::text) OR (btrim(reason) <> ''::text)))
  CHECK ((answered_at >= offered_at))
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  CHECK ((state = ANY (ARRAY['offered'::text, 'asked'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text])))
  FOREIGN KEY (answered_by) REFERENCES person(id)
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (escalated_to) REFERENCES person(id)
  FOREIGN KEY (offered_by) REFERENCES person(id)
  FOREIGN KEY (offered_to) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  CREATE INDEX handshake_waiting ON public.handshake USING btree (offered_to) WHERE (state = ANY (ARRAY['offered'::text, 'asked'::text]))
  CREATE UNIQUE INDEX handshake_one_open ON public.handshake USING btree (customer_id, service) WHERE (state = ANY (ARRAY['offered'::text, 'asked'::text]))
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.handshake_message
  customer_id text not null
  handshake_id uuid not null
  seq integer not null
  body text not null
  written_by text not null
  written_at timestamp with time zone not null
  CHECK ((btrim(body) <> ''::text))
  CHECK ((seq > 0))
  FOREIGN KEY (customer_id, handshake_id) REFERENCES handshake(customer_id, id)
  FOREIGN KEY (written_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, handshake_id, seq)
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.idempotent_request
  person_id text not null
  key text not null
  fingerprint text not null
  status integer
  body text
  at timestamp with time zone not null
  CHECK (((length(key) >= 1) AND (length(key) <= 200)))
  CHECK (((status IS NULL) = (body IS NULL)))
  PRIMARY KEY (person_id, key)
  CREATE INDEX idempotent_request_age ON public.idempotent_request USING btree (at)
  policy own for all using (( SELECT is_someone() AS is_someone) AND ((person_id = ( SELECT acting_person() AS acting_person)) OR (( SELECT administers() AS administers) AND (( SELECT acting_person() AS acting_person) = 'system'::text))))

table public.installation
  is_only boolean not null default true
  unassigned text not null default 'hidden'::text
  retention jsonb not null default '{}'::jsonb
  setup_code_hash text
  version integer not null default 0
  CHECK ((jsonb_typeof(retention) = 'object'::text))
  CHECK ((unassigned = ANY (ARRAY['hidden'::text, 'read-only'::text])))
  CHECK (is_only)
  PRIMARY KEY (is_only)
  policy changed for update using ( SELECT administers() AS administers)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.installation_event
  seq integer not null
  at timestamp with time zone not null
  who text not null
  kind text not null
  body text not null
  previous_hash text
  hash text not null
  CHECK (((seq = 1) = (previous_hash IS NULL)))
  CHECK ((seq > 0))
  FOREIGN KEY (who) REFERENCES person(id)
  PRIMARY KEY (seq)
  CREATE INDEX installation_event_who ON public.installation_event USING btree (who, seq)
  CREATE TRIGGER installation_event_is_append_only BEFORE DELETE OR UPDATE ON public.installation_event FOR EACH ROW EXECUTE FUNCTION refuse_change()
  CREATE TRIGGER installation_event_is_not_truncated BEFORE TRUNCATE ON public.installation_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
  policy added for insert with check (( SELECT is_someone() AS is_someone) AND ((who = ( SELECT acting_person() AS acting_person)) OR ( SELECT administers() AS administers)))
  policy seen for select using ( SELECT administers() AS administers)

table public.item
  customer_id text not null
  engagement_id text not null
  id text not null
  process text not null
  step text not null
  task text
  service text
  state text
  due date
  status text
  reason text
  note text
  set_by text
  set_at timestamp with time zone
  version integer not null default 0
  assignee text
  due_set date
  regressed_on date
  data_says text
  CHECK (((status <> ALL (ARRAY['not-required'::text, 'paused'::text, 'deferred'::text, 'warning'::text, 'blocked'::text, 'cancelled'::text])) OR (reason IS NOT NULL)))
  CHECK (((status IS NOT NULL) OR ((reason IS NULL) AND (note IS NULL) AND (set_by IS NULL) AND (set_at IS NULL))))
  CHECK (((status IS NULL) OR ((set_by IS NOT NULL) AND (set_at IS NOT NULL))))
  CHECK ((data_says = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text])))
  CHECK ((reason = ANY (ARRAY['customer'::text, 'technical-customer'::text, 'technical-vendor'::text, 'business'::text, 'pending-remediation'::text, 'other'::text])))
  CHECK ((state = ANY (ARRAY['due'::text, 'waiting'::text, 'done'::text, 'not-applicable'::text, 'suppressed'::text, 'unknown'::text])))
  CHECK ((status = ANY (ARRAY['not-started'::text, 'in-progress'::text, 'complete'::text, 'not-required'::text, 'paused'::text, 'deferred'::text, 'warning'::text, 'blocked'::text, 'cancelled'::text])))
  FOREIGN KEY (assignee) REFERENCES person(id)
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  FOREIGN KEY (set_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, engagement_id, id)
  CREATE INDEX item_assignee ON public.item USING btree (assignee) WHERE (assignee IS NOT NULL)
  CREATE INDEX item_due ON public.item USING btree (COALESCE(due_set, due)) WHERE (state = 'due'::text)
  CREATE INDEX item_regressed ON public.item USING btree (customer_id) WHERE (regressed_on IS NOT NULL)
  CREATE CONSTRAINT TRIGGER engagement_complete AFTER DELETE OR UPDATE OF status ON public.item DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.status = 'complete'::text)) EXECUTE FUNCTION check_engagement_complete()
  CREATE TRIGGER item_writer_delete BEFORE DELETE ON public.item FOR EACH ROW WHEN ((old.status IS NOT NULL)) EXECUTE FUNCTION check_item_writer()
  CREATE TRIGGER item_writer_insert BEFORE INSERT ON public.item FOR EACH ROW WHEN ((new.status IS NOT NULL)) EXECUTE FUNCTION check_item_writer()
  CREATE TRIGGER item_writer_update BEFORE UPDATE ON public.item FOR EACH ROW WHEN ((((((((old.status IS DISTINCT FROM new.status) OR (old.reason IS DISTINCT FROM new.reason)) OR (old.note IS DISTINCT FROM new.note)) OR (old.set_by IS DISTINCT FROM new.set_by)) OR (old.set_at IS DISTINCT FROM new.set_at)) OR (old.version IS DISTINCT FROM new.version)) OR (((((((old.customer_id IS DISTINCT FROM new.customer_id) OR (old.engagement_id IS DISTINCT FROM new.engagement_id)) OR (old.id IS DISTINCT FROM new.id)) OR (old.process IS DISTINCT FROM new.process)) OR (old.step IS DISTINCT FROM new.step)) OR (old.task IS DISTINCT FROM new.task)) OR (old.service IS DISTINCT FROM new.service)))) EXECUTE FUNCTION check_item_writer()
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.kickoff
  customer_id text not null
  stakeholders text
  scenarios text
  awareness_plan text
  training_plan text
  changed_by text not null
  changed_at timestamp with time zone not null
  version integer not null
  FOREIGN KEY (changed_by) REFERENCES person(id)
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.kickoff_service
  customer_id text not null
  service text not null
  planned_on date
  intent text
  business_reason text
  success_owner text
  version integer not null
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, service)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.mail
  id uuid not null
  key text not null
  kind text not null
  person_id text
  address text not null
  subject text not null
  text text not null
  html text
  message_id text not null
  state text not null default 'queued'::text
  tries integer not null default 0
  error text
  created_at timestamp with time zone not null
  sent_at timestamp with time zone
  customer_id text
  contact_id uuid
  sent_by text
  attachments jsonb not null default '[]'::jsonb
  bounce text
  CHECK (((state = ANY (ARRAY['sent'::text, 'captured'::text])) = (sent_at IS NOT NULL)))
  CHECK ((address ~ '^[^[:space:]<>,;:]+@[^[:space:]<>,;:]+$'::text))
  CHECK ((jsonb_typeof(attachments) = 'array'::text))
  CHECK ((message_id !~ '[[:cntrl:]]'::text))
  CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'captured'::text, 'failed'::text, 'uncertain'::text])))
  CHECK ((subject !~ '[[:cntrl:]]'::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  FOREIGN KEY (sent_by) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE (key)
  UNIQUE (message_id)
  CREATE INDEX mail_age ON public.mail USING btree (created_at)
  policy managed for all using ( SELECT administers() AS administers)

table public.meeting
  customer_id text not null
  id uuid not null
  cadence_id uuid
  occurrence timestamp with time zone
  kind text not null
  title text not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  time_zone text not null
  organizer_id text not null
  location text
  services text[] not null default '{}'::text[]
  items text[] not null default '{}'::text[]
  state text not null default 'scheduled'::text
  agenda text not null default ''::text
  agenda_changed_at timestamp with time zone
  notes text
  outcome text
  uid text not null
  sequence integer not null default 0
  invited_by text
  outlook_state text
  outlook_problem text
  outlook_after timestamp with time zone
  external_id text
  external_owner text
  external_told text
  external_read_at timestamp with time zone
  reminded_at timestamp with time zone
  made_by text not null
  version integer not null
  about text
  attaches_deck boolean not null default false
  CHECK (((NOT attaches_deck) OR (NOT (about IS DISTINCT FROM 'review'::text))))
  CHECK (((about IS NULL) OR (kind = 'customer'::text)))
  CHECK (((cadence_id IS NULL) = (occurrence IS NULL)))
  CHECK ((about = 'review'::text))
  CHECK ((btrim(title) <> ''::text))
  CHECK ((ends_at > starts_at))
  CHECK ((invited_by = ANY (ARRAY['mail'::text, 'outlook'::text])))
  CHECK ((kind = ANY (ARRAY['internal'::text, 'customer'::text, 'vendor'::text])))
  CHECK ((outlook_state = ANY (ARRAY['waiting'::text, 'sent'::text, 'gone'::text])))
  CHECK ((sequence >= 0))
  CHECK ((state = ANY (ARRAY['scheduled'::text, 'held'::text, 'missed'::text, 'cancelled'::text])))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (customer_id, cadence_id) REFERENCES cadence(customer_id, id)
  FOREIGN KEY (external_owner) REFERENCES person(id)
  FOREIGN KEY (made_by) REFERENCES person(id)
  FOREIGN KEY (organizer_id) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  UNIQUE (customer_id, cadence_id, occurrence)
  CREATE INDEX meeting_about ON public.meeting USING btree (customer_id, starts_at) INCLUDE (state) WHERE (about IS NOT NULL)
  CREATE INDEX meeting_when ON public.meeting USING btree (starts_at) INCLUDE (customer_id, state)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.metric
  customer_id text not null
  id text not null
  objective_id uuid
  name text not null
  kind text not null
  service text
  unit text
  baseline numeric
  baseline_on date
  target numeric not null
  direction text
  target_date date
  removed_at timestamp with time zone
  version integer not null
  CHECK (((baseline IS NULL) OR (direction IS NOT NULL) OR (baseline <> target)))
  CHECK (((kind <> 'usage'::text) OR (service IS NOT NULL)))
  CHECK ((btrim(name) <> ''::text))
  CHECK ((direction = ANY (ARRAY['up'::text, 'down'::text])))
  CHECK ((id <> ''::text))
  CHECK ((kind = ANY (ARRAY['usage'::text, 'own'::text])))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (customer_id, objective_id) REFERENCES objective(customer_id, id)
  PRIMARY KEY (customer_id, id)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.metric_reading
  customer_id text not null
  metric_id text not null
  day date not null
  value numeric not null
  source text not null
  note text
  recorded_by text
  recorded_at timestamp with time zone not null
  CHECK ((source = ANY (ARRAY['hand'::text, 'csv'::text, 'api'::text, 'demo'::text])))
  FOREIGN KEY (customer_id, metric_id) REFERENCES metric(customer_id, id)
  FOREIGN KEY (recorded_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, metric_id, day)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.milestone
  customer_id text not null
  service text not null
  id text not null
  percent numeric(4,1) not null
  target_date date
  version integer not null
  CHECK (((percent > (0)::numeric) AND (percent <= (100)::numeric)))
  CHECK ((id = ANY (ARRAY['first'::text, 'broad'::text, 'max'::text])))
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, service, id)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.milestone_change
  customer_id text not null
  service text not null
  milestone text not null
  seq integer not null
  percent numeric(4,1) not null
  target_date date
  reason text
  changed_by text not null
  changed_at timestamp with time zone not null
  CHECK ((seq > 0))
  FOREIGN KEY (changed_by) REFERENCES person(id)
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, service, milestone, seq)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)) AND (changed_by = ( SELECT acting_person() AS acting_person)))
  policy removed for delete using ( SELECT administers() AS administers)
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.milestone_reached
  customer_id text not null
  service text not null
  milestone text not null
  percent numeric(4,1) not null
  reached_on date not null
  is_first_figure boolean not null
  CHECK (((percent > (0)::numeric) AND (percent <= (100)::numeric)))
  CHECK ((milestone = ANY (ARRAY['first'::text, 'broad'::text, 'max'::text])))
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, service, milestone)
  CREATE INDEX milestone_reached_when ON public.milestone_reached USING btree (reached_on)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.note
  customer_id text not null
  id uuid not null
  subject text
  body text not null
  search_key text not null
  mentions text[] not null default '{}'::text[]
  written_by text not null
  written_at timestamp with time zone not null
  changed_at timestamp with time zone not null
  removed_at timestamp with time zone
  version integer not null
  CHECK ((btrim(body) <> ''::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (written_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  CREATE INDEX note_newest ON public.note USING btree (customer_id, written_at) INCLUDE (removed_at)
  CREATE INDEX note_recent ON public.note USING btree (written_at) INCLUDE (customer_id) WHERE (removed_at IS NULL)
  CREATE INDEX note_words ON public.note USING gin (to_tsvector('simple'::regconfig, search_key))
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.note_version
  customer_id text not null
  note_id uuid not null
  seq integer not null
  body text not null
  written_by text not null
  written_at timestamp with time zone not null
  CHECK ((seq > 0))
  FOREIGN KEY (customer_id, note_id) REFERENCES note(customer_id, id)
  FOREIGN KEY (written_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, note_id, seq)
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.notification
  id uuid not null
  person_id text not null
  key text not null
  kind text not null
  customer_id text
  path text not null
  summary jsonb not null
  made_at timestamp with time zone not null
  seen_at timestamp with time zone
  told_at timestamp with time zone
  CHECK ((path ~ '^/'::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE (person_id, key)
  CREATE INDEX notification_age ON public.notification USING btree (made_at)
  CREATE INDEX notification_unseen ON public.notification USING btree (person_id, made_at) WHERE (seen_at IS NULL)
  policy added for insert with check (( SELECT is_someone() AS is_someone) AND ((person_id = ( SELECT acting_person() AS acting_person)) OR ( SELECT may_write() AS may_write)))
  policy changed for update using (( SELECT is_someone() AS is_someone) AND ((person_id = ( SELECT acting_person() AS acting_person)) OR ( SELECT administers() AS administers)))
  policy own for select using (( SELECT is_someone() AS is_someone) AND ((person_id = ( SELECT acting_person() AS acting_person)) OR ( SELECT administers() AS administers)))
  policy removed for delete using (( SELECT is_someone() AS is_someone) AND ((person_id = ( SELECT acting_person() AS acting_person)) OR ( SELECT administers() AS administers)))

table public.objective
  customer_id text not null
  id uuid not null
  title text not null
  description text
  service text
  owner_id text
  target_date date
  position integer not null default 0
  removed_at timestamp with time zone
  version integer not null
  CHECK ((btrim(title) <> ''::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (owner_id) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.outcome
  customer_id text not null
  engagement_id text not null
  outcome text not null
  recorded_at timestamp with time zone not null
  recorded_by text
  CHECK ((outcome = ANY (ARRAY['business-value-discussion'::text, 'activate-workloads'::text, 'transition-to-csm'::text, 'disengage'::text])))
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  FOREIGN KEY (recorded_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, engagement_id, outcome)
  CREATE CONSTRAINT TRIGGER engagement_complete AFTER DELETE OR UPDATE ON public.outcome DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_engagement_complete()
  CREATE CONSTRAINT TRIGGER outcome_after_task AFTER INSERT ON public.outcome DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_outcome_after_task()
  CREATE TRIGGER outcome_agreed BEFORE DELETE OR UPDATE ON public.outcome FOR EACH ROW EXECUTE FUNCTION check_agreed()
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.person
  id text not null
  name text not null
  erased_at timestamp with time zone
  CHECK ((name <> ''::text))
  PRIMARY KEY (id)
  policy added for insert with check (( SELECT is_someone() AS is_someone) AND ((id = ( SELECT acting_person() AS acting_person)) OR ( SELECT may_write() AS may_write)))
  policy changed for update using (( SELECT is_someone() AS is_someone) AND ((id = ( SELECT acting_person() AS acting_person)) OR ( SELECT administers() AS administers)))
  policy removed for delete using ( SELECT administers() AS administers)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.person_key
  person_id text not null
  period text not null default ''::text
  wrapped text not null
  made_at timestamp with time zone not null
  CHECK ((period ~ '^(\d{4}-\d{2})?$'::text))
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (person_id, period)
  policy added for insert with check ( SELECT is_someone() AS is_someone)
  policy managed for all using ( SELECT administers() AS administers)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.plan
  customer_id text not null
  engagement_id text not null
  date date not null
  playbook_hash text not null
  content json not null
  due_count integer not null
  unknown_count integer not null
  warning_count integer not null
  proposal_count integer not null
  next_due date
  priority integer not null
  priority_reason jsonb not null
  review text not null
  overall text not null
  seats bigint
  csm text
  services json not null
  percents jsonb not null
  is_stale boolean not null
  is_empty boolean not null
  phase text
  late_count integer not null default 0
  oldest_figure date
  priority_parts jsonb not null default '[]'::jsonb
  signals jsonb not null default '[]'::jsonb
  search_key text
  segment text
  team_id text
  is_listed boolean not null default false
  CHECK ((due_count >= 0))
  CHECK ((jsonb_typeof(priority_parts) = 'array'::text))
  CHECK ((jsonb_typeof(signals) = 'array'::text))
  CHECK ((late_count >= 0))
  CHECK ((overall = ANY (ARRAY['open'::text, 'completable'::text, 'complete'::text])))
  CHECK ((proposal_count >= 0))
  CHECK ((review = ANY (ARRAY['met'::text, 'not-met'::text, 'unknown'::text])))
  CHECK ((seats >= 0))
  CHECK ((unknown_count >= 0))
  CHECK ((warning_count >= 0))
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  FOREIGN KEY (playbook_hash) REFERENCES playbook_release(hash)
  PRIMARY KEY (customer_id, engagement_id)
  CREATE INDEX plan_by_name ON public.plan USING btree (search_key, customer_id) WHERE is_listed
  CREATE INDEX plan_listed ON public.plan USING btree (customer_id) INCLUDE (search_key, segment, team_id, phase, priority, review, overall, due_count, late_count, next_due, unknown_count, warning_count, proposal_count, seats, percents, signals, oldest_figure, is_stale, is_empty) WHERE is_listed
  CREATE INDEX plan_outdated ON public.plan USING btree (date)
  CREATE TRIGGER plan_is_listed BEFORE INSERT ON public.plan FOR EACH ROW EXECUTE FUNCTION list_plan()
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.plan_change
  customer_id text not null
  id uuid not null
  at timestamp with time zone not null
  kind text not null
  subject text not null
  service text
  before text
  after text
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, id)
  CREATE INDEX plan_change_age ON public.plan_change USING btree (at)
  CREATE INDEX plan_change_newest ON public.plan_change USING btree (customer_id, at)
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.playbook_current
  is_current boolean not null default true
  hash text not null
  since timestamp with time zone not null
  CHECK (is_current)
  FOREIGN KEY (hash) REFERENCES playbook_release(hash)
  PRIMARY KEY (is_current)
  policy managed for all using (( SELECT is_someone() AS is_someone) AND (( SELECT acting_right() AS acting_right) = ANY (ARRAY['administrator'::text, 'author'::text])))
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.playbook_release
  hash text not null
  playbook_id text
  version text
  content json not null
  made_at timestamp with time zone not null
  CHECK ((hash ~ '^sha256:'::text))
  PRIMARY KEY (hash)
  CREATE TRIGGER playbook_release_is_immutable BEFORE UPDATE ON public.playbook_release FOR EACH ROW EXECUTE FUNCTION refuse_change()
  policy added for insert with check (( SELECT is_someone() AS is_someone) AND (( SELECT acting_right() AS acting_right) = ANY (ARRAY['administrator'::text, 'author'::text])))
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.preference
  person_id text not null
  name text not null
  value jsonb not null
  CHECK ((name ~ '^[a-z][a-zA-Z0-9.-]{0,99}$'::text))
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (person_id, name)
  policy own for all using (( SELECT is_someone() AS is_someone) AND ((person_id = ( SELECT acting_person() AS acting_person)) OR ( SELECT administers() AS administers)))

table public.priority_override
  customer_id text not null
  priority integer not null
  reason text not null
  set_by text not null
  set_at timestamp with time zone not null
  until date not null
  CHECK (((priority >= 0) AND (priority <= 999)))
  CHECK ((btrim(reason) <> ''::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (set_by) REFERENCES person(id)
  PRIMARY KEY (customer_id)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.reason_list
  version integer not null
  reasons jsonb not null
  made_by text not null
  made_at timestamp with time zone not null
  CHECK ((jsonb_typeof(reasons) = 'array'::text))
  CHECK ((version > 0))
  FOREIGN KEY (made_by) REFERENCES person(id)
  PRIMARY KEY (version)
  CREATE TRIGGER reason_list_is_append_only BEFORE DELETE OR UPDATE ON public.reason_list FOR EACH ROW EXECUTE FUNCTION refuse_change()
  policy added for insert with check (( SELECT manages() AS manages) AND (made_by = ( SELECT acting_person() AS acting_person)))
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.review
  customer_id text not null
  engagement_id text not null
  opened_on date not null
  opened_at timestamp with time zone not null
  opened_by text not null
  gate_state text not null
  because jsonb not null
  override_reason text
  CHECK (((gate_state = 'met'::text) = (override_reason IS NULL)))
  CHECK ((btrim(override_reason) <> ''::text))
  CHECK ((gate_state = ANY (ARRAY['met'::text, 'not-met'::text, 'unknown'::text])))
  CHECK ((jsonb_typeof(because) = 'object'::text))
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  FOREIGN KEY (opened_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, engagement_id)
  CREATE TRIGGER review_gate_as_decided BEFORE INSERT ON public.review FOR EACH ROW EXECUTE FUNCTION check_review_gate()
  CREATE TRIGGER review_stays BEFORE UPDATE OF gate_state, because, opened_on ON public.review FOR EACH ROW EXECUTE FUNCTION refuse_change()
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.review_deck
  customer_id text not null
  engagement_id text not null
  locale text not null
  slides text[] not null
  narratives jsonb not null default '{}'::jsonb
  snapshot json
  playbook_hash text
  taken_at timestamp with time zone
  taken_by text
  changed_by text not null
  changed_at timestamp with time zone not null
  version integer not null
  CHECK ((((snapshot IS NULL) = (taken_at IS NULL)) AND ((taken_at IS NULL) = (taken_by IS NULL)) AND ((taken_at IS NULL) = (playbook_hash IS NULL))))
  CHECK ((jsonb_typeof(narratives) = 'object'::text))
  CHECK ((locale = ANY (ARRAY['en'::text, 'pt-BR'::text])))
  CHECK ((version > 0))
  FOREIGN KEY (changed_by) REFERENCES person(id)
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  FOREIGN KEY (playbook_hash) REFERENCES playbook_release(hash)
  FOREIGN KEY (taken_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, engagement_id)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.review_entry
  customer_id text not null
  id uuid not null
  engagement_id text not null
  list text not null
  kind text
  what text
  service text
  approach text
  state text
  reason text
  resources jsonb not null default '[]'::jsonb
  owner_id text
  contact_id uuid
  due date
  closed_on date
  made_at timestamp with time zone not null
  removed_at timestamp with time zone
  version integer not null
  CHECK (
CASE list
    WHEN 'gap'::text THEN ((kind IS NOT NULL) AND (kind = ANY (ARRAY['benefits'::text, 'driving-usage'::text, 'prerequisites'::text])))
    WHEN 'momentum'::text THEN ((kind IS NOT NULL) AND (kind = ANY (ARRAY['best-practices'::text, 'self-service-support'::text, 'champions-community'::text, 'track-progress'::text, 'training-sources'::text, 'new-training'::text, 'wider-community'::text, 'other'::text])) AND ((kind = 'other'::text) = (what IS NOT NULL)))
    ELSE (kind IS NULL)
END)
  CHECK (
CASE list
    WHEN 'prerequisite'::text THEN ((state IS NOT NULL) AND (state = ANY (ARRAY['open'::text, 'met'::text, 'not-needed'::text])))
    WHEN 'momentum'::text THEN ((state IS NOT NULL) AND (state = ANY (ARRAY['planned'::text, 'in-place'::text, 'done'::text, 'not-needed'::text])))
    WHEN 'alignment'::text THEN ((state = ANY (ARRAY['in-place'::text, 'missing'::text])) OR (state IS NULL))
    ELSE (state IS NULL)
END)
  CHECK (((approach IS NULL) OR (list = 'gap'::text)))
  CHECK (((closed_on IS NULL) OR (list = ANY (ARRAY['gap'::text, 'step'::text, 'alignment'::text]))))
  CHECK (((due IS NULL) OR (list <> 'alignment'::text)))
  CHECK (((list = 'momentum'::text) OR (resources = '[]'::jsonb)))
  CHECK (((owner_id IS NULL) OR (contact_id IS NULL)))
  CHECK (((reason IS NOT NULL) = ((list = 'momentum'::text) AND (NOT (state IS DISTINCT FROM 'not-needed'::text)))))
  CHECK (((service IS NULL) OR (list = ANY (ARRAY['gap'::text, 'prerequisite'::text]))))
  CHECK (((what IS NOT NULL) OR (list = 'momentum'::text)))
  CHECK ((btrim(approach) <> ''::text))
  CHECK ((btrim(reason) <> ''::text))
  CHECK ((btrim(what) <> ''::text))
  CHECK ((jsonb_typeof(resources) = 'array'::text))
  CHECK ((list = ANY (ARRAY['gap'::text, 'prerequisite'::text, 'step'::text, 'momentum'::text, 'alignment'::text])))
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (customer_id, contact_id) REFERENCES contact(customer_id, id) DEFERRABLE INITIALLY DEFERRED
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  FOREIGN KEY (owner_id) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  CREATE INDEX review_entry_due ON public.review_entry USING btree (due) WHERE ((list = ANY (ARRAY['gap'::text, 'step'::text])) AND (closed_on IS NULL) AND (removed_at IS NULL) AND (owner_id IS NOT NULL))
  CREATE INDEX review_entry_engagement ON public.review_entry USING btree (customer_id, engagement_id)
  CREATE UNIQUE INDEX review_entry_momentum ON public.review_entry USING btree (customer_id, engagement_id, kind) WHERE ((list = 'momentum'::text) AND (kind <> 'other'::text) AND (removed_at IS NULL))
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.review_letter
  customer_id text not null
  id uuid not null
  engagement_id text not null
  contact_id uuid not null
  asked_by text not null
  asked_at timestamp with time zone not null
  written_at timestamp with time zone
  refused text
  CHECK (((written_at IS NULL) OR (refused IS NULL)))
  CHECK ((refused = ANY (ARRAY['do-not-contact'::text, 'archived'::text, 'no-address'::text, 'bounced'::text])))
  FOREIGN KEY (asked_by) REFERENCES person(id)
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (customer_id, contact_id) REFERENCES contact(customer_id, id) DEFERRABLE INITIALLY DEFERRED
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  PRIMARY KEY (customer_id, id)
  CREATE INDEX review_letter_engagement ON public.review_letter USING btree (customer_id, engagement_id)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.review_record
  customer_id text not null
  engagement_id text not null
  intent text
  achievements text
  scenarios text[] not null default '{}'::text[]
  experience text
  reduced_support text
  reduced_support_why text
  talk_version integer not null default 0
  expectations_version integer not null default 0
  CHECK ((btrim(achievements) <> ''::text))
  CHECK ((btrim(experience) <> ''::text))
  CHECK ((btrim(reduced_support) <> ''::text))
  CHECK ((btrim(reduced_support_why) <> ''::text))
  CHECK ((intent = ANY (ARRAY['new-workloads'::text, 'sustaining'::text])))
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  PRIMARY KEY (customer_id, engagement_id)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.saved_view
  id uuid not null
  screen text not null
  person_id text not null
  name text not null
  is_shared boolean not null default false
  search jsonb not null
  version integer not null default 1
  CHECK ((btrim(name) <> ''::text))
  CHECK ((jsonb_typeof(search) = 'object'::text))
  CHECK ((screen = ANY (ARRAY['portfolio'::text, 'today'::text, 'meetings'::text, 'requests'::text])))
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE (screen, person_id, name)
  policy own for all using (( SELECT is_someone() AS is_someone) AND ((person_id = ( SELECT acting_person() AS acting_person)) OR ( SELECT administers() AS administers)))
  policy seen for select using (( SELECT is_someone() AS is_someone) AND (is_shared OR (person_id = ( SELECT acting_person() AS acting_person)) OR ( SELECT administers() AS administers)))

table public.schema_version
  version integer not null
  name text not null
  applied_at timestamp with time zone not null default now()
  PRIMARY KEY (version)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.seat_intent
  customer_id text not null
  service text not null
  position integer not null
  intent text not null
  seats bigint not null
  reason text
  reason_version integer
  note text
  CHECK (("position" > 0))
  CHECK (((intent <> ALL (ARRAY['blocked'::text, 'no-intent'::text])) OR (reason IS NOT NULL)))
  CHECK (((reason IS NULL) = (reason_version IS NULL)))
  CHECK ((intent = ANY (ARRAY['unknown'::text, 'in-progress'::text, 'blocked'::text, 'no-intent'::text, 'duplicate'::text])))
  CHECK ((seats > 0))
  FOREIGN KEY (customer_id, service) REFERENCES seat_split(customer_id, service) ON DELETE CASCADE
  PRIMARY KEY (customer_id, service, "position")
  CREATE CONSTRAINT TRIGGER seat_split_sums AFTER INSERT OR DELETE OR UPDATE ON public.seat_intent DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_seat_split()
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.seat_split
  customer_id text not null
  service text not null
  seats bigint not null
  as_of date not null
  changed_by text not null
  changed_at timestamp with time zone not null
  version integer not null
  CHECK ((seats >= 0))
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  FOREIGN KEY (changed_by) REFERENCES person(id)
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, service)
  CREATE CONSTRAINT TRIGGER seat_split_sums AFTER INSERT OR UPDATE ON public.seat_split DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_seat_split()
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.subscription
  customer_id text not null
  tenant_id text not null
  sku_id text not null
  part_number text not null
  enabled bigint not null
  warning bigint not null default 0
  suspended bigint not null default 0
  consumed bigint not null
  services text[] not null default '{}'::text[]
  left_out text
  as_of date not null
  CHECK ((consumed >= 0))
  CHECK ((enabled >= 0))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  PRIMARY KEY (customer_id, tenant_id, sku_id)
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.survey_answer
  customer_id text not null
  invitation_id uuid not null
  overall integer not null
  responsiveness integer
  expertise integer
  usefulness integer
  recommend integer
  comment text
  answered_at timestamp with time zone not null
  is_low boolean not null
  CHECK (((btrim(comment) <> ''::text) AND (length(comment) <= 4000)))
  CHECK (((expertise >= 1) AND (expertise <= 5)))
  CHECK (((overall >= 1) AND (overall <= 5)))
  CHECK (((recommend >= 0) AND (recommend <= 10)))
  CHECK (((responsiveness >= 1) AND (responsiveness <= 5)))
  CHECK (((usefulness >= 1) AND (usefulness <= 5)))
  FOREIGN KEY (customer_id, invitation_id) REFERENCES survey_invitation(customer_id, id)
  PRIMARY KEY (customer_id, invitation_id)
  CREATE INDEX survey_answer_age ON public.survey_answer USING btree (answered_at)
  CREATE CONSTRAINT TRIGGER survey_answered AFTER INSERT ON public.survey_answer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_survey_answered()
  CREATE TRIGGER survey_answer_is_allowed AFTER INSERT OR UPDATE ON public.survey_answer FOR EACH ROW EXECUTE FUNCTION check_survey_answer()
  policy added for insert with check ( SELECT administers() AS administers)
  policy changed for update using ( SELECT manages() AS manages)
  policy removed for delete using ( SELECT administers() AS administers)
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.survey_invitation
  customer_id text not null
  id uuid not null
  engagement_id text not null
  contact_id uuid
  person_key text
  token_hash text
  language text not null
  services text[] not null
  owner_id text
  state text not null default 'asked'::text
  asked_by text not null
  asked_at timestamp with time zone not null
  remind_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  mailed_at timestamp with time zone
  reminded_at timestamp with time zone
  reminder_mailed_at timestamp with time zone
  ended_at timestamp with time zone
  withdrawn_because text
  CHECK ((((contact_id IS NULL) = (person_key IS NULL)) AND ((contact_id IS NULL) = (token_hash IS NULL))))
  CHECK (((contact_id IS NOT NULL) OR (ended_at IS NOT NULL)))
  CHECK (((remind_at > asked_at) AND (expires_at > remind_at)))
  CHECK (((reminder_mailed_at IS NULL) OR (reminded_at IS NOT NULL)))
  CHECK (((state <> 'answered'::text) OR (ended_at < expires_at)))
  CHECK (((state <> 'asked'::text) OR (reminded_at IS NULL)))
  CHECK (((state <> 'reminded'::text) OR (reminded_at IS NOT NULL)))
  CHECK (((state = 'withdrawn'::text) = (withdrawn_because IS NOT NULL)))
  CHECK (((state = ANY (ARRAY['asked'::text, 'reminded'::text])) = (ended_at IS NULL)))
  CHECK ((language = ANY (ARRAY['en'::text, 'pt-BR'::text, 'es'::text])))
  CHECK ((person_key ~ '^[0-9a-f]{64}$'::text))
  CHECK ((reminded_at < expires_at))
  CHECK ((state = ANY (ARRAY['asked'::text, 'reminded'::text, 'answered'::text, 'expired'::text, 'withdrawn'::text])))
  CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text))
  CHECK ((withdrawn_because = ANY (ARRAY['do-not-contact'::text, 'refused'::text, 'not-eligible'::text, 'archived'::text, 'erased'::text, 'bounced'::text, 'address'::text, 'by-hand'::text])))
  FOREIGN KEY (asked_by) REFERENCES person(id)
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (customer_id, contact_id) REFERENCES contact(customer_id, id) DEFERRABLE INITIALLY DEFERRED
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  FOREIGN KEY (owner_id) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  UNIQUE (token_hash)
  CREATE INDEX survey_contact ON public.survey_invitation USING btree (customer_id, contact_id)
  CREATE INDEX survey_expire ON public.survey_invitation USING btree (expires_at) WHERE (state = ANY (ARRAY['asked'::text, 'reminded'::text]))
  CREATE INDEX survey_person ON public.survey_invitation USING btree (person_key, asked_at) WHERE (person_key IS NOT NULL)
  CREATE INDEX survey_quarter ON public.survey_invitation USING btree (asked_at)
  CREATE INDEX survey_remind ON public.survey_invitation USING btree (remind_at) WHERE (state = 'asked'::text)
  CREATE INDEX survey_to_mail ON public.survey_invitation USING btree (asked_at) WHERE ((state = ANY (ARRAY['asked'::text, 'reminded'::text])) AND ((mailed_at IS NULL) OR ((reminded_at IS NOT NULL) AND (reminder_mailed_at IS NULL))))
  CREATE UNIQUE INDEX survey_one_open ON public.survey_invitation USING btree (customer_id, contact_id) WHERE (state = ANY (ARRAY['asked'::text, 'reminded'::text]))
  CREATE UNIQUE INDEX survey_one_open_person ON public.survey_invitation USING btree (person_key) WHERE (state = ANY (ARRAY['asked'::text, 'reminded'::text]))
  CREATE CONSTRAINT TRIGGER survey_answered AFTER INSERT OR UPDATE OF state ON public.survey_invitation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_survey_answered()
  CREATE TRIGGER survey_invitation_goes_forwards BEFORE UPDATE ON public.survey_invitation FOR EACH ROW EXECUTE FUNCTION check_survey_step()
  CREATE TRIGGER survey_invitation_is_allowed AFTER INSERT ON public.survey_invitation FOR EACH ROW EXECUTE FUNCTION check_survey_invitation()
  CREATE TRIGGER survey_reminder_is_allowed BEFORE UPDATE ON public.survey_invitation FOR EACH ROW WHEN (((old.state = 'asked'::text) AND (new.state = 'reminded'::text))) EXECUTE FUNCTION check_survey_invitation()
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.survey_opt_out
  person_key text not null
  opted_out_at timestamp with time zone not null
  CHECK ((person_key ~ '^[0-9a-f]{64}$'::text))
  PRIMARY KEY (person_key)
  policy managed for all using ( SELECT administers() AS administers) with check ( SELECT administers() AS administers)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.survey_settings
  is_only boolean not null default true
  is_automatic boolean not null default false
  remind_after integer not null default 14
  expire_after integer not null default 30
  cool_down integer not null default 90
  low_overall integer not null default 2
  low_recommend integer not null default 6
  languages text[] not null default '{en,pt-BR,es}'::text[]
  words jsonb not null default '{}'::jsonb
  version integer not null default 0
  CHECK (((cool_down >= 0) AND (cool_down <= 730)))
  CHECK (((expire_after >= 2) AND (expire_after <= 180)))
  CHECK (((languages <@ ARRAY['en'::text, 'pt-BR'::text, 'es'::text]) AND (cardinality(languages) > 0)))
  CHECK (((low_overall >= 0) AND (low_overall <= 5)))
  CHECK (((low_recommend >= '-1'::integer) AND (low_recommend <= 10)))
  CHECK (((remind_after >= 1) AND (remind_after <= 90)))
  CHECK ((expire_after > remind_after))
  CHECK ((jsonb_typeof(words) = 'object'::text))
  CHECK (is_only)
  PRIMARY KEY (is_only)
  policy changed for update using ( SELECT administers() AS administers)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.sync_run
  customer_id text not null
  id uuid not null
  tenant_id text not null
  trigger text not null
  reaches_back boolean not null
  requested_by text not null
  state text not null default 'waiting'::text
  resumes_at timestamp with time zone
  requested_at timestamp with time zone not null
  ended_at timestamp with time zone
  CHECK (((ended_at IS NULL) = (state = ANY (ARRAY['waiting'::text, 'running'::text]))))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'partly'::text, 'failed'::text, 'stopped'::text])))
  CHECK ((trigger = ANY (ARRAY['night'::text, 'person'::text, 'command'::text])))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES graph_connection(customer_id, tenant_id) ON DELETE CASCADE
  FOREIGN KEY (requested_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  CREATE UNIQUE INDEX sync_run_one_open ON public.sync_run USING btree (customer_id, tenant_id) WHERE (ended_at IS NULL)
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.sync_step
  customer_id text not null
  run_id uuid not null
  position integer not null
  report text not null
  period text
  day date
  state text not null default 'waiting'::text
  tries integer not null default 0
  not_before timestamp with time zone
  refresh_date date
  row_count integer
  problem text
  import_id uuid
  ended_at timestamp with time zone
  CHECK ((state = ANY (ARRAY['waiting'::text, 'imported'::text, 'unchanged'::text, 'no-data'::text, 'not-ready'::text, 'not-offered'::text, 'needs-consent'::text, 'refused'::text, 'failed'::text])))
  FOREIGN KEY (customer_id, run_id) REFERENCES sync_run(customer_id, id) ON DELETE CASCADE
  PRIMARY KEY (customer_id, run_id, "position")
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.team
  id text not null
  name text not null
  time_zone text not null default 'UTC'::text
  work_days integer[] not null default '{1,2,3,4,5}'::integer[]
  work_from time without time zone not null default '09:00:00'::time without time zone
  work_until time without time zone not null default '18:00:00'::time without time zone
  CHECK (((work_days <@ ARRAY[1, 2, 3, 4, 5, 6, 7]) AND (cardinality(work_days) > 0)))
  CHECK ((btrim(name) <> ''::text))
  CHECK ((id ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
  CHECK ((work_until > work_from))
  PRIMARY KEY (id)
  policy managed for all using ( SELECT manages() AS manages) with check ( SELECT manages() AS manages)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.team_holiday
  team_id text not null
  day date not null
  name text not null
  CHECK ((btrim(name) <> ''::text))
  FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE
  PRIMARY KEY (team_id, day)
  policy managed for all using ( SELECT manages() AS manages) with check ( SELECT manages() AS manages)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.team_member
  team_id text not null
  person_id text not null
  FOREIGN KEY (person_id) REFERENCES person(id)
  FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE
  PRIMARY KEY (team_id, person_id)
  CREATE INDEX team_member_person ON public.team_member USING btree (person_id)
  policy managed for all using ( SELECT manages() AS manages) with check ( SELECT manages() AS manages)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.template
  kind text not null
  id text not null
  title text not null
  language text not null
  body text not null
  changed_by text
  changed_at timestamp with time zone not null
  version integer not null default 1
  CHECK ((btrim(title) <> ''::text))
  CHECK ((id ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
  CHECK ((kind = ANY (ARRAY['note'::text, 'success-plan'::text, 'agenda'::text])))
  FOREIGN KEY (changed_by) REFERENCES person(id)
  PRIMARY KEY (kind, id)
  policy managed for all using ( SELECT manages() AS manages) with check ( SELECT manages() AS manages)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.template_version
  kind text not null
  id text not null
  seq integer not null
  title text
  language text
  body text
  made_by text not null
  made_at timestamp with time zone not null
  CHECK ((((title IS NULL) = (body IS NULL)) AND ((language IS NULL) = (body IS NULL))))
  CHECK ((seq > 0))
  FOREIGN KEY (made_by) REFERENCES person(id)
  PRIMARY KEY (kind, id, seq)
  CREATE TRIGGER template_version_is_append_only BEFORE DELETE OR UPDATE ON public.template_version FOR EACH ROW EXECUTE FUNCTION refuse_change()
  policy added for insert with check (( SELECT manages() AS manages) AND (made_by = ( SELECT acting_person() AS acting_person)))
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.tenant
  customer_id text not null
  id text not null
  name text not null
  allows_people boolean not null default false
  mail_domains text[] not null default '{}'::text[]
  CHECK ((btrim(name) <> ''::text))
  CHECK ((id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, id)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.usage_activation
  customer_id text not null
  tenant_id text not null
  product text not null
  assigned integer
  activated integer not null
  shared_computer integer
  as_of date not null
  import_id uuid not null
  CHECK ((activated >= 0))
  CHECK ((assigned >= 0))
  CHECK ((shared_computer >= 0))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  PRIMARY KEY (customer_id, tenant_id, product)
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.usage_count
  customer_id text not null
  tenant_id text not null
  service text not null
  day date not null
  active integer not null
  is_at_least boolean not null default false
  report text not null
  known_since timestamp with time zone not null default now()
  import_id uuid
  CHECK ((active >= 0))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  PRIMARY KEY (customer_id, tenant_id, service, day)
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.usage_current
  customer_id text not null
  tenant_id text not null
  service text not null
  active integer
  assigned integer
  active_unlicensed integer
  as_of date
  window_days integer not null
  sources text[] not null
  is_concealed boolean not null
  import_ids uuid[] not null default '{}'::uuid[]
  doubt text
  CHECK (((active IS NULL) OR (as_of IS NOT NULL)))
  CHECK ((active >= 0))
  CHECK ((active_unlicensed >= 0))
  CHECK ((assigned >= 0))
  CHECK ((doubt = 'sudden-zero'::text))
  CHECK ((window_days > 0))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  PRIMARY KEY (customer_id, tenant_id, service)
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.usage_day
  customer_id text not null
  tenant_id text not null
  service text not null
  day date not null
  active integer not null
  assigned integer
  entitled bigint
  active_unlicensed integer
  window_days integer not null default 28
  known_since timestamp with time zone not null default now()
  import_id uuid
  CHECK ((active >= 0))
  CHECK ((active_unlicensed >= 0))
  CHECK ((assigned >= 0))
  CHECK ((entitled >= 0))
  CHECK ((window_days > 0))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  PRIMARY KEY (customer_id, tenant_id, service, day)
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.usage_discussion
  customer_id text not null
  id uuid not null
  held_on date not null
  participants text
  note text
  links text[] not null default '{}'::text[]
  recorded_by text not null
  recorded_at timestamp with time zone not null
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (recorded_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.usage_import
  customer_id text not null
  id uuid not null
  tenant_id text not null
  file text not null
  sha256 text not null
  report text
  refresh_date date
  period_days integer
  rows_read integer not null
  rows_rejected integer not null
  rows_deleted integer not null
  rows_duplicate integer not null
  is_concealed boolean not null
  is_kept boolean not null
  problems jsonb not null default '[]'::jsonb
  imported_at timestamp with time zone not null
  imported_by text
  kind text not null default 'people'::text
  origin text not null default 'upload'::text
  withdrawn_at timestamp with time zone
  withdrawn_by text
  CHECK (((withdrawn_at IS NULL) OR (NOT is_kept)))
  CHECK (((withdrawn_by IS NULL) OR (withdrawn_at IS NOT NULL)))
  CHECK ((kind = ANY (ARRAY['people'::text, 'counts'::text, 'activations'::text, 'seats'::text])))
  CHECK ((origin = ANY (ARRAY['upload'::text, 'command'::text, 'graph'::text, 'demo'::text])))
  CHECK ((period_days > 0))
  CHECK ((rows_deleted >= 0))
  CHECK ((rows_duplicate >= 0))
  CHECK ((rows_read >= 0))
  CHECK ((rows_rejected >= 0))
  CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  FOREIGN KEY (imported_by) REFERENCES person(id)
  FOREIGN KEY (withdrawn_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  CREATE INDEX usage_import_empty ON public.usage_import USING btree (customer_id, tenant_id) WHERE ((rows_read = 0) AND (withdrawn_at IS NULL))
  CREATE UNIQUE INDEX usage_import_once ON public.usage_import USING btree (customer_id, tenant_id, sha256) WHERE (withdrawn_at IS NULL)
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.usage_report_service
  customer_id text not null
  import_id uuid not null
  service text not null
  active integer
  assigned integer
  active_unlicensed integer
  as_of date
  CHECK ((active >= 0))
  CHECK ((active_unlicensed >= 0))
  CHECK ((assigned >= 0))
  FOREIGN KEY (customer_id, import_id) REFERENCES usage_import(customer_id, id)
  PRIMARY KEY (customer_id, import_id, service)
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.usage_union
  customer_id text not null
  tenant_id text not null
  service text not null
  day date not null
  import_ids uuid[] not null
  active integer not null
  assigned integer
  active_unlicensed integer
  window_days integer not null
  CHECK ((active >= 0))
  CHECK ((active_unlicensed >= 0))
  CHECK ((assigned >= 0))
  CHECK ((cardinality(import_ids) > 1))
  CHECK ((window_days > 0))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  PRIMARY KEY (customer_id, tenant_id, service, day, import_ids)
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.usage_version
  customer_id text not null
  tenant_id text not null
  service text not null
  measure text not null
  day date not null
  known_since timestamp with time zone not null
  known_until timestamp with time zone not null
  active integer not null
  assigned integer
  active_unlicensed integer
  entitled bigint
  import_id uuid
  why text not null
  CHECK ((active >= 0))
  CHECK ((known_until >= known_since))
  CHECK ((measure = ANY (ARRAY['rolling'::text, 'daily'::text])))
  CHECK ((why = ANY (ARRAY['restated'::text, 'withdrawn'::text])))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  PRIMARY KEY (customer_id, tenant_id, service, measure, day, known_until)
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.value_discussion
  customer_id text not null
  engagement_id text not null
  service text not null
  interest boolean
  status text not null
  planned_for date
  held_on date
  success_factors text
  participants text
  outcome text
  changed_by text not null
  changed_at timestamp with time zone not null
  version integer not null
  CHECK (((status <> 'planned'::text) OR (planned_for IS NOT NULL)))
  CHECK (((status = 'held'::text) = (held_on IS NOT NULL)))
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  CHECK ((status = ANY (ARRAY['proposed'::text, 'planned'::text, 'held'::text, 'declined'::text])))
  FOREIGN KEY (changed_by) REFERENCES person(id)
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  PRIMARY KEY (customer_id, engagement_id, service)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))
