-- Whose they are comes first: one index where there were two, and a newcomer's are the last of it.
alter table population_postings drop constraint population_postings_pk;
--> statement-breakpoint
alter table population_postings add constraint population_postings_pk primary key (county_code, person_id, id);
--> statement-breakpoint
drop index population_postings_by_person;
