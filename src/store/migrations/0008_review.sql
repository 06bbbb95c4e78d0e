-- From the gate to the agreed outcome of an engagement, and on to the next one.

-- What the gate said when the review was opened. It stays, whatever is known later.
create table review (
  customer_id text not null,
  engagement_id text not null,
  opened_on date not null,
  opened_at timestamptz not null,
  opened_by text not null references person,
  gate_state text not null check (gate_state in ('met', 'not-met', 'unknown')),
  -- Why it said so, by language.
  because jsonb not null check (jsonb_typeof(because) = 'object'),
  -- Why it was opened all the same.
  override_reason text check (btrim(override_reason) <> ''),
  primary key (customer_id, engagement_id),
  foreign key (customer_id, engagement_id) references engagement,
  constraint review_gate check ((gate_state = 'met') = (override_reason is null))
);

-- What was known of an engagement that ended, and does not hold for the next one.
create table engagement_fact (
  customer_id text not null,
  engagement_id text not null,
  name text not null,
  service text not null,
  value jsonb not null,
  source text not null,
  as_of date,
  recorded_at timestamptz not null,
  primary key (customer_id, engagement_id, name, service),
  foreign key (customer_id, engagement_id) references engagement
);

create function leads() returns boolean language sql stable parallel safe
  as $$ select acting_right() in ('administrator', 'lead') $$;
call protect_whole_customer_table('review', 'may_tell');
call protect_whole_customer_table('engagement_fact', 'may_tell');
-- A review says of the gate what the plan says of it; against it, it is opened by a lead who has something to show for it in this cycle.
create function check_review_gate() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
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
end $$;
create trigger review_gate_as_decided before insert on review for each row execute function check_review_gate();
create trigger review_stays before update of gate_state, because, opened_on on review for each row execute function refuse_change();

-- R6: an outcome comes after the review's task, whoever writes and in whatever order.
create function check_outcome_after_task() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from outcome o where o.customer_id = new.customer_id and o.engagement_id = new.engagement_id and o.outcome = new.outcome)
    and exists (select from engagement e where e.customer_id = new.customer_id and e.id = new.engagement_id and e.overall_task is not null
      and not exists (select from item i where i.customer_id = e.customer_id and i.engagement_id = e.id and i.task = e.overall_task
        and i.status = 'complete')) then
    raise exception 'an outcome is set after the task of the review is complete'
      using errcode = 'check_violation', constraint = 'outcome_after_task';
  end if;
  return null;
end $$;
create constraint trigger outcome_after_task after insert on outcome
  deferrable initially deferred for each row execute function check_outcome_after_task();

-- What was agreed stays: an engagement that is complete is opened again, and its outcomes change, only by a lead.
create function check_agreed() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
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
end $$;
create trigger engagement_agreed before update of state on engagement for each row
  when (old.state <> 'open' and new.state <> old.state) execute function check_agreed();
create trigger outcome_agreed before delete or update on outcome for each row execute function check_agreed();

-- Engagements whose task is complete and whose outcome was set before completing them was written down.
update engagement e set state = 'complete', closed_at = greatest(e.opened_at, (select max(o.recorded_at) from outcome o
    where o.customer_id = e.customer_id and o.engagement_id = e.id))
  where e.state = 'open'
    and exists (select from outcome o where o.customer_id = e.customer_id and o.engagement_id = e.id)
    and exists (select from item i where i.customer_id = e.customer_id and i.engagement_id = e.id and i.task = e.overall_task
      and i.status = 'complete');
