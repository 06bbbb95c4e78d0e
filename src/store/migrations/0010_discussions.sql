-- Which meeting is the success review, business value discussions, and discussions of usage reports.

alter table meeting
  -- What it is held for beyond the contact itself; null: nothing in particular.
  add column about text check (about in ('review')),
  add constraint meeting_review_with_customer check (about is null or kind = 'customer');
create index meeting_about on meeting (customer_id, starts_at) include (state) where about is not null;
-- Of which customers a review was held, for the board.
create index fact_review_held on fact (customer_id) where name = 'review.meetingHeldOn';

-- Whether and how a service was talked about with the customer for what it would be worth. One per service and engagement.
create table value_discussion (
  customer_id text not null,
  engagement_id text not null,
  service text not null check (service ~ '^[a-z0-9][a-z0-9-]*$'),
  -- Null: not asked, which is not the same as no.
  interest boolean,
  status text not null check (status in ('proposed', 'planned', 'held', 'declined')),
  planned_for date,
  held_on date,
  success_factors text,
  participants text,
  outcome text,
  changed_by text not null references person,
  changed_at timestamptz not null,
  version integer not null,
  primary key (customer_id, engagement_id, service),
  foreign key (customer_id, engagement_id) references engagement,
  constraint value_discussion_planned check (status <> 'planned' or planned_for is not null),
  constraint value_discussion_held check ((status = 'held') = (held_on is not null))
);

-- Measuring success and the usage reports were talked about with the customer. What was recorded by mistake is removed.
create table usage_discussion (
  customer_id text not null references customer,
  id uuid not null,
  held_on date not null,
  participants text,
  note text,
  links text[] not null default '{}',
  recorded_by text not null references person,
  recorded_at timestamptz not null,
  primary key (customer_id, id)
);

-- Of one service for whom the service is assigned to, like what is known of it.
create policy seen on value_discussion for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()));
create policy added on value_discussion for insert with check ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, service)));
create policy changed on value_discussion for update using ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, service)));
create policy removed on value_discussion for delete using ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, service)));
call protect_whole_customer_table('usage_discussion', 'may_tell');
