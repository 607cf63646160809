CREATE TABLE "busy_periods" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "busy_periods_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "busy_periods_kind" CHECK ("busy_periods"."kind" in ('HARVEST', 'SOWING', 'FESTIVAL', 'WEATHER', 'OTHER')),
	CONSTRAINT "busy_periods_in_order" CHECK ("busy_periods"."to_on" >= "busy_periods"."from_on")
);
--> statement-breakpoint
select app.shard('busy_periods');
--> statement-breakpoint
CREATE TABLE "check_calendars" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"year" integer NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date NOT NULL,
	"status" text NOT NULL,
	"villages" integer NOT NULL,
	"sessions" integer NOT NULL,
	"unplaced" integer NOT NULL,
	"job_id" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"published_at" timestamp with time zone,
	"published_by" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "check_calendars_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "check_calendars_status" CHECK ("check_calendars"."status" in ('PLANNING', 'PROPOSED', 'PUBLISHED', 'DISCARDED', 'FAILED'))
);
--> statement-breakpoint
select app.shard('check_calendars');
--> statement-breakpoint
CREATE TABLE "check_stations" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"name" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"capacity_per_day" integer NOT NULL,
	"teams" integer NOT NULL,
	"vehicles" integer NOT NULL,
	"weekdays" integer[] NOT NULL,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "check_stations_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "check_stations_capacity" CHECK ("check_stations"."capacity_per_day" > 0 and "check_stations"."teams" > 0 and "check_stations"."vehicles" >= 0),
	CONSTRAINT "check_stations_in_order" CHECK ("check_stations"."closed_on" > "check_stations"."opened_on")
);
--> statement-breakpoint
select app.shard('check_stations');
--> statement-breakpoint
CREATE TABLE "check_unplaced" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"calendar_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"category" text NOT NULL,
	"days" integer NOT NULL,
	"reason" text NOT NULL,
	"hindrances" jsonb NOT NULL,
	CONSTRAINT "check_unplaced_pk" PRIMARY KEY("county_code","id")
);
--> statement-breakpoint
select app.shard('check_unplaced');
--> statement-breakpoint
CREATE TABLE "holidays" (
	"day" date NOT NULL,
	"is_workday" boolean NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"is_expected" boolean NOT NULL,
	"basis" text NOT NULL,
	CONSTRAINT "holidays_pk" PRIMARY KEY("day")
);
--> statement-breakpoint
CREATE TABLE "village_distances" (
	"county_code" integer NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"station_id" uuid NOT NULL,
	"distance_class" text NOT NULL,
	"transport" text NOT NULL,
	"minutes" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "village_distances_pk" PRIMARY KEY("county_code","division_code","station_id"),
	CONSTRAINT "village_distances_class" CHECK ("village_distances"."distance_class" in ('NEAR', 'MIDDLE', 'FAR')),
	CONSTRAINT "village_distances_transport" CHECK ("village_distances"."transport" in ('WALK', 'BUS', 'CAR', 'BOAT'))
);
--> statement-breakpoint
select app.shard('village_distances');
--> statement-breakpoint
CREATE TABLE "infertility_cases" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"partner_id" uuid,
	"has_partner" boolean NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"opened_on" date NOT NULL,
	"duration_months" integer,
	"kind" text,
	"has_semen_analysis" boolean NOT NULL,
	"icd10" text,
	"treated_on" date,
	"art_referred_on" date,
	"art_referred_to" text,
	"outcome" text,
	"closed_on" date,
	"is_complete" boolean GENERATED ALWAYS AS (has_partner and duration_months is not null and kind is not null and has_semen_analysis and icd10 is not null) STORED NOT NULL,
	"tests_cipher" "bytea",
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
	CONSTRAINT "infertility_cases_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "infertility_cases_kind" CHECK ("infertility_cases"."kind" in ('PRIMARY', 'SECONDARY')),
	CONSTRAINT "infertility_cases_icd10" CHECK ("infertility_cases"."icd10" ~ '^(N97([.][0-9])?|N46)$'),
	CONSTRAINT "infertility_cases_two_people" CHECK ("infertility_cases"."partner_id" <> "infertility_cases"."client_id"),
	CONSTRAINT "infertility_cases_outcome" CHECK ("infertility_cases"."outcome" in ('PREGNANT', 'BIRTH', 'STOPPED', 'REFERRED', 'LOST')),
	CONSTRAINT "infertility_cases_closed" CHECK (("infertility_cases"."closed_on" is null) = ("infertility_cases"."outcome" is null)),
	CONSTRAINT "infertility_cases_void_has_reason" CHECK (("infertility_cases"."voided_at" is null) = ("infertility_cases"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('infertility_cases');
--> statement-breakpoint
CREATE TABLE "rti_cases" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"finding_id" uuid,
	"diagnosed_on" date NOT NULL,
	"icd10" text NOT NULL,
	"status" text NOT NULL,
	"treated_on" date,
	"partner_notified" boolean,
	"reviewed_on" date,
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
	CONSTRAINT "rti_cases_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "rti_cases_icd10" CHECK ("rti_cases"."icd10" ~ '^[A-Z][0-9]{2}([.][0-9]{1,2})?$'),
	CONSTRAINT "rti_cases_status" CHECK ("rti_cases"."status" in ('OPEN', 'TREATED', 'CURED', 'REFERRED', 'DECLINED', 'LOST')),
	CONSTRAINT "rti_cases_in_order" CHECK (("rti_cases"."treated_on" is null or "rti_cases"."treated_on" >= "rti_cases"."diagnosed_on") and ("rti_cases"."closed_on" is null or "rti_cases"."closed_on" >= "rti_cases"."diagnosed_on")),
	CONSTRAINT "rti_cases_closed_on" CHECK (("rti_cases"."closed_on" is null) = ("rti_cases"."status" in ('OPEN', 'TREATED'))),
	CONSTRAINT "rti_cases_void_has_reason" CHECK (("rti_cases"."voided_at" is null) = ("rti_cases"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('rti_cases');
--> statement-breakpoint
CREATE TABLE "informed_choices" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"counsellor_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"group_id" uuid,
	"intention" text NOT NULL,
	"methods_explained" text[] NOT NULL,
	"effectiveness_explained" boolean NOT NULL,
	"side_effects_explained" boolean NOT NULL,
	"follow_up_explained" boolean NOT NULL,
	"sti_protection" boolean NOT NULL,
	"screen_id" uuid,
	"decision" text,
	"decided_on" date,
	"chosen_method" text,
	"choice_by" text NOT NULL,
	"free_of_pressure" boolean NOT NULL,
	"consent_form" text,
	"consent_reference" text,
	"partner_present" boolean,
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
	CONSTRAINT "informed_choices_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "informed_choices_with_day" UNIQUE("county_code","id","client_id","occurred_on"),
	CONSTRAINT "informed_choices_two_and_none" CHECK ('M00' = any(methods_explained) and ('M10' = any(methods_explained))::int + ('M20' = any(methods_explained))::int + ('M30' = any(methods_explained))::int + ('M31' = any(methods_explained))::int + ('M40' = any(methods_explained))::int + ('M41' = any(methods_explained))::int + ('M42' = any(methods_explained))::int + ('M50' = any(methods_explained))::int + ('M51' = any(methods_explained))::int + ('M60' = any(methods_explained))::int + ('M61' = any(methods_explained))::int + ('M70' = any(methods_explained))::int + ('M71' = any(methods_explained))::int + ('M80' = any(methods_explained))::int + ('M85' = any(methods_explained))::int + ('M90' = any(methods_explained))::int + ('M91' = any(methods_explained))::int + ('M92' = any(methods_explained))::int >= 2),
	CONSTRAINT "informed_choices_channel" CHECK ("informed_choices"."channel" in ('FACE', 'PHONE', 'HOTLINE', 'ONLINE', 'GROUP')),
	CONSTRAINT "informed_choices_group" CHECK (("informed_choices"."group_id" is null) or ("informed_choices"."channel" = 'GROUP')),
	CONSTRAINT "informed_choices_intention" CHECK ("informed_choices"."intention" in ('WITHIN_1Y', 'IN_1_2Y', 'AFTER_2Y', 'NONE', 'UNSURE', 'NOT_STATED')),
	CONSTRAINT "informed_choices_decision" CHECK ("informed_choices"."decision" in ('ACCEPT', 'DEFER', 'DECLINE')),
	CONSTRAINT "informed_choices_choice_by" CHECK ("informed_choices"."choice_by" in ('WOMAN', 'MAN', 'COUPLE')),
	CONSTRAINT "informed_choices_consent_form" CHECK ("informed_choices"."consent_form" in ('SIGNATURE', 'FINGERPRINT', 'ELECTRONIC', 'RECORDED', 'WITNESSED')),
	CONSTRAINT "informed_choices_decided" CHECK (("informed_choices"."decision" is null) = ("informed_choices"."decided_on" is null) and "informed_choices"."decided_on" >= "informed_choices"."occurred_on"),
	CONSTRAINT "informed_choices_accepted_freely" CHECK ("informed_choices"."decision" is distinct from 'ACCEPT' or ("informed_choices"."free_of_pressure" and "informed_choices"."consent_form" is not null and "informed_choices"."chosen_method" is not null)),
	CONSTRAINT "informed_choices_chosen_of_explained" CHECK ("informed_choices"."chosen_method" is null or "informed_choices"."chosen_method" = any("informed_choices"."methods_explained")),
	CONSTRAINT "informed_choices_chosen_if_accepted" CHECK (("informed_choices"."decision" is not distinct from 'ACCEPT') = ("informed_choices"."chosen_method" is not null and "informed_choices"."chosen_method" <> 'M00')),
	CONSTRAINT "informed_choices_void_has_reason" CHECK (("informed_choices"."voided_at" is null) = ("informed_choices"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('informed_choices');
--> statement-breakpoint
CREATE TABLE "care_clients" (
	"county_code" integer NOT NULL,
	"facility_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"first_on" date NOT NULL,
	"last_on" date NOT NULL,
	"encounters" integer NOT NULL,
	CONSTRAINT "care_clients_pk" PRIMARY KEY("county_code","facility_id","client_id")
);
--> statement-breakpoint
select app.shard('care_clients');
--> statement-breakpoint
CREATE TABLE "care_consents" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"procedure_type" text,
	"given_on" date NOT NULL,
	"given_by" text NOT NULL,
	"guardian_name" text,
	"evidence" text NOT NULL,
	"form_reference" text,
	"language" text NOT NULL,
	"is_confidential" boolean NOT NULL,
	"withdrawn_on" date,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" uuid,
	"withdrawal_reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "care_consents_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "care_consents_with_day" UNIQUE("county_code","id","client_id","given_on"),
	CONSTRAINT "care_consents_kind" CHECK ("care_consents"."kind" in ('PROCEDURE', 'FOLLOW_UP', 'REMINDERS', 'SHARING', 'RECORDING')),
	CONSTRAINT "care_consents_given_by" CHECK ("care_consents"."given_by" in ('SELF', 'GUARDIAN')),
	CONSTRAINT "care_consents_evidence" CHECK ("care_consents"."evidence" in ('SIGNED', 'ELECTRONIC', 'RECORDED', 'VERBAL')),
	CONSTRAINT "care_consents_guardian_named" CHECK (("care_consents"."given_by" = 'GUARDIAN') = ("care_consents"."guardian_name" is not null)),
	CONSTRAINT "care_consents_of_procedure" CHECK (("care_consents"."kind" = 'PROCEDURE') or "care_consents"."procedure_type" is null),
	CONSTRAINT "care_consents_withdrawn_after" CHECK ("care_consents"."withdrawn_on" >= "care_consents"."given_on"),
	CONSTRAINT "care_consents_withdrawal_is_whole" CHECK (("care_consents"."withdrawn_on" is null) = ("care_consents"."withdrawn_at" is null)),
	CONSTRAINT "care_consents_void_has_reason" CHECK (("care_consents"."voided_at" is null) = ("care_consents"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('care_consents');
--> statement-breakpoint
CREATE TABLE "local_rules" (
	"code" text NOT NULL,
	"methods" text[] NOT NULL,
	"measure" text NOT NULL,
	"least" smallint,
	"most" smallint,
	"is_interval_only" boolean NOT NULL,
	"effect" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"source" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"position" smallint NOT NULL,
	CONSTRAINT "local_rules_pk" PRIMARY KEY("code","valid_from"),
	CONSTRAINT "local_rules_effect" CHECK ("local_rules"."effect" in ('STOP', 'ADVICE')),
	CONSTRAINT "local_rules_bounds" CHECK (num_nonnulls("local_rules"."least", "local_rules"."most") > 0)
);
--> statement-breakpoint
CREATE TABLE "mec_categories" (
	"edition" text NOT NULL,
	"condition" text NOT NULL,
	"method" text NOT NULL,
	"initiation" smallint NOT NULL,
	"continuation" smallint NOT NULL,
	"basis" text NOT NULL,
	CONSTRAINT "mec_categories_pk" PRIMARY KEY("edition","condition","method"),
	CONSTRAINT "mec_categories_initiation" CHECK ("mec_categories"."initiation" between 1 and 4),
	CONSTRAINT "mec_categories_continuation" CHECK ("mec_categories"."continuation" between 1 and 4)
);
--> statement-breakpoint
CREATE TABLE "mec_conditions" (
	"edition" text NOT NULL,
	"code" text NOT NULL,
	"finding" text,
	"family" text,
	"topic" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"question_zh" text,
	"question_en" text,
	"valid_days" smallint,
	"from_age" smallint,
	"to_age" smallint,
	"derivation" text,
	"from_days" smallint,
	"to_days" smallint,
	"breastfeeding" boolean,
	"with_finding" text,
	"without_finding" text,
	"reason_zh" text NOT NULL,
	"reason_en" text NOT NULL,
	"source" text NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "mec_conditions_pk" PRIMARY KEY("edition","code"),
	CONSTRAINT "mec_conditions_asked_or_derived" CHECK (num_nonnulls("mec_conditions"."finding", "mec_conditions"."derivation") = 1),
	CONSTRAINT "mec_conditions_asked_in_words" CHECK (("mec_conditions"."finding" is null) = ("mec_conditions"."question_zh" is null)),
	CONSTRAINT "mec_conditions_derivation" CHECK ("mec_conditions"."derivation" in ('AGE', 'PARITY', 'POSTPARTUM', 'POSTABORTION'))
);
--> statement-breakpoint
CREATE TABLE "mec_editions" (
	"code" text NOT NULL,
	"owner_county" integer NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"effective_from" date NOT NULL,
	"based_on" text,
	"source" text NOT NULL,
	"reviewer" text,
	"reviewed_on" date,
	"reason" text,
	"withdrawn_on" date,
	"withdraw_reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "mec_editions_pk" PRIMARY KEY("code"),
	CONSTRAINT "mec_editions_reviewed" CHECK (("mec_editions"."reviewer" is null) = ("mec_editions"."reviewed_on" is null)),
	CONSTRAINT "mec_editions_withdrawn_before" CHECK ("mec_editions"."withdrawn_on" < "mec_editions"."effective_from"),
	CONSTRAINT "mec_editions_withdrawn_with_reason" CHECK (("mec_editions"."withdrawn_on" is null) = ("mec_editions"."withdraw_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "mec_overrides" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"screen_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"method" text NOT NULL,
	"phase" text NOT NULL,
	"category" smallint NOT NULL,
	"reason_cipher" "bytea" NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "mec_overrides_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "mec_overrides_phase" CHECK ("mec_overrides"."phase" in ('INITIATION', 'CONTINUATION')),
	CONSTRAINT "mec_overrides_category" CHECK ("mec_overrides"."category" between 1 and 4),
	CONSTRAINT "mec_overrides_void_has_reason" CHECK (("mec_overrides"."voided_at" is null) = ("mec_overrides"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('mec_overrides');
--> statement-breakpoint
CREATE TABLE "mec_screens" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"edition" text NOT NULL,
	"age" smallint NOT NULL,
	"answers" jsonb NOT NULL,
	"conditions" text[] NOT NULL,
	"delivered_on" date,
	"is_breastfeeding" boolean,
	"aborted_on" date,
	"parity" smallint,
	"menses_ended_on" date,
	"cavity_depth_millimetres" smallint,
	"categories" jsonb NOT NULL,
	"stopped" text[] NOT NULL,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "mec_screens_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "mec_screens_of_client" UNIQUE("county_code","id","client_id"),
	CONSTRAINT "mec_screens_void_has_reason" CHECK (("mec_screens"."voided_at" is null) = ("mec_screens"."void_reason" is null)),
	CONSTRAINT "mec_screens_birth_before" CHECK ("mec_screens"."delivered_on" <= "mec_screens"."occurred_on"),
	CONSTRAINT "mec_screens_abortion_before" CHECK ("mec_screens"."aborted_on" <= "mec_screens"."occurred_on")
);
--> statement-breakpoint
select app.shard('mec_screens');
--> statement-breakpoint
CREATE TABLE "encounter_checklist" (
	"code" text NOT NULL,
	"dimension" text NOT NULL,
	"dimension_zh" text NOT NULL,
	"dimension_en" text NOT NULL,
	"zh" text NOT NULL,
	"en" text NOT NULL,
	"position" smallint NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"source" text NOT NULL,
	CONSTRAINT "encounter_checklist_pk" PRIMARY KEY("code","valid_from")
);
--> statement-breakpoint
CREATE TABLE "encounters" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"place" text NOT NULL,
	"outreach_id" uuid,
	"session_id" uuid,
	"expert_id" uuid,
	"checklist" text[] NOT NULL,
	"choice_id" uuid,
	"screen_id" uuid,
	"override_id" uuid,
	"consent_id" uuid,
	"episode_id" uuid,
	"procedure_id" uuid,
	"complication_id" uuid,
	"task_id" uuid,
	"dispensing_ids" uuid[] DEFAULT '{}' NOT NULL,
	"check_id" uuid,
	"next_contact_on" date,
	"next_contact_mode" text,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "encounters_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "encounters_place" CHECK ("encounters"."place" in ('STATION', 'OUTREACH', 'HOME', 'PHONE', 'HOTLINE', 'ONLINE')),
	CONSTRAINT "encounters_outreach" CHECK ("encounters"."outreach_id" is null or "encounters"."place" = 'OUTREACH'),
	CONSTRAINT "encounters_next_contact_is_whole" CHECK (("encounters"."next_contact_on" is null) = ("encounters"."next_contact_mode" is null) and "encounters"."next_contact_on" >= "encounters"."occurred_on"),
	CONSTRAINT "encounters_void_has_reason" CHECK (("encounters"."voided_at" is null) = ("encounters"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('encounters');
--> statement-breakpoint
CREATE TABLE "method_episodes" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"birth_year" smallint NOT NULL,
	"in_union" boolean NOT NULL,
	"method" text NOT NULL,
	"device_type" text,
	"lot_id" uuid,
	"started_on" date NOT NULL,
	"start_context" text NOT NULL,
	"own_source" text NOT NULL,
	"expected_end_on" date,
	"stated_end_on" date,
	"stated_end_reason" text,
	"end_procedure_id" uuid,
	"ended_on" date,
	"end_reason" text,
	"choice_id" uuid,
	"choice_on" date,
	"procedure_id" uuid,
	"is_dual" boolean NOT NULL,
	"findings" text[] DEFAULT '{}' NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "method_episodes_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "method_episodes_is_a_method" CHECK ("method_episodes"."method" ~ '^M[0-9]{2}$' and "method_episodes"."method" not in ('M00', 'M85')),
	CONSTRAINT "method_episodes_dual" CHECK (not "method_episodes"."is_dual" or "method_episodes"."method" in ('M70', 'M71')),
	CONSTRAINT "method_episodes_context" CHECK ("method_episodes"."start_context" in ('INTERVAL', 'POSTPARTUM', 'POSTABORTION', 'SWITCH', 'EC')),
	CONSTRAINT "method_episodes_own_source" CHECK ("method_episodes"."own_source" in ('FREE', 'PURCHASED', 'UNKNOWN')),
	CONSTRAINT "method_episodes_stated_in_order" CHECK ("method_episodes"."started_on" <= "method_episodes"."stated_end_on"),
	CONSTRAINT "method_episodes_in_order" CHECK ("method_episodes"."started_on" <= "method_episodes"."ended_on"),
	CONSTRAINT "method_episodes_end_has_reason" CHECK (("method_episodes"."ended_on" is null) = ("method_episodes"."end_reason" is null) and ("method_episodes"."stated_end_on" is null) = ("method_episodes"."stated_end_reason" is null)),
	CONSTRAINT "method_episodes_end_reason" CHECK ("method_episodes"."end_reason" in ('PLANS_PREGNANCY', 'EXPIRED', 'SWITCHED', 'SIDE_EFFECT', 'METHOD_FAILURE', 'EXPULSION', 'MEDICAL', 'MENOPAUSE', 'NO_NEED', 'PREFERENCE', 'DEATH', 'MOVED', 'UNKNOWN')),
	CONSTRAINT "method_episodes_choice_first" CHECK (("method_episodes"."choice_id" is null) = ("method_episodes"."choice_on" is null) and "method_episodes"."choice_on" <= "method_episodes"."started_on"),
	CONSTRAINT "method_episodes_void_has_reason" CHECK (("method_episodes"."voided_at" is null) = ("method_episodes"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('method_episodes');
--> statement-breakpoint
CREATE TABLE "follow_up_runs" (
	"county_code" integer NOT NULL,
	"day_on" date NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"made" integer,
	"redated" integer,
	"ended" integer,
	"offered" integer,
	CONSTRAINT "follow_up_runs_pk" PRIMARY KEY("county_code","day_on")
);
--> statement-breakpoint
select app.shard('follow_up_runs');
--> statement-breakpoint
CREATE TABLE "follow_up_tasks" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"origin_id" uuid NOT NULL,
	"episode_id" uuid,
	"procedure_id" uuid,
	"protocol_code" text collate "C" NOT NULL,
	"step" text collate "C" NOT NULL,
	"ordinal" integer NOT NULL,
	"subject" text NOT NULL,
	"service" text NOT NULL,
	"mode" text NOT NULL,
	"due_from" date NOT NULL,
	"due_to" date NOT NULL,
	"cycle_to" date NOT NULL,
	"status" text NOT NULL,
	"ended_by" text,
	"tries" smallint DEFAULT 0 NOT NULL,
	"last_try_on" date,
	"booked_on" date,
	"done_on" date,
	"done_mode" text,
	"offer_id" uuid,
	"result_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "follow_up_tasks_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "follow_up_tasks_status" CHECK ("follow_up_tasks"."status" in ('PLANNED', 'OFFERED', 'BOOKED', 'DONE', 'DECLINED', 'UNREACHABLE', 'MOVED', 'CANCELLED')),
	CONSTRAINT "follow_up_tasks_tries" CHECK ("follow_up_tasks"."tries" between 0 and 2),
	CONSTRAINT "follow_up_tasks_window" CHECK ("follow_up_tasks"."due_to" >= "follow_up_tasks"."due_from" and "follow_up_tasks"."cycle_to" > "follow_up_tasks"."due_from"),
	CONSTRAINT "follow_up_tasks_done_has_day" CHECK ("follow_up_tasks"."status" <> 'DONE' or "follow_up_tasks"."done_on" is not null),
	CONSTRAINT "follow_up_tasks_booked_has_day" CHECK ("follow_up_tasks"."status" <> 'BOOKED' or "follow_up_tasks"."booked_on" is not null),
	CONSTRAINT "follow_up_tasks_end_has_reason" CHECK (("follow_up_tasks"."status" in ('MOVED', 'CANCELLED')) = ("follow_up_tasks"."ended_by" is not null))
);
--> statement-breakpoint
select app.shard('follow_up_tasks');
--> statement-breakpoint
CREATE TABLE "menopause_notes" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"last_menses_on" date NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "menopause_notes_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "menopause_notes_in_order" CHECK ("menopause_notes"."last_menses_on" <= "menopause_notes"."occurred_on"),
	CONSTRAINT "menopause_notes_void_has_reason" CHECK (("menopause_notes"."voided_at" is null) = ("menopause_notes"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('menopause_notes');
--> statement-breakpoint
CREATE TABLE "check_invitations" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"programme" text NOT NULL,
	"cycle_from" date NOT NULL,
	"cycle_to" date NOT NULL,
	"session_id" uuid,
	"offer_id" uuid,
	"channel" text NOT NULL,
	"origin" text NOT NULL,
	"status" text NOT NULL,
	"sent_at" timestamp with time zone,
	"reminders" integer NOT NULL,
	"reminded_at" timestamp with time zone,
	"answered_on" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "check_invitations_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "check_invitations_status" CHECK ("check_invitations"."status" in ('PLANNED', 'SENT', 'ACCEPTED', 'ATTENDED', 'NO_SHOW', 'DECLINED', 'NO_RESPONSE', 'OPTED_OUT', 'NOT_ELIGIBLE')),
	CONSTRAINT "check_invitations_reminders" CHECK ("check_invitations"."reminders" between 0 and 2),
	CONSTRAINT "check_invitations_origin" CHECK ("check_invitations"."origin" in ('PLAN', 'REQUEST')),
	CONSTRAINT "check_invitations_channel" CHECK ("check_invitations"."channel" in ('VISIT', 'PHONE', 'SMS', 'ONLINE', 'LETTER', 'NOTICE'))
);
--> statement-breakpoint
select app.shard('check_invitations');
--> statement-breakpoint
CREATE TABLE "care_merge_rows" (
	"county_code" integer NOT NULL,
	"merge_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"row_id" uuid NOT NULL,
	"is_moved" boolean NOT NULL,
	"was" jsonb,
	"stands" jsonb,
	CONSTRAINT "care_merge_rows_pk" PRIMARY KEY("county_code","merge_id","relation","row_id")
);
--> statement-breakpoint
select app.shard('care_merge_rows');
--> statement-breakpoint
CREATE TABLE "care_merges" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"kept_id" uuid NOT NULL,
	"merged_id" uuid NOT NULL,
	"merged_on" date NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"undone_at" timestamp with time zone,
	"undone_by" uuid,
	CONSTRAINT "care_merges_pk" PRIMARY KEY("county_code","id")
);
--> statement-breakpoint
select app.shard('care_merges');
--> statement-breakpoint
CREATE TABLE "contraceptive_methods" (
	"code" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"class_cn" text NOT NULL,
	"class_who" text NOT NULL,
	"provider_level" text NOT NULL,
	"is_long_acting_cn" boolean NOT NULL,
	"is_larc_who" boolean NOT NULL,
	"is_modern" boolean NOT NULL,
	"is_current_method" boolean NOT NULL,
	"mec_method" text,
	"validity_months" smallint,
	"resupply_days" smallint,
	"grace_days" smallint,
	"free_per_year" smallint,
	"free_unit" text,
	"classification_code" text,
	"source" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"position" smallint NOT NULL,
	CONSTRAINT "contraceptive_methods_pk" PRIMARY KEY("code")
);
--> statement-breakpoint
CREATE TABLE "device_types" (
	"code" text NOT NULL,
	"method" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"validity_months" smallint,
	"validity_up_to_months" smallint,
	"is_legacy" boolean NOT NULL,
	"source" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"position" smallint NOT NULL,
	CONSTRAINT "device_types_pk" PRIMARY KEY("code"),
	CONSTRAINT "device_types_validity" CHECK ("device_types"."validity_up_to_months" >= "device_types"."validity_months")
);
--> statement-breakpoint
CREATE TABLE "method_sheets" (
	"owner_county" integer NOT NULL,
	"id" uuid NOT NULL,
	"method" text NOT NULL,
	"effective_from" date NOT NULL,
	"typical_use" numeric(5, 2),
	"perfect_use" numeric(5, 2),
	"effectiveness_source" text NOT NULL,
	"effectiveness_note_zh" text,
	"effectiveness_note_en" text,
	"how_zh" text NOT NULL,
	"how_en" text NOT NULL,
	"side_effects_zh" text[] NOT NULL,
	"side_effects_en" text[] NOT NULL,
	"warnings_zh" text[] NOT NULL,
	"warnings_en" text[] NOT NULL,
	"sti_protection" text NOT NULL,
	"return_to_fertility_zh" text NOT NULL,
	"return_to_fertility_en" text NOT NULL,
	"follow_up_zh" text NOT NULL,
	"follow_up_en" text NOT NULL,
	"source" text NOT NULL,
	"reviewer" text,
	"reviewed_on" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "method_sheets_pk" PRIMARY KEY("owner_county","id"),
	CONSTRAINT "method_sheets_rates" CHECK ("method_sheets"."perfect_use" <= "method_sheets"."typical_use"),
	CONSTRAINT "method_sheets_reviewed" CHECK (("method_sheets"."reviewer" is null) = ("method_sheets"."reviewed_on" is null))
);
--> statement-breakpoint
CREATE TABLE "contact_preferences" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"service" text NOT NULL,
	"channel" text NOT NULL,
	"occurred_on" date NOT NULL,
	"ended_on" date,
	"ended_by" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "contact_preferences_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "contact_preferences_kind" CHECK ("contact_preferences"."kind" in ('OPT_OUT', 'CONSENT')),
	CONSTRAINT "contact_preferences_service" CHECK ("contact_preferences"."service" in ('ALL', 'FOLLOW_UP', 'CHECK_UP', 'SUPPLY', 'COUNSELLING', 'APPOINTMENT')),
	CONSTRAINT "contact_preferences_in_order" CHECK ("contact_preferences"."ended_on" >= "contact_preferences"."occurred_on"),
	CONSTRAINT "contact_preferences_void_has_reason" CHECK (("contact_preferences"."voided_at" is null) = ("contact_preferences"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('contact_preferences');
--> statement-breakpoint
CREATE TABLE "due_service_closings" (
	"county_code" integer NOT NULL,
	"month" date NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	"closed_by" uuid,
	CONSTRAINT "due_service_closings_pk" PRIMARY KEY("county_code","month")
);
--> statement-breakpoint
select app.shard('due_service_closings');
--> statement-breakpoint
CREATE TABLE "due_service_months" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"month" date NOT NULL,
	"list" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"facility_id" uuid,
	"service" text NOT NULL,
	"opening" integer NOT NULL,
	"opened" integer NOT NULL,
	"done" integer NOT NULL,
	"declined" integer NOT NULL,
	"moved" integer NOT NULL,
	"not_needed" integer NOT NULL,
	"unreachable" integer NOT NULL,
	"died" integer NOT NULL,
	"expired" integer NOT NULL,
	"closing" integer NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	"closed_by" uuid,
	CONSTRAINT "due_service_months_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "due_service_months_list" CHECK ("due_service_months"."list" in ('VILLAGE', 'FACILITY')),
	CONSTRAINT "due_service_months_first_day" CHECK (extract(day from "due_service_months"."month") = 1),
	CONSTRAINT "due_service_months_closes" CHECK ("due_service_months"."opening" + "due_service_months"."opened" = "due_service_months"."closing" + "due_service_months"."done" + "due_service_months"."declined" + "due_service_months"."moved" + "due_service_months"."not_needed" + "due_service_months"."unreachable" + "due_service_months"."died" + "due_service_months"."expired"),
	CONSTRAINT "due_service_months_not_negative" CHECK ("due_service_months"."opening" >= 0 and "due_service_months"."closing" >= 0)
);
--> statement-breakpoint
select app.shard('due_service_months');
--> statement-breakpoint
CREATE TABLE "offer_reminders" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"offer_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"number" smallint NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"sent_on" date NOT NULL,
	"channel" text NOT NULL,
	"was_reached" boolean NOT NULL,
	"sent_by" uuid,
	CONSTRAINT "offer_reminders_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "offer_reminders_at_most_two" CHECK ("offer_reminders"."number" between 1 and 2),
	CONSTRAINT "offer_reminders_not_at_night" CHECK (("offer_reminders"."sent_at" at time zone 'Asia/Shanghai')::time >= '08:00' and ("offer_reminders"."sent_at" at time zone 'Asia/Shanghai')::time < '21:00')
);
--> statement-breakpoint
select app.shard('offer_reminders');
--> statement-breakpoint
CREATE TABLE "service_offers" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"facility_id" uuid,
	"service" text NOT NULL,
	"origin" text NOT NULL,
	"opened_on" date NOT NULL,
	"due_on" date NOT NULL,
	"cycle_to" date NOT NULL,
	"shown_on" date,
	"channel" text,
	"accepted_on" date,
	"booked_on" date,
	"reminders" smallint DEFAULT 0 NOT NULL,
	"closed_on" date,
	"closing" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "service_offers_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "service_offers_service" CHECK ("service_offers"."service" in ('FOLLOW_UP', 'CHECK_UP', 'SUPPLY', 'COUNSELLING', 'APPOINTMENT')),
	CONSTRAINT "service_offers_origin" CHECK ("service_offers"."origin" in ('REQUESTED', 'DUE', 'INVITED')),
	CONSTRAINT "service_offers_closing" CHECK ("service_offers"."closing" in ('DONE', 'DECLINED', 'MOVED', 'NOT_NEEDED', 'UNREACHABLE', 'DIED', 'EXPIRED')),
	CONSTRAINT "service_offers_closed_has_reason" CHECK (("service_offers"."closed_on" is null) = ("service_offers"."closing" is null)),
	CONSTRAINT "service_offers_in_order" CHECK ("service_offers"."closed_on" >= "service_offers"."opened_on"),
	CONSTRAINT "service_offers_shown_in_order" CHECK ("service_offers"."shown_on" >= "service_offers"."opened_on"),
	CONSTRAINT "service_offers_reminders" CHECK ("service_offers"."reminders" between 0 and 2)
);
--> statement-breakpoint
select app.shard('service_offers');
--> statement-breakpoint
CREATE TABLE "outreach_sessions" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"occurred_on" date NOT NULL,
	"days" integer NOT NULL,
	"sites" text[] NOT NULL,
	"work_units" integer NOT NULL,
	"minutes" integer NOT NULL,
	"team" text[] NOT NULL,
	"visiting_experts" integer NOT NULL,
	"vehicle" text,
	"kit" text[] NOT NULL,
	"clients" integer NOT NULL,
	"ultrasound" integer NOT NULL,
	"gynaecology" integer NOT NULL,
	"breast" integer NOT NULL,
	"laboratory" integer NOT NULL,
	"treated" integer NOT NULL,
	"iud_in" integer NOT NULL,
	"iud_out" integer NOT NULL,
	"supplies" integer NOT NULL,
	"leaflets" integer NOT NULL,
	"consultations" integer NOT NULL,
	"audience" integer NOT NULL,
	"note" text,
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
	CONSTRAINT "outreach_sessions_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "outreach_sessions_kind" CHECK ("outreach_sessions"."kind" in ('ROUND', 'FREE_CLINIC', 'EXPERTS')),
	CONSTRAINT "outreach_sessions_extent" CHECK ("outreach_sessions"."days" between 1 and 366 and "outreach_sessions"."minutes" >= 0 and "outreach_sessions"."work_units" >= 0 and "outreach_sessions"."visiting_experts" >= 0),
	CONSTRAINT "outreach_sessions_counts" CHECK (least("outreach_sessions"."clients", "outreach_sessions"."ultrasound", "outreach_sessions"."gynaecology", "outreach_sessions"."breast", "outreach_sessions"."laboratory", "outreach_sessions"."treated", "outreach_sessions"."iud_in", "outreach_sessions"."iud_out", "outreach_sessions"."supplies", "outreach_sessions"."leaflets", "outreach_sessions"."consultations", "outreach_sessions"."audience") >= 0),
	CONSTRAINT "outreach_sessions_void_has_reason" CHECK (("outreach_sessions"."voided_at" is null) = ("outreach_sessions"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('outreach_sessions');
--> statement-breakpoint
CREATE TABLE "complications" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"procedure_id" uuid,
	"procedure_type" text NOT NULL,
	"type" text NOT NULL,
	"onset_on" date NOT NULL,
	"severity" text NOT NULL,
	"description_cipher" "bytea",
	"assessed_grade" smallint,
	"assessed_on" date,
	"assessment_level" text,
	"certificate_number" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "complications_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "complications_type" CHECK ("complications"."type" in ('BLEEDING', 'INFECTION', 'PERFORATION', 'EXPULSION', 'MIGRATION', 'FAILURE_PREGNANCY', 'PAIN', 'ANAESTHESIA', 'HAEMATOMA', 'OTHER')),
	CONSTRAINT "complications_severity" CHECK ("complications"."severity" in ('MILD', 'MODERATE', 'SEVERE')),
	CONSTRAINT "complications_grade" CHECK ("complications"."assessed_grade" between 1 and 3),
	CONSTRAINT "complications_assessment_is_whole" CHECK (num_nonnulls("complications"."assessed_grade", "complications"."assessed_on", "complications"."assessment_level", "complications"."certificate_number") in (0, 4)),
	CONSTRAINT "complications_assessed_after" CHECK ("complications"."assessed_on" >= "complications"."onset_on"),
	CONSTRAINT "complications_void_has_reason" CHECK (("complications"."voided_at" is null) = ("complications"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('complications');
--> statement-breakpoint
CREATE TABLE "operator_licences" (
	"id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"user_id" uuid,
	"name" text collate "C" NOT NULL,
	"certificate_number" text collate "C" NOT NULL,
	"procedures" text[] NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"is_expert" boolean NOT NULL,
	"status" text NOT NULL,
	"version" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "operator_licences_pk" PRIMARY KEY("id"),
	CONSTRAINT "operator_licences_in_order" CHECK ("operator_licences"."valid_from" <= "operator_licences"."valid_until"),
	CONSTRAINT "operator_licences_procedures" CHECK (cardinality("operator_licences"."procedures") > 0),
	CONSTRAINT "operator_licences_status" CHECK ("operator_licences"."status" in ('active', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "procedures" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"indication" text NOT NULL,
	"requested_on" date NOT NULL,
	"scheduled_on" date,
	"screened_on" date,
	"consented_on" date,
	"deferred_on" date,
	"deferral_reason" text,
	"cancelled_on" date,
	"cancel_reason" text,
	"performed_on" date,
	"operator_id" uuid,
	"screen_id" uuid,
	"choice_id" uuid,
	"choice_on" date,
	"consent_id" uuid,
	"consent_on" date,
	"device_type" text,
	"lot_id" uuid,
	"payment" text,
	"iud_timing" text,
	"cavity_depth_millimetres" smallint,
	"blood_loss_millilitres" smallint,
	"gestation_days" smallint,
	"is_smooth" boolean,
	"removal_result" text,
	"form_version" text,
	"form_cipher" "bytea",
	"outreach_id" uuid,
	"findings" text[] DEFAULT '{}' NOT NULL,
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
	CONSTRAINT "procedures_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "procedures_type" CHECK ("procedures"."type" ~ '^P(0[1-9]|1[0-3])$'),
	CONSTRAINT "procedures_status" CHECK ("procedures"."status" in ('REQUESTED', 'SCREENED', 'CONSENTED', 'PERFORMED', 'CANCELLED', 'DEFERRED')),
	CONSTRAINT "procedures_performed_on" CHECK (("procedures"."status" = 'PERFORMED') = ("procedures"."performed_on" is not null)),
	CONSTRAINT "procedures_cancelled_on" CHECK (("procedures"."status" = 'CANCELLED') = ("procedures"."cancelled_on" is not null)),
	CONSTRAINT "procedures_deferred_with_reason" CHECK ("procedures"."status" <> 'DEFERRED' or ("procedures"."deferred_on" is not null and "procedures"."deferral_reason" is not null)),
	CONSTRAINT "procedures_requested_before" CHECK ("procedures"."requested_on" <= "procedures"."performed_on"),
	CONSTRAINT "procedures_choice_first" CHECK ("procedures"."status" <> 'PERFORMED' or "procedures"."type" not in ('P01', 'P03', 'P04', 'P06', 'P07') or "procedures"."source" = 'IMPORT' or ("procedures"."choice_id" is not null and "procedures"."choice_on" <= "procedures"."performed_on")),
	CONSTRAINT "procedures_consent_first" CHECK ("procedures"."status" <> 'PERFORMED' or "procedures"."source" = 'IMPORT' or ("procedures"."consent_id" is not null and "procedures"."consent_on" <= "procedures"."performed_on")),
	CONSTRAINT "procedures_choice_is_whole" CHECK (("procedures"."choice_id" is null) = ("procedures"."choice_on" is null) and ("procedures"."consent_id" is null) = ("procedures"."consent_on" is null)),
	CONSTRAINT "procedures_operator_known" CHECK ("procedures"."status" <> 'PERFORMED' or "procedures"."source" = 'IMPORT' or "procedures"."operator_id" is not null),
	CONSTRAINT "procedures_removal_in_a_week" CHECK ("procedures"."type" not in ('P02', 'P05') or "procedures"."source" = 'IMPORT' or "procedures"."deferred_on" is not null or ("procedures"."scheduled_on" is not null and "procedures"."scheduled_on" <= "procedures"."requested_on" + 7)),
	CONSTRAINT "procedures_form_is_whole" CHECK (("procedures"."form_version" is null) = ("procedures"."form_cipher" is null)),
	CONSTRAINT "procedures_void_has_reason" CHECK (("procedures"."voided_at" is null) = ("procedures"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('procedures');
--> statement-breakpoint
CREATE TABLE "check_programmes" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"code" text NOT NULL,
	"effective_from" date NOT NULL,
	"is_offered" boolean NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"category" text NOT NULL,
	"audience" text NOT NULL,
	"sex" text,
	"age_from" integer NOT NULL,
	"age_to" integer NOT NULL,
	"cycle_months" integer NOT NULL,
	"venue" text NOT NULL,
	"season_from" text,
	"season_to" text,
	"items" text[] NOT NULL,
	"combines" text[] NOT NULL,
	"uptake_percent" integer NOT NULL,
	"basis" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "check_programmes_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "check_programmes_category" CHECK ("check_programmes"."category" in ('WOMEN', 'TWO_CANCER', 'MIDLIFE', 'MEN', 'COUPLES', 'RETURNEES')),
	CONSTRAINT "check_programmes_audience" CHECK ("check_programmes"."audience" in ('RESIDENTS', 'IUD_USERS', 'ON_REQUEST', 'RETURNEES')),
	CONSTRAINT "check_programmes_sex" CHECK ("check_programmes"."sex" in ('1', '2')),
	CONSTRAINT "check_programmes_ages" CHECK (0 <= "check_programmes"."age_from" and "check_programmes"."age_from" <= "check_programmes"."age_to"),
	CONSTRAINT "check_programmes_cycle" CHECK ("check_programmes"."cycle_months" between 1 and 60),
	CONSTRAINT "check_programmes_venue" CHECK ("check_programmes"."venue" in ('VILLAGE', 'STATION')),
	CONSTRAINT "check_programmes_uptake" CHECK ("check_programmes"."uptake_percent" between 0 and 100)
);
--> statement-breakpoint
select app.shard('check_programmes');
--> statement-breakpoint
CREATE TABLE "follow_up_protocols" (
	"owner_county" integer NOT NULL,
	"code" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"effective_from" date NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"trigger" text NOT NULL,
	"items" text[] NOT NULL,
	"subject" text NOT NULL,
	"is_active" boolean NOT NULL,
	"source" text NOT NULL,
	"note_zh" text,
	"note_en" text,
	"reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "follow_up_protocols_pk" PRIMARY KEY("owner_county","code","version"),
	CONSTRAINT "follow_up_protocols_trigger" CHECK ("follow_up_protocols"."trigger" in ('EPISODE', 'PROCEDURE', 'EXPIRY', 'MENOPAUSE', 'DOSE', 'SUPPLY')),
	CONSTRAINT "follow_up_protocols_subject" CHECK ("follow_up_protocols"."subject" in ('IUD', 'IMPLANT', 'STERILISATION', 'ABORTION', 'PILL_INJECTION', 'DOSE', 'SUPPLY')),
	CONSTRAINT "follow_up_protocols_items" CHECK (cardinality("follow_up_protocols"."items") > 0),
	CONSTRAINT "follow_up_protocols_version" CHECK ("follow_up_protocols"."version" > 0)
);
--> statement-breakpoint
CREATE TABLE "follow_up_steps" (
	"owner_county" integer NOT NULL,
	"protocol_code" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"step" text collate "C" NOT NULL,
	"position" smallint NOT NULL,
	"months" smallint NOT NULL,
	"days" smallint NOT NULL,
	"percent" smallint,
	"window_days" smallint NOT NULL,
	"keep_days" smallint NOT NULL,
	"every_months" smallint,
	"service" text NOT NULL,
	"mode" text NOT NULL,
	"needs_consent" boolean NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	CONSTRAINT "follow_up_steps_pk" PRIMARY KEY("owner_county","protocol_code","version","step"),
	CONSTRAINT "follow_up_steps_service" CHECK ("follow_up_steps"."service" in ('FOLLOW_UP', 'CHECK_UP', 'SUPPLY', 'COUNSELLING', 'APPOINTMENT')),
	CONSTRAINT "follow_up_steps_mode" CHECK ("follow_up_steps"."mode" in ('CLINIC', 'HOME', 'PHONE', 'MESSAGE', 'ONLINE', 'OTHER')),
	CONSTRAINT "follow_up_steps_window" CHECK ("follow_up_steps"."window_days" >= 0 and "follow_up_steps"."keep_days" between 0 and 400),
	CONSTRAINT "follow_up_steps_repeats" CHECK ("follow_up_steps"."every_months" between 1 and 120),
	CONSTRAINT "follow_up_steps_percent" CHECK ("follow_up_steps"."percent" between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "check_session_changes" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"from_on" date,
	"to_on" date,
	"from_station" uuid,
	"to_station" uuid,
	"reason" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "check_session_changes_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "check_session_changes_kind" CHECK ("check_session_changes"."kind" in ('MOVED', 'CANCELLED', 'HELD', 'PLANNED'))
);
--> statement-breakpoint
select app.shard('check_session_changes');
--> statement-breakpoint
CREATE TABLE "check_sessions" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"calendar_id" uuid NOT NULL,
	"station_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"category" text NOT NULL,
	"team" integer NOT NULL,
	"published_on" date,
	"on_day" date NOT NULL,
	"slots" integer NOT NULL,
	"expected" integer NOT NULL,
	"distance_class" text NOT NULL,
	"transport" text NOT NULL,
	"status" text NOT NULL,
	"held_on" date,
	"attended" integer NOT NULL,
	"reason" text,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "check_sessions_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "check_sessions_status" CHECK ("check_sessions"."status" in ('PROPOSED', 'PLANNED', 'HELD', 'CANCELLED')),
	CONSTRAINT "check_sessions_held_on" CHECK (("check_sessions"."status" = 'HELD') = ("check_sessions"."held_on" is not null)),
	CONSTRAINT "check_sessions_cancelled_why" CHECK ("check_sessions"."status" <> 'CANCELLED' or "check_sessions"."reason" is not null),
	CONSTRAINT "check_sessions_counts" CHECK ("check_sessions"."slots" > 0 and "check_sessions"."expected" >= 0 and "check_sessions"."attended" >= 0)
);
--> statement-breakpoint
select app.shard('check_sessions');
--> statement-breakpoint
CREATE TABLE "care_tallies" (
	"county_code" integer NOT NULL,
	"month" date NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"measure" text NOT NULL,
	"item" text NOT NULL,
	"tally" integer NOT NULL,
	CONSTRAINT "care_tallies_pk" PRIMARY KEY("county_code","measure","month","division_code","facility_id","item")
);
--> statement-breakpoint
select app.shard('care_tallies');
--> statement-breakpoint
CREATE TABLE "method_months" (
	"county_code" integer NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"month" date NOT NULL,
	"method" text NOT NULL,
	"birth_year" smallint NOT NULL,
	"in_union" boolean NOT NULL,
	"started" integer NOT NULL,
	"ended" integer NOT NULL,
	CONSTRAINT "method_months_pk" PRIMARY KEY("county_code","division_code","month","method","birth_year","in_union")
);
--> statement-breakpoint
select app.shard('method_months');
--> statement-breakpoint
CREATE TABLE "method_users" (
	"county_code" integer NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"method" text NOT NULL,
	"birth_year" smallint NOT NULL,
	"in_union" boolean NOT NULL,
	"users" integer NOT NULL,
	CONSTRAINT "method_users_pk" PRIMARY KEY("county_code","division_code","method","birth_year","in_union")
);
--> statement-breakpoint
select app.shard('method_users');
--> statement-breakpoint
CREATE TABLE "union_women" (
	"county_code" integer NOT NULL,
	"month" date NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"birth_year" smallint NOT NULL,
	"women" integer NOT NULL,
	"counted_on" date NOT NULL,
	CONSTRAINT "union_women_pk" PRIMARY KEY("county_code","month","division_code","birth_year")
);
--> statement-breakpoint
select app.shard('union_women');
--> statement-breakpoint
CREATE TABLE "dispensing_clients" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"dispensing_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"client_token" text collate "C" NOT NULL,
	"encounter_id" uuid,
	CONSTRAINT "dispensing_clients_pk" PRIMARY KEY("county_code","id")
);
--> statement-breakpoint
select app.shard('dispensing_clients');
--> statement-breakpoint
CREATE TABLE "dispensings" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"item_code" text collate "C" NOT NULL,
	"method" text collate "C" NOT NULL,
	"quantity" integer NOT NULL,
	"returned" integer NOT NULL,
	"occurred_on" date NOT NULL,
	"client_token" text collate "C",
	"is_first_use" boolean NOT NULL,
	"by_clinician" boolean NOT NULL,
	"is_beyond_allowance" boolean NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "dispensings_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "dispensings_quantity" CHECK ("dispensings"."quantity" > 0),
	CONSTRAINT "dispensings_returned" CHECK ("dispensings"."returned" between 0 and "dispensings"."quantity"),
	CONSTRAINT "dispensings_void_has_reason" CHECK (("dispensings"."voided_at" is null) = ("dispensings"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('dispensings');
--> statement-breakpoint
CREATE TABLE "supply_items" (
	"code" text collate "C" NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"method" text collate "C" NOT NULL,
	"unit_zh" text NOT NULL,
	"unit_en" text NOT NULL,
	"pack_size" integer NOT NULL,
	"manufacturer" text NOT NULL,
	"approval_number" text NOT NULL,
	"is_free" boolean NOT NULL,
	"is_prescription" boolean NOT NULL,
	"first_by_clinician" boolean NOT NULL,
	"is_returnable" boolean NOT NULL,
	"yearly_allowance" integer,
	"source" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	CONSTRAINT "supply_items_pk" PRIMARY KEY("code"),
	CONSTRAINT "supply_items_pack" CHECK ("supply_items"."pack_size" > 0),
	CONSTRAINT "supply_items_allowance" CHECK ("supply_items"."yearly_allowance" > 0)
);
--> statement-breakpoint
CREATE TABLE "supply_lots" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"item_code" text collate "C" NOT NULL,
	"lot_number" text collate "C" NOT NULL,
	"expires_on" date NOT NULL,
	"recalled_on" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "supply_lots_pk" PRIMARY KEY("county_code","id")
);
--> statement-breakpoint
select app.shard('supply_lots');
--> statement-breakpoint
CREATE TABLE "supply_stocks" (
	"county_code" integer NOT NULL,
	"store_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"item_code" text collate "C" NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"expires_on" date NOT NULL,
	"on_hand" integer NOT NULL,
	"is_quarantined" boolean NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "supply_stocks_pk" PRIMARY KEY("county_code","store_id","lot_id"),
	CONSTRAINT "supply_stocks_never_negative" CHECK ("supply_stocks"."on_hand" >= 0)
);
--> statement-breakpoint
select app.shard('supply_stocks');
--> statement-breakpoint
CREATE TABLE "supply_months" (
	"county_code" integer NOT NULL,
	"store_id" uuid NOT NULL,
	"item_code" text collate "C" NOT NULL,
	"month" date NOT NULL,
	"lot_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"received" integer NOT NULL,
	"dispensed" integer NOT NULL,
	"shipped" integer NOT NULL,
	"wasted" integer NOT NULL,
	"adjusted" integer NOT NULL,
	CONSTRAINT "supply_months_pk" PRIMARY KEY("county_code","store_id","item_code","month","lot_id")
);
--> statement-breakpoint
select app.shard('supply_months');
--> statement-breakpoint
CREATE TABLE "supply_movements" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"item_code" text collate "C" NOT NULL,
	"lot_id" uuid NOT NULL,
	"quantity" integer NOT NULL,
	"from_account" text NOT NULL,
	"from_store_id" uuid,
	"from_division" text collate "C",
	"to_account" text NOT NULL,
	"to_store_id" uuid,
	"to_division" text collate "C",
	"occurred_on" date NOT NULL,
	"dispensing_id" uuid,
	"shipment_id" uuid,
	"stock_take_id" uuid,
	"recall_id" uuid,
	"document" text,
	"reason" text,
	"reverses" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	CONSTRAINT "supply_movements_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "supply_movements_quantity" CHECK ("supply_movements"."quantity" > 0),
	CONSTRAINT "supply_movements_kind" CHECK ("supply_movements"."kind" in ('IN_PURCHASE', 'IN_TRANSFER', 'OUT_TRANSFER', 'DISPENSE', 'EXPIRED', 'DAMAGED', 'LOST', 'RETURN', 'ADJUST', 'RECALLED')),
	CONSTRAINT "supply_movements_accounts" CHECK ("supply_movements"."from_account" in ('STORE', 'SUPPLIER', 'TRANSIT', 'CLIENT', 'WASTE', 'ADJUSTMENT') and "supply_movements"."to_account" in ('STORE', 'SUPPLIER', 'TRANSIT', 'CLIENT', 'WASTE', 'ADJUSTMENT')),
	CONSTRAINT "supply_movements_giver" CHECK (("supply_movements"."from_account" = 'STORE') = ("supply_movements"."from_store_id" is not null) and ("supply_movements"."from_store_id" is null) = ("supply_movements"."from_division" is null)),
	CONSTRAINT "supply_movements_taker" CHECK (("supply_movements"."to_account" = 'STORE') = ("supply_movements"."to_store_id" is not null) and ("supply_movements"."to_store_id" is null) = ("supply_movements"."to_division" is null)),
	CONSTRAINT "supply_movements_between_two" CHECK ("supply_movements"."from_account" <> "supply_movements"."to_account" or "supply_movements"."from_store_id" <> "supply_movements"."to_store_id")
);
--> statement-breakpoint
select app.shard('supply_movements');
--> statement-breakpoint
CREATE TABLE "lot_recall_stores" (
	"county_code" integer NOT NULL,
	"recall_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"status" text NOT NULL,
	"found" integer NOT NULL,
	"quarantined_at" timestamp with time zone,
	"quarantined_by" uuid,
	"returned" integer NOT NULL,
	"destroyed" integer NOT NULL,
	"disposed_at" timestamp with time zone,
	"disposed_by" uuid,
	"document" text,
	CONSTRAINT "lot_recall_stores_pk" PRIMARY KEY("county_code","recall_id","store_id"),
	CONSTRAINT "lot_recall_stores_status" CHECK ("lot_recall_stores"."status" in ('LOT_RECALLED', 'QUARANTINED', 'RETURNED', 'DESTROYED')),
	CONSTRAINT "lot_recall_stores_quantities" CHECK ("lot_recall_stores"."found" >= 0 and "lot_recall_stores"."returned" >= 0 and "lot_recall_stores"."destroyed" >= 0)
);
--> statement-breakpoint
select app.shard('lot_recall_stores');
--> statement-breakpoint
CREATE TABLE "lot_recalls" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"item_code" text collate "C" NOT NULL,
	"recalled_on" date NOT NULL,
	"reason" text NOT NULL,
	"document" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "lot_recalls_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "lot_recalls_void_has_reason" CHECK (("lot_recalls"."voided_at" is null) = ("lot_recalls"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('lot_recalls');
--> statement-breakpoint
CREATE TABLE "requisition_lines" (
	"county_code" integer NOT NULL,
	"requisition_id" uuid NOT NULL,
	"item_code" text collate "C" NOT NULL,
	"arithmetic" jsonb NOT NULL,
	"proposed" integer NOT NULL,
	"asked" integer NOT NULL,
	"approved" integer,
	"shipped" integer NOT NULL,
	"received" integer NOT NULL,
	"lost" integer NOT NULL,
	CONSTRAINT "requisition_lines_pk" PRIMARY KEY("county_code","requisition_id","item_code"),
	CONSTRAINT "requisition_lines_quantities" CHECK ("requisition_lines"."asked" >= 0 and "requisition_lines"."approved" >= 0 and "requisition_lines"."shipped" >= 0 and "requisition_lines"."shipped" <= coalesce("requisition_lines"."approved", 0)),
	CONSTRAINT "requisition_lines_arrived" CHECK ("requisition_lines"."received" >= 0 and "requisition_lines"."lost" >= 0 and "requisition_lines"."received" + "requisition_lines"."lost" <= "requisition_lines"."shipped")
);
--> statement-breakpoint
select app.shard('requisition_lines');
--> statement-breakpoint
CREATE TABLE "requisitions" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"supplier_id" uuid NOT NULL,
	"supplier_division" text collate "C" NOT NULL,
	"status" text NOT NULL,
	"opened_on" date NOT NULL,
	"note" text,
	"submitted_at" timestamp with time zone,
	"submitted_by" uuid,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"decision_reason" text,
	"shipped_at" timestamp with time zone,
	"received_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"close_reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "requisitions_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "requisitions_status" CHECK ("requisitions"."status" in ('DRAFT', 'SUBMITTED', 'APPROVED', 'SHIPPED', 'RECEIVED', 'CLOSED', 'REFUSED', 'CANCELLED')),
	CONSTRAINT "requisitions_between_two" CHECK ("requisitions"."store_id" <> "requisitions"."supplier_id"),
	CONSTRAINT "requisitions_maker_not_checker" CHECK ("requisitions"."decided_by" <> "requisitions"."submitted_by"),
	CONSTRAINT "requisitions_approved_before_shipped" CHECK ("requisitions"."status" not in ('APPROVED', 'SHIPPED', 'RECEIVED') or ("requisitions"."submitted_by" is not null and "requisitions"."decided_by" is not null))
);
--> statement-breakpoint
select app.shard('requisitions');
--> statement-breakpoint
CREATE TABLE "supply_shipment_lines" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"shipment_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"item_code" text collate "C" NOT NULL,
	"shipped" integer NOT NULL,
	"received" integer NOT NULL,
	"lost" integer NOT NULL,
	"loss_reason" text,
	CONSTRAINT "supply_shipment_lines_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "supply_shipment_lines_quantity" CHECK ("supply_shipment_lines"."shipped" > 0),
	CONSTRAINT "supply_shipment_lines_arrived" CHECK ("supply_shipment_lines"."received" >= 0 and "supply_shipment_lines"."lost" >= 0 and "supply_shipment_lines"."received" + "supply_shipment_lines"."lost" <= "supply_shipment_lines"."shipped")
);
--> statement-breakpoint
select app.shard('supply_shipment_lines');
--> statement-breakpoint
CREATE TABLE "supply_shipments" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"from_store_id" uuid NOT NULL,
	"from_division" text collate "C" NOT NULL,
	"to_store_id" uuid NOT NULL,
	"to_division" text collate "C" NOT NULL,
	"requisition_id" uuid,
	"shipped_on" date NOT NULL,
	"completed_on" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"version" integer NOT NULL,
	CONSTRAINT "supply_shipments_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "supply_shipments_between_two" CHECK ("supply_shipments"."from_store_id" <> "supply_shipments"."to_store_id")
);
--> statement-breakpoint
select app.shard('supply_shipments');
--> statement-breakpoint
CREATE TABLE "stock_outs" (
	"county_code" integer NOT NULL,
	"store_id" uuid NOT NULL,
	"item_code" text collate "C" NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	"division_code" text collate "C" NOT NULL,
	CONSTRAINT "stock_outs_pk" PRIMARY KEY("county_code","store_id","item_code","from_on"),
	CONSTRAINT "stock_outs_in_order" CHECK ("stock_outs"."to_on" > "stock_outs"."from_on")
);
--> statement-breakpoint
select app.shard('stock_outs');
--> statement-breakpoint
CREATE TABLE "stock_take_lines" (
	"county_code" integer NOT NULL,
	"stock_take_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"item_code" text collate "C" NOT NULL,
	"book" integer NOT NULL,
	"counted" integer NOT NULL,
	"reason" text,
	CONSTRAINT "stock_take_lines_pk" PRIMARY KEY("county_code","stock_take_id","lot_id"),
	CONSTRAINT "stock_take_lines_counted" CHECK ("stock_take_lines"."counted" >= 0 and "stock_take_lines"."book" >= 0)
);
--> statement-breakpoint
select app.shard('stock_take_lines');
--> statement-breakpoint
CREATE TABLE "stock_takes" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"status" text NOT NULL,
	"opened_on" date NOT NULL,
	"opened_by" uuid NOT NULL,
	"counted_at" timestamp with time zone,
	"counted_by" uuid,
	"adjusted_at" timestamp with time zone,
	"adjusted_by" uuid,
	"cancel_reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "stock_takes_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "stock_takes_status" CHECK ("stock_takes"."status" in ('OPEN', 'COUNTED', 'ADJUSTED', 'CANCELLED')),
	CONSTRAINT "stock_takes_counted" CHECK ("stock_takes"."status" not in ('COUNTED', 'ADJUSTED') or "stock_takes"."counted_by" is not null),
	CONSTRAINT "stock_takes_adjusted" CHECK (("stock_takes"."status" = 'ADJUSTED') = ("stock_takes"."adjusted_by" is not null)),
	CONSTRAINT "stock_takes_two_signatures" CHECK ("stock_takes"."adjusted_by" <> "stock_takes"."counted_by")
);
--> statement-breakpoint
select app.shard('stock_takes');
--> statement-breakpoint
CREATE TABLE "supply_stores" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"organisation_id" uuid,
	"parent_id" uuid,
	"lead_days" integer NOT NULL,
	"review_days" integer NOT NULL,
	"safety_days" integer NOT NULL,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "supply_stores_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "supply_stores_kind" CHECK ("supply_stores"."kind" in ('COUNTY', 'TOWNSHIP', 'OUTLET', 'VENDING')),
	CONSTRAINT "supply_stores_not_own_parent" CHECK ("supply_stores"."parent_id" <> "supply_stores"."id"),
	CONSTRAINT "supply_stores_days" CHECK ("supply_stores"."lead_days" between 0 and 365 and "supply_stores"."review_days" between 1 and 365 and "supply_stores"."safety_days" between 0 and 365),
	CONSTRAINT "supply_stores_in_order" CHECK ("supply_stores"."closed_on" >= "supply_stores"."opened_on")
);
--> statement-breakpoint
select app.shard('supply_stores');
--> statement-breakpoint
CREATE TABLE "check_findings" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"icd10" text NOT NULL,
	"kind" text NOT NULL,
	"treatment" text NOT NULL,
	"treated_on" date,
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
	CONSTRAINT "check_findings_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "check_findings_icd10" CHECK ("check_findings"."icd10" ~ '^[A-Z][0-9]{2}([.][0-9]{1,2})?$'),
	CONSTRAINT "check_findings_kind" CHECK ("check_findings"."kind" in ('RTI', 'GYN', 'BREAST', 'CANCER', 'INFECTION', 'MALE', 'INFERTILITY', 'GENERAL')),
	CONSTRAINT "check_findings_treatment" CHECK ("check_findings"."treatment" in ('TREATED', 'REFERRED', 'WATCHED', 'DECLINED', 'NONE')),
	CONSTRAINT "check_findings_treated_after" CHECK ("check_findings"."treated_on" is null or "check_findings"."treated_on" >= "check_findings"."occurred_on"),
	CONSTRAINT "check_findings_void_has_reason" CHECK (("check_findings"."voided_at" is null) = ("check_findings"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('check_findings');
--> statement-breakpoint
CREATE TABLE "check_visits" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"occurred_on" date NOT NULL,
	"place" text NOT NULL,
	"venue_division" text collate "C",
	"session_id" uuid,
	"outreach_id" uuid,
	"encounter_id" uuid,
	"invitation_id" uuid,
	"programme" text,
	"items" text[] NOT NULL,
	"infection_consent" boolean NOT NULL,
	"has_finding" boolean NOT NULL,
	"is_treated" boolean NOT NULL,
	"result_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "check_visits_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "check_visits_place" CHECK ("check_visits"."place" in ('STATION', 'VILLAGE', 'HOME')),
	CONSTRAINT "check_visits_something_done" CHECK (cardinality("check_visits"."items") > 0),
	CONSTRAINT "check_visits_infection_consent" CHECK ("check_visits"."infection_consent" or not "check_visits"."items" && '{HBSAG,HIV,SYPHILIS}'::text[]),
	CONSTRAINT "check_visits_void_has_reason" CHECK (("check_visits"."voided_at" is null) = ("check_visits"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('check_visits');
--> statement-breakpoint
ALTER TABLE "imports" DROP CONSTRAINT "imports_kind";
--> statement-breakpoint
ALTER TABLE "check_stations" ADD CONSTRAINT "check_stations_organisation" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "check_unplaced" ADD CONSTRAINT "check_unplaced_calendar" FOREIGN KEY ("county_code","calendar_id") REFERENCES "public"."check_calendars"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "village_distances" ADD CONSTRAINT "village_distances_station" FOREIGN KEY ("county_code","station_id") REFERENCES "public"."check_stations"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "infertility_cases" ADD CONSTRAINT "infertility_cases_client" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "infertility_cases" ADD CONSTRAINT "infertility_cases_partner" FOREIGN KEY ("county_code","partner_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "rti_cases" ADD CONSTRAINT "rti_cases_client" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "rti_cases" ADD CONSTRAINT "rti_cases_finding" FOREIGN KEY ("county_code","finding_id") REFERENCES "public"."check_findings"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "informed_choices" ADD CONSTRAINT "informed_choices_person" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "informed_choices" ADD CONSTRAINT "informed_choices_screen" FOREIGN KEY ("county_code","screen_id","client_id") REFERENCES "public"."mec_screens"("county_code","id","client_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "care_clients" ADD CONSTRAINT "care_clients_person" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "care_clients" ADD CONSTRAINT "care_clients_facility" FOREIGN KEY ("facility_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "care_consents" ADD CONSTRAINT "care_consents_person" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "mec_categories" ADD CONSTRAINT "mec_categories_condition" FOREIGN KEY ("edition","condition") REFERENCES "public"."mec_conditions"("edition","code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "mec_conditions" ADD CONSTRAINT "mec_conditions_edition" FOREIGN KEY ("edition") REFERENCES "public"."mec_editions"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "mec_editions" ADD CONSTRAINT "mec_editions_based_on" FOREIGN KEY ("based_on") REFERENCES "public"."mec_editions"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "mec_overrides" ADD CONSTRAINT "mec_overrides_screen" FOREIGN KEY ("county_code","screen_id") REFERENCES "public"."mec_screens"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "mec_screens" ADD CONSTRAINT "mec_screens_person" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "mec_screens" ADD CONSTRAINT "mec_screens_edition" FOREIGN KEY ("edition") REFERENCES "public"."mec_editions"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "encounters" ADD CONSTRAINT "encounters_person" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "encounters" ADD CONSTRAINT "encounters_facility" FOREIGN KEY ("facility_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "encounters" ADD CONSTRAINT "encounters_expert" FOREIGN KEY ("expert_id") REFERENCES "public"."operator_licences"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "method_episodes" ADD CONSTRAINT "method_episodes_person" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "method_episodes" ADD CONSTRAINT "method_episodes_choice" FOREIGN KEY ("county_code","choice_id","client_id","choice_on") REFERENCES "public"."informed_choices"("county_code","id","client_id","occurred_on") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "method_episodes" ADD CONSTRAINT "method_episodes_procedure" FOREIGN KEY ("county_code","procedure_id") REFERENCES "public"."procedures"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "method_episodes" ADD CONSTRAINT "method_episodes_end_procedure" FOREIGN KEY ("county_code","end_procedure_id") REFERENCES "public"."procedures"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "follow_up_tasks" ADD CONSTRAINT "follow_up_tasks_client" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "check_invitations" ADD CONSTRAINT "check_invitations_client" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "check_invitations" ADD CONSTRAINT "check_invitations_session" FOREIGN KEY ("county_code","session_id") REFERENCES "public"."check_sessions"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "care_merge_rows" ADD CONSTRAINT "care_merge_rows_merge" FOREIGN KEY ("county_code","merge_id") REFERENCES "public"."care_merges"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "care_merges" ADD CONSTRAINT "care_merges_kept" FOREIGN KEY ("county_code","kept_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "care_merges" ADD CONSTRAINT "care_merges_merged" FOREIGN KEY ("county_code","merged_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "device_types" ADD CONSTRAINT "device_types_method" FOREIGN KEY ("method") REFERENCES "public"."contraceptive_methods"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "method_sheets" ADD CONSTRAINT "method_sheets_method" FOREIGN KEY ("method") REFERENCES "public"."contraceptive_methods"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "contact_preferences" ADD CONSTRAINT "contact_preferences_client" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "offer_reminders" ADD CONSTRAINT "offer_reminders_offer" FOREIGN KEY ("county_code","offer_id") REFERENCES "public"."service_offers"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "service_offers" ADD CONSTRAINT "service_offers_client" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "outreach_sessions" ADD CONSTRAINT "outreach_sessions_facility" FOREIGN KEY ("facility_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "complications" ADD CONSTRAINT "complications_person" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "complications" ADD CONSTRAINT "complications_procedure" FOREIGN KEY ("county_code","procedure_id") REFERENCES "public"."procedures"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "operator_licences" ADD CONSTRAINT "operator_licences_organisation" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "operator_licences" ADD CONSTRAINT "operator_licences_user" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "procedures" ADD CONSTRAINT "procedures_person" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "procedures" ADD CONSTRAINT "procedures_facility" FOREIGN KEY ("facility_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "procedures" ADD CONSTRAINT "procedures_operator" FOREIGN KEY ("operator_id") REFERENCES "public"."operator_licences"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "procedures" ADD CONSTRAINT "procedures_choice" FOREIGN KEY ("county_code","choice_id","client_id","choice_on") REFERENCES "public"."informed_choices"("county_code","id","client_id","occurred_on") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "procedures" ADD CONSTRAINT "procedures_consent" FOREIGN KEY ("county_code","consent_id","client_id","consent_on") REFERENCES "public"."care_consents"("county_code","id","client_id","given_on") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "follow_up_steps" ADD CONSTRAINT "follow_up_steps_protocol" FOREIGN KEY ("owner_county","protocol_code","version") REFERENCES "public"."follow_up_protocols"("owner_county","code","version") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "check_session_changes" ADD CONSTRAINT "check_session_changes_session" FOREIGN KEY ("county_code","session_id") REFERENCES "public"."check_sessions"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "check_sessions" ADD CONSTRAINT "check_sessions_calendar" FOREIGN KEY ("county_code","calendar_id") REFERENCES "public"."check_calendars"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "check_sessions" ADD CONSTRAINT "check_sessions_station" FOREIGN KEY ("county_code","station_id") REFERENCES "public"."check_stations"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "dispensing_clients" ADD CONSTRAINT "dispensing_clients_dispensing" FOREIGN KEY ("county_code","dispensing_id") REFERENCES "public"."dispensings"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "dispensings" ADD CONSTRAINT "dispensings_store" FOREIGN KEY ("county_code","store_id") REFERENCES "public"."supply_stores"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "dispensings" ADD CONSTRAINT "dispensings_item" FOREIGN KEY ("item_code") REFERENCES "public"."supply_items"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_lots" ADD CONSTRAINT "supply_lots_item" FOREIGN KEY ("item_code") REFERENCES "public"."supply_items"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_stocks" ADD CONSTRAINT "supply_stocks_store" FOREIGN KEY ("county_code","store_id") REFERENCES "public"."supply_stores"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_stocks" ADD CONSTRAINT "supply_stocks_lot" FOREIGN KEY ("county_code","lot_id") REFERENCES "public"."supply_lots"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_months" ADD CONSTRAINT "supply_months_store" FOREIGN KEY ("county_code","store_id") REFERENCES "public"."supply_stores"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_movements" ADD CONSTRAINT "supply_movements_lot" FOREIGN KEY ("county_code","lot_id") REFERENCES "public"."supply_lots"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_movements" ADD CONSTRAINT "supply_movements_from" FOREIGN KEY ("county_code","from_store_id") REFERENCES "public"."supply_stores"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_movements" ADD CONSTRAINT "supply_movements_to" FOREIGN KEY ("county_code","to_store_id") REFERENCES "public"."supply_stores"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_movements" ADD CONSTRAINT "supply_movements_dispensing" FOREIGN KEY ("county_code","dispensing_id") REFERENCES "public"."dispensings"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_movements" ADD CONSTRAINT "supply_movements_shipment" FOREIGN KEY ("county_code","shipment_id") REFERENCES "public"."supply_shipments"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_movements" ADD CONSTRAINT "supply_movements_stock_take" FOREIGN KEY ("county_code","stock_take_id") REFERENCES "public"."stock_takes"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_movements" ADD CONSTRAINT "supply_movements_recall" FOREIGN KEY ("county_code","recall_id") REFERENCES "public"."lot_recalls"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lot_recall_stores" ADD CONSTRAINT "lot_recall_stores_recall" FOREIGN KEY ("county_code","recall_id") REFERENCES "public"."lot_recalls"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lot_recall_stores" ADD CONSTRAINT "lot_recall_stores_store" FOREIGN KEY ("county_code","store_id") REFERENCES "public"."supply_stores"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "lot_recalls" ADD CONSTRAINT "lot_recalls_lot" FOREIGN KEY ("county_code","lot_id") REFERENCES "public"."supply_lots"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "requisition_lines" ADD CONSTRAINT "requisition_lines_requisition" FOREIGN KEY ("county_code","requisition_id") REFERENCES "public"."requisitions"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "requisition_lines" ADD CONSTRAINT "requisition_lines_item" FOREIGN KEY ("item_code") REFERENCES "public"."supply_items"("code") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "requisitions" ADD CONSTRAINT "requisitions_store" FOREIGN KEY ("county_code","store_id") REFERENCES "public"."supply_stores"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "requisitions" ADD CONSTRAINT "requisitions_supplier" FOREIGN KEY ("county_code","supplier_id") REFERENCES "public"."supply_stores"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_shipment_lines" ADD CONSTRAINT "supply_shipment_lines_shipment" FOREIGN KEY ("county_code","shipment_id") REFERENCES "public"."supply_shipments"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_shipment_lines" ADD CONSTRAINT "supply_shipment_lines_lot" FOREIGN KEY ("county_code","lot_id") REFERENCES "public"."supply_lots"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_shipments" ADD CONSTRAINT "supply_shipments_from" FOREIGN KEY ("county_code","from_store_id") REFERENCES "public"."supply_stores"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_shipments" ADD CONSTRAINT "supply_shipments_to" FOREIGN KEY ("county_code","to_store_id") REFERENCES "public"."supply_stores"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_shipments" ADD CONSTRAINT "supply_shipments_requisition" FOREIGN KEY ("county_code","requisition_id") REFERENCES "public"."requisitions"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_outs" ADD CONSTRAINT "stock_outs_store" FOREIGN KEY ("county_code","store_id") REFERENCES "public"."supply_stores"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_take_lines" ADD CONSTRAINT "stock_take_lines_stock_take" FOREIGN KEY ("county_code","stock_take_id") REFERENCES "public"."stock_takes"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_take_lines" ADD CONSTRAINT "stock_take_lines_lot" FOREIGN KEY ("county_code","lot_id") REFERENCES "public"."supply_lots"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_takes" ADD CONSTRAINT "stock_takes_store" FOREIGN KEY ("county_code","store_id") REFERENCES "public"."supply_stores"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "supply_stores" ADD CONSTRAINT "supply_stores_parent" FOREIGN KEY ("county_code","parent_id") REFERENCES "public"."supply_stores"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "check_findings" ADD CONSTRAINT "check_findings_visit" FOREIGN KEY ("county_code","visit_id") REFERENCES "public"."check_visits"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "check_visits" ADD CONSTRAINT "check_visits_client" FOREIGN KEY ("county_code","client_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "check_visits" ADD CONSTRAINT "check_visits_session" FOREIGN KEY ("county_code","session_id") REFERENCES "public"."check_sessions"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "check_visits" ADD CONSTRAINT "check_visits_invitation" FOREIGN KEY ("county_code","invitation_id") REFERENCES "public"."check_invitations"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "busy_periods_by_day" ON "busy_periods" USING btree ("county_code","from_on");
--> statement-breakpoint
CREATE UNIQUE INDEX "check_calendars_one_published" ON "check_calendars" USING btree ("county_code","year") WHERE "check_calendars"."status" = 'PUBLISHED';
--> statement-breakpoint
CREATE UNIQUE INDEX "check_stations_once" ON "check_stations" USING btree ("county_code","organisation_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "check_unplaced_once" ON "check_unplaced" USING btree ("county_code","calendar_id","division_code","category");
--> statement-breakpoint
CREATE INDEX "infertility_cases_by_facility" ON "infertility_cases" USING btree ("county_code","facility_id","opened_on","id");
--> statement-breakpoint
CREATE INDEX "infertility_cases_by_client" ON "infertility_cases" USING btree ("county_code","client_id");
--> statement-breakpoint
CREATE INDEX "rti_cases_by_facility" ON "rti_cases" USING btree ("county_code","facility_id","diagnosed_on","id");
--> statement-breakpoint
CREATE INDEX "rti_cases_by_client" ON "rti_cases" USING btree ("county_code","client_id");
--> statement-breakpoint
CREATE INDEX "rti_cases_by_finding" ON "rti_cases" USING btree ("county_code","finding_id");
--> statement-breakpoint
CREATE INDEX "informed_choices_by_client" ON "informed_choices" USING btree ("county_code","client_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "informed_choices_by_facility" ON "informed_choices" USING btree ("county_code","facility_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "informed_choices_by_group" ON "informed_choices" USING btree ("county_code","group_id") WHERE "informed_choices"."group_id" is not null;
--> statement-breakpoint
CREATE INDEX "informed_choices_by_replaced" ON "informed_choices" USING btree ("county_code","replaces") WHERE "informed_choices"."replaces" is not null;
--> statement-breakpoint
CREATE INDEX "care_clients_by_client" ON "care_clients" USING btree ("county_code","client_id");
--> statement-breakpoint
CREATE INDEX "care_consents_by_client" ON "care_consents" USING btree ("county_code","client_id","kind");
--> statement-breakpoint
CREATE INDEX "care_consents_by_facility" ON "care_consents" USING btree ("county_code","facility_id","given_on","id");
--> statement-breakpoint
CREATE INDEX "mec_overrides_by_screen" ON "mec_overrides" USING btree ("county_code","screen_id");
--> statement-breakpoint
CREATE INDEX "mec_screens_by_client" ON "mec_screens" USING btree ("county_code","client_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "mec_screens_by_facility" ON "mec_screens" USING btree ("county_code","facility_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "mec_screens_by_replaced" ON "mec_screens" USING btree ("county_code","replaces") WHERE "mec_screens"."replaces" is not null;
--> statement-breakpoint
CREATE INDEX "encounters_by_facility" ON "encounters" USING btree ("county_code","facility_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "encounters_by_client" ON "encounters" USING btree ("county_code","client_id","occurred_on");
--> statement-breakpoint
CREATE INDEX "encounters_by_outreach" ON "encounters" USING btree ("county_code","outreach_id") WHERE "encounters"."outreach_id" is not null;
--> statement-breakpoint
CREATE INDEX "encounters_next_contact" ON "encounters" USING btree ("county_code","facility_id","next_contact_on") WHERE "encounters"."next_contact_on" is not null and "encounters"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "encounters_by_replaced" ON "encounters" USING btree ("county_code","replaces") WHERE "encounters"."replaces" is not null;
--> statement-breakpoint
CREATE INDEX "method_episodes_by_client" ON "method_episodes" USING btree ("county_code","client_id","started_on");
--> statement-breakpoint
CREATE INDEX "method_episodes_by_facility" ON "method_episodes" USING btree ("county_code","facility_id","started_on","id");
--> statement-breakpoint
CREATE INDEX "method_episodes_by_procedure" ON "method_episodes" USING btree ("county_code","procedure_id") WHERE "method_episodes"."procedure_id" is not null;
--> statement-breakpoint
CREATE INDEX "method_episodes_expiring" ON "method_episodes" USING btree ("county_code","expected_end_on") WHERE "method_episodes"."ended_on" is null and "method_episodes"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "method_episodes_by_replaced" ON "method_episodes" USING btree ("county_code","replaces") WHERE "method_episodes"."replaces" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "follow_up_tasks_once" ON "follow_up_tasks" USING btree ("county_code","origin_id","protocol_code","step","ordinal");
--> statement-breakpoint
CREATE INDEX "follow_up_tasks_by_client" ON "follow_up_tasks" USING btree ("county_code","client_id","due_from");
--> statement-breakpoint
CREATE INDEX "follow_up_tasks_worklist" ON "follow_up_tasks" USING btree ("county_code","facility_id","due_from","id") WHERE "follow_up_tasks"."status" in ('PLANNED', 'OFFERED', 'BOOKED');
--> statement-breakpoint
CREATE INDEX "follow_up_tasks_booked" ON "follow_up_tasks" USING btree ("county_code","facility_id","booked_on") WHERE "follow_up_tasks"."status" = 'BOOKED';
--> statement-breakpoint
CREATE INDEX "follow_up_tasks_by_offer" ON "follow_up_tasks" USING btree ("county_code","offer_id") WHERE "follow_up_tasks"."offer_id" is not null;
--> statement-breakpoint
CREATE INDEX "menopause_notes_by_client" ON "menopause_notes" USING btree ("county_code","client_id","occurred_on");
--> statement-breakpoint
CREATE UNIQUE INDEX "check_invitations_once_a_cycle" ON "check_invitations" USING btree ("county_code","client_id","programme","cycle_from");
--> statement-breakpoint
CREATE INDEX "check_invitations_by_session" ON "check_invitations" USING btree ("county_code","session_id","id");
--> statement-breakpoint
CREATE INDEX "check_invitations_by_facility" ON "check_invitations" USING btree ("county_code","facility_id","status","id");
--> statement-breakpoint
CREATE INDEX "method_sheets_in_force" ON "method_sheets" USING btree ("owner_county","method","effective_from");
--> statement-breakpoint
CREATE UNIQUE INDEX "contact_preferences_once" ON "contact_preferences" USING btree ("county_code","client_id","kind","service") WHERE "contact_preferences"."ended_on" is null and "contact_preferences"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "due_service_months_by_month" ON "due_service_months" USING btree ("county_code","month","list","division_code");
--> statement-breakpoint
CREATE UNIQUE INDEX "offer_reminders_numbered" ON "offer_reminders" USING btree ("county_code","offer_id","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "service_offers_one_open" ON "service_offers" USING btree ("county_code","client_id","service") WHERE "service_offers"."closed_on" is null;
--> statement-breakpoint
CREATE INDEX "service_offers_by_client" ON "service_offers" USING btree ("county_code","client_id","opened_on");
--> statement-breakpoint
CREATE INDEX "service_offers_of_village" ON "service_offers" USING btree ("county_code","division_code","due_on","id") WHERE "service_offers"."closed_on" is null and "service_offers"."shown_on" is not null;
--> statement-breakpoint
CREATE INDEX "service_offers_closed" ON "service_offers" USING btree ("county_code","closed_on");
--> statement-breakpoint
CREATE INDEX "outreach_sessions_by_day" ON "outreach_sessions" USING btree ("county_code","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "complications_by_client" ON "complications" USING btree ("county_code","client_id");
--> statement-breakpoint
CREATE INDEX "complications_by_facility" ON "complications" USING btree ("county_code","facility_id","onset_on","id");
--> statement-breakpoint
CREATE INDEX "complications_by_procedure" ON "complications" USING btree ("county_code","procedure_id") WHERE "complications"."procedure_id" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "complications_certificate" ON "complications" USING btree ("county_code","certificate_number") WHERE "complications"."certificate_number" is not null and "complications"."voided_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "operator_licences_certificate" ON "operator_licences" USING btree ("certificate_number");
--> statement-breakpoint
CREATE INDEX "operator_licences_by_name" ON "operator_licences" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "operator_licences_by_organisation" ON "operator_licences" USING btree ("organisation_id");
--> statement-breakpoint
CREATE INDEX "procedures_by_client" ON "procedures" USING btree ("county_code","client_id","requested_on");
--> statement-breakpoint
CREATE INDEX "procedures_by_facility" ON "procedures" USING btree ("county_code","facility_id","requested_on","id");
--> statement-breakpoint
CREATE INDEX "procedures_open" ON "procedures" USING btree ("county_code","facility_id","scheduled_on") WHERE "procedures"."performed_on" is null and "procedures"."cancelled_on" is null and "procedures"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "procedures_performed" ON "procedures" USING btree ("county_code","performed_on","type");
--> statement-breakpoint
CREATE INDEX "procedures_by_replaced" ON "procedures" USING btree ("county_code","replaces") WHERE "procedures"."replaces" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "check_programmes_once" ON "check_programmes" USING btree ("county_code","code","effective_from");
--> statement-breakpoint
CREATE INDEX "check_programmes_by_category" ON "check_programmes" USING btree ("county_code","category");
--> statement-breakpoint
CREATE INDEX "follow_up_steps_in_order" ON "follow_up_steps" USING btree ("owner_county","protocol_code","version","position");
--> statement-breakpoint
CREATE INDEX "check_session_changes_by_session" ON "check_session_changes" USING btree ("county_code","session_id","recorded_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "check_sessions_team_once" ON "check_sessions" USING btree ("county_code","calendar_id","station_id","on_day","team") WHERE "check_sessions"."status" <> 'CANCELLED';
--> statement-breakpoint
CREATE UNIQUE INDEX "check_sessions_village_once" ON "check_sessions" USING btree ("county_code","calendar_id","division_code","on_day") WHERE "check_sessions"."status" <> 'CANCELLED';
--> statement-breakpoint
CREATE INDEX "check_sessions_by_day" ON "check_sessions" USING btree ("county_code","on_day","id");
--> statement-breakpoint
CREATE INDEX "check_sessions_by_village" ON "check_sessions" USING btree ("county_code","division_code","category","on_day");
--> statement-breakpoint
CREATE UNIQUE INDEX "dispensing_clients_once" ON "dispensing_clients" USING btree ("county_code","dispensing_id");
--> statement-breakpoint
CREATE INDEX "dispensing_clients_by_client" ON "dispensing_clients" USING btree ("county_code","client_id","facility_id");
--> statement-breakpoint
CREATE INDEX "dispensings_by_store" ON "dispensings" USING btree ("county_code","store_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "dispensings_by_day" ON "dispensings" USING btree ("county_code","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "dispensings_by_token" ON "dispensings" USING btree ("county_code","client_token","occurred_on") WHERE "dispensings"."client_token" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "supply_lots_number" ON "supply_lots" USING btree ("county_code","item_code","lot_number");
--> statement-breakpoint
CREATE INDEX "supply_lots_by_expiry" ON "supply_lots" USING btree ("county_code","expires_on");
--> statement-breakpoint
CREATE INDEX "supply_stocks_by_expiry" ON "supply_stocks" USING btree ("county_code","store_id","item_code","expires_on","lot_id");
--> statement-breakpoint
CREATE INDEX "supply_stocks_by_lot" ON "supply_stocks" USING btree ("county_code","lot_id");
--> statement-breakpoint
CREATE INDEX "supply_stocks_by_place" ON "supply_stocks" USING btree ("county_code","division_code");
--> statement-breakpoint
CREATE INDEX "supply_months_by_place" ON "supply_months" USING btree ("county_code","division_code","month");
--> statement-breakpoint
CREATE INDEX "supply_movements_by_giver" ON "supply_movements" USING btree ("county_code","from_store_id","item_code","occurred_on");
--> statement-breakpoint
CREATE INDEX "supply_movements_by_taker" ON "supply_movements" USING btree ("county_code","to_store_id","item_code","occurred_on");
--> statement-breakpoint
CREATE INDEX "supply_movements_by_lot" ON "supply_movements" USING btree ("county_code","lot_id","occurred_on");
--> statement-breakpoint
CREATE INDEX "supply_movements_by_day" ON "supply_movements" USING btree ("county_code","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "supply_movements_by_dispensing" ON "supply_movements" USING btree ("county_code","dispensing_id") WHERE "supply_movements"."dispensing_id" is not null;
--> statement-breakpoint
CREATE INDEX "supply_movements_by_reversed" ON "supply_movements" USING btree ("county_code","reverses") WHERE "supply_movements"."reverses" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "lot_recalls_once" ON "lot_recalls" USING btree ("county_code","lot_id") WHERE "lot_recalls"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "lot_recalls_by_day" ON "lot_recalls" USING btree ("county_code","recalled_on","id");
--> statement-breakpoint
CREATE INDEX "requisitions_by_day" ON "requisitions" USING btree ("county_code","opened_on","id");
--> statement-breakpoint
CREATE INDEX "requisitions_by_store" ON "requisitions" USING btree ("county_code","store_id","status");
--> statement-breakpoint
CREATE INDEX "requisitions_by_supplier" ON "requisitions" USING btree ("county_code","supplier_id","status");
--> statement-breakpoint
CREATE INDEX "supply_shipment_lines_by_shipment" ON "supply_shipment_lines" USING btree ("county_code","shipment_id");
--> statement-breakpoint
CREATE INDEX "supply_shipment_lines_by_lot" ON "supply_shipment_lines" USING btree ("county_code","lot_id");
--> statement-breakpoint
CREATE INDEX "supply_shipments_by_day" ON "supply_shipments" USING btree ("county_code","shipped_on","id");
--> statement-breakpoint
CREATE INDEX "supply_shipments_by_taker" ON "supply_shipments" USING btree ("county_code","to_store_id","completed_on");
--> statement-breakpoint
CREATE INDEX "supply_shipments_by_requisition" ON "supply_shipments" USING btree ("county_code","requisition_id");
--> statement-breakpoint
CREATE INDEX "stock_outs_by_place" ON "stock_outs" USING btree ("county_code","division_code","from_on");
--> statement-breakpoint
CREATE UNIQUE INDEX "stock_takes_one_at_a_time" ON "stock_takes" USING btree ("county_code","store_id") WHERE "stock_takes"."status" in ('OPEN', 'COUNTED');
--> statement-breakpoint
CREATE INDEX "stock_takes_by_day" ON "stock_takes" USING btree ("county_code","opened_on","id");
--> statement-breakpoint
CREATE INDEX "supply_stores_by_place" ON "supply_stores" USING btree ("county_code","division_code","id");
--> statement-breakpoint
CREATE INDEX "supply_stores_by_organisation" ON "supply_stores" USING btree ("county_code","organisation_id");
--> statement-breakpoint
CREATE INDEX "supply_stores_by_parent" ON "supply_stores" USING btree ("county_code","parent_id");
--> statement-breakpoint
CREATE INDEX "check_findings_by_visit" ON "check_findings" USING btree ("county_code","visit_id");
--> statement-breakpoint
CREATE INDEX "check_findings_by_facility" ON "check_findings" USING btree ("county_code","facility_id","occurred_on");
--> statement-breakpoint
CREATE INDEX "check_visits_by_client" ON "check_visits" USING btree ("county_code","client_id","occurred_on");
--> statement-breakpoint
CREATE INDEX "check_visits_by_facility" ON "check_visits" USING btree ("county_code","facility_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "check_visits_by_session" ON "check_visits" USING btree ("county_code","session_id") WHERE "check_visits"."session_id" is not null;
--> statement-breakpoint
CREATE INDEX "check_visits_by_outreach" ON "check_visits" USING btree ("county_code","outreach_id") WHERE "check_visits"."outreach_id" is not null;
--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_kind" CHECK ("imports"."kind" in ('divisions', 'persons', 'households', 'births', 'deaths', 'marriages', 'moves', 'methods'));
