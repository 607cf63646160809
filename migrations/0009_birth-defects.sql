CREATE TABLE "antenatal_cares" (
	"county_code" integer NOT NULL,
	"pregnancy_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"first_on" date NOT NULL,
	"last_on" date NOT NULL,
	"next_on" date,
	"contacts" integer NOT NULL,
	"risk_colour" text NOT NULL,
	"is_purple" boolean NOT NULL,
	"plan_due_since" date,
	"plan_id" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "antenatal_cares_pk" PRIMARY KEY("county_code","pregnancy_id","facility_id"),
	CONSTRAINT "antenatal_cares_colour" CHECK ("antenatal_cares"."risk_colour" in ('GREEN', 'YELLOW', 'ORANGE', 'RED'))
);
--> statement-breakpoint
select app.shard('antenatal_cares');
--> statement-breakpoint
CREATE TABLE "antenatal_contacts" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"pregnancy_id" uuid NOT NULL,
	"woman_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"place" text NOT NULL,
	"gestation_days" smallint NOT NULL,
	"step" text,
	"risk_colour" text NOT NULL,
	"is_purple" boolean NOT NULL,
	"risk_items" text[] NOT NULL,
	"advice_rows" text[] NOT NULL,
	"urgency" text,
	"risk_table" text collate "C" NOT NULL,
	"advice_table" text collate "C" NOT NULL,
	"counselling" text[] NOT NULL,
	"iron_days" smallint,
	"next_on" date,
	"values_cipher" "bytea" NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "antenatal_contacts_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "antenatal_contacts_place" CHECK ("antenatal_contacts"."place" in ('FACILITY', 'HOME', 'PHONE')),
	CONSTRAINT "antenatal_contacts_gestation" CHECK ("antenatal_contacts"."gestation_days" between 0 and 315),
	CONSTRAINT "antenatal_contacts_colour" CHECK ("antenatal_contacts"."risk_colour" in ('GREEN', 'YELLOW', 'ORANGE', 'RED')),
	CONSTRAINT "antenatal_contacts_void_has_reason" CHECK (("antenatal_contacts"."voided_at" is null) = ("antenatal_contacts"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('antenatal_contacts');
--> statement-breakpoint
CREATE TABLE "postnatal_contacts" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"pregnancy_id" uuid NOT NULL,
	"woman_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"born_on" date NOT NULL,
	"occurred_on" date NOT NULL,
	"days_after_birth" smallint NOT NULL,
	"place" text NOT NULL,
	"breastfeeding" text,
	"counselling" text[] NOT NULL,
	"advice_rows" text[] NOT NULL,
	"urgency" text,
	"advice_table" text collate "C" NOT NULL,
	"values_cipher" "bytea" NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "postnatal_contacts_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "postnatal_contacts_kind" CHECK ("postnatal_contacts"."kind" in ('VISIT', 'CHECK_42D')),
	CONSTRAINT "postnatal_contacts_place" CHECK ("postnatal_contacts"."place" in ('FACILITY', 'HOME', 'PHONE')),
	CONSTRAINT "postnatal_contacts_after" CHECK ("postnatal_contacts"."days_after_birth" between 0 and 366),
	CONSTRAINT "postnatal_contacts_feeding" CHECK ("postnatal_contacts"."breastfeeding" in ('EXCLUSIVE', 'MIXED', 'FORMULA')),
	CONSTRAINT "postnatal_contacts_void_has_reason" CHECK (("postnatal_contacts"."voided_at" is null) = ("postnatal_contacts"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('postnatal_contacts');
--> statement-breakpoint
CREATE TABLE "high_risk_plan_contacts" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"due_on" date NOT NULL,
	"mode" text NOT NULL,
	"state" text NOT NULL,
	"done_on" date,
	"words_cipher" "bytea" NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "high_risk_plan_contacts_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "high_risk_plan_contacts_mode" CHECK ("high_risk_plan_contacts"."mode" in ('CLINIC', 'HOME', 'PHONE', 'HOSPITAL')),
	CONSTRAINT "high_risk_plan_contacts_state" CHECK ("high_risk_plan_contacts"."state" in ('PLANNED', 'DONE', 'DECLINED', 'UNREACHABLE', 'CANCELLED')),
	CONSTRAINT "high_risk_plan_contacts_done" CHECK (("high_risk_plan_contacts"."state" = 'PLANNED') = ("high_risk_plan_contacts"."done_on" is null))
);
--> statement-breakpoint
select app.shard('high_risk_plan_contacts');
--> statement-breakpoint
CREATE TABLE "high_risk_plans" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"pregnancy_id" uuid NOT NULL,
	"woman_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"opened_on" date NOT NULL,
	"risk_colour" text NOT NULL,
	"is_purple" boolean NOT NULL,
	"risk_items" text[] NOT NULL,
	"responsible" text NOT NULL,
	"delivery_at" text,
	"plan_cipher" "bytea" NOT NULL,
	"closed_on" date,
	"outcome" text,
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
	CONSTRAINT "high_risk_plans_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "high_risk_plans_colour" CHECK ("high_risk_plans"."risk_colour" in ('GREEN', 'YELLOW', 'ORANGE', 'RED')),
	CONSTRAINT "high_risk_plans_outcome" CHECK (("high_risk_plans"."closed_on" is null) = ("high_risk_plans"."outcome" is null)),
	CONSTRAINT "high_risk_plans_in_order" CHECK ("high_risk_plans"."closed_on" >= "high_risk_plans"."opened_on"),
	CONSTRAINT "high_risk_plans_void_has_reason" CHECK (("high_risk_plans"."voided_at" is null) = ("high_risk_plans"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('high_risk_plans');
--> statement-breakpoint
CREATE TABLE "case_duplicates" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"facility_division" text collate "C" NOT NULL,
	"state" text NOT NULL,
	"found_at" timestamp with time zone NOT NULL,
	"kept_id" uuid,
	"reason" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "case_duplicates_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "case_duplicates_state" CHECK ("case_duplicates"."state" in ('OPEN', 'MERGED', 'DISMISSED')),
	CONSTRAINT "case_duplicates_two_cards" CHECK ("case_duplicates"."card_id" <> "case_duplicates"."other_id"),
	CONSTRAINT "case_duplicates_decided" CHECK (("case_duplicates"."state" = 'OPEN') = ("case_duplicates"."decided_at" is null) and ("case_duplicates"."state" = 'OPEN') = ("case_duplicates"."reason" is null)),
	CONSTRAINT "case_duplicates_kept" CHECK (("case_duplicates"."state" = 'MERGED') = ("case_duplicates"."kept_id" is not null))
);
--> statement-breakpoint
select app.shard('case_duplicates');
--> statement-breakpoint
CREATE TABLE "case_reviews" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"edition" smallint NOT NULL,
	"tier" text NOT NULL,
	"decision" text NOT NULL,
	"fields" text[] NOT NULL,
	"note_cipher" "bytea",
	"document_number" text,
	"decided_on" date NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	CONSTRAINT "case_reviews_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "case_reviews_tier" CHECK ("case_reviews"."tier" in ('REPORTER', 'HOSPITAL', 'COUNTY', 'PROVINCE')),
	CONSTRAINT "case_reviews_decision" CHECK ("case_reviews"."decision" in ('SUBMITTED', 'CORRECTED', 'WITHDRAWN', 'APPROVED', 'RETURNED', 'FINAL', 'MERGED')),
	CONSTRAINT "case_reviews_return_names_fields" CHECK (("case_reviews"."decision" = 'RETURNED') = (cardinality("case_reviews"."fields") > 0)),
	CONSTRAINT "case_reviews_province_document" CHECK (("case_reviews"."tier" = 'PROVINCE') <= ("case_reviews"."document_number" is not null))
);
--> statement-breakpoint
select app.shard('case_reviews');
--> statement-breakpoint
CREATE TABLE "chain_schedule_items" (
	"owner_county" integer NOT NULL,
	"version" integer NOT NULL,
	"item" text NOT NULL,
	"link" smallint NOT NULL,
	"position" smallint NOT NULL,
	"anchor" text NOT NULL,
	"from_days" integer NOT NULL,
	"to_days" integer NOT NULL,
	"opening_days" integer,
	"ends_with_pregnancy" boolean NOT NULL,
	"is_per_child" boolean NOT NULL,
	"condition" text NOT NULL,
	"served_by" text[] NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "chain_schedule_items_pk" PRIMARY KEY("owner_county","version","item"),
	CONSTRAINT "chain_schedule_items_anchor" CHECK ("chain_schedule_items"."anchor" in ('MARRIAGE', 'OPENING', 'LMP', 'BIRTH', 'CASE')),
	CONSTRAINT "chain_schedule_items_condition" CHECK ("chain_schedule_items"."condition" in ('ALWAYS', 'INDICATED')),
	CONSTRAINT "chain_schedule_items_window" CHECK ("chain_schedule_items"."to_days" >= "chain_schedule_items"."from_days")
);
--> statement-breakpoint
CREATE TABLE "chain_schedules" (
	"owner_county" integer NOT NULL,
	"version" integer NOT NULL,
	"status" text NOT NULL,
	"effective_from" date NOT NULL,
	"reason" text NOT NULL,
	"drafted_at" timestamp with time zone NOT NULL,
	"drafted_by" uuid,
	"approved_at" timestamp with time zone,
	"approved_by" uuid,
	CONSTRAINT "chain_schedules_pk" PRIMARY KEY("owner_county","version"),
	CONSTRAINT "chain_schedules_status" CHECK ("chain_schedules"."status" in ('DRAFT', 'IN_FORCE', 'WITHDRAWN')),
	CONSTRAINT "chain_schedules_four_eyes" CHECK ("chain_schedules"."approved_by" is distinct from "chain_schedules"."drafted_by" or "chain_schedules"."owner_county" = 0 or "chain_schedules"."approved_by" is null),
	CONSTRAINT "chain_schedules_approved" CHECK ("chain_schedules"."status" <> 'IN_FORCE' or "chain_schedules"."approved_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "chain_children" (
	"county_code" integer NOT NULL,
	"chain_id" uuid NOT NULL,
	"child_id" uuid NOT NULL,
	"birth_id" uuid,
	"born_on" date NOT NULL,
	"plurality" smallint NOT NULL,
	"sequence" smallint NOT NULL,
	"stopped_on" date,
	"stop_reason" text,
	CONSTRAINT "chain_children_pk" PRIMARY KEY("county_code","chain_id","child_id")
);
--> statement-breakpoint
select app.shard('chain_children');
--> statement-breakpoint
CREATE TABLE "chain_events" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"item" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"event" text NOT NULL,
	"occurred_on" date NOT NULL,
	"reason" text,
	"window_from" date,
	"window_to" date,
	"record_id" uuid NOT NULL,
	"offer_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "chain_events_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "chain_events_event" CHECK ("chain_events"."event" in ('INDICATED', 'OFFERED', 'ACCEPTED', 'DONE', 'POSITIVE', 'FOLLOWED', 'DECLINED', 'NOT_APPLICABLE', 'MISSED')),
	CONSTRAINT "chain_events_window" CHECK ("chain_events"."window_to" >= "chain_events"."window_from"),
	CONSTRAINT "chain_events_void_has_reason" CHECK (("chain_events"."voided_at" is null) = ("chain_events"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('chain_events');
--> statement-breakpoint
CREATE TABLE "chain_facilities" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"ground" text NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	CONSTRAINT "chain_facilities_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "chain_facilities_ground" CHECK ("chain_facilities"."ground" in ('OWNER', 'REFERRAL', 'LAB', 'CONSENT'))
);
--> statement-breakpoint
select app.shard('chain_facilities');
--> statement-breakpoint
CREATE TABLE "chain_links" (
	"county_code" integer NOT NULL,
	"chain_id" uuid NOT NULL,
	"item" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"link" smallint NOT NULL,
	"window_from" date,
	"window_to" date,
	"state" text NOT NULL,
	"offered_on" date,
	"accepted_on" date,
	"settled_on" date,
	"positive_on" date,
	"followed_on" date,
	"drop_reason" text,
	"facility_id" uuid,
	"division_code" text collate "C" NOT NULL,
	"cohort_month" date NOT NULL,
	CONSTRAINT "chain_links_pk" PRIMARY KEY("county_code","chain_id","item","subject_id"),
	CONSTRAINT "chain_links_state" CHECK ("chain_links"."state" in ('NOT_DUE', 'DUE', 'OFFERED', 'DONE', 'DECLINED', 'NOT_APPLICABLE', 'OVERDUE')),
	CONSTRAINT "chain_links_link" CHECK ("chain_links"."link" between 1 and 13)
);
--> statement-breakpoint
select app.shard('chain_links');
--> statement-breakpoint
CREATE TABLE "chain_runs" (
	"county_code" integer NOT NULL,
	"day_on" date NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"opened" integer,
	"changed" integer,
	CONSTRAINT "chain_runs_pk" PRIMARY KEY("county_code","day_on")
);
--> statement-breakpoint
select app.shard('chain_runs');
--> statement-breakpoint
CREATE TABLE "chains" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"woman_id" uuid NOT NULL,
	"partner_id" uuid,
	"pregnancy_id" uuid,
	"facility_id" uuid,
	"case_manager_id" uuid,
	"division_code" text collate "C" NOT NULL,
	"ground" text NOT NULL,
	"opened_on" date NOT NULL,
	"married_on" date,
	"expected_on" date,
	"born_on" date,
	"is_hospital_birth" boolean NOT NULL,
	"stopped_on" date,
	"stop_reason" text,
	"cohort_month" date NOT NULL,
	"closed_on" date,
	"close_reason" text,
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
	CONSTRAINT "chains_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "chains_ground" CHECK ("chains"."ground" in ('PREMARITAL', 'PRECONCEPTION', 'PREGNANCY', 'BIRTH')),
	CONSTRAINT "chains_month" CHECK (extract(day from "chains"."cohort_month") = 1),
	CONSTRAINT "chains_stop_has_reason" CHECK (("chains"."stopped_on" is null) = ("chains"."stop_reason" is null)),
	CONSTRAINT "chains_close_has_reason" CHECK (("chains"."closed_on" is null) = ("chains"."close_reason" is null)),
	CONSTRAINT "chains_void_has_reason" CHECK (("chains"."voided_at" is null) = ("chains"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('chains');
--> statement-breakpoint
CREATE TABLE "chain_period_tallies" (
	"county_code" integer NOT NULL,
	"period_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"item" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"links" integer NOT NULL,
	"offered" integer NOT NULL,
	"accepted" integer NOT NULL,
	"positive" integer NOT NULL,
	"followed" integer NOT NULL,
	CONSTRAINT "chain_period_tallies_pk" PRIMARY KEY("county_code","period_id","division_code","item","state","reason")
);
--> statement-breakpoint
select app.shard('chain_period_tallies');
--> statement-breakpoint
CREATE TABLE "chain_periods" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"from_month" date NOT NULL,
	"to_month" date NOT NULL,
	"closed_on" date NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	"closed_by" uuid NOT NULL,
	"note" text,
	CONSTRAINT "chain_periods_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "chain_periods_order" CHECK ("chain_periods"."to_month" >= "chain_periods"."from_month")
);
--> statement-breakpoint
select app.shard('chain_periods');
--> statement-breakpoint
CREATE TABLE "chain_tallies" (
	"county_code" integer NOT NULL,
	"cohort_month" date NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"item" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"links" integer NOT NULL,
	"offered" integer NOT NULL,
	"accepted" integer NOT NULL,
	"positive" integer NOT NULL,
	"followed" integer NOT NULL,
	CONSTRAINT "chain_tallies_pk" PRIMARY KEY("county_code","cohort_month","division_code","item","state","reason")
);
--> statement-breakpoint
select app.shard('chain_tallies');
--> statement-breakpoint
CREATE TABLE "chain_tally_stamps" (
	"county_code" integer NOT NULL,
	"cohort_month" date NOT NULL,
	"changes" bigint NOT NULL,
	CONSTRAINT "chain_tally_stamps_pk" PRIMARY KEY("county_code","cohort_month")
);
--> statement-breakpoint
select app.shard('chain_tally_stamps');
--> statement-breakpoint
CREATE TABLE "child_follow_up_steps" (
	"item" text NOT NULL,
	"valid_from" date NOT NULL,
	"months" integer NOT NULL,
	"days" integer NOT NULL,
	"days_before" integer NOT NULL,
	"days_after" integer NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "child_follow_up_steps_pk" PRIMARY KEY("item","valid_from"),
	CONSTRAINT "child_follow_up_steps_age" CHECK ("child_follow_up_steps"."months" >= 0 and "child_follow_up_steps"."days" >= 0 and "child_follow_up_steps"."days_before" >= 0 and "child_follow_up_steps"."days_after" >= 0)
);
--> statement-breakpoint
CREATE TABLE "child_follow_ups" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"child_id" uuid NOT NULL,
	"chain_id" uuid,
	"case_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"born_on" date NOT NULL,
	"opened_on" date NOT NULL,
	"consent" text NOT NULL,
	"consent_on" date,
	"consent_by" text,
	"closed_on" date,
	"close_reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "child_follow_ups_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "child_follow_ups_consent" CHECK ("child_follow_ups"."consent" in ('NOT_ASKED', 'GIVEN', 'REFUSED', 'WITHDRAWN')),
	CONSTRAINT "child_follow_ups_consent_on" CHECK (("child_follow_ups"."consent" = 'NOT_ASKED') = ("child_follow_ups"."consent_on" is null)),
	CONSTRAINT "child_follow_ups_closed" CHECK (("child_follow_ups"."closed_on" is null) = ("child_follow_ups"."close_reason" is null) and "child_follow_ups"."close_reason" in ('COMPLETED', 'DECLINED', 'LOST', 'DECEASED', 'MOVED')),
	CONSTRAINT "child_follow_ups_void_has_reason" CHECK (("child_follow_ups"."voided_at" is null) = ("child_follow_ups"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('child_follow_ups');
--> statement-breakpoint
CREATE TABLE "child_supports" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"follow_up_id" uuid NOT NULL,
	"child_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"chain_id" uuid,
	"kind" text NOT NULL,
	"occurred_on" date NOT NULL,
	"result" text,
	"amount_fen" bigint,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "child_supports_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "child_supports_kind" CHECK ("child_supports"."kind" in ('TREATMENT', 'SURGERY', 'REHABILITATION', 'FUND', 'DISABILITY_CERTIFICATE')),
	CONSTRAINT "child_supports_result" CHECK ("child_supports"."result" in ('PLANNED', 'UNDER_WAY', 'DONE', 'APPLIED', 'GRANTED', 'NOT_GRANTED', 'ISSUED')),
	CONSTRAINT "child_supports_amount" CHECK ("child_supports"."amount_fen" is null or ("child_supports"."amount_fen" >= 0 and "child_supports"."kind" = 'FUND')),
	CONSTRAINT "child_supports_void_has_reason" CHECK (("child_supports"."voided_at" is null) = ("child_supports"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('child_supports');
--> statement-breakpoint
CREATE TABLE "child_visits" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"follow_up_id" uuid NOT NULL,
	"child_id" uuid NOT NULL,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"item" text NOT NULL,
	"due_from" date NOT NULL,
	"due_on" date NOT NULL,
	"due_to" date NOT NULL,
	"state" text NOT NULL,
	"settled_on" date,
	"mode" text,
	"outcome" text,
	"is_on_treatment" boolean,
	"is_on_rehabilitation" boolean,
	"reason" text,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "child_visits_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "child_visits_state" CHECK ("child_visits"."state" in ('PLANNED', 'DONE', 'DECLINED', 'LOST', 'DECEASED', 'CANCELLED')),
	CONSTRAINT "child_visits_settled" CHECK (("child_visits"."state" = 'PLANNED') = ("child_visits"."settled_on" is null)),
	CONSTRAINT "child_visits_window" CHECK ("child_visits"."due_from" <= "child_visits"."due_on" and "child_visits"."due_on" <= "child_visits"."due_to"),
	CONSTRAINT "child_visits_outcome" CHECK ("child_visits"."outcome" in ('CURED', 'IMPROVED', 'STABLE', 'WORSE', 'DIED'))
);
--> statement-breakpoint
select app.shard('child_visits');
--> statement-breakpoint
CREATE TABLE "check_item_sets" (
	"owner_county" integer NOT NULL,
	"code" text NOT NULL,
	"version" integer NOT NULL,
	"effective_from" date NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"source" text NOT NULL,
	"items" jsonb NOT NULL,
	"elements" jsonb NOT NULL,
	"rules" jsonb NOT NULL,
	"follow_up" jsonb NOT NULL,
	"reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "check_item_sets_pk" PRIMARY KEY("owner_county","code","version"),
	CONSTRAINT "check_item_sets_code" CHECK ("check_item_sets"."code" in ('PREMARITAL', 'PRECONCEPTION'))
);
--> statement-breakpoint
CREATE TABLE "couple_check_parties" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"check_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"party" text NOT NULL,
	"person_id" uuid NOT NULL,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"infection_consent" boolean NOT NULL,
	"items_done" text[] NOT NULL,
	"opinion" text,
	"results_cipher" "bytea" NOT NULL,
	CONSTRAINT "couple_check_parties_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "couple_check_parties_party" CHECK ("couple_check_parties"."party" in ('HER', 'HIM')),
	CONSTRAINT "couple_check_parties_opinion" CHECK ("couple_check_parties"."opinion" is null or ("couple_check_parties"."kind" = 'PREMARITAL' and "couple_check_parties"."opinion" in ('1', '2', '3', '4', '5')))
);
--> statement-breakpoint
select app.shard('couple_check_parties');
--> statement-breakpoint
CREATE TABLE "couple_checks" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"chain_id" uuid,
	"woman_id" uuid,
	"man_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"set_owner" integer NOT NULL,
	"set_version" integer NOT NULL,
	"risk" text NOT NULL,
	"her_risk" text NOT NULL,
	"his_risk" text NOT NULL,
	"reasons" text[] NOT NULL,
	"counselled" boolean NOT NULL,
	"advised_on" date,
	"advice_cipher" "bytea",
	"marriage_id" uuid,
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
	CONSTRAINT "couple_checks_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "couple_checks_kind" CHECK ("couple_checks"."kind" in ('PREMARITAL', 'PRECONCEPTION')),
	CONSTRAINT "couple_checks_somebody" CHECK ("couple_checks"."woman_id" is not null or "couple_checks"."man_id" is not null),
	CONSTRAINT "couple_checks_two_people" CHECK ("couple_checks"."woman_id" <> "couple_checks"."man_id"),
	CONSTRAINT "couple_checks_risk" CHECK ("couple_checks"."risk" in ('GENERAL', 'HIGH_RISK') and "couple_checks"."her_risk" in ('GENERAL', 'HIGH_RISK') and "couple_checks"."his_risk" in ('GENERAL', 'HIGH_RISK')),
	CONSTRAINT "couple_checks_risk_has_reasons" CHECK (("couple_checks"."risk" = 'HIGH_RISK') = (cardinality("couple_checks"."reasons") > 0)),
	CONSTRAINT "couple_checks_advised_after" CHECK ("couple_checks"."advised_on" >= "couple_checks"."occurred_on"),
	CONSTRAINT "couple_checks_void_has_reason" CHECK (("couple_checks"."voided_at" is null) = ("couple_checks"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('couple_checks');
--> statement-breakpoint
CREATE TABLE "decision_rows" (
	"table_code" text collate "C" NOT NULL,
	"code" text collate "C" NOT NULL,
	"position" smallint NOT NULL,
	"topic" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"mark" text,
	"urgency" text,
	"is_ticked" boolean NOT NULL,
	"condition" jsonb NOT NULL,
	"advice_zh" text,
	"advice_en" text,
	"source" text NOT NULL,
	"confidence" text NOT NULL,
	CONSTRAINT "decision_rows_pk" PRIMARY KEY("table_code","code"),
	CONSTRAINT "decision_rows_mark" CHECK ("decision_rows"."mark" in ('GREEN', 'YELLOW', 'ORANGE', 'RED', 'PURPLE')),
	CONSTRAINT "decision_rows_urgency" CHECK ("decision_rows"."urgency" in ('EMERGENCY', 'SOON', 'ROUTINE')),
	CONSTRAINT "decision_rows_either" CHECK (num_nonnulls("decision_rows"."mark", "decision_rows"."urgency") = 1)
);
--> statement-breakpoint
CREATE TABLE "decision_tables" (
	"code" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"owner_county" integer NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"effective_from" date NOT NULL,
	"based_on" text collate "C",
	"source" text NOT NULL,
	"reviewer" text,
	"reviewed_on" date,
	"reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "decision_tables_pk" PRIMARY KEY("code"),
	CONSTRAINT "decision_tables_kind" CHECK ("decision_tables"."kind" in ('RISK', 'ADVICE')),
	CONSTRAINT "decision_tables_reviewed" CHECK (("decision_tables"."reviewer" is null) = ("decision_tables"."reviewed_on" is null))
);
--> statement-breakpoint
CREATE TABLE "defect_card_numbers" (
	"county_code" integer NOT NULL,
	"facility_id" uuid NOT NULL,
	"reporting_year" smallint NOT NULL,
	"last_number" integer NOT NULL,
	CONSTRAINT "defect_card_numbers_pk" PRIMARY KEY("county_code","facility_id","reporting_year")
);
--> statement-breakpoint
select app.shard('defect_card_numbers');
--> statement-breakpoint
CREATE TABLE "defect_card_versions" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"edition" smallint NOT NULL,
	"kind" text NOT NULL,
	"reason" text,
	"content_cipher" "bytea" NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"made_by" uuid NOT NULL,
	CONSTRAINT "defect_card_versions_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "defect_card_versions_kind" CHECK ("defect_card_versions"."kind" in ('SUBMITTED', 'RESUBMITTED', 'CORRECTED')),
	CONSTRAINT "defect_card_versions_reason" CHECK (("defect_card_versions"."kind" = 'CORRECTED') <= ("defect_card_versions"."reason" is not null))
);
--> statement-breakpoint
select app.shard('defect_card_versions');
--> statement-breakpoint
CREATE TABLE "defect_cards" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"facility_division" text collate "C" NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"card_number" text collate "C",
	"status" text NOT NULL,
	"edition" smallint NOT NULL,
	"chain_id" uuid,
	"mother_id" uuid,
	"child_id" uuid,
	"pregnancy_id" uuid,
	"birth_id" uuid,
	"proposed_from" text,
	"mother_birth_date" date,
	"mother_age" smallint,
	"mother_ethnic" text,
	"residence_kind" text,
	"income_band" text,
	"education" text,
	"gravida" smallint,
	"para" smallint,
	"stillbirths" smallint,
	"spontaneous_abortions" smallint,
	"defect_children" smallint,
	"has_family_history" boolean,
	"is_consanguineous" boolean,
	"born_on" date,
	"born_at" text,
	"gestation_days" smallint,
	"weight_grams" smallint,
	"plurality" smallint,
	"sequence" smallint,
	"zygosity" text,
	"child_sex" text,
	"outcome" text,
	"is_induced" boolean,
	"basis" text[] NOT NULL,
	"diagnosed_when" text,
	"diagnosed_on" date NOT NULL,
	"diagnosed_gestation_days" smallint,
	"categories" text[] NOT NULL,
	"is_functional_only" boolean NOT NULL,
	"exposures" text[] NOT NULL,
	"reporter_title" text,
	"filled_on" date NOT NULL,
	"words_cipher" "bytea" NOT NULL,
	"mother_hash" "bytea",
	"match_hash" "bytea",
	"mother_record_hash" "bytea",
	"child_record_hash" "bytea",
	"missing_fields" text[] NOT NULL,
	"submitted_at" timestamp with time zone,
	"submitted_on" date,
	"submitted_by" uuid,
	"first_submitted_on" date,
	"makers" uuid[] NOT NULL,
	"hospital_reviewed_by" uuid,
	"hospital_reviewed_on" date,
	"county_reviewed_by" uuid,
	"county_reviewed_on" date,
	"province_reviewed_on" date,
	"province_document" text,
	"final_on" date,
	"returned_on" date,
	"returned_fields" text[] NOT NULL,
	"returned_from" text,
	"merged_into" uuid,
	"window_hospital" boolean GENERATED ALWAYS AS (coalesce((gestation_days >= 196 or (gestation_days is null and weight_grams >= 1000)) and born_on is not null and diagnosed_on - born_on <= 7, false)) STORED,
	"window_population" boolean GENERATED ALWAYS AS (coalesce((gestation_days >= 196 or (gestation_days is null and weight_grams >= 1000)) and born_on is not null and diagnosed_on - born_on <= 42, false)) STORED,
	"window_extended" boolean GENERATED ALWAYS AS (coalesce(diagnosed_on < born_on + interval '1 year', false)) STORED,
	"is_counted" boolean GENERATED ALWAYS AS (status not in ('DRAFT', 'WITHDRAWN', 'MERGED') and voided_at is null) STORED,
	"is_timely" boolean GENERATED ALWAYS AS (first_submitted_on - diagnosed_on <= 7) STORED,
	"is_complete" boolean GENERATED ALWAYS AS (missing_fields = '{}') STORED,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "defect_cards_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "defect_cards_status" CHECK ("defect_cards"."status" in ('DRAFT', 'SUBMITTED', 'HOSPITAL_REVIEWED', 'COUNTY_REVIEWED', 'PROVINCE_REVIEWED', 'FINAL', 'CORRECTED', 'RETURNED', 'WITHDRAWN', 'MERGED')),
	CONSTRAINT "defect_cards_submitted" CHECK ("defect_cards"."status" in ('DRAFT', 'WITHDRAWN') or ("defect_cards"."submitted_by" is not null and "defect_cards"."submitted_on" is not null and "defect_cards"."first_submitted_on" is not null and "defect_cards"."card_number" is not null)),
	CONSTRAINT "defect_cards_hospital_reviewed" CHECK (("defect_cards"."status" in ('HOSPITAL_REVIEWED', 'COUNTY_REVIEWED', 'PROVINCE_REVIEWED', 'FINAL')) <= ("defect_cards"."hospital_reviewed_by" is not null and "defect_cards"."hospital_reviewed_on" is not null)),
	CONSTRAINT "defect_cards_county_reviewed" CHECK (("defect_cards"."status" in ('COUNTY_REVIEWED', 'PROVINCE_REVIEWED', 'FINAL')) <= ("defect_cards"."county_reviewed_by" is not null and "defect_cards"."county_reviewed_on" is not null)),
	CONSTRAINT "defect_cards_province_reviewed" CHECK (("defect_cards"."status" in ('PROVINCE_REVIEWED', 'FINAL')) <= ("defect_cards"."province_document" is not null and "defect_cards"."province_reviewed_on" is not null)),
	CONSTRAINT "defect_cards_final" CHECK (("defect_cards"."status" = 'FINAL') <= ("defect_cards"."final_on" is not null)),
	CONSTRAINT "defect_cards_maker_not_reviewer" CHECK (not (coalesce("defect_cards"."hospital_reviewed_by" = any ("defect_cards"."makers"), false) or coalesce("defect_cards"."county_reviewed_by" = any ("defect_cards"."makers"), false))),
	CONSTRAINT "defect_cards_two_reviewers" CHECK (coalesce("defect_cards"."hospital_reviewed_by" <> "defect_cards"."county_reviewed_by", true)),
	CONSTRAINT "defect_cards_returned_fields" CHECK (("defect_cards"."status" = 'RETURNED') <= (cardinality("defect_cards"."returned_fields") > 0 and "defect_cards"."returned_from" is not null)),
	CONSTRAINT "defect_cards_merged" CHECK (("defect_cards"."status" = 'MERGED') = ("defect_cards"."merged_into" is not null)),
	CONSTRAINT "defect_cards_sex" CHECK ("defect_cards"."child_sex" in ('1', '2', '3')),
	CONSTRAINT "defect_cards_sex_of_born" CHECK ("defect_cards"."child_sex" is null or ("defect_cards"."born_on" is not null and "defect_cards"."outcome" is not null and coalesce("defect_cards"."is_induced", false) = false and ("defect_cards"."outcome" <> 'STILLBIRTH' or coalesce("defect_cards"."gestation_days", 0) >= 196))),
	CONSTRAINT "defect_cards_outcome" CHECK ("defect_cards"."outcome" in ('LIVE', 'STILLBIRTH', 'DIED_7D')),
	CONSTRAINT "defect_cards_outcome_has_day" CHECK ("defect_cards"."outcome" is null or "defect_cards"."born_on" is not null),
	CONSTRAINT "defect_cards_when" CHECK ("defect_cards"."diagnosed_when" in ('PRENATAL', 'WITHIN_7D', 'DAY_8_42', 'LATER')),
	CONSTRAINT "defect_cards_residence" CHECK ("defect_cards"."residence_kind" in ('URBAN', 'RURAL')),
	CONSTRAINT "defect_cards_gestation" CHECK ("defect_cards"."gestation_days" between 28 and 315),
	CONSTRAINT "defect_cards_diagnosed_gestation" CHECK ("defect_cards"."diagnosed_gestation_days" between 28 and 315),
	CONSTRAINT "defect_cards_weight" CHECK ("defect_cards"."weight_grams" between 10 and 7000),
	CONSTRAINT "defect_cards_plurality" CHECK ("defect_cards"."plurality" between 1 and 8 and "defect_cards"."sequence" between 1 and "defect_cards"."plurality"),
	CONSTRAINT "defect_cards_mother_age" CHECK ("defect_cards"."mother_age" between 10 and 65),
	CONSTRAINT "defect_cards_void_has_reason" CHECK (("defect_cards"."voided_at" is null) = ("defect_cards"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('defect_cards');
--> statement-breakpoint
CREATE TABLE "defect_diagnoses" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"ordinal" smallint NOT NULL,
	"category" text NOT NULL,
	"icd10" text collate "C" NOT NULL,
	"laterality" text,
	"is_functional" boolean NOT NULL,
	"description_cipher" "bytea",
	CONSTRAINT "defect_diagnoses_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "defect_diagnoses_category" CHECK ("defect_diagnoses"."category" ~ '^(0[1-9]|1[0-9]|2[0-4])$'),
	CONSTRAINT "defect_diagnoses_icd10" CHECK ("defect_diagnoses"."icd10" ~ '^([A-Z][0-9]{2}([.][0-9]{1,2})?|Q96-Q99|Q50-Q56)$'),
	CONSTRAINT "defect_diagnoses_laterality" CHECK ("defect_diagnoses"."laterality" in ('L', 'R', 'BOTH', 'MID'))
);
--> statement-breakpoint
select app.shard('defect_diagnoses');
--> statement-breakpoint
CREATE TABLE "defect_categories" (
	"code" text NOT NULL,
	"zh" text NOT NULL,
	"en" text NOT NULL,
	"ordinal" smallint NOT NULL,
	"asks_side" boolean NOT NULL,
	"asks_words" boolean NOT NULL,
	"source" text NOT NULL,
	"effective_from" date NOT NULL,
	CONSTRAINT "defect_categories_pk" PRIMARY KEY("code"),
	CONSTRAINT "defect_categories_code" CHECK ("defect_categories"."code" ~ '^[0-9]{2}$')
);
--> statement-breakpoint
CREATE TABLE "defect_category_codes" (
	"prefix" text collate "C" NOT NULL,
	"category" text NOT NULL,
	"is_functional" boolean NOT NULL,
	"excludes" text[] DEFAULT '{}' NOT NULL,
	"source" text NOT NULL,
	"effective_from" date NOT NULL,
	CONSTRAINT "defect_category_codes_pk" PRIMARY KEY("prefix"),
	CONSTRAINT "defect_category_codes_prefix" CHECK ("defect_category_codes"."prefix" ~ '^[A-Z][0-9]{0,2}([.][0-9])?$')
);
--> statement-breakpoint
CREATE TABLE "defect_deadlines" (
	"step" text NOT NULL,
	"effective_from" date NOT NULL,
	"days" integer NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "defect_deadlines_pk" PRIMARY KEY("step","effective_from"),
	CONSTRAINT "defect_deadlines_step" CHECK ("defect_deadlines"."step" in ('CARD', 'HOSPITAL_REVIEW', 'COUNTY_REVIEW', 'PROVINCE_REVIEW', 'FACILITY_RETURN', 'COUNTY_RETURN', 'AUDIT')),
	CONSTRAINT "defect_deadlines_days" CHECK ("defect_deadlines"."days" between 1 and 366)
);
--> statement-breakpoint
CREATE TABLE "defect_returns" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"facility_division" text collate "C" NOT NULL,
	"scope" text NOT NULL,
	"reporting_year" smallint NOT NULL,
	"quarter" smallint NOT NULL,
	"period_from" date NOT NULL,
	"period_to" date NOT NULL,
	"due_on" date NOT NULL,
	"figures" jsonb NOT NULL,
	"cards" integer NOT NULL,
	"filed_on" date NOT NULL,
	"filed_at" timestamp with time zone NOT NULL,
	"filed_by" uuid NOT NULL,
	CONSTRAINT "defect_returns_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "defect_returns_scope" CHECK ("defect_returns"."scope" in ('FACILITY', 'COUNTY')),
	CONSTRAINT "defect_returns_quarter" CHECK ("defect_returns"."quarter" between 1 and 4)
);
--> statement-breakpoint
select app.shard('defect_returns');
--> statement-breakpoint
CREATE TABLE "child_surveys" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"child_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"surveyed_on" date NOT NULL,
	"icd10" text,
	"family_history" text NOT NULL,
	"file_id" uuid,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "child_surveys_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "child_surveys_icd10" CHECK ("child_surveys"."icd10" ~ '^[A-Z][0-9]{2}([.][0-9]{1,3})?$'),
	CONSTRAINT "child_surveys_family_history" CHECK ("child_surveys"."family_history" in ('NONE', 'PRESENT', 'UNKNOWN')),
	CONSTRAINT "child_surveys_void_has_reason" CHECK (("child_surveys"."voided_at" is null) = ("child_surveys"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('child_surveys');
--> statement-breakpoint
CREATE TABLE "education_attendances" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"chain_id" uuid,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "education_attendances_pk" PRIMARY KEY("county_code","id")
);
--> statement-breakpoint
select app.shard('education_attendances');
--> statement-breakpoint
CREATE TABLE "family_files" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"child_id" uuid NOT NULL,
	"mother_id" uuid,
	"father_id" uuid,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"known_by" text NOT NULL,
	"known_on" date NOT NULL,
	"opened_on" date,
	"contact" text NOT NULL,
	"wish" text,
	"closed_on" date,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "family_files_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "family_files_known_by" CHECK ("family_files"."known_by" in ('CASE', 'SURVEY', 'FAMILY')),
	CONSTRAINT "family_files_contact" CHECK ("family_files"."contact" in ('NOT_ASKED', 'AGREED', 'DECLINED')),
	CONSTRAINT "family_files_wish" CHECK ("family_files"."wish" in ('ANOTHER_CHILD', 'COUNSELLING', 'TREATMENT_SUPPORT', 'NOTHING_NOW')),
	CONSTRAINT "family_files_in_order" CHECK ("family_files"."opened_on" >= "family_files"."known_on" and ("family_files"."closed_on" is null or "family_files"."closed_on" >= "family_files"."known_on")),
	CONSTRAINT "family_files_void_has_reason" CHECK (("family_files"."voided_at" is null) = ("family_files"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('family_files');
--> statement-breakpoint
CREATE TABLE "genetic_counsellings" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"counsellor_id" uuid NOT NULL,
	"inheritance" text NOT NULL,
	"recurrence" text NOT NULL,
	"note_cipher" "bytea" NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "genetic_counsellings_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "genetic_counsellings_inheritance" CHECK ("genetic_counsellings"."inheritance" in ('CHROMOSOMAL', 'AUTOSOMAL_DOMINANT', 'AUTOSOMAL_RECESSIVE', 'X_LINKED', 'MITOCHONDRIAL', 'MULTIFACTORIAL', 'NOT_GENETIC', 'UNKNOWN')),
	CONSTRAINT "genetic_counsellings_recurrence" CHECK ("genetic_counsellings"."recurrence" in ('LOW', 'MODERATE', 'HIGH', 'UNKNOWN')),
	CONSTRAINT "genetic_counsellings_void_has_reason" CHECK (("genetic_counsellings"."voided_at" is null) = ("genetic_counsellings"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('genetic_counsellings');
--> statement-breakpoint
CREATE TABLE "folic_acid_courses" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"started_on" date NOT NULL,
	"ended_on" date,
	"end_reason" text,
	"is_high_dose" boolean NOT NULL,
	"boxes" integer NOT NULL,
	"covers_until" date NOT NULL,
	"refill_due_on" date,
	"last_menstruation_on" date,
	"days_taken" integer NOT NULL,
	"has_follow_up" boolean NOT NULL,
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
	CONSTRAINT "folic_acid_courses_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "folic_acid_courses_ended" CHECK (("folic_acid_courses"."ended_on" is null) = ("folic_acid_courses"."end_reason" is null)),
	CONSTRAINT "folic_acid_courses_ended_after" CHECK ("folic_acid_courses"."ended_on" >= "folic_acid_courses"."started_on"),
	CONSTRAINT "folic_acid_courses_void_has_reason" CHECK (("folic_acid_courses"."voided_at" is null) = ("folic_acid_courses"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('folic_acid_courses');
--> statement-breakpoint
CREATE TABLE "folic_acid_follow_ups" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"days_taken" integer NOT NULL,
	"side_effects" boolean NOT NULL,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "folic_acid_follow_ups_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "folic_acid_follow_ups_days" CHECK ("folic_acid_follow_ups"."to_day" >= "folic_acid_follow_ups"."from_day" and "folic_acid_follow_ups"."days_taken" between 0 and ("folic_acid_follow_ups"."to_day" - "folic_acid_follow_ups"."from_day") + 1),
	CONSTRAINT "folic_acid_follow_ups_void_has_reason" CHECK (("folic_acid_follow_ups"."voided_at" is null) = ("folic_acid_follow_ups"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('folic_acid_follow_ups');
--> statement-breakpoint
CREATE TABLE "folic_acid_issues" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"item_code" text collate "C" NOT NULL,
	"store_id" uuid NOT NULL,
	"boxes" integer NOT NULL,
	"tablets" integer NOT NULL,
	"tablets_per_day" integer NOT NULL,
	"micrograms_per_day" integer NOT NULL,
	"is_high_dose" boolean NOT NULL,
	"starts_on" date NOT NULL,
	"covers_until" date NOT NULL,
	"dispensing_id" uuid,
	"indication" text,
	"prescription_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "folic_acid_issues_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "folic_acid_issues_boxes" CHECK ("folic_acid_issues"."boxes" > 0 and "folic_acid_issues"."tablets" > 0),
	CONSTRAINT "folic_acid_issues_high_dose_prescribed" CHECK (not "folic_acid_issues"."is_high_dose" or ("folic_acid_issues"."prescription_cipher" is not null and "folic_acid_issues"."indication" is not null)),
	CONSTRAINT "folic_acid_issues_void_has_reason" CHECK (("folic_acid_issues"."voided_at" is null) = ("folic_acid_issues"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('folic_acid_issues');
--> statement-breakpoint
CREATE TABLE "folic_acid_products" (
	"item_code" text collate "C" NOT NULL,
	"micrograms_per_tablet" integer NOT NULL,
	"tablets_per_box" integer NOT NULL,
	"is_high_dose" boolean NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "folic_acid_products_pk" PRIMARY KEY("item_code"),
	CONSTRAINT "folic_acid_products_box" CHECK ("folic_acid_products"."tablets_per_box" > 0 and "folic_acid_products"."micrograms_per_tablet" > 0)
);
--> statement-breakpoint
CREATE TABLE "folic_acid_surveys" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"mothers" integer NOT NULL,
	"surveyed" integer NOT NULL,
	"aware" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "folic_acid_surveys_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "folic_acid_surveys_counts" CHECK ("folic_acid_surveys"."aware" between 0 and "folic_acid_surveys"."surveyed" and "folic_acid_surveys"."surveyed" between 1 and "folic_acid_surveys"."mothers"),
	CONSTRAINT "folic_acid_surveys_void_has_reason" CHECK (("folic_acid_surveys"."voided_at" is null) = ("folic_acid_surveys"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('folic_acid_surveys');
--> statement-breakpoint
CREATE TABLE "lab_analytes" (
	"panel_code" text NOT NULL,
	"code" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"unit" text,
	"flags" text[] NOT NULL,
	"has_number" boolean NOT NULL,
	"is_required" boolean NOT NULL,
	"loinc" text,
	"loinc_confidence" text,
	"ordinal" integer NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "lab_analytes_pk" PRIMARY KEY("panel_code","code"),
	CONSTRAINT "lab_analytes_confidence" CHECK (("lab_analytes"."loinc" is null) = ("lab_analytes"."loinc_confidence" is null))
);
--> statement-breakpoint
CREATE TABLE "lab_batches" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"reference" text collate "C" NOT NULL,
	"channel" text NOT NULL,
	"content_hash" "bytea" NOT NULL,
	"rows" integer NOT NULL,
	"accepted" integer NOT NULL,
	"duplicates" integer NOT NULL,
	"problems" jsonb NOT NULL,
	"posted_at" timestamp with time zone NOT NULL,
	"posted_by" uuid NOT NULL,
	CONSTRAINT "lab_batches_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "lab_batches_channel" CHECK ("lab_batches"."channel" in ('FORM', 'API', 'FHIR'))
);
--> statement-breakpoint
select app.shard('lab_batches');
--> statement-breakpoint
CREATE TABLE "lab_cut_offs" (
	"county_code" integer NOT NULL,
	"facility_id" uuid NOT NULL,
	"panel_code" text NOT NULL,
	"analyte_code" text NOT NULL,
	"valid_from" date NOT NULL,
	"ordinal" integer NOT NULL,
	"range" "numrange" NOT NULL,
	"flag" text NOT NULL,
	"source" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	CONSTRAINT "lab_cut_offs_pk" PRIMARY KEY("county_code","facility_id","panel_code","analyte_code","valid_from","ordinal")
);
--> statement-breakpoint
select app.shard('lab_cut_offs');
--> statement-breakpoint
CREATE TABLE "lab_orders" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"lab_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"panel_code" text NOT NULL,
	"barcode" text collate "C" NOT NULL,
	"ordered_on" date NOT NULL,
	"collected_on" date,
	"state" text NOT NULL,
	"received_on" date,
	"reject_reason" text,
	"resulted_on" date,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "lab_orders_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "lab_orders_barcode_shape" CHECK ("lab_orders"."barcode" ~ '^[0-9A-Z-]{4,30}$'),
	CONSTRAINT "lab_orders_state" CHECK ("lab_orders"."state" in ('ORDERED', 'RECEIVED', 'REJECTED', 'RESULTED', 'CANCELLED')),
	CONSTRAINT "lab_orders_reject_reason" CHECK (("lab_orders"."state" = 'REJECTED') = ("lab_orders"."reject_reason" is not null)),
	CONSTRAINT "lab_orders_resulted" CHECK (("lab_orders"."state" = 'RESULTED') = ("lab_orders"."resulted_on" is not null)),
	CONSTRAINT "lab_orders_void_has_reason" CHECK (("lab_orders"."voided_at" is null) = ("lab_orders"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('lab_orders');
--> statement-breakpoint
CREATE TABLE "lab_panels" (
	"code" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"loinc" text,
	"loinc_confidence" text,
	"ordinal" integer NOT NULL,
	"source" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	CONSTRAINT "lab_panels_pk" PRIMARY KEY("code"),
	CONSTRAINT "lab_panels_confidence" CHECK (("lab_panels"."loinc" is null) = ("lab_panels"."loinc_confidence" is null))
);
--> statement-breakpoint
CREATE TABLE "lab_ranges" (
	"panel_code" text NOT NULL,
	"analyte_code" text NOT NULL,
	"ordinal" integer NOT NULL,
	"range" "numrange" NOT NULL,
	"flag" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "lab_ranges_pk" PRIMARY KEY("panel_code","analyte_code","ordinal")
);
--> statement-breakpoint
CREATE TABLE "lab_results" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"lab_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"panel_code" text NOT NULL,
	"analyte_code" text NOT NULL,
	"flag" text,
	"is_derived" boolean NOT NULL,
	"value_cipher" "bytea",
	"digest" "bytea" NOT NULL,
	"measured_on" date NOT NULL,
	"state" text NOT NULL,
	"revision" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "lab_results_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "lab_results_state" CHECK ("lab_results"."state" in ('POSTED', 'APPLIED')),
	CONSTRAINT "lab_results_void_has_reason" CHECK (("lab_results"."voided_at" is null) = ("lab_results"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('lab_results');
--> statement-breakpoint
CREATE TABLE "case_log_entries" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"audit_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"facility_division" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"log_kind" text NOT NULL,
	"icd10" text collate "C" NOT NULL,
	"category" text NOT NULL,
	"token" "bytea" NOT NULL,
	"log_line" text,
	"state" text NOT NULL,
	"card_id" uuid,
	"settled_on" date,
	"exclusion_reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "case_log_entries_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "case_log_entries_source" CHECK ("case_log_entries"."log_kind" in ('DELIVERY', 'INDUCTION', 'PATHOLOGY', 'PAEDIATRICS', 'TRANSFER', 'PERINATAL_DEATH', 'RECORD_INDEX')),
	CONSTRAINT "case_log_entries_state" CHECK ("case_log_entries"."state" in ('MATCHED', 'MISSED', 'REPORTED_LATE', 'EXCLUDED')),
	CONSTRAINT "case_log_entries_card_known" CHECK (("case_log_entries"."state" in ('MATCHED', 'REPORTED_LATE')) = ("case_log_entries"."card_id" is not null)),
	CONSTRAINT "case_log_entries_exclusion" CHECK (("case_log_entries"."state" = 'EXCLUDED') = ("case_log_entries"."exclusion_reason" is not null)),
	CONSTRAINT "case_log_entries_icd10" CHECK ("case_log_entries"."icd10" ~ '^([A-Z][0-9]{2}([.][0-9]{1,2})?|Q96-Q99|Q50-Q56)$'),
	CONSTRAINT "case_log_entries_category" CHECK ("case_log_entries"."category" ~ '^(0[1-9]|1[0-9]|2[0-4])$'),
	CONSTRAINT "case_log_entries_void_has_reason" CHECK (("case_log_entries"."voided_at" is null) = ("case_log_entries"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('case_log_entries');
--> statement-breakpoint
CREATE TABLE "missed_case_audits" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"facility_division" text collate "C" NOT NULL,
	"quarter_from" date NOT NULL,
	"quarter_to" date NOT NULL,
	"sources" text[] NOT NULL,
	"reported" integer,
	"logged" integer,
	"matched" integer,
	"closed_at" timestamp with time zone,
	"closed_by" uuid,
	"opened_at" timestamp with time zone NOT NULL,
	"opened_by" uuid NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "missed_case_audits_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "missed_case_audits_quarter" CHECK (extract(day from "missed_case_audits"."quarter_from") = 1),
	CONSTRAINT "missed_case_audits_closed" CHECK (("missed_case_audits"."closed_at" is null) = ("missed_case_audits"."reported" is null) and ("missed_case_audits"."closed_at" is null) = ("missed_case_audits"."logged" is null) and ("missed_case_audits"."closed_at" is null) = ("missed_case_audits"."matched" is null))
);
--> statement-breakpoint
select app.shard('missed_case_audits');
--> statement-breakpoint
CREATE TABLE "blood_spots" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"child_id" uuid NOT NULL,
	"mother_id" uuid,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"born_on" date NOT NULL,
	"sequence" smallint NOT NULL,
	"state" text NOT NULL,
	"state_on" date NOT NULL,
	"due_by" date,
	"sampled_on" date,
	"hours_after_birth" smallint,
	"feeds" smallint,
	"sample_number" text,
	"laboratory_id" uuid,
	"lab_order_id" uuid,
	"findings" text[] DEFAULT '{}' NOT NULL,
	"pku" text,
	"ch" text,
	"g6pd" text,
	"cah" text,
	"reported_on" date,
	"recalled_on" date,
	"confirmed_on" date,
	"diagnosis_codes" text[] DEFAULT '{}' NOT NULL,
	"treated_on" date,
	"followed_on" date,
	"no_sample_reason" text,
	"reminded_on" text[] DEFAULT '{}' NOT NULL,
	"values_cipher" "bytea",
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "blood_spots_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "blood_spots_state" CHECK ("blood_spots"."state" in ('NO_SAMPLE', 'SAMPLED', 'SATISFACTORY', 'UNSAT', 'RECALL_SAMPLE', 'NEG', 'SUSPECT', 'RECALL', 'CONFIRMED_NEG', 'CONFIRMED_POS', 'TREATED', 'FOLLOWED')),
	CONSTRAINT "blood_spots_items" CHECK ("blood_spots"."pku" in ('NEG', 'SUSPECT', 'POS', 'UNSAT_SAMPLE') and "blood_spots"."ch" in ('NEG', 'SUSPECT', 'POS', 'UNSAT_SAMPLE') and "blood_spots"."g6pd" in ('NEG', 'SUSPECT', 'POS', 'UNSAT_SAMPLE') and "blood_spots"."cah" in ('NEG', 'SUSPECT', 'POS', 'UNSAT_SAMPLE')),
	CONSTRAINT "blood_spots_no_sample" CHECK (("blood_spots"."state" = 'NO_SAMPLE') = ("blood_spots"."sampled_on" is null) and ("blood_spots"."sampled_on" is null) = ("blood_spots"."no_sample_reason" is not null)),
	CONSTRAINT "blood_spots_no_sample_reason" CHECK ("blood_spots"."no_sample_reason" in ('REFUSED', 'DIED', 'TRANSFERRED', 'LEFT_EARLY')),
	CONSTRAINT "blood_spots_reminders" CHECK (cardinality("blood_spots"."reminded_on") <= 2),
	CONSTRAINT "blood_spots_sequence" CHECK ("blood_spots"."sequence" between 1 and 9),
	CONSTRAINT "blood_spots_in_time" CHECK (coalesce("blood_spots"."born_on" <= "blood_spots"."sampled_on", true) and coalesce("blood_spots"."sampled_on" <= "blood_spots"."reported_on", true) and coalesce("blood_spots"."reported_on" <= "blood_spots"."recalled_on", true) and coalesce("blood_spots"."recalled_on" <= "blood_spots"."confirmed_on", true) and coalesce("blood_spots"."confirmed_on" <= "blood_spots"."treated_on", true) and coalesce("blood_spots"."treated_on" <= "blood_spots"."followed_on", true)),
	CONSTRAINT "blood_spots_void_has_reason" CHECK (("blood_spots"."voided_at" is null) = ("blood_spots"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('blood_spots');
--> statement-breakpoint
CREATE TABLE "cchd_screens" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"child_id" uuid NOT NULL,
	"mother_id" uuid,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"born_on" date NOT NULL,
	"occurred_on" date NOT NULL,
	"hours_after_birth" smallint NOT NULL,
	"murmur_grade" smallint NOT NULL,
	"hand" smallint NOT NULL,
	"foot" smallint NOT NULL,
	"repeat_minutes" smallint,
	"repeat_hand" smallint,
	"repeat_foot" smallint,
	"outcome" text NOT NULL,
	"reasons" text[] DEFAULT '{}' NOT NULL,
	"findings" text[] DEFAULT '{}' NOT NULL,
	"echo_by" date,
	"echo_on" date,
	"echo_result" text,
	"diagnosis_codes" text[] DEFAULT '{}' NOT NULL,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "cchd_screens_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "cchd_screens_outcome" CHECK ("cchd_screens"."outcome" in ('NEGATIVE', 'REPEAT', 'POSITIVE')),
	CONSTRAINT "cchd_screens_values" CHECK ("cchd_screens"."murmur_grade" between 0 and 6 and "cchd_screens"."hand" between 0 and 100 and "cchd_screens"."foot" between 0 and 100 and "cchd_screens"."repeat_hand" between 0 and 100 and "cchd_screens"."repeat_foot" between 0 and 100),
	CONSTRAINT "cchd_screens_repeat_is_whole" CHECK (("cchd_screens"."repeat_minutes" is null) = ("cchd_screens"."repeat_hand" is null) and ("cchd_screens"."repeat_hand" is null) = ("cchd_screens"."repeat_foot" is null)),
	CONSTRAINT "cchd_screens_echo" CHECK (("cchd_screens"."echo_on" is null) = ("cchd_screens"."echo_result" is null) and "cchd_screens"."echo_result" in ('NORMAL', 'MINOR', 'DEFECT')),
	CONSTRAINT "cchd_screens_in_time" CHECK ("cchd_screens"."born_on" <= "cchd_screens"."occurred_on" and coalesce("cchd_screens"."occurred_on" <= "cchd_screens"."echo_on", true)),
	CONSTRAINT "cchd_screens_void_has_reason" CHECK (("cchd_screens"."voided_at" is null) = ("cchd_screens"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('cchd_screens');
--> statement-breakpoint
CREATE TABLE "hearing_screens" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"child_id" uuid NOT NULL,
	"mother_id" uuid,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"born_on" date NOT NULL,
	"stage" text NOT NULL,
	"occurred_on" date NOT NULL,
	"age_days" smallint NOT NULL,
	"method" text NOT NULL,
	"left_ear" text,
	"right_ear" text,
	"outcome" text NOT NULL,
	"due_by" date,
	"diagnosis_codes" text[] DEFAULT '{}' NOT NULL,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "hearing_screens_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "hearing_screens_stage" CHECK ("hearing_screens"."stage" in ('FIRST', 'RESCREEN', 'DIAGNOSIS', 'INTERVENTION')),
	CONSTRAINT "hearing_screens_method" CHECK ("hearing_screens"."method" in ('OAE', 'AABR', 'OAE_AABR', 'ABR', 'OTHER')),
	CONSTRAINT "hearing_screens_ears" CHECK ("hearing_screens"."left_ear" in ('PASS', 'REFER', 'NOT_TESTED') and "hearing_screens"."right_ear" in ('PASS', 'REFER', 'NOT_TESTED')),
	CONSTRAINT "hearing_screens_both_ears" CHECK ("hearing_screens"."stage" not in ('FIRST', 'RESCREEN') or ("hearing_screens"."left_ear" is not null and "hearing_screens"."right_ear" is not null)),
	CONSTRAINT "hearing_screens_outcome" CHECK ("hearing_screens"."outcome" in ('PASS', 'REFER', 'NORMAL', 'LOSS', 'UNCERTAIN', 'STARTED')),
	CONSTRAINT "hearing_screens_codes" CHECK (array_to_string("hearing_screens"."diagnosis_codes", ' ') ~ '^(H90([.][0-9])? ?)*$'),
	CONSTRAINT "hearing_screens_in_time" CHECK ("hearing_screens"."born_on" <= "hearing_screens"."occurred_on"),
	CONSTRAINT "hearing_screens_void_has_reason" CHECK (("hearing_screens"."voided_at" is null) = ("hearing_screens"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('hearing_screens');
--> statement-breakpoint
CREATE TABLE "preconception_follow_ups" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"check_id" uuid NOT NULL,
	"chain_id" uuid,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"contact" text NOT NULL,
	"ordinal" integer NOT NULL,
	"due_from" date NOT NULL,
	"due_to" date NOT NULL,
	"state" text NOT NULL,
	"contacted_on" date,
	"is_pregnant" boolean,
	"last_menstruation_on" date,
	"took_folic_acid" boolean,
	"outcome" text,
	"outcome_on" date,
	"note_cipher" "bytea",
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
	CONSTRAINT "preconception_follow_ups_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "preconception_follow_ups_contact" CHECK ("preconception_follow_ups"."contact" in ('EARLY_PREGNANCY', 'OUTCOME')),
	CONSTRAINT "preconception_follow_ups_state" CHECK ("preconception_follow_ups"."state" in ('PLANNED', 'DONE', 'DECLINED', 'LOST', 'CANCELLED')),
	CONSTRAINT "preconception_follow_ups_window" CHECK ("preconception_follow_ups"."due_to" >= "preconception_follow_ups"."due_from"),
	CONSTRAINT "preconception_follow_ups_contacted" CHECK (("preconception_follow_ups"."state" in ('DONE', 'DECLINED', 'LOST')) = ("preconception_follow_ups"."contacted_on" is not null)),
	CONSTRAINT "preconception_follow_ups_void_has_reason" CHECK (("preconception_follow_ups"."voided_at" is null) = ("preconception_follow_ups"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('preconception_follow_ups');
--> statement-breakpoint
CREATE TABLE "prenatal_diagnoses" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"woman_id" uuid NOT NULL,
	"pregnancy_id" uuid,
	"case_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"indications" text[] NOT NULL,
	"offered_on" date NOT NULL,
	"counsellor" text,
	"understood" boolean,
	"decision" text NOT NULL,
	"method" text,
	"performed_on" date,
	"gestation_days" smallint,
	"in_window" boolean,
	"tests" text[] DEFAULT '{}' NOT NULL,
	"result" text,
	"reported_on" date,
	"defect_codes" text[] DEFAULT '{}' NOT NULL,
	"counselled_on" date,
	"findings_cipher" "bytea",
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "prenatal_diagnoses_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "prenatal_diagnoses_indications" CHECK (cardinality("prenatal_diagnoses"."indications") > 0 and "prenatal_diagnoses"."indications" <@ array['HIGH_RISK', 'AGE_35', 'HISTORY', 'ULTRASOUND', 'CARRIER', 'EXPOSURE', 'HER_WISH']),
	CONSTRAINT "prenatal_diagnoses_decision" CHECK ("prenatal_diagnoses"."decision" in ('AGREED', 'DECLINED', 'UNDECIDED')),
	CONSTRAINT "prenatal_diagnoses_method" CHECK ("prenatal_diagnoses"."method" in ('CVS', 'AMNIO', 'CORDO', 'IMAGING')),
	CONSTRAINT "prenatal_diagnoses_result" CHECK ("prenatal_diagnoses"."result" in ('NORMAL', 'ABNORMAL', 'UNCERTAIN', 'FAILED')),
	CONSTRAINT "prenatal_diagnoses_agreed_first" CHECK ("prenatal_diagnoses"."decision" = 'AGREED' or ("prenatal_diagnoses"."performed_on" is null and "prenatal_diagnoses"."result" is null)),
	CONSTRAINT "prenatal_diagnoses_performance_is_whole" CHECK (("prenatal_diagnoses"."performed_on" is null) = ("prenatal_diagnoses"."method" is null) and ("prenatal_diagnoses"."result" is null or "prenatal_diagnoses"."performed_on" is not null) and ("prenatal_diagnoses"."result" is null) = ("prenatal_diagnoses"."reported_on" is null)),
	CONSTRAINT "prenatal_diagnoses_in_order" CHECK ("prenatal_diagnoses"."offered_on" <= coalesce("prenatal_diagnoses"."performed_on", "prenatal_diagnoses"."offered_on") and coalesce("prenatal_diagnoses"."performed_on" <= "prenatal_diagnoses"."reported_on", true) and coalesce("prenatal_diagnoses"."reported_on" <= "prenatal_diagnoses"."counselled_on", true)),
	CONSTRAINT "prenatal_diagnoses_codes" CHECK (not (array_to_string("prenatal_diagnoses"."defect_codes", ' ') ~ '(^| )(Q5[0-6]|Q9[678])([.][0-9]+)?( |$)')),
	CONSTRAINT "prenatal_diagnoses_void_has_reason" CHECK (("prenatal_diagnoses"."voided_at" is null) = ("prenatal_diagnoses"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('prenatal_diagnoses');
--> statement-breakpoint
CREATE TABLE "prenatal_screens" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"woman_id" uuid NOT NULL,
	"pregnancy_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"offered_on" date NOT NULL,
	"counsellor" text,
	"understood" boolean,
	"decision" text NOT NULL,
	"taken_on" date,
	"gestation_days" smallint,
	"in_window" boolean,
	"laboratory_id" uuid,
	"lab_order_id" uuid,
	"result" text,
	"flagged" text[] DEFAULT '{}' NOT NULL,
	"parameters" text[] DEFAULT '{}' NOT NULL,
	"reported_on" date,
	"values_cipher" "bytea",
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "prenatal_screens_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "prenatal_screens_kind" CHECK ("prenatal_screens"."kind" in ('NT', 'SERUM', 'NIPT', 'ANOMALY_SCAN', 'OGTT')),
	CONSTRAINT "prenatal_screens_decision" CHECK ("prenatal_screens"."decision" in ('AGREED', 'DECLINED', 'UNDECIDED')),
	CONSTRAINT "prenatal_screens_result" CHECK ("prenatal_screens"."result" in ('LOW', 'CRITICAL', 'HIGH', 'NO_CALL')),
	CONSTRAINT "prenatal_screens_agreed_first" CHECK ("prenatal_screens"."decision" = 'AGREED' or ("prenatal_screens"."taken_on" is null and "prenatal_screens"."result" is null)),
	CONSTRAINT "prenatal_screens_in_order" CHECK ("prenatal_screens"."offered_on" <= coalesce("prenatal_screens"."taken_on", "prenatal_screens"."reported_on", "prenatal_screens"."offered_on") and coalesce("prenatal_screens"."taken_on" <= "prenatal_screens"."reported_on", true)),
	CONSTRAINT "prenatal_screens_result_is_whole" CHECK (("prenatal_screens"."result" is null) = ("prenatal_screens"."reported_on" is null) and ("prenatal_screens"."result" is null or "prenatal_screens"."taken_on" is not null)),
	CONSTRAINT "prenatal_screens_flags" CHECK ("prenatal_screens"."flagged" <@ array['T21', 'T18', 'T13', 'NTD', 'NT', 'STRUCTURAL', 'MARKER', 'GLUCOSE', 'Q96-Q99', 'OTHER']),
	CONSTRAINT "prenatal_screens_void_has_reason" CHECK (("prenatal_screens"."voided_at" is null) = ("prenatal_screens"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('prenatal_screens');
--> statement-breakpoint
CREATE TABLE "referral_links" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"from_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"purposes" text[] NOT NULL,
	"answer_days" smallint NOT NULL,
	"phone" text,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"version" integer NOT NULL,
	CONSTRAINT "referral_links_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "referral_links_two_facilities" CHECK ("referral_links"."from_id" <> "referral_links"."to_id"),
	CONSTRAINT "referral_links_purposes" CHECK (cardinality("referral_links"."purposes") > 0),
	CONSTRAINT "referral_links_in_order" CHECK ("referral_links"."valid_to" >= "referral_links"."valid_from")
);
--> statement-breakpoint
select app.shard('referral_links');
--> statement-breakpoint
CREATE TABLE "referrals" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"to_facility_id" uuid,
	"to_name" text,
	"chain_id" uuid NOT NULL,
	"woman_id" uuid NOT NULL,
	"pregnancy_id" uuid,
	"child_id" uuid,
	"contact_id" uuid,
	"division_code" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"purpose" text NOT NULL,
	"urgency" text NOT NULL,
	"agreed_on" date NOT NULL,
	"answer_due_on" date NOT NULL,
	"status" text NOT NULL,
	"received_on" date,
	"answered_on" date,
	"result" text,
	"closed_on" date,
	"letter_cipher" "bytea" NOT NULL,
	"answer_cipher" "bytea",
	"closing_cipher" "bytea",
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
	CONSTRAINT "referrals_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "referrals_somewhere" CHECK (num_nonnulls("referrals"."to_facility_id", "referrals"."to_name") = 1),
	CONSTRAINT "referrals_elsewhere" CHECK ("referrals"."to_facility_id" <> "referrals"."facility_id"),
	CONSTRAINT "referrals_urgency" CHECK ("referrals"."urgency" in ('EMERGENCY', 'SOON', 'ROUTINE')),
	CONSTRAINT "referrals_status" CHECK ("referrals"."status" in ('SENT', 'RECEIVED', 'ANSWERED', 'CLOSED', 'NOT_COME', 'CANCELLED')),
	CONSTRAINT "referrals_answered" CHECK (("referrals"."answered_on" is null) = ("referrals"."answer_cipher" is null)),
	CONSTRAINT "referrals_closed" CHECK (("referrals"."closed_on" is null) = ("referrals"."status" in ('SENT', 'RECEIVED', 'ANSWERED'))),
	CONSTRAINT "referrals_in_order" CHECK ("referrals"."received_on" >= "referrals"."occurred_on" and "referrals"."answered_on" >= "referrals"."received_on" and "referrals"."closed_on" >= "referrals"."occurred_on"),
	CONSTRAINT "referrals_void_has_reason" CHECK (("referrals"."voided_at" is null) = ("referrals"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('referrals');
--> statement-breakpoint
CREATE TABLE "screen_positive_steps" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"woman_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"occurred_on" date NOT NULL,
	"mode" text,
	"counsellor" text,
	"options" text[] DEFAULT '{}' NOT NULL,
	"diagnosis_id" uuid,
	"termination_id" uuid,
	"referred_to" text,
	"outcome" text,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "screen_positive_steps_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "screen_positive_steps_way" CHECK (("screen_positive_steps"."from_state", "screen_positive_steps"."to_state") in (('RESULT_HIGH', 'CONTACTED'), ('CONTACTED', 'COUNSELLED'), ('COUNSELLED', 'DX_OFFERED'), ('DX_OFFERED', 'DX_DONE'), ('DX_OFFERED', 'DX_DECLINED'), ('DX_DONE', 'NORMAL'), ('DX_DONE', 'ABNORMAL'), ('DX_DECLINED', 'CONTINUE'), ('DX_DECLINED', 'REFERRED'), ('NORMAL', 'CONTINUE'), ('NORMAL', 'REFERRED'), ('ABNORMAL', 'CONTINUE'), ('ABNORMAL', 'TERMINATED_MEDICAL'), ('ABNORMAL', 'REFERRED'), ('CONTINUE', 'OUTCOME_RECORDED'), ('TERMINATED_MEDICAL', 'OUTCOME_RECORDED'), ('REFERRED', 'OUTCOME_RECORDED'))),
	CONSTRAINT "screen_positive_steps_options" CHECK ("screen_positive_steps"."to_state" not in ('COUNSELLED', 'DX_OFFERED') or ("screen_positive_steps"."counsellor" is not null and 'CONTINUE_WITH_SUPPORT' = any("screen_positive_steps"."options"))),
	CONSTRAINT "screen_positive_steps_grounds" CHECK (("screen_positive_steps"."to_state" <> 'DX_DONE' or "screen_positive_steps"."diagnosis_id" is not null) and ("screen_positive_steps"."to_state" <> 'TERMINATED_MEDICAL' or "screen_positive_steps"."termination_id" is not null) and ("screen_positive_steps"."to_state" = 'OUTCOME_RECORDED') = ("screen_positive_steps"."outcome" is not null)),
	CONSTRAINT "screen_positive_steps_void_has_reason" CHECK (("screen_positive_steps"."voided_at" is null) = ("screen_positive_steps"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('screen_positive_steps');
--> statement-breakpoint
CREATE TABLE "screen_positives" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"screen_id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"woman_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"flagged" text[] NOT NULL,
	"opened_on" date NOT NULL,
	"expected_on" date,
	"state" text NOT NULL,
	"state_on" date NOT NULL,
	"due_by" date,
	"closed_on" date,
	"outcome" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "screen_positives_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "screen_positives_state" CHECK ("screen_positives"."state" in ('RESULT_HIGH', 'CONTACTED', 'COUNSELLED', 'DX_OFFERED', 'DX_DONE', 'DX_DECLINED', 'NORMAL', 'ABNORMAL', 'CONTINUE', 'TERMINATED_MEDICAL', 'REFERRED', 'OUTCOME_RECORDED')),
	CONSTRAINT "screen_positives_closed" CHECK (("screen_positives"."closed_on" is not null) = ("screen_positives"."state" = 'OUTCOME_RECORDED') and ("screen_positives"."outcome" is not null) = ("screen_positives"."state" = 'OUTCOME_RECORDED')),
	CONSTRAINT "screen_positives_void_has_reason" CHECK (("screen_positives"."voided_at" is null) = ("screen_positives"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('screen_positives');
--> statement-breakpoint
CREATE TABLE "screening_parameters" (
	"id" uuid NOT NULL,
	"owner_county" integer NOT NULL,
	"programme" text NOT NULL,
	"item" text NOT NULL,
	"laboratory_id" uuid,
	"valid_from" date NOT NULL,
	"value" numeric NOT NULL,
	"critical_value" numeric,
	"unit" text NOT NULL,
	"source" text NOT NULL,
	"reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "screening_parameters_pk" PRIMARY KEY("id"),
	CONSTRAINT "screening_parameters_programme" CHECK ("screening_parameters"."programme" in ('PRENATAL', 'DIAGNOSIS', 'FOLLOW_UP', 'BLOOD_SPOT', 'HEARING', 'CCHD')),
	CONSTRAINT "screening_parameters_value" CHECK ("screening_parameters"."value" >= 0 and "screening_parameters"."value" <= 100000)
);
--> statement-breakpoint
CREATE TABLE "birth_defect_months" (
	"county_code" integer NOT NULL,
	"month" date NOT NULL,
	"counted_on" date NOT NULL,
	"counted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "birth_defect_months_pk" PRIMARY KEY("county_code","month")
);
--> statement-breakpoint
select app.shard('birth_defect_months');
--> statement-breakpoint
CREATE TABLE "birth_defect_tallies" (
	"county_code" integer NOT NULL,
	"measure" text NOT NULL,
	"month" date NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"facility_id" uuid NOT NULL,
	"item" text NOT NULL,
	"tally" integer NOT NULL,
	CONSTRAINT "birth_defect_tallies_pk" PRIMARY KEY("county_code","measure","month","division_code","facility_id","item")
);
--> statement-breakpoint
select app.shard('birth_defect_tallies');
--> statement-breakpoint
CREATE TABLE "medical_terminations" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"procedure_id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"woman_id" uuid NOT NULL,
	"pregnancy_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"indicated_on" date NOT NULL,
	"gestation_days" smallint NOT NULL,
	"defect_codes" text[] NOT NULL,
	"counselled_on" date NOT NULL,
	"counsellor" text NOT NULL,
	"consent_id" uuid NOT NULL,
	"consent_on" date NOT NULL,
	"first_physician_id" uuid NOT NULL,
	"first_opinion_on" date NOT NULL,
	"second_physician_id" uuid NOT NULL,
	"second_opinion_on" date NOT NULL,
	"opinions_cipher" "bytea" NOT NULL,
	"performed_on" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "medical_terminations_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "medical_terminations_two_physicians" CHECK ("medical_terminations"."first_physician_id" <> "medical_terminations"."second_physician_id"),
	CONSTRAINT "medical_terminations_defects" CHECK (cardinality("medical_terminations"."defect_codes") > 0),
	CONSTRAINT "medical_terminations_codes" CHECK (not (array_to_string("medical_terminations"."defect_codes", ' ') ~ '(^| )(Q5[0-6]|Q9[678])([.][0-9]+)?( |$)')),
	CONSTRAINT "medical_terminations_gestation" CHECK ("medical_terminations"."gestation_days" between 35 and 308),
	CONSTRAINT "medical_terminations_in_order" CHECK (greatest("medical_terminations"."counselled_on", "medical_terminations"."consent_on", "medical_terminations"."first_opinion_on", "medical_terminations"."second_opinion_on") <= coalesce("medical_terminations"."performed_on", 'infinity'::date)),
	CONSTRAINT "medical_terminations_void_has_reason" CHECK (("medical_terminations"."voided_at" is null) = ("medical_terminations"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('medical_terminations');
--> statement-breakpoint
CREATE TABLE "torch_case_steps" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"state" text NOT NULL,
	"occurred_on" date NOT NULL,
	"test_id" uuid,
	"closing" text,
	"referred_to" text,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "torch_case_steps_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "torch_case_steps_state" CHECK ("torch_case_steps"."state" in ('FOUND', 'NOTIFIED', 'COUNSELLED', 'RETESTED', 'TREATED', 'REFERRED', 'CLOSED')),
	CONSTRAINT "torch_case_steps_closing" CHECK (("torch_case_steps"."state" = 'CLOSED') = ("torch_case_steps"."closing" is not null)),
	CONSTRAINT "torch_case_steps_void_has_reason" CHECK (("torch_case_steps"."voided_at" is null) = ("torch_case_steps"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('torch_case_steps');
--> statement-breakpoint
CREATE TABLE "torch_cases" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"agent" text NOT NULL,
	"meaning" text NOT NULL,
	"is_pregnant" boolean NOT NULL,
	"test_id" uuid NOT NULL,
	"found_on" date NOT NULL,
	"state" text NOT NULL,
	"state_on" date NOT NULL,
	"retest_from" date,
	"retest_to" date,
	"retested_on" date,
	"closed_on" date,
	"closing" text,
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
	CONSTRAINT "torch_cases_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "torch_cases_state" CHECK ("torch_cases"."state" in ('FOUND', 'NOTIFIED', 'COUNSELLED', 'RETESTED', 'TREATED', 'REFERRED', 'CLOSED')),
	CONSTRAINT "torch_cases_closed" CHECK (("torch_cases"."state" = 'CLOSED') = ("torch_cases"."closed_on" is not null) and ("torch_cases"."closed_on" is null) = ("torch_cases"."closing" is null)),
	CONSTRAINT "torch_cases_closing" CHECK ("torch_cases"."closing" in ('CLEARED', 'PREGNANCY_POSTPONED', 'PREGNANT_FOLLOWED', 'DECLINED', 'LOST')),
	CONSTRAINT "torch_cases_closed_after" CHECK ("torch_cases"."closed_on" >= "torch_cases"."found_on"),
	CONSTRAINT "torch_cases_void_has_reason" CHECK (("torch_cases"."voided_at" is null) = ("torch_cases"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('torch_cases');
--> statement-breakpoint
CREATE TABLE "torch_cells" (
	"edition" text NOT NULL,
	"agent" text NOT NULL,
	"igg" text,
	"igm" text,
	"avidity" text,
	"is_pregnant" boolean NOT NULL,
	"meaning" text NOT NULL,
	"is_actionable" boolean NOT NULL,
	"retest_from_days" integer,
	"retest_to_days" integer,
	"advice_zh" text NOT NULL,
	"advice_en" text NOT NULL,
	CONSTRAINT "torch_cells_once" UNIQUE NULLS NOT DISTINCT("edition","agent","igg","igm","avidity","is_pregnant"),
	CONSTRAINT "torch_cells_agent" CHECK ("torch_cells"."agent" in ('TOX', 'RUB', 'CMV', 'HSV')),
	CONSTRAINT "torch_cells_retest" CHECK ("torch_cells"."retest_to_days" >= "torch_cells"."retest_from_days")
);
--> statement-breakpoint
CREATE TABLE "torch_editions" (
	"edition" text NOT NULL,
	"effective_from" date NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "torch_editions_pk" PRIMARY KEY("edition")
);
--> statement-breakpoint
CREATE TABLE "torch_results" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"test_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"agent" text NOT NULL,
	"igg" text,
	"igm" text,
	"avidity" text,
	"meaning" text NOT NULL,
	"is_actionable" boolean NOT NULL,
	"titres_cipher" "bytea",
	"advice_cipher" "bytea",
	CONSTRAINT "torch_results_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "torch_results_agent" CHECK ("torch_results"."agent" in ('TOX', 'RUB', 'CMV', 'HSV')),
	CONSTRAINT "torch_results_serology" CHECK ("torch_results"."igg" in ('POS', 'NEG', 'GREY') and "torch_results"."igm" in ('POS', 'NEG', 'GREY') and "torch_results"."avidity" in ('LOW', 'GREY', 'HIGH')),
	CONSTRAINT "torch_results_something" CHECK ("torch_results"."igg" is not null or "torch_results"."igm" is not null)
);
--> statement-breakpoint
select app.shard('torch_results');
--> statement-breakpoint
CREATE TABLE "torch_tests" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"chain_id" uuid,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"stage" text NOT NULL,
	"is_retest" boolean NOT NULL,
	"edition" text NOT NULL,
	"laboratory" text,
	"check_id" uuid,
	"order_id" uuid,
	"confirmed_on" date,
	"confirmed_by" uuid,
	"note_cipher" "bytea",
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
	CONSTRAINT "torch_tests_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "torch_tests_stage" CHECK ("torch_tests"."stage" in ('PRECONCEPTION', 'EARLY_PREGNANCY', 'LATER_PREGNANCY')),
	CONSTRAINT "torch_tests_void_has_reason" CHECK (("torch_tests"."voided_at" is null) = ("torch_tests"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('torch_tests');
--> statement-breakpoint
ALTER TABLE "outreach_sessions" DROP CONSTRAINT "outreach_sessions_kind";
--> statement-breakpoint
ALTER TABLE "api_clients" ADD COLUMN "organisation_id" uuid;
--> statement-breakpoint
ALTER TABLE "antenatal_cares" ADD CONSTRAINT "antenatal_cares_pregnancy" FOREIGN KEY ("county_code","pregnancy_id") REFERENCES "public"."pregnancies"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "antenatal_contacts" ADD CONSTRAINT "antenatal_contacts_chain" FOREIGN KEY ("county_code","chain_id") REFERENCES "public"."chains"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "antenatal_contacts" ADD CONSTRAINT "antenatal_contacts_pregnancy" FOREIGN KEY ("county_code","pregnancy_id") REFERENCES "public"."pregnancies"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "antenatal_contacts" ADD CONSTRAINT "antenatal_contacts_visit" FOREIGN KEY ("county_code","visit_id") REFERENCES "public"."antenatal_visits"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "antenatal_contacts" ADD CONSTRAINT "antenatal_contacts_risk_table" FOREIGN KEY ("risk_table") REFERENCES "public"."decision_tables"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "antenatal_contacts" ADD CONSTRAINT "antenatal_contacts_advice_table" FOREIGN KEY ("advice_table") REFERENCES "public"."decision_tables"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "postnatal_contacts" ADD CONSTRAINT "postnatal_contacts_chain" FOREIGN KEY ("county_code","chain_id") REFERENCES "public"."chains"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "postnatal_contacts" ADD CONSTRAINT "postnatal_contacts_pregnancy" FOREIGN KEY ("county_code","pregnancy_id") REFERENCES "public"."pregnancies"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "postnatal_contacts" ADD CONSTRAINT "postnatal_contacts_advice_table" FOREIGN KEY ("advice_table") REFERENCES "public"."decision_tables"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "high_risk_plan_contacts" ADD CONSTRAINT "high_risk_plan_contacts_plan" FOREIGN KEY ("county_code","plan_id") REFERENCES "public"."high_risk_plans"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "high_risk_plans" ADD CONSTRAINT "high_risk_plans_chain" FOREIGN KEY ("county_code","chain_id") REFERENCES "public"."chains"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "high_risk_plans" ADD CONSTRAINT "high_risk_plans_pregnancy" FOREIGN KEY ("county_code","pregnancy_id") REFERENCES "public"."pregnancies"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "case_duplicates" ADD CONSTRAINT "case_duplicates_card" FOREIGN KEY ("county_code","card_id") REFERENCES "public"."defect_cards"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "case_duplicates" ADD CONSTRAINT "case_duplicates_other" FOREIGN KEY ("county_code","other_id") REFERENCES "public"."defect_cards"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "case_reviews" ADD CONSTRAINT "case_reviews_card" FOREIGN KEY ("county_code","card_id") REFERENCES "public"."defect_cards"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "chain_schedule_items" ADD CONSTRAINT "chain_schedule_items_schedule" FOREIGN KEY ("owner_county","version") REFERENCES "public"."chain_schedules"("owner_county","version") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "chain_children" ADD CONSTRAINT "chain_children_chain" FOREIGN KEY ("county_code","chain_id") REFERENCES "public"."chains"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "chain_children" ADD CONSTRAINT "chain_children_person" FOREIGN KEY ("county_code","child_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "chain_children" ADD CONSTRAINT "chain_children_birth" FOREIGN KEY ("county_code","birth_id") REFERENCES "public"."births"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "chain_events" ADD CONSTRAINT "chain_events_chain" FOREIGN KEY ("county_code","chain_id") REFERENCES "public"."chains"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "chain_facilities" ADD CONSTRAINT "chain_facilities_chain" FOREIGN KEY ("county_code","chain_id") REFERENCES "public"."chains"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "chain_facilities" ADD CONSTRAINT "chain_facilities_facility" FOREIGN KEY ("facility_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "chain_links" ADD CONSTRAINT "chain_links_chain" FOREIGN KEY ("county_code","chain_id") REFERENCES "public"."chains"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "chains" ADD CONSTRAINT "chains_woman" FOREIGN KEY ("county_code","woman_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "chains" ADD CONSTRAINT "chains_pregnancy" FOREIGN KEY ("county_code","pregnancy_id") REFERENCES "public"."pregnancies"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "chain_period_tallies" ADD CONSTRAINT "chain_period_tallies_period" FOREIGN KEY ("county_code","period_id") REFERENCES "public"."chain_periods"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "child_follow_ups" ADD CONSTRAINT "child_follow_ups_child" FOREIGN KEY ("county_code","child_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "child_supports" ADD CONSTRAINT "child_supports_follow_up" FOREIGN KEY ("county_code","follow_up_id") REFERENCES "public"."child_follow_ups"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "child_visits" ADD CONSTRAINT "child_visits_follow_up" FOREIGN KEY ("county_code","follow_up_id") REFERENCES "public"."child_follow_ups"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "couple_check_parties" ADD CONSTRAINT "couple_check_parties_check" FOREIGN KEY ("county_code","check_id") REFERENCES "public"."couple_checks"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "couple_check_parties" ADD CONSTRAINT "couple_check_parties_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "couple_checks" ADD CONSTRAINT "couple_checks_woman" FOREIGN KEY ("county_code","woman_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "couple_checks" ADD CONSTRAINT "couple_checks_man" FOREIGN KEY ("county_code","man_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "decision_rows" ADD CONSTRAINT "decision_rows_table" FOREIGN KEY ("table_code") REFERENCES "public"."decision_tables"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "decision_tables" ADD CONSTRAINT "decision_tables_based_on" FOREIGN KEY ("based_on") REFERENCES "public"."decision_tables"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "defect_card_versions" ADD CONSTRAINT "defect_card_versions_card" FOREIGN KEY ("county_code","card_id") REFERENCES "public"."defect_cards"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "defect_cards" ADD CONSTRAINT "defect_cards_mother" FOREIGN KEY ("county_code","mother_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "defect_cards" ADD CONSTRAINT "defect_cards_child" FOREIGN KEY ("county_code","child_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "defect_cards" ADD CONSTRAINT "defect_cards_chain" FOREIGN KEY ("county_code","chain_id") REFERENCES "public"."chains"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "defect_diagnoses" ADD CONSTRAINT "defect_diagnoses_card" FOREIGN KEY ("county_code","card_id") REFERENCES "public"."defect_cards"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "defect_category_codes" ADD CONSTRAINT "defect_category_codes_category" FOREIGN KEY ("category") REFERENCES "public"."defect_categories"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "child_surveys" ADD CONSTRAINT "child_surveys_child" FOREIGN KEY ("county_code","child_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "child_surveys" ADD CONSTRAINT "child_surveys_file" FOREIGN KEY ("county_code","file_id") REFERENCES "public"."family_files"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "education_attendances" ADD CONSTRAINT "education_attendances_client" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "family_files" ADD CONSTRAINT "family_files_child" FOREIGN KEY ("county_code","child_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "genetic_counsellings" ADD CONSTRAINT "genetic_counsellings_file" FOREIGN KEY ("county_code","file_id") REFERENCES "public"."family_files"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "folic_acid_courses" ADD CONSTRAINT "folic_acid_courses_client" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "folic_acid_follow_ups" ADD CONSTRAINT "folic_acid_follow_ups_course" FOREIGN KEY ("county_code","course_id") REFERENCES "public"."folic_acid_courses"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "folic_acid_issues" ADD CONSTRAINT "folic_acid_issues_course" FOREIGN KEY ("county_code","course_id") REFERENCES "public"."folic_acid_courses"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "folic_acid_issues" ADD CONSTRAINT "folic_acid_issues_product" FOREIGN KEY ("item_code") REFERENCES "public"."folic_acid_products"("item_code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "folic_acid_products" ADD CONSTRAINT "folic_acid_products_item" FOREIGN KEY ("item_code") REFERENCES "public"."supply_items"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lab_analytes" ADD CONSTRAINT "lab_analytes_panel" FOREIGN KEY ("panel_code") REFERENCES "public"."lab_panels"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lab_cut_offs" ADD CONSTRAINT "lab_cut_offs_analyte" FOREIGN KEY ("panel_code","analyte_code") REFERENCES "public"."lab_analytes"("panel_code","code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lab_orders" ADD CONSTRAINT "lab_orders_client" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lab_orders" ADD CONSTRAINT "lab_orders_panel" FOREIGN KEY ("panel_code") REFERENCES "public"."lab_panels"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lab_ranges" ADD CONSTRAINT "lab_ranges_analyte" FOREIGN KEY ("panel_code","analyte_code") REFERENCES "public"."lab_analytes"("panel_code","code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lab_results" ADD CONSTRAINT "lab_results_order" FOREIGN KEY ("county_code","order_id") REFERENCES "public"."lab_orders"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "case_log_entries" ADD CONSTRAINT "case_log_entries_audit" FOREIGN KEY ("county_code","audit_id") REFERENCES "public"."missed_case_audits"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "case_log_entries" ADD CONSTRAINT "case_log_entries_card" FOREIGN KEY ("county_code","card_id") REFERENCES "public"."defect_cards"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "blood_spots" ADD CONSTRAINT "blood_spots_child" FOREIGN KEY ("county_code","child_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "cchd_screens" ADD CONSTRAINT "cchd_screens_child" FOREIGN KEY ("county_code","child_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "hearing_screens" ADD CONSTRAINT "hearing_screens_child" FOREIGN KEY ("county_code","child_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "preconception_follow_ups" ADD CONSTRAINT "preconception_follow_ups_check" FOREIGN KEY ("county_code","check_id") REFERENCES "public"."couple_checks"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "prenatal_diagnoses" ADD CONSTRAINT "prenatal_diagnoses_woman" FOREIGN KEY ("county_code","woman_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "prenatal_screens" ADD CONSTRAINT "prenatal_screens_woman" FOREIGN KEY ("county_code","woman_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "referral_links" ADD CONSTRAINT "referral_links_from" FOREIGN KEY ("from_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "referral_links" ADD CONSTRAINT "referral_links_to" FOREIGN KEY ("to_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_chain" FOREIGN KEY ("county_code","chain_id") REFERENCES "public"."chains"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_woman" FOREIGN KEY ("county_code","woman_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_to" FOREIGN KEY ("to_facility_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "screen_positive_steps" ADD CONSTRAINT "screen_positive_steps_case" FOREIGN KEY ("county_code","case_id") REFERENCES "public"."screen_positives"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "screen_positives" ADD CONSTRAINT "screen_positives_screen" FOREIGN KEY ("county_code","screen_id") REFERENCES "public"."prenatal_screens"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "screen_positives" ADD CONSTRAINT "screen_positives_woman" FOREIGN KEY ("county_code","woman_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "medical_terminations" ADD CONSTRAINT "medical_terminations_procedure" FOREIGN KEY ("county_code","procedure_id") REFERENCES "public"."procedures"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "medical_terminations" ADD CONSTRAINT "medical_terminations_woman" FOREIGN KEY ("county_code","woman_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "medical_terminations" ADD CONSTRAINT "medical_terminations_consent" FOREIGN KEY ("county_code","consent_id","woman_id","consent_on") REFERENCES "public"."care_consents"("county_code","id","client_id","given_on") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "medical_terminations" ADD CONSTRAINT "medical_terminations_first" FOREIGN KEY ("first_physician_id") REFERENCES "public"."operator_licences"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "medical_terminations" ADD CONSTRAINT "medical_terminations_second" FOREIGN KEY ("second_physician_id") REFERENCES "public"."operator_licences"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "torch_case_steps" ADD CONSTRAINT "torch_case_steps_case" FOREIGN KEY ("county_code","case_id") REFERENCES "public"."torch_cases"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "torch_cases" ADD CONSTRAINT "torch_cases_test" FOREIGN KEY ("county_code","test_id") REFERENCES "public"."torch_tests"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "torch_cells" ADD CONSTRAINT "torch_cells_edition" FOREIGN KEY ("edition") REFERENCES "public"."torch_editions"("edition") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "torch_results" ADD CONSTRAINT "torch_results_test" FOREIGN KEY ("county_code","test_id") REFERENCES "public"."torch_tests"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "torch_tests" ADD CONSTRAINT "torch_tests_client" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "antenatal_cares_next" ON "antenatal_cares" USING btree ("county_code","facility_id","next_on","pregnancy_id");
--> statement-breakpoint
CREATE INDEX "antenatal_cares_plan" ON "antenatal_cares" USING btree ("county_code","facility_id","plan_due_since","pregnancy_id") WHERE "antenatal_cares"."plan_due_since" is not null;
--> statement-breakpoint
CREATE INDEX "antenatal_contacts_by_pregnancy" ON "antenatal_contacts" USING btree ("county_code","pregnancy_id","occurred_on");
--> statement-breakpoint
CREATE INDEX "antenatal_contacts_by_chain" ON "antenatal_contacts" USING btree ("county_code","chain_id");
--> statement-breakpoint
CREATE INDEX "antenatal_contacts_by_facility" ON "antenatal_contacts" USING btree ("county_code","facility_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "antenatal_contacts_by_day" ON "antenatal_contacts" USING btree ("county_code","occurred_on","division_code");
--> statement-breakpoint
CREATE UNIQUE INDEX "postnatal_contacts_one_a_day" ON "postnatal_contacts" USING btree ("county_code","pregnancy_id","facility_id","kind","occurred_on") WHERE "postnatal_contacts"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "postnatal_contacts_by_facility" ON "postnatal_contacts" USING btree ("county_code","facility_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "postnatal_contacts_by_chain" ON "postnatal_contacts" USING btree ("county_code","chain_id");
--> statement-breakpoint
CREATE INDEX "postnatal_contacts_by_day" ON "postnatal_contacts" USING btree ("county_code","occurred_on","division_code");
--> statement-breakpoint
CREATE INDEX "high_risk_plan_contacts_of_plan" ON "high_risk_plan_contacts" USING btree ("county_code","plan_id","due_on");
--> statement-breakpoint
CREATE UNIQUE INDEX "high_risk_plans_one_open" ON "high_risk_plans" USING btree ("county_code","pregnancy_id","facility_id") WHERE "high_risk_plans"."closed_on" is null and "high_risk_plans"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "high_risk_plans_by_facility" ON "high_risk_plans" USING btree ("county_code","facility_id","opened_on","id");
--> statement-breakpoint
CREATE INDEX "high_risk_plans_by_chain" ON "high_risk_plans" USING btree ("county_code","chain_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "case_duplicates_once" ON "case_duplicates" USING btree ("county_code","card_id","other_id");
--> statement-breakpoint
CREATE INDEX "case_duplicates_by_other" ON "case_duplicates" USING btree ("county_code","other_id");
--> statement-breakpoint
CREATE INDEX "case_reviews_by_card" ON "case_reviews" USING btree ("county_code","card_id","recorded_at");
--> statement-breakpoint
CREATE INDEX "chain_children_by_child" ON "chain_children" USING btree ("county_code","child_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "chain_events_once" ON "chain_events" USING btree ("county_code","record_id","chain_id","item","subject_id","event") WHERE "chain_events"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "chain_events_of_chain" ON "chain_events" USING btree ("county_code","chain_id");
--> statement-breakpoint
CREATE INDEX "chain_events_of_offer" ON "chain_events" USING btree ("county_code","offer_id") WHERE "chain_events"."offer_id" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "chain_facilities_once" ON "chain_facilities" USING btree ("county_code","chain_id","facility_id") WHERE "chain_facilities"."until_on" is null;
--> statement-breakpoint
CREATE INDEX "chain_facilities_of_chain" ON "chain_facilities" USING btree ("county_code","chain_id");
--> statement-breakpoint
CREATE INDEX "chain_links_work" ON "chain_links" USING btree ("county_code","facility_id","state","window_to","chain_id") WHERE "chain_links"."state" in ('DUE', 'OFFERED', 'OVERDUE') and "chain_links"."drop_reason" is null;
--> statement-breakpoint
CREATE INDEX "chain_links_of_item" ON "chain_links" USING btree ("county_code","facility_id","item","window_from","chain_id") WHERE "chain_links"."state" in ('DUE', 'OFFERED', 'OVERDUE');
--> statement-breakpoint
CREATE INDEX "chain_links_opening" ON "chain_links" USING btree ("county_code","window_from") WHERE "chain_links"."state" = 'NOT_DUE';
--> statement-breakpoint
CREATE INDEX "chain_links_ending" ON "chain_links" USING btree ("county_code","window_to") WHERE "chain_links"."state" in ('DUE', 'OFFERED');
--> statement-breakpoint
CREATE UNIQUE INDEX "chains_of_pregnancy" ON "chains" USING btree ("county_code","pregnancy_id") WHERE "chains"."pregnancy_id" is not null and "chains"."voided_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "chains_one_open" ON "chains" USING btree ("county_code","woman_id") WHERE "chains"."born_on" is null and "chains"."closed_on" is null and "chains"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "chains_by_woman" ON "chains" USING btree ("county_code","woman_id","opened_on");
--> statement-breakpoint
CREATE INDEX "chains_by_partner" ON "chains" USING btree ("county_code","partner_id") WHERE "chains"."partner_id" is not null;
--> statement-breakpoint
CREATE INDEX "chains_open" ON "chains" USING btree ("county_code","id") WHERE "chains"."closed_on" is null and "chains"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "chains_of_facility" ON "chains" USING btree ("county_code","facility_id","cohort_month","id");
--> statement-breakpoint
CREATE INDEX "chains_by_month" ON "chains" USING btree ("county_code","cohort_month","division_code");
--> statement-breakpoint
CREATE UNIQUE INDEX "child_follow_ups_standing" ON "child_follow_ups" USING btree ("county_code","child_id") WHERE "child_follow_ups"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "child_follow_ups_by_facility" ON "child_follow_ups" USING btree ("county_code","facility_id","opened_on","id");
--> statement-breakpoint
CREATE INDEX "child_supports_by_follow_up" ON "child_supports" USING btree ("county_code","follow_up_id","occurred_on");
--> statement-breakpoint
CREATE UNIQUE INDEX "child_visits_once" ON "child_visits" USING btree ("county_code","follow_up_id","item");
--> statement-breakpoint
CREATE INDEX "child_visits_open" ON "child_visits" USING btree ("county_code","facility_id","due_from","id") WHERE "child_visits"."state" = 'PLANNED';
--> statement-breakpoint
CREATE INDEX "couple_check_parties_by_check" ON "couple_check_parties" USING btree ("county_code","check_id");
--> statement-breakpoint
CREATE INDEX "couple_check_parties_by_person" ON "couple_check_parties" USING btree ("county_code","person_id","occurred_on");
--> statement-breakpoint
CREATE INDEX "couple_checks_by_facility" ON "couple_checks" USING btree ("county_code","facility_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "couple_checks_by_woman" ON "couple_checks" USING btree ("county_code","woman_id","occurred_on");
--> statement-breakpoint
CREATE INDEX "couple_checks_by_man" ON "couple_checks" USING btree ("county_code","man_id","occurred_on");
--> statement-breakpoint
CREATE INDEX "couple_checks_by_day" ON "couple_checks" USING btree ("county_code","kind","occurred_on");
--> statement-breakpoint
CREATE INDEX "couple_checks_by_chain" ON "couple_checks" USING btree ("county_code","chain_id") WHERE "couple_checks"."chain_id" is not null;
--> statement-breakpoint
CREATE INDEX "couple_checks_by_replaced" ON "couple_checks" USING btree ("county_code","replaces") WHERE "couple_checks"."replaces" is not null;
--> statement-breakpoint
CREATE INDEX "decision_tables_in_force" ON "decision_tables" USING btree ("kind","owner_county","effective_from");
--> statement-breakpoint
CREATE UNIQUE INDEX "defect_card_versions_once" ON "defect_card_versions" USING btree ("county_code","card_id","edition");
--> statement-breakpoint
CREATE UNIQUE INDEX "defect_cards_number" ON "defect_cards" USING btree ("county_code","card_number") WHERE "defect_cards"."card_number" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "defect_cards_once" ON "defect_cards" USING btree ("county_code","facility_id","match_hash") WHERE "defect_cards"."match_hash" is not null and "defect_cards"."status" not in ('WITHDRAWN', 'MERGED') and "defect_cards"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "defect_cards_by_facility" ON "defect_cards" USING btree ("county_code","facility_id","diagnosed_on","id");
--> statement-breakpoint
CREATE INDEX "defect_cards_by_status" ON "defect_cards" USING btree ("county_code","status","submitted_on","id");
--> statement-breakpoint
CREATE INDEX "defect_cards_by_birth" ON "defect_cards" USING btree ("county_code","born_on");
--> statement-breakpoint
CREATE INDEX "defect_cards_by_mother" ON "defect_cards" USING btree ("county_code","mother_id");
--> statement-breakpoint
CREATE INDEX "defect_cards_by_child" ON "defect_cards" USING btree ("county_code","child_id");
--> statement-breakpoint
CREATE INDEX "defect_cards_by_chain" ON "defect_cards" USING btree ("county_code","chain_id");
--> statement-breakpoint
CREATE INDEX "defect_cards_by_match" ON "defect_cards" USING btree ("county_code","match_hash");
--> statement-breakpoint
CREATE INDEX "defect_cards_by_record" ON "defect_cards" USING btree ("county_code","facility_id","mother_record_hash");
--> statement-breakpoint
CREATE UNIQUE INDEX "defect_diagnoses_once" ON "defect_diagnoses" USING btree ("county_code","card_id","ordinal");
--> statement-breakpoint
CREATE UNIQUE INDEX "defect_returns_of_facility" ON "defect_returns" USING btree ("county_code","facility_id","reporting_year","quarter") WHERE "defect_returns"."scope" = 'FACILITY';
--> statement-breakpoint
CREATE UNIQUE INDEX "defect_returns_of_county" ON "defect_returns" USING btree ("county_code","reporting_year","quarter") WHERE "defect_returns"."scope" = 'COUNTY';
--> statement-breakpoint
CREATE INDEX "defect_returns_by_period" ON "defect_returns" USING btree ("county_code","reporting_year","quarter");
--> statement-breakpoint
CREATE INDEX "child_surveys_by_facility" ON "child_surveys" USING btree ("county_code","facility_id","surveyed_on","id");
--> statement-breakpoint
CREATE INDEX "child_surveys_by_child" ON "child_surveys" USING btree ("county_code","child_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "education_attendances_once" ON "education_attendances" USING btree ("county_code","session_id","client_id") WHERE "education_attendances"."voided_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "family_files_standing" ON "family_files" USING btree ("county_code","child_id") WHERE "family_files"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "family_files_by_facility" ON "family_files" USING btree ("county_code","facility_id","known_on","id");
--> statement-breakpoint
CREATE INDEX "genetic_counsellings_by_file" ON "genetic_counsellings" USING btree ("county_code","file_id","occurred_on");
--> statement-breakpoint
CREATE UNIQUE INDEX "folic_acid_courses_one_open" ON "folic_acid_courses" USING btree ("county_code","facility_id","client_id") WHERE "folic_acid_courses"."ended_on" is null and "folic_acid_courses"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "folic_acid_courses_by_refill" ON "folic_acid_courses" USING btree ("county_code","facility_id","refill_due_on","id");
--> statement-breakpoint
CREATE INDEX "folic_acid_courses_by_client" ON "folic_acid_courses" USING btree ("county_code","client_id");
--> statement-breakpoint
CREATE INDEX "folic_acid_courses_by_day" ON "folic_acid_courses" USING btree ("county_code","started_on");
--> statement-breakpoint
CREATE INDEX "folic_acid_follow_ups_by_course" ON "folic_acid_follow_ups" USING btree ("county_code","course_id");
--> statement-breakpoint
CREATE INDEX "folic_acid_issues_by_course" ON "folic_acid_issues" USING btree ("county_code","course_id");
--> statement-breakpoint
CREATE INDEX "folic_acid_issues_by_day" ON "folic_acid_issues" USING btree ("county_code","occurred_on");
--> statement-breakpoint
CREATE INDEX "folic_acid_surveys_by_facility" ON "folic_acid_surveys" USING btree ("county_code","facility_id","occurred_on","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "lab_batches_reference" ON "lab_batches" USING btree ("county_code","facility_id","reference");
--> statement-breakpoint
CREATE INDEX "lab_batches_by_facility" ON "lab_batches" USING btree ("county_code","facility_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "lab_orders_barcode" ON "lab_orders" USING btree ("county_code","barcode");
--> statement-breakpoint
CREATE INDEX "lab_orders_by_facility" ON "lab_orders" USING btree ("county_code","facility_id","ordered_on","id");
--> statement-breakpoint
CREATE INDEX "lab_orders_by_lab" ON "lab_orders" USING btree ("county_code","lab_id","ordered_on","id");
--> statement-breakpoint
CREATE INDEX "lab_orders_by_client" ON "lab_orders" USING btree ("county_code","client_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "lab_results_standing" ON "lab_results" USING btree ("county_code","order_id","analyte_code") WHERE "lab_results"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "lab_results_by_batch" ON "lab_results" USING btree ("county_code","batch_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "case_log_entries_once" ON "case_log_entries" USING btree ("county_code","audit_id","log_kind","token","icd10") WHERE "case_log_entries"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "case_log_entries_by_token" ON "case_log_entries" USING btree ("county_code","facility_id","token");
--> statement-breakpoint
CREATE INDEX "case_log_entries_by_card" ON "case_log_entries" USING btree ("county_code","card_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "missed_case_audits_once" ON "missed_case_audits" USING btree ("county_code","facility_id","quarter_from");
--> statement-breakpoint
CREATE INDEX "missed_case_audits_by_quarter" ON "missed_case_audits" USING btree ("county_code","quarter_from","facility_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "blood_spots_in_order" ON "blood_spots" USING btree ("county_code","child_id","facility_id","sequence") WHERE "blood_spots"."voided_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "blood_spots_of_order" ON "blood_spots" USING btree ("county_code","lab_order_id") WHERE "blood_spots"."lab_order_id" is not null and "blood_spots"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "blood_spots_by_facility" ON "blood_spots" USING btree ("county_code","facility_id","born_on","id");
--> statement-breakpoint
CREATE INDEX "blood_spots_open" ON "blood_spots" USING btree ("county_code","facility_id","due_by","id") WHERE "blood_spots"."due_by" is not null and "blood_spots"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "blood_spots_by_day" ON "blood_spots" USING btree ("county_code","sampled_on");
--> statement-breakpoint
CREATE INDEX "cchd_screens_by_child" ON "cchd_screens" USING btree ("county_code","child_id","occurred_on");
--> statement-breakpoint
CREATE INDEX "cchd_screens_by_facility" ON "cchd_screens" USING btree ("county_code","facility_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "cchd_screens_by_day" ON "cchd_screens" USING btree ("county_code","occurred_on");
--> statement-breakpoint
CREATE INDEX "cchd_screens_by_replaced" ON "cchd_screens" USING btree ("county_code","replaces") WHERE "cchd_screens"."replaces" is not null;
--> statement-breakpoint
CREATE INDEX "cchd_screens_open" ON "cchd_screens" USING btree ("county_code","facility_id","echo_by","id") WHERE "cchd_screens"."echo_by" is not null and "cchd_screens"."echo_on" is null and "cchd_screens"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "hearing_screens_by_child" ON "hearing_screens" USING btree ("county_code","child_id","occurred_on");
--> statement-breakpoint
CREATE INDEX "hearing_screens_by_facility" ON "hearing_screens" USING btree ("county_code","facility_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "hearing_screens_referred" ON "hearing_screens" USING btree ("county_code","facility_id","born_on","id") WHERE "hearing_screens"."outcome" = 'REFER' and "hearing_screens"."stage" in ('FIRST', 'RESCREEN') and "hearing_screens"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "hearing_screens_by_day" ON "hearing_screens" USING btree ("county_code","occurred_on");
--> statement-breakpoint
CREATE INDEX "hearing_screens_by_replaced" ON "hearing_screens" USING btree ("county_code","replaces") WHERE "hearing_screens"."replaces" is not null;
--> statement-breakpoint
CREATE INDEX "preconception_follow_ups_due" ON "preconception_follow_ups" USING btree ("county_code","facility_id","due_from","id") WHERE "preconception_follow_ups"."state" = 'PLANNED';
--> statement-breakpoint
CREATE INDEX "preconception_follow_ups_by_facility" ON "preconception_follow_ups" USING btree ("county_code","facility_id","due_from","id");
--> statement-breakpoint
CREATE INDEX "preconception_follow_ups_by_check" ON "preconception_follow_ups" USING btree ("county_code","check_id");
--> statement-breakpoint
CREATE INDEX "preconception_follow_ups_by_client" ON "preconception_follow_ups" USING btree ("county_code","client_id");
--> statement-breakpoint
CREATE INDEX "prenatal_diagnoses_by_facility" ON "prenatal_diagnoses" USING btree ("county_code","facility_id","offered_on","id");
--> statement-breakpoint
CREATE INDEX "prenatal_diagnoses_by_woman" ON "prenatal_diagnoses" USING btree ("county_code","woman_id");
--> statement-breakpoint
CREATE INDEX "prenatal_diagnoses_by_chain" ON "prenatal_diagnoses" USING btree ("county_code","chain_id");
--> statement-breakpoint
CREATE INDEX "prenatal_diagnoses_by_day" ON "prenatal_diagnoses" USING btree ("county_code","performed_on");
--> statement-breakpoint
CREATE INDEX "prenatal_diagnoses_by_replaced" ON "prenatal_diagnoses" USING btree ("county_code","replaces") WHERE "prenatal_diagnoses"."replaces" is not null;
--> statement-breakpoint
CREATE INDEX "prenatal_screens_by_facility" ON "prenatal_screens" USING btree ("county_code","facility_id","offered_on","id");
--> statement-breakpoint
CREATE INDEX "prenatal_screens_by_woman" ON "prenatal_screens" USING btree ("county_code","woman_id","kind");
--> statement-breakpoint
CREATE INDEX "prenatal_screens_by_chain" ON "prenatal_screens" USING btree ("county_code","chain_id","kind");
--> statement-breakpoint
CREATE INDEX "prenatal_screens_by_day" ON "prenatal_screens" USING btree ("county_code","taken_on","kind");
--> statement-breakpoint
CREATE INDEX "prenatal_screens_by_replaced" ON "prenatal_screens" USING btree ("county_code","replaces") WHERE "prenatal_screens"."replaces" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "prenatal_screens_of_order" ON "prenatal_screens" USING btree ("county_code","lab_order_id") WHERE "prenatal_screens"."lab_order_id" is not null and "prenatal_screens"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "referral_links_by_from" ON "referral_links" USING btree ("county_code","from_id","valid_from");
--> statement-breakpoint
CREATE INDEX "referrals_sent" ON "referrals" USING btree ("county_code","facility_id","answer_due_on","id");
--> statement-breakpoint
CREATE INDEX "referrals_got" ON "referrals" USING btree ("county_code","to_facility_id","answer_due_on","id");
--> statement-breakpoint
CREATE INDEX "referrals_by_chain" ON "referrals" USING btree ("county_code","chain_id");
--> statement-breakpoint
CREATE INDEX "referrals_by_contact" ON "referrals" USING btree ("county_code","contact_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "screen_positive_steps_in_order" ON "screen_positive_steps" USING btree ("county_code","case_id","ordinal") WHERE "screen_positive_steps"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "screen_positive_steps_by_day" ON "screen_positive_steps" USING btree ("county_code","to_state","occurred_on");
--> statement-breakpoint
CREATE UNIQUE INDEX "screen_positives_once" ON "screen_positives" USING btree ("county_code","screen_id") WHERE "screen_positives"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "screen_positives_by_woman" ON "screen_positives" USING btree ("county_code","woman_id");
--> statement-breakpoint
CREATE INDEX "screen_positives_by_chain" ON "screen_positives" USING btree ("county_code","chain_id");
--> statement-breakpoint
CREATE INDEX "screen_positives_by_facility" ON "screen_positives" USING btree ("county_code","facility_id","opened_on","id");
--> statement-breakpoint
CREATE INDEX "screen_positives_open" ON "screen_positives" USING btree ("county_code","facility_id","due_by","id") WHERE "screen_positives"."closed_on" is null and "screen_positives"."voided_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "screening_parameters_once" ON "screening_parameters" USING btree ("owner_county","item",coalesce("laboratory_id", '00000000-0000-0000-0000-000000000000'::uuid),"valid_from");
--> statement-breakpoint
CREATE UNIQUE INDEX "medical_terminations_once" ON "medical_terminations" USING btree ("county_code","procedure_id") WHERE "medical_terminations"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "medical_terminations_by_facility" ON "medical_terminations" USING btree ("county_code","facility_id","indicated_on","id");
--> statement-breakpoint
CREATE INDEX "medical_terminations_by_woman" ON "medical_terminations" USING btree ("county_code","woman_id");
--> statement-breakpoint
CREATE INDEX "medical_terminations_by_day" ON "medical_terminations" USING btree ("county_code","performed_on");
--> statement-breakpoint
CREATE INDEX "torch_case_steps_by_case" ON "torch_case_steps" USING btree ("county_code","case_id","id");
--> statement-breakpoint
CREATE INDEX "torch_case_steps_by_test" ON "torch_case_steps" USING btree ("county_code","test_id") WHERE "torch_case_steps"."test_id" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "torch_cases_one_open" ON "torch_cases" USING btree ("county_code","facility_id","client_id","agent") WHERE "torch_cases"."closed_on" is null and "torch_cases"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "torch_cases_by_facility" ON "torch_cases" USING btree ("county_code","facility_id","found_on","id");
--> statement-breakpoint
CREATE INDEX "torch_cases_open" ON "torch_cases" USING btree ("county_code","facility_id","found_on","id") WHERE "torch_cases"."closed_on" is null and "torch_cases"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "torch_cases_by_client" ON "torch_cases" USING btree ("county_code","client_id");
--> statement-breakpoint
CREATE INDEX "torch_cases_by_test" ON "torch_cases" USING btree ("county_code","test_id");
--> statement-breakpoint
CREATE INDEX "torch_cases_by_day" ON "torch_cases" USING btree ("county_code","found_on");
--> statement-breakpoint
CREATE UNIQUE INDEX "torch_results_once" ON "torch_results" USING btree ("county_code","test_id","agent");
--> statement-breakpoint
CREATE INDEX "torch_tests_by_facility" ON "torch_tests" USING btree ("county_code","facility_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "torch_tests_by_client" ON "torch_tests" USING btree ("county_code","client_id","occurred_on");
--> statement-breakpoint
CREATE INDEX "torch_tests_by_day" ON "torch_tests" USING btree ("county_code","occurred_on");
--> statement-breakpoint
CREATE INDEX "torch_tests_by_check" ON "torch_tests" USING btree ("county_code","check_id") WHERE "torch_tests"."check_id" is not null;
--> statement-breakpoint
CREATE INDEX "torch_tests_by_order" ON "torch_tests" USING btree ("county_code","order_id") WHERE "torch_tests"."order_id" is not null;
--> statement-breakpoint
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_organisation" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "outreach_sessions" ADD CONSTRAINT "outreach_sessions_kind" CHECK ("outreach_sessions"."kind" in ('ROUND', 'FREE_CLINIC', 'EXPERTS', 'EDUCATION', 'TRAINING'));
