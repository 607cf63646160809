DROP INDEX "residence_episodes_by_person";--> statement-breakpoint
CREATE INDEX "births_by_mother" ON "births" USING btree ("county_code","mother_id") WHERE "births"."mother_id" is not null;--> statement-breakpoint
CREATE INDEX "residence_episodes_by_person" ON "residence_episodes" USING btree ("county_code","person_id");