-- The deck goes along with the invitation to a success review.
alter table meeting
  add column attaches_deck boolean not null default false,
  add constraint meeting_deck_with_review check (not attaches_deck or about is not distinct from 'review');
