-- Which milestone was reached when: forecasts know it only of what somebody had forecast, and no report may read every figure there is.
-- Kept by the job that makes forecasts, from the figures as they stand corrected; what they no longer say is gone.
create table milestone_reached (
  customer_id text not null,
  service text not null check (service ~ '^[a-z0-9][a-z0-9-]*$'),
  milestone text not null check (milestone in ('first', 'broad', 'max')),
  percent numeric(4, 1) not null check (percent > 0 and percent <= 100),
  -- First day at or above the percent.
  reached_on date not null,
  -- The very first figure stood there already: it was on that day or any time before.
  is_first_figure boolean not null,
  primary key (customer_id, service, milestone),
  foreign key (customer_id) references customer
);
create index milestone_reached_when on milestone_reached (reached_on);

create policy seen on milestone_reached for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()));
create policy added on milestone_reached for insert with check ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, service)));
create policy changed on milestone_reached for update using ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, service)));
create policy removed on milestone_reached for delete using ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, service)));
