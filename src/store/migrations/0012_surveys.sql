-- The survey (customer and partner experience): who was asked, what they answered, and what the installation chose.

create table survey_settings (
  is_only boolean primary key default true check (is_only),
  -- The nightly job asks by itself; else a person does.
  is_automatic boolean not null default false,
  -- Days from the invitation to its one reminder, and to its end.
  remind_after integer not null default 14 check (remind_after between 1 and 90),
  expire_after integer not null default 30 check (expire_after between 2 and 180),
  -- Days in which nobody is asked twice, at whatever customer.
  cool_down integer not null default 90 check (cool_down between 0 and 730),
  -- An answer at or below either of them calls for a follow-up.
  low_overall integer not null default 2 check (low_overall between 0 and 5),
  low_recommend integer not null default 6 check (low_recommend between -1 and 10),
  languages text[] not null default '{en,pt-BR,es}' check (languages <@ array['en', 'pt-BR', 'es'] and cardinality(languages) > 0),
  -- What the sender adds to the mail, by language.
  words jsonb not null default '{}' check (jsonb_typeof(words) = 'object'),
  version integer not null default 0,
  check (expire_after > remind_after)
);
insert into survey_settings default values;

-- Whoever asked never to be asked again. `person_key` is a keyed hash of the lower-cased address: it knows the person again at every
-- customer and says nothing by itself.
create table survey_opt_out (
  person_key text primary key check (person_key ~ '^[0-9a-f]{64}$'),
  opted_out_at timestamptz not null
);

create table survey_invitation (
  customer_id text not null references customer,
  id uuid not null,
  -- The survey is of an engagement: answered once, it is not asked again in it.
  engagement_id text not null,
  -- Null with the two hashes once it was made anonymous.
  contact_id uuid,
  person_key text check (person_key ~ '^[0-9a-f]{64}$'),
  -- Of the link; the link itself stands in the mail only.
  token_hash text unique check (token_hash ~ '^[0-9a-f]{64}$'),
  language text not null check (language in ('en', 'pt-BR', 'es')),
  -- As they were when it was asked: what results are grouped by.
  services text[] not null,
  owner_id text references person,
  state text not null default 'asked' check (state in ('asked', 'reminded', 'answered', 'expired', 'withdrawn')),
  asked_by text not null references person,
  asked_at timestamptz not null,
  remind_at timestamptz not null,
  expires_at timestamptz not null,
  -- Null: the mail is still to be written.
  mailed_at timestamptz,
  reminded_at timestamptz,
  reminder_mailed_at timestamptz,
  ended_at timestamptz,
  withdrawn_because text check (withdrawn_because in ('do-not-contact', 'refused', 'not-eligible', 'archived', 'erased', 'bounced', 'address', 'by-hand')),
  primary key (customer_id, id),
  foreign key (customer_id, engagement_id) references engagement,
  -- A merge moves contacts and what hangs on them in two statements.
  foreign key (customer_id, contact_id) references contact deferrable initially deferred,
  check ((state in ('asked', 'reminded')) = (ended_at is null)),
  check ((state = 'withdrawn') = (withdrawn_because is not null)),
  check (state <> 'asked' or reminded_at is null),
  check (state <> 'reminded' or reminded_at is not null),
  check (reminder_mailed_at is null or reminded_at is not null),
  check (remind_at > asked_at and expires_at > remind_at),
  check ((contact_id is null) = (person_key is null) and (contact_id is null) = (token_hash is null)),
  check (contact_id is not null or ended_at is not null),
  constraint survey_answered_in_time check (state <> 'answered' or ended_at < expires_at),
  constraint survey_reminded_in_time check (reminded_at < expires_at)
);
create unique index survey_one_open on survey_invitation (customer_id, contact_id) where state in ('asked', 'reminded');
create unique index survey_one_open_person on survey_invitation (person_key) where state in ('asked', 'reminded');
create index survey_person on survey_invitation (person_key, asked_at) where person_key is not null;
create index survey_contact on survey_invitation (customer_id, contact_id);
create index survey_remind on survey_invitation (remind_at) where state = 'asked';
create index survey_expire on survey_invitation (expires_at) where state in ('asked', 'reminded');
create index survey_to_mail on survey_invitation (asked_at)
  where state in ('asked', 'reminded') and (mailed_at is null or (reminded_at is not null and reminder_mailed_at is null));
create index survey_quarter on survey_invitation (asked_at);

create table survey_answer (
  customer_id text not null,
  invitation_id uuid not null,
  -- 1 very dissatisfied … 5 very satisfied; null: left blank.
  overall integer not null check (overall between 1 and 5),
  responsiveness integer check (responsiveness between 1 and 5),
  expertise integer check (expertise between 1 and 5),
  usefulness integer check (usefulness between 1 and 5),
  -- 0 not at all likely … 10 extremely likely.
  recommend integer check (recommend between 0 and 10),
  comment text check (btrim(comment) <> '' and length(comment) <= 4000),
  answered_at timestamptz not null,
  -- By what the installation had set then.
  is_low boolean not null,
  primary key (customer_id, invitation_id),
  foreign key (customer_id, invitation_id) references survey_invitation
);
create index survey_answer_age on survey_answer (answered_at);

-- Nobody is asked who may not be, whichever way the row comes; what has ended invites nobody.
create function check_survey_invitation() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
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
end $$;
-- After the policies: who may not write here learns nothing of the contact.
create trigger survey_invitation_is_allowed after insert on survey_invitation for each row execute function check_survey_invitation();
create trigger survey_reminder_is_allowed before update on survey_invitation for each row
  when (old.state = 'asked' and new.state = 'reminded') execute function check_survey_invitation();

-- asked -> reminded -> answered, expired or withdrawn: forwards only, one reminder, and what was written down stays.
create function check_survey_step() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
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
end $$;
create trigger survey_invitation_goes_forwards before update on survey_invitation for each row execute function check_survey_step();

-- An answer is given once, in time, and not changed; making it anonymous takes its text.
create function check_survey_answer() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
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
end $$;
create trigger survey_answer_is_allowed after insert or update on survey_answer for each row execute function check_survey_answer();
-- `answered` says that there is an answer, and an answer that the invitation is: seen when the transaction ends.
create function check_survey_answered() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  invitation uuid := case when tg_table_name = 'survey_answer' then (to_jsonb(new) ->> 'invitation_id')::uuid else (to_jsonb(new) ->> 'id')::uuid end;
begin
  if exists (select from survey_invitation i left join survey_answer a on a.customer_id = i.customer_id and a.invitation_id = i.id
    where i.customer_id = new.customer_id and i.id = invitation and (i.state = 'answered') <> (a.invitation_id is not null)) then
    raise exception 'invitation % and its answer do not say the same', invitation
      using errcode = 'check_violation', constraint = 'survey_answered';
  end if;
  return null;
end $$;
create constraint trigger survey_answered after insert or update of state on survey_invitation
  deferrable initially deferred for each row execute function check_survey_answered();
create constraint trigger survey_answered after insert on survey_answer
  deferrable initially deferred for each row execute function check_survey_answered();

call protect_whole_customer_table('survey_invitation', 'may_tell');
-- An answer comes through the link, which the system takes; a merge moves it.
create policy seen on survey_answer for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()));
create policy added on survey_answer for insert with check ((select administers()));
create policy changed on survey_answer for update using ((select manages()));
create policy removed on survey_answer for delete using ((select administers()));
create policy seen on survey_settings for select using ((select is_someone()));
create policy changed on survey_settings for update using ((select administers()));
create policy seen on survey_opt_out for select using ((select is_someone()));
create policy managed on survey_opt_out for all using ((select administers())) with check ((select administers()));

-- Erasing a contact reaches what only administrators may touch: the key of what the record keeps of it, mails to it and those that name it,
-- its name in what people were told, and what it said in surveys. The contact's row still has its name and address then.
create or replace function forget_contact(of_customer text, of_contact uuid) returns void language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
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
end $$;
