CREATE TABLE "birth_registration_versions" (
	"county_code" integer NOT NULL,
	"registration_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"event" text NOT NULL,
	"changes" text NOT NULL,
	"reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "birth_registration_versions_pk" PRIMARY KEY("county_code","registration_id","version")
);
--> statement-breakpoint
CREATE TABLE "birth_registrations" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" text collate "C",
	"registrant_id" uuid,
	"partner_id" uuid,
	"purpose" text NOT NULL,
	"last_menstruation_on" date,
	"expected_on" date,
	"born_on" date,
	"birth_id" uuid,
	"child_order" smallint,
	"channel" text NOT NULL,
	"agent_id" uuid,
	"authorisation" text,
	"authorised_on" date,
	"status" text NOT NULL,
	"missing" text[] DEFAULT '{}' NOT NULL,
	"service_pack_sent" boolean NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"registered_at" timestamp with time zone,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "birth_registrations_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "birth_registrations_purpose" CHECK ("birth_registrations"."purpose" in ('PREGNANT', 'PLANNING', 'BORN')),
	CONSTRAINT "birth_registrations_channel" CHECK ("birth_registrations"."channel" in ('SELF_ONLINE', 'VILLAGE_AGENT', 'STATION', 'ONE_THING')),
	CONSTRAINT "birth_registrations_status" CHECK ("birth_registrations"."status" in ('SUBMITTED', 'REGISTERED', 'RETURNED_FOR_COMPLETION', 'WITHDRAWN', 'LINKED_TO_BIRTH')),
	CONSTRAINT "birth_registrations_agent_authorised" CHECK ("birth_registrations"."channel" <> 'VILLAGE_AGENT' or "birth_registrations"."authorisation" is not null or "birth_registrations"."status" not in ('REGISTERED', 'LINKED_TO_BIRTH'))
);
--> statement-breakpoint
CREATE TABLE "births" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"child_id" uuid,
	"mother_id" uuid,
	"father_id" uuid,
	"pregnancy_id" uuid,
	"occurred_on" date NOT NULL,
	"occurred_at" text,
	"outcome" text NOT NULL,
	"sex" text NOT NULL,
	"order_of_mother" smallint,
	"mother_age" smallint,
	"plurality" smallint NOT NULL,
	"sequence" smallint NOT NULL,
	"gestation_days" smallint,
	"weight_grams" smallint,
	"length_millimetres" smallint,
	"apgar_1" smallint,
	"apgar_5" smallint,
	"apgar_10" smallint,
	"delivery" text,
	"place" text NOT NULL,
	"facility_id" uuid,
	"certificate_number" text collate "C",
	"certificate_issued_on" date,
	"certificate_type" text,
	"hukou_registered_on" date,
	"hepatitis_b_on" date,
	"division_code" text collate "C" NOT NULL,
	"hukou_division" text collate "C" NOT NULL,
	"registers" text[] DEFAULT '{}' NOT NULL,
	"findings" text[] DEFAULT '{}' NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "births_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "births_outcome" CHECK ("births"."outcome" in ('LIVE', 'STILLBIRTH', 'FETAL_DEATH')),
	CONSTRAINT "births_live_has_child" CHECK (("births"."outcome" = 'LIVE') = ("births"."child_id" is not null)),
	CONSTRAINT "births_plurality" CHECK ("births"."plurality" between 1 and 8 and "births"."sequence" between 1 and "births"."plurality"),
	CONSTRAINT "births_order" CHECK ("births"."order_of_mother" between 1 and 20),
	CONSTRAINT "births_gestation" CHECK ("births"."gestation_days" between 140 and 315),
	CONSTRAINT "births_weight" CHECK ("births"."weight_grams" between 300 and 7000),
	CONSTRAINT "births_apgar" CHECK ("births"."apgar_1" between 0 and 10 and "births"."apgar_5" between 0 and 10 and "births"."apgar_10" between 0 and 10),
	CONSTRAINT "births_mother_age" CHECK ("births"."mother_age" between 12 and 60),
	CONSTRAINT "births_void_has_reason" CHECK (("births"."voided_at" is null) = ("births"."void_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "book_signatures" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"month" date NOT NULL,
	"act" text NOT NULL,
	"figures" jsonb NOT NULL,
	"note" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" uuid,
	"withdraw_reason" text,
	CONSTRAINT "book_signatures_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "book_signatures_act" CHECK ("book_signatures"."act" in ('CONFIRM', 'SIGN', 'CLOSE')),
	CONSTRAINT "book_signatures_withdrawal_has_reason" CHECK (("book_signatures"."withdrawn_at" is null) = ("book_signatures"."withdraw_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "population_books" (
	"county_code" integer NOT NULL,
	"starts_on" date NOT NULL,
	"structured_until" smallint NOT NULL,
	CONSTRAINT "population_books_pk" PRIMARY KEY("county_code")
);
--> statement-breakpoint
CREATE TABLE "population_postings" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"kind" text NOT NULL,
	"residence" smallint NOT NULL,
	"registered" smallint NOT NULL,
	"person_id" uuid NOT NULL,
	"sex" text NOT NULL,
	"birth_month" date NOT NULL,
	"fact_id" uuid NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "population_postings_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "population_postings_kind" CHECK ("population_postings"."kind" in ('OPENING', 'BIRTH', 'DEATH', 'IN', 'OUT', 'ENTRY', 'EXIT', 'BOUNDARY'))
);
--> statement-breakpoint
CREATE TABLE "structure_changes" (
	"county_code" integer NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"month" date NOT NULL,
	"sex" text NOT NULL,
	"birth_month" date NOT NULL,
	"residence" integer NOT NULL,
	"registered" integer NOT NULL,
	CONSTRAINT "structure_changes_pk" PRIMARY KEY("county_code","division_code","month","sex","birth_month")
);
--> statement-breakpoint
CREATE TABLE "structures" (
	"county_code" integer NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"year" smallint NOT NULL,
	"sex" text NOT NULL,
	"birth_month" date NOT NULL,
	"residence" integer NOT NULL,
	"registered" integer NOT NULL,
	CONSTRAINT "structures_pk" PRIMARY KEY("county_code","year","division_code","sex","birth_month")
);
--> statement-breakpoint
CREATE TABLE "township_months" (
	"county_code" integer NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"month" date NOT NULL,
	"kind" text NOT NULL,
	"sex" text NOT NULL,
	"residence" integer NOT NULL,
	"registered" integer NOT NULL,
	CONSTRAINT "township_months_pk" PRIMARY KEY("county_code","month","division_code","kind","sex")
);
--> statement-breakpoint
CREATE TABLE "village_months" (
	"county_code" integer NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"month" date NOT NULL,
	"kind" text NOT NULL,
	"residence" integer NOT NULL,
	"registered" integer NOT NULL,
	CONSTRAINT "village_months_pk" PRIMARY KEY("county_code","division_code","month","kind")
);
--> statement-breakpoint
CREATE TABLE "childcare_enrolments" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"institution_id" uuid NOT NULL,
	"child_id" uuid NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "childcare_enrolments_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "childcare_enrolments_in_order" CHECK ("childcare_enrolments"."to_on" > "childcare_enrolments"."from_on"),
	CONSTRAINT "childcare_enrolments_void_has_reason" CHECK (("childcare_enrolments"."voided_at" is null) = ("childcare_enrolments"."void_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "childcare_institutions" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"organisation_id" uuid,
	"kind" text NOT NULL,
	"filing_number" text collate "C",
	"inclusive" boolean NOT NULL,
	"places_under_1" integer NOT NULL,
	"places_1" integer NOT NULL,
	"places_2" integer NOT NULL,
	"staff" integer,
	"fee_month_fen" integer,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"division_code" text collate "C" NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "childcare_institutions_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "childcare_institutions_kind" CHECK ("childcare_institutions"."kind" in ('COMMUNITY', 'EMPLOYER', 'KINDERGARTEN', 'INDEPENDENT', 'HOME')),
	CONSTRAINT "childcare_institutions_places" CHECK ("childcare_institutions"."places_under_1" >= 0 and "childcare_institutions"."places_1" >= 0 and "childcare_institutions"."places_2" >= 0)
);
--> statement-breakpoint
CREATE TABLE "mother_infant_rooms" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"site" text NOT NULL,
	"site_kind" text NOT NULL,
	"required" boolean NOT NULL,
	"area_square_metres" integer,
	"standard_met" boolean NOT NULL,
	"opened_on" date,
	"division_code" text collate "C" NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "mother_infant_rooms_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "mother_infant_rooms_kind" CHECK ("mother_infant_rooms"."site_kind" in ('HOSPITAL', 'STATION', 'MALL', 'PARK', 'WORKPLACE', 'OFFICE', 'OTHER'))
);
--> statement-breakpoint
CREATE TABLE "deaths" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"place" text NOT NULL,
	"cause_cipher" "bytea",
	"certificate_number" text collate "C",
	"maternal" text NOT NULL,
	"reporter" text NOT NULL,
	"sex" text NOT NULL,
	"birth_date" date NOT NULL,
	"age_days" integer NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"hukou_division" text collate "C" NOT NULL,
	"findings" text[] DEFAULT '{}' NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "deaths_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "deaths_maternal" CHECK ("deaths"."maternal" in ('NO', 'DIRECT', 'INDIRECT')),
	CONSTRAINT "deaths_reporter" CHECK ("deaths"."reporter" in ('HEALTH', 'POLICE', 'CIVIL', 'VILLAGE')),
	CONSTRAINT "deaths_after_birth" CHECK ("deaths"."age_days" >= 0),
	CONSTRAINT "deaths_void_has_reason" CHECK (("deaths"."voided_at" is null) = ("deaths"."void_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "marriage_events" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"event" text NOT NULL,
	"occurred_on" date NOT NULL,
	"party_a" uuid NOT NULL,
	"party_b" uuid,
	"party_b_name" text,
	"order_a" text,
	"order_b" text,
	"age_a" smallint NOT NULL,
	"age_b" smallint,
	"sex_a" text NOT NULL,
	"sex_b" text,
	"certificate_number" text collate "C",
	"registry_id" uuid,
	"division_a" text collate "C" NOT NULL,
	"division_b" text collate "C",
	"findings" text[] DEFAULT '{}' NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "marriage_events_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "marriage_events_event" CHECK ("marriage_events"."event" in ('MARRY', 'DIVORCE', 'WIDOWED', 'REMARRY', 'ANNUL')),
	CONSTRAINT "marriage_events_order" CHECK ("marriage_events"."order_a" in ('FIRST', 'RE') and "marriage_events"."order_b" in ('FIRST', 'RE')),
	CONSTRAINT "marriage_events_two_people" CHECK ("marriage_events"."party_a" <> "marriage_events"."party_b"),
	CONSTRAINT "marriage_events_void_has_reason" CHECK (("marriage_events"."voided_at" is null) = ("marriage_events"."void_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "migration_events" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"occurred_on" date NOT NULL,
	"from_division" text collate "C" NOT NULL,
	"to_division" text collate "C" NOT NULL,
	"reason" text NOT NULL,
	"distance" text NOT NULL,
	"episode_id" uuid,
	"expected_return" date,
	"acknowledgement" text NOT NULL,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by" uuid,
	"counterpart_county" integer,
	"counterpart_id" uuid,
	"findings" text[] DEFAULT '{}' NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "migration_events_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "migration_events_kind" CHECK ("migration_events"."kind" in ('HUKOU_IN', 'HUKOU_OUT', 'FLOW_IN', 'FLOW_OUT', 'RETURN')),
	CONSTRAINT "migration_events_reason" CHECK ("migration_events"."reason" in ('WORK', 'STUDY', 'MARRIAGE', 'FAMILY', 'PENSION', 'RELOCATION', 'MILITARY', 'OTHER')),
	CONSTRAINT "migration_events_acknowledgement" CHECK ("migration_events"."acknowledgement" in ('NONE', 'SENT', 'CONFIRMED', 'REFUSED')),
	CONSTRAINT "migration_events_two_places" CHECK ("migration_events"."from_division" <> "migration_events"."to_division"),
	CONSTRAINT "migration_events_void_has_reason" CHECK (("migration_events"."voided_at" is null) = ("migration_events"."void_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "county_transfers" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"to_county" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"departure_id" uuid NOT NULL,
	"from_division" text collate "C" NOT NULL,
	"to_division" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"reason" text NOT NULL,
	"with_residence" boolean NOT NULL,
	"note" text,
	"state" text NOT NULL,
	"answer" text,
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	"arrival_id" uuid,
	"arrived_as" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	CONSTRAINT "county_transfers_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "county_transfers_state" CHECK ("county_transfers"."state" in ('NONE', 'SENT', 'CONFIRMED', 'REFUSED')),
	CONSTRAINT "county_transfers_two_counties" CHECK ("county_transfers"."county_code" <> "county_transfers"."to_county")
);
--> statement-breakpoint
CREATE TABLE "parentage_events" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"child_id" uuid NOT NULL,
	"adult_id" uuid,
	"kind" text NOT NULL,
	"occurred_on" date NOT NULL,
	"ended_on" date,
	"certificate_number" text collate "C",
	"findings" text[] DEFAULT '{}' NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "parentage_events_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "parentage_events_kind" CHECK ("parentage_events"."kind" in ('ADOPTIVE', 'STEP', 'GUARDIAN')),
	CONSTRAINT "parentage_events_two_people" CHECK ("parentage_events"."child_id" <> "parentage_events"."adult_id"),
	CONSTRAINT "parentage_events_in_order" CHECK ("parentage_events"."ended_on" >= "parentage_events"."occurred_on"),
	CONSTRAINT "parentage_events_void_has_reason" CHECK (("parentage_events"."voided_at" is null) = ("parentage_events"."void_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "antenatal_visits" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"pregnancy_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"gestation_days" smallint NOT NULL,
	"organisation_id" uuid,
	"systolic" smallint,
	"diastolic" smallint,
	"weight_kilograms" numeric(5, 1),
	"fundal_height_centimetres" numeric(4, 1),
	"fetal_heart_rate" smallint,
	"haemoglobin" smallint,
	"urine_protein" text,
	"risk_colour" text NOT NULL,
	"next_on" date,
	"referred_to_id" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "antenatal_visits_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "antenatal_visits_gestation" CHECK ("antenatal_visits"."gestation_days" between 0 and 315),
	CONSTRAINT "antenatal_visits_colour" CHECK ("antenatal_visits"."risk_colour" in ('GREEN', 'YELLOW', 'ORANGE', 'RED')),
	CONSTRAINT "antenatal_visits_void_has_reason" CHECK (("antenatal_visits"."voided_at" is null) = ("antenatal_visits"."void_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "pregnancies" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"woman_id" uuid NOT NULL,
	"gravida" smallint,
	"parity_before" smallint,
	"last_menstruation_on" date,
	"expected_on" date NOT NULL,
	"expected_basis" text NOT NULL,
	"registered_on" date NOT NULL,
	"registered_organisation_id" uuid,
	"channel" text NOT NULL,
	"conception" text NOT NULL,
	"plurality" smallint,
	"risk_colour" text NOT NULL,
	"sensitive_cipher" "bytea",
	"status" text NOT NULL,
	"ended_on" date,
	"contact_consent" boolean NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "pregnancies_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "pregnancies_colour" CHECK ("pregnancies"."risk_colour" in ('GREEN', 'YELLOW', 'ORANGE', 'RED')),
	CONSTRAINT "pregnancies_basis" CHECK ("pregnancies"."expected_basis" in ('LMP', 'ULTRASOUND', 'ART')),
	CONSTRAINT "pregnancies_status" CHECK ("pregnancies"."status" in ('REGISTERED', 'ONGOING', 'DELIVERED', 'ENDED_LOSS', 'TRANSFERRED_OUT', 'LOST')),
	CONSTRAINT "pregnancies_end_after_lmp" CHECK ("pregnancies"."ended_on" >= "pregnancies"."last_menstruation_on"),
	CONSTRAINT "pregnancies_void_has_reason" CHECK (("pregnancies"."voided_at" is null) = ("pregnancies"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('birth_registration_versions');
--> statement-breakpoint
select app.shard('birth_registrations');
--> statement-breakpoint
select app.shard('births');
--> statement-breakpoint
select app.shard('book_signatures');
--> statement-breakpoint
select app.shard('population_books');
--> statement-breakpoint
select app.shard('population_postings');
--> statement-breakpoint
select app.shard('structure_changes');
--> statement-breakpoint
select app.shard('structures');
--> statement-breakpoint
select app.shard('township_months');
--> statement-breakpoint
select app.shard('village_months');
--> statement-breakpoint
select app.shard('childcare_enrolments');
--> statement-breakpoint
select app.shard('childcare_institutions');
--> statement-breakpoint
select app.shard('mother_infant_rooms');
--> statement-breakpoint
select app.shard('deaths');
--> statement-breakpoint
select app.shard('marriage_events');
--> statement-breakpoint
select app.shard('migration_events');
--> statement-breakpoint
select app.shard('county_transfers');
--> statement-breakpoint
select app.shard('parentage_events');
--> statement-breakpoint
select app.shard('antenatal_visits');
--> statement-breakpoint
select app.shard('pregnancies');
--> statement-breakpoint
ALTER TABLE "imports" DROP CONSTRAINT "imports_kind";--> statement-breakpoint
DROP INDEX "persons_by_residence";--> statement-breakpoint
ALTER TABLE "birth_registrations" ADD CONSTRAINT "birth_registrations_person" FOREIGN KEY ("county_code","registrant_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "birth_registrations" ADD CONSTRAINT "birth_registrations_partner" FOREIGN KEY ("county_code","partner_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "births" ADD CONSTRAINT "births_child" FOREIGN KEY ("county_code","child_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "births" ADD CONSTRAINT "births_mother" FOREIGN KEY ("county_code","mother_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "births" ADD CONSTRAINT "births_father" FOREIGN KEY ("county_code","father_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "childcare_enrolments" ADD CONSTRAINT "childcare_enrolments_institution" FOREIGN KEY ("county_code","institution_id") REFERENCES "public"."childcare_institutions"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "childcare_enrolments" ADD CONSTRAINT "childcare_enrolments_child" FOREIGN KEY ("county_code","child_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deaths" ADD CONSTRAINT "deaths_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marriage_events" ADD CONSTRAINT "marriage_events_a" FOREIGN KEY ("county_code","party_a") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marriage_events" ADD CONSTRAINT "marriage_events_b_person" FOREIGN KEY ("county_code","party_b") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "migration_events" ADD CONSTRAINT "migration_events_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "county_transfers" ADD CONSTRAINT "county_transfers_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "county_transfers" ADD CONSTRAINT "county_transfers_departure" FOREIGN KEY ("county_code","departure_id") REFERENCES "public"."migration_events"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parentage_events" ADD CONSTRAINT "parentage_events_child" FOREIGN KEY ("county_code","child_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parentage_events" ADD CONSTRAINT "parentage_events_adult" FOREIGN KEY ("county_code","adult_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "antenatal_visits" ADD CONSTRAINT "antenatal_visits_pregnancy" FOREIGN KEY ("county_code","pregnancy_id") REFERENCES "public"."pregnancies"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pregnancies" ADD CONSTRAINT "pregnancies_woman" FOREIGN KEY ("county_code","woman_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "birth_registrations_number" ON "birth_registrations" USING btree ("county_code","number") WHERE "birth_registrations"."number" is not null;--> statement-breakpoint
CREATE INDEX "birth_registrations_by_person" ON "birth_registrations" USING btree ("county_code","registrant_id");--> statement-breakpoint
CREATE INDEX "birth_registrations_by_partner" ON "birth_registrations" USING btree ("county_code","partner_id") WHERE "birth_registrations"."partner_id" is not null;--> statement-breakpoint
CREATE INDEX "birth_registrations_by_birth" ON "birth_registrations" USING btree ("county_code","birth_id") WHERE "birth_registrations"."birth_id" is not null;--> statement-breakpoint
CREATE INDEX "birth_registrations_by_day" ON "birth_registrations" USING btree ("county_code","recorded_at","id");--> statement-breakpoint
CREATE INDEX "birth_registrations_by_place" ON "birth_registrations" USING btree ("county_code","division_code","recorded_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "births_once" ON "births" USING btree ("county_code","child_id") WHERE "births"."voided_at" is null and "births"."child_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "births_of_mother" ON "births" USING btree ("county_code","mother_id","occurred_on","sequence") WHERE "births"."voided_at" is null and "births"."mother_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "births_certificate" ON "births" USING btree ("county_code","certificate_number") WHERE "births"."voided_at" is null and "births"."certificate_number" is not null;--> statement-breakpoint
CREATE INDEX "births_by_day" ON "births" USING btree ("county_code","occurred_on","id");--> statement-breakpoint
CREATE INDEX "births_by_place" ON "births" USING btree ("county_code","division_code","occurred_on");--> statement-breakpoint
CREATE INDEX "births_by_hukou" ON "births" USING btree ("county_code","hukou_division","occurred_on");--> statement-breakpoint
CREATE INDEX "births_by_child" ON "births" USING btree ("county_code","child_id");--> statement-breakpoint
CREATE INDEX "births_by_replaced" ON "births" USING btree ("county_code","replaces") WHERE "births"."replaces" is not null;--> statement-breakpoint
CREATE INDEX "births_by_father" ON "births" USING btree ("county_code","father_id") WHERE "births"."father_id" is not null;--> statement-breakpoint
CREATE INDEX "births_findings" ON "births" USING btree ("county_code","recorded_at") WHERE "births"."findings" <> '{}' and "births"."voided_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "book_signatures_once" ON "book_signatures" USING btree ("county_code","month","division_code") WHERE "book_signatures"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "book_signatures_latest" ON "book_signatures" USING btree ("county_code","recorded_at");--> statement-breakpoint
CREATE INDEX "population_postings_by_place" ON "population_postings" USING btree ("county_code","division_code","occurred_on");--> statement-breakpoint
CREATE INDEX "population_postings_by_person" ON "population_postings" USING btree ("county_code","person_id");--> statement-breakpoint
CREATE INDEX "childcare_enrolments_by_institution" ON "childcare_enrolments" USING btree ("county_code","institution_id","from_on");--> statement-breakpoint
CREATE INDEX "childcare_enrolments_by_child" ON "childcare_enrolments" USING btree ("county_code","child_id");--> statement-breakpoint
CREATE INDEX "childcare_institutions_by_place" ON "childcare_institutions" USING btree ("county_code","division_code","id");--> statement-breakpoint
CREATE INDEX "mother_infant_rooms_by_place" ON "mother_infant_rooms" USING btree ("county_code","division_code","id");--> statement-breakpoint
CREATE UNIQUE INDEX "deaths_once" ON "deaths" USING btree ("county_code","person_id") WHERE "deaths"."voided_at" is null;--> statement-breakpoint
CREATE INDEX "deaths_by_day" ON "deaths" USING btree ("county_code","occurred_on","id");--> statement-breakpoint
CREATE INDEX "deaths_by_place" ON "deaths" USING btree ("county_code","division_code","occurred_on");--> statement-breakpoint
CREATE INDEX "deaths_by_hukou" ON "deaths" USING btree ("county_code","hukou_division","occurred_on");--> statement-breakpoint
CREATE INDEX "deaths_by_person" ON "deaths" USING btree ("county_code","person_id");--> statement-breakpoint
CREATE INDEX "deaths_findings" ON "deaths" USING btree ("county_code","recorded_at") WHERE "deaths"."findings" <> '{}' and "deaths"."voided_at" is null;--> statement-breakpoint
CREATE INDEX "marriage_events_by_day" ON "marriage_events" USING btree ("county_code","occurred_on","id");--> statement-breakpoint
CREATE INDEX "marriage_events_by_place_a" ON "marriage_events" USING btree ("county_code","division_a","occurred_on","id");--> statement-breakpoint
CREATE INDEX "marriage_events_by_place_b" ON "marriage_events" USING btree ("county_code","division_b","occurred_on","id") WHERE "marriage_events"."division_b" is not null;--> statement-breakpoint
CREATE INDEX "marriage_events_by_a" ON "marriage_events" USING btree ("county_code","party_a");--> statement-breakpoint
CREATE INDEX "marriage_events_by_b" ON "marriage_events" USING btree ("county_code","party_b") WHERE "marriage_events"."party_b" is not null;--> statement-breakpoint
CREATE INDEX "marriage_events_findings" ON "marriage_events" USING btree ("county_code","recorded_at") WHERE "marriage_events"."findings" <> '{}' and "marriage_events"."voided_at" is null;--> statement-breakpoint
CREATE INDEX "migration_events_by_day" ON "migration_events" USING btree ("county_code","occurred_on","id");--> statement-breakpoint
CREATE INDEX "migration_events_leaving" ON "migration_events" USING btree ("county_code","from_division","occurred_on","id");--> statement-breakpoint
CREATE INDEX "migration_events_arriving" ON "migration_events" USING btree ("county_code","to_division","occurred_on","id");--> statement-breakpoint
CREATE INDEX "migration_events_by_person" ON "migration_events" USING btree ("county_code","person_id","occurred_on");--> statement-breakpoint
CREATE INDEX "migration_events_awaiting" ON "migration_events" USING btree ("county_code","acknowledgement") WHERE "migration_events"."acknowledgement" = 'SENT' and "migration_events"."voided_at" is null;--> statement-breakpoint
CREATE INDEX "migration_events_findings" ON "migration_events" USING btree ("county_code","recorded_at") WHERE "migration_events"."findings" <> '{}' and "migration_events"."voided_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "county_transfers_one_at_a_time" ON "county_transfers" USING btree ("county_code","person_id") WHERE "county_transfers"."state" = 'SENT';--> statement-breakpoint
CREATE INDEX "county_transfers_leaving" ON "county_transfers" USING btree ("county_code","recorded_at","id");--> statement-breakpoint
CREATE INDEX "county_transfers_arriving" ON "county_transfers" USING btree ("to_county","recorded_at","id");--> statement-breakpoint
CREATE INDEX "parentage_events_by_child" ON "parentage_events" USING btree ("county_code","child_id");--> statement-breakpoint
CREATE INDEX "parentage_events_by_adult" ON "parentage_events" USING btree ("county_code","adult_id");--> statement-breakpoint
CREATE INDEX "antenatal_visits_by_pregnancy" ON "antenatal_visits" USING btree ("county_code","pregnancy_id","occurred_on");--> statement-breakpoint
CREATE INDEX "pregnancies_by_woman" ON "pregnancies" USING btree ("county_code","woman_id","expected_on");--> statement-breakpoint
CREATE INDEX "pregnancies_by_day" ON "pregnancies" USING btree ("county_code","expected_on","id");--> statement-breakpoint
CREATE INDEX "pregnancies_by_place" ON "pregnancies" USING btree ("county_code","division_code","expected_on","id");--> statement-breakpoint
CREATE INDEX "persons_in_list_order" ON "persons" USING btree ("county_code","residence_division","id","sex","birth_date");--> statement-breakpoint
CREATE INDEX "residence_episodes_by_person" ON "residence_episodes" USING btree ("county_code","person_id") WHERE "residence_episodes"."voided_at" is null;--> statement-breakpoint
CREATE INDEX "residence_episodes_cancelled" ON "residence_episodes" USING btree ("county_code","person_id") WHERE "residence_episodes"."status" = '9' and "residence_episodes"."voided_at" is null;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_kind" CHECK ("imports"."kind" in ('divisions', 'persons', 'households', 'births', 'deaths', 'marriages', 'moves'));