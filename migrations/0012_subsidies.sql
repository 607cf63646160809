CREATE TABLE "application_appeals" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"filed_on" date NOT NULL,
	"due_on" date NOT NULL,
	"grounds_cipher" "bytea" NOT NULL,
	"result" text,
	"reply_cipher" "bytea",
	"decided_on" date,
	"decided_by" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	CONSTRAINT "application_appeals_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "application_appeals_result" CHECK ("application_appeals"."result" in ('UPHELD', 'REVERSED')),
	CONSTRAINT "application_appeals_answered" CHECK (("application_appeals"."result" is null) = ("application_appeals"."reply_cipher" is null) and ("application_appeals"."result" is null) = ("application_appeals"."decided_on" is null))
);
--> statement-breakpoint
select app.shard('application_appeals');
--> statement-breakpoint
CREATE TABLE "application_decisions" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"round" smallint NOT NULL,
	"step" text NOT NULL,
	"event" text NOT NULL,
	"programme" text NOT NULL,
	"version_id" uuid NOT NULL,
	"as_of" date NOT NULL,
	"is_met" boolean NOT NULL,
	"level" text NOT NULL,
	"failing" text[] NOT NULL,
	"facts_cipher" "bytea" NOT NULL,
	"decided_on" date NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	CONSTRAINT "application_decisions_pk" PRIMARY KEY("county_code","id")
);
--> statement-breakpoint
select app.shard('application_decisions');
--> statement-breakpoint
CREATE TABLE "application_evidence" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"type" text NOT NULL,
	"manner" text NOT NULL,
	"document" text,
	"issuer" text,
	"seen_on" date NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "application_evidence_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "application_evidence_manner" CHECK ("application_evidence"."manner" in ('FEED', 'SEEN'))
);
--> statement-breakpoint
select app.shard('application_evidence');
--> statement-breakpoint
CREATE TABLE "application_numbers" (
	"county_code" integer NOT NULL,
	"programme" text NOT NULL,
	"year" smallint NOT NULL,
	"last_number" integer NOT NULL,
	CONSTRAINT "application_numbers_pk" PRIMARY KEY("county_code","programme","year")
);
--> statement-breakpoint
select app.shard('application_numbers');
--> statement-breakpoint
CREATE TABLE "application_reviews" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"round" smallint NOT NULL,
	"sequence" integer NOT NULL,
	"event" text NOT NULL,
	"step" text,
	"from_state" text,
	"to_state" text NOT NULL,
	"items" text[] NOT NULL,
	"reason_cipher" "bytea",
	"due_on" date,
	"done_on" date NOT NULL,
	"batch_id" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	CONSTRAINT "application_reviews_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "application_reviews_event" CHECK ("application_reviews"."event" in ('SUBMIT', 'ACCEPT', 'NOT_ACCEPT', 'PASS', 'ABSTAIN', 'RETURN', 'REJECT', 'APPEAL', 'UPHOLD', 'REVERSE', 'WITHDRAW', 'ACTIVATE')),
	CONSTRAINT "application_reviews_return_says_why" CHECK ("application_reviews"."event" not in ('RETURN', 'REJECT', 'NOT_ACCEPT') or "application_reviews"."reason_cipher" is not null or cardinality("application_reviews"."items") > 0)
);
--> statement-breakpoint
select app.shard('application_reviews');
--> statement-breakpoint
CREATE TABLE "applications" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" text collate "C" NOT NULL,
	"programme" text NOT NULL,
	"version_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"payee_id" uuid NOT NULL,
	"applicant_id" uuid NOT NULL,
	"agent_id" uuid,
	"authorisation" text,
	"authorised_on" date,
	"channel" text NOT NULL,
	"claim_year" smallint NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"state" text NOT NULL,
	"state_since" date NOT NULL,
	"due_on" date,
	"overall_due_on" date,
	"steps" text[] NOT NULL,
	"passed" text[] NOT NULL,
	"round" smallint NOT NULL,
	"rejected_at" text,
	"missing" text[] NOT NULL,
	"is_met" boolean,
	"level" text NOT NULL,
	"account_id" uuid,
	"declaration_cipher" "bytea",
	"filed_on" date NOT NULL,
	"accepted_on" date,
	"decided_on" date,
	"appeal_until" date,
	"filed_by" uuid NOT NULL,
	"town_by" uuid,
	"county_by" uuid,
	"city_by" uuid,
	"rejected_by" uuid,
	"reconsidered_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "applications_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "applications_state" CHECK ("applications"."state" in ('DRAFT', 'SUBMITTED', 'NOT_ACCEPTED', 'VILLAGE_OPINION', 'VILLAGE_NOTICE', 'TOWN_REVIEW', 'TOWN_NOTICE', 'COUNTY_CONFIRM', 'CITY_APPROVE', 'CONFIRMED', 'BENEFICIARY_ACTIVE', 'REJECTED', 'RECONSIDERATION', 'UPHELD', 'WITHDRAWN')),
	CONSTRAINT "applications_channel" CHECK ("applications"."channel" in ('ONLINE', 'ONE_THING', 'VILLAGE_AGENT', 'WINDOW', 'AUTO_PROPOSED')),
	CONSTRAINT "applications_agent_authorised" CHECK (("applications"."channel" = 'VILLAGE_AGENT') <= ("applications"."agent_id" is not null and "applications"."authorisation" is not null)),
	CONSTRAINT "applications_has_steps" CHECK (cardinality("applications"."steps") > 0),
	CONSTRAINT "applications_no_way_around" CHECK ((not state in ('CONFIRMED', 'BENEFICIARY_ACTIVE') or "applications"."passed" @> "applications"."steps") and (not ("applications"."state" = any ("applications"."steps")) or "applications"."passed" = "applications"."steps"[1 : array_position("applications"."steps", "applications"."state") - 1])),
	CONSTRAINT "applications_rejected_at" CHECK (("applications"."state" in ('REJECTED', 'RECONSIDERATION', 'UPHELD')) <= ("applications"."rejected_at" is not null and "applications"."rejected_by" is not null)),
	CONSTRAINT "applications_decided_by_hand" CHECK ((not ('TOWN_REVIEW' = any ("applications"."passed")) or "applications"."town_by" is not null) and (not ('COUNTY_CONFIRM' = any ("applications"."passed")) or "applications"."county_by" is not null) and (not ('CITY_APPROVE' = any ("applications"."passed")) or "applications"."city_by" is not null)),
	CONSTRAINT "applications_maker_not_checker" CHECK (coalesce("applications"."filed_by" <> "applications"."town_by", true) and coalesce("applications"."filed_by" <> "applications"."county_by", true) and coalesce("applications"."filed_by" <> "applications"."city_by", true)),
	CONSTRAINT "applications_tiers_differ" CHECK (coalesce("applications"."town_by" <> "applications"."county_by", true) and coalesce("applications"."county_by" <> "applications"."city_by", true) and coalesce("applications"."town_by" <> "applications"."city_by", true)),
	CONSTRAINT "applications_reconsidered_by_another" CHECK (coalesce("applications"."reconsidered_by" <> "applications"."rejected_by", true) and coalesce("applications"."reconsidered_by" <> "applications"."filed_by", true)),
	CONSTRAINT "applications_confirmed_on" CHECK (not state in ('CONFIRMED', 'BENEFICIARY_ACTIVE') or "applications"."decided_on" is not null),
	CONSTRAINT "applications_claim_year" CHECK ("applications"."claim_year" = 0 or "applications"."claim_year" between 2000 and 2200)
);
--> statement-breakpoint
select app.shard('applications');
--> statement-breakpoint
CREATE TABLE "attachments" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"sha256" "bytea" NOT NULL,
	"content_cipher" "bytea" NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	CONSTRAINT "attachments_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "attachments_subject" CHECK ("attachments"."subject_type" in ('APPLICATION', 'CIRCUMSTANCE', 'NOTICE', 'OBJECTION', 'VERIFICATION', 'CLAIM_MATCH', 'OVERPAYMENT', 'BENEFICIARY')),
	CONSTRAINT "attachments_media_type" CHECK ("attachments"."media_type" in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
	CONSTRAINT "attachments_size" CHECK ("attachments"."size" between 1 and 5242880),
	CONSTRAINT "attachments_void_has_reason" CHECK (("attachments"."voided_at" is null) = ("attachments"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('attachments');
--> statement-breakpoint
CREATE TABLE "bank_submissions" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"state" text NOT NULL,
	"file_name" text,
	"sha256" "bytea",
	"bytes" integer,
	"rows" integer,
	"fen" bigint,
	"bank_reference" text,
	"failure" text,
	"attempts" integer NOT NULL,
	"lease_owner" uuid,
	"lease_until" timestamp with time zone,
	"next_at" timestamp with time zone NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"delivered_at" timestamp with time zone,
	"accepted_at" timestamp with time zone,
	CONSTRAINT "bank_submissions_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "bank_submissions_channel" CHECK ("bank_submissions"."channel" in ('FILE', 'FOLDER', 'HTTP', 'API')),
	CONSTRAINT "bank_submissions_state" CHECK ("bank_submissions"."state" in ('PREPARING', 'WAITING', 'DELIVERED', 'ACCEPTED', 'REFUSED')),
	CONSTRAINT "bank_submissions_file" CHECK ("bank_submissions"."state" in ('PREPARING', 'REFUSED') or ("bank_submissions"."file_name" is not null and "bank_submissions"."sha256" is not null and "bank_submissions"."bytes" is not null))
);
--> statement-breakpoint
select app.shard('bank_submissions');
--> statement-breakpoint
CREATE TABLE "bank_file_parts" (
	"county_code" integer NOT NULL,
	"file_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"content_cipher" "bytea" NOT NULL,
	CONSTRAINT "bank_file_parts_pk" PRIMARY KEY("county_code","file_id","part")
);
--> statement-breakpoint
select app.shard('bank_file_parts');
--> statement-breakpoint
CREATE TABLE "bank_layouts" (
	"id" uuid NOT NULL,
	"owner_county" integer NOT NULL,
	"code" text NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"definition" jsonb NOT NULL,
	"state" text NOT NULL,
	"made_by" uuid,
	"made_at" timestamp with time zone NOT NULL,
	"activated_by" uuid,
	"activated_at" timestamp with time zone,
	CONSTRAINT "bank_layouts_pk" PRIMARY KEY("id"),
	CONSTRAINT "bank_layouts_state" CHECK ("bank_layouts"."state" in ('DRAFT', 'ACTIVE', 'RETIRED')),
	CONSTRAINT "bank_layouts_maker_not_checker" CHECK ("bank_layouts"."activated_by" <> "bank_layouts"."made_by")
);
--> statement-breakpoint
CREATE TABLE "bank_return_unmatched" (
	"county_code" integer NOT NULL,
	"batch_id" uuid NOT NULL,
	"file_no" smallint NOT NULL,
	"line" integer NOT NULL,
	"seq" integer NOT NULL,
	"amount_fen" bigint NOT NULL,
	"account_mask" text NOT NULL,
	"code" text NOT NULL,
	"reason" text NOT NULL,
	"resolution" text,
	"resolved_by" uuid,
	"resolved_at" timestamp with time zone,
	CONSTRAINT "bank_return_unmatched_pk" PRIMARY KEY("county_code","batch_id","file_no","line")
);
--> statement-breakpoint
select app.shard('bank_return_unmatched');
--> statement-breakpoint
CREATE TABLE "bank_returns" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"file_no" smallint NOT NULL,
	"name" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"bytes" integer NOT NULL,
	"channel" text NOT NULL,
	"lines" integer NOT NULL,
	"paid_count" integer NOT NULL,
	"paid_fen" bigint NOT NULL,
	"failed_count" integer NOT NULL,
	"failed_fen" bigint NOT NULL,
	"returned_count" integer NOT NULL,
	"returned_fen" bigint NOT NULL,
	"repeated" integer NOT NULL,
	"unmatched" integer NOT NULL,
	"received_by" uuid NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "bank_returns_pk" PRIMARY KEY("county_code","id")
);
--> statement-breakpoint
select app.shard('bank_returns');
--> statement-breakpoint
CREATE TABLE "payment_outcomes" (
	"county_code" integer NOT NULL,
	"batch_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"nth" smallint NOT NULL,
	"file_no" smallint NOT NULL,
	"code" text NOT NULL,
	"bank_code" text NOT NULL,
	"bank_reference" text,
	"value_date" date,
	"message" text,
	CONSTRAINT "payment_outcomes_pk" PRIMARY KEY("county_code","batch_id","seq","nth"),
	CONSTRAINT "payment_outcomes_code" CHECK ("payment_outcomes"."code" in ('00', '01', '02', '03', '04', '05', '06', '99', 'RV')),
	CONSTRAINT "payment_outcomes_nth" CHECK (("payment_outcomes"."code" = 'RV') = ("payment_outcomes"."nth" > 0))
);
--> statement-breakpoint
select app.shard('payment_outcomes');
--> statement-breakpoint
CREATE TABLE "beneficiaries" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"application_id" uuid,
	"programme" text NOT NULL,
	"version_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"payee_id" uuid NOT NULL,
	"level" text NOT NULL,
	"confirmed_on" date NOT NULL,
	"filed_on" date,
	"from_month" date NOT NULL,
	"suspended_from" date,
	"suspend_reason" text,
	"to_month" date,
	"stop_reason" text,
	"decided_to" date,
	"decided_reason" text,
	"state" text NOT NULL,
	"claimed_years" integer[],
	"next_verification_on" date,
	"division_code" text collate "C" NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "beneficiaries_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "beneficiaries_state" CHECK ("beneficiaries"."state" in ('ACTIVE', 'SUSPENDED', 'STOPPED', 'TRANSFERRED')),
	CONSTRAINT "beneficiaries_suspension" CHECK (("beneficiaries"."state" = 'SUSPENDED') <= ("beneficiaries"."suspended_from" is not null and "beneficiaries"."suspend_reason" is not null)),
	CONSTRAINT "beneficiaries_end" CHECK (("beneficiaries"."state" in ('STOPPED', 'TRANSFERRED')) <= ("beneficiaries"."stop_reason" is not null) and ("beneficiaries"."to_month" is null) = ("beneficiaries"."stop_reason" is null)),
	CONSTRAINT "beneficiaries_decided" CHECK (("beneficiaries"."decided_to" is null) = ("beneficiaries"."decided_reason" is null)),
	CONSTRAINT "beneficiaries_months" CHECK (extract(day from "beneficiaries"."from_month") = 1 and extract(day from "beneficiaries"."suspended_from") = 1 and extract(day from "beneficiaries"."to_month") = 1)
);
--> statement-breakpoint
select app.shard('beneficiaries');
--> statement-breakpoint
CREATE TABLE "beneficiary_events" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"beneficiary_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"month" date NOT NULL,
	"reason" text,
	"ground_type" text,
	"ground_id" uuid,
	"document" text,
	"note" text,
	"source" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "beneficiary_events_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "beneficiary_events_kind" CHECK ("beneficiary_events"."kind" in ('ACTIVATED', 'CLAIMED', 'SUSPENDED', 'RESUMED', 'STOPPED', 'REINSTATED', 'LEVEL', 'PAYEE', 'ESTATE', 'TRANSFER_SENT', 'TRANSFERRED', 'TRANSFER_REFUSED', 'MOVED', 'VERIFIED')),
	CONSTRAINT "beneficiary_events_source" CHECK ("beneficiary_events"."source" in ('REGISTER', 'MANUAL', 'API', 'IMPORT'))
);
--> statement-breakpoint
select app.shard('beneficiary_events');
--> statement-breakpoint
CREATE TABLE "beneficiary_levels" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"beneficiary_id" uuid NOT NULL,
	"from_month" date NOT NULL,
	"level" text NOT NULL,
	"cause" text NOT NULL,
	"ground_id" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"voided_at" timestamp with time zone,
	"void_reason" text,
	CONSTRAINT "beneficiary_levels_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "beneficiary_levels_month" CHECK (extract(day from "beneficiary_levels"."from_month") = 1),
	CONSTRAINT "beneficiary_levels_void" CHECK (("beneficiary_levels"."voided_at" is null) = ("beneficiary_levels"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('beneficiary_levels');
--> statement-breakpoint
CREATE TABLE "beneficiary_transfers" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"beneficiary_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"programme" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"to_county" integer NOT NULL,
	"last_month" date NOT NULL,
	"state" text NOT NULL,
	"document" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"sent_by" uuid NOT NULL,
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	"answer_document" text,
	CONSTRAINT "beneficiary_transfers_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "beneficiary_transfers_state" CHECK ("beneficiary_transfers"."state" in ('SENT', 'CONFIRMED', 'REFUSED')),
	CONSTRAINT "beneficiary_transfers_elsewhere" CHECK ("beneficiary_transfers"."to_county" <> "beneficiary_transfers"."county_code")
);
--> statement-breakpoint
select app.shard('beneficiary_transfers');
--> statement-breakpoint
CREATE TABLE "benefit_roster_lines" (
	"county_code" integer NOT NULL,
	"roster_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"amount_fen" bigint NOT NULL,
	"outcome" text NOT NULL,
	"paid_on" date,
	"reason" text,
	CONSTRAINT "benefit_roster_lines_pk" PRIMARY KEY("county_code","roster_id","seq"),
	CONSTRAINT "benefit_roster_lines_outcome" CHECK ("benefit_roster_lines"."outcome" in ('PENDING', 'PAID', 'NOT_PAID')),
	CONSTRAINT "benefit_roster_lines_paid" CHECK (("benefit_roster_lines"."outcome" = 'PAID') = ("benefit_roster_lines"."paid_on" is not null)),
	CONSTRAINT "benefit_roster_lines_reason" CHECK (("benefit_roster_lines"."outcome" = 'NOT_PAID') <= ("benefit_roster_lines"."reason" is not null))
);
--> statement-breakpoint
select app.shard('benefit_roster_lines');
--> statement-breakpoint
CREATE TABLE "benefit_rosters" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"programme" text NOT NULL,
	"year" integer NOT NULL,
	"period" date NOT NULL,
	"department" text NOT NULL,
	"per_person_fen" bigint NOT NULL,
	"state" text NOT NULL,
	"people" integer NOT NULL,
	"total_fen" bigint NOT NULL,
	"paid_fen" bigint NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"made_by" uuid NOT NULL,
	"sent_at" timestamp with time zone,
	"file_hash" "bytea",
	"returned_at" timestamp with time zone,
	"version" integer NOT NULL,
	CONSTRAINT "benefit_rosters_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "benefit_rosters_programme" CHECK ("benefit_rosters"."programme" in ('P10', 'P12')),
	CONSTRAINT "benefit_rosters_state" CHECK ("benefit_rosters"."state" in ('DRAFT', 'SENT', 'RETURNED', 'VOID')),
	CONSTRAINT "benefit_rosters_sums" CHECK ("benefit_rosters"."people" >= 0 and "benefit_rosters"."total_fen" >= 0 and "benefit_rosters"."paid_fen" between 0 and "benefit_rosters"."total_fen")
);
--> statement-breakpoint
select app.shard('benefit_rosters');
--> statement-breakpoint
CREATE TABLE "circumstances" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"grade" smallint,
	"detail" text,
	"from_on" date NOT NULL,
	"to_on" date,
	"document_type" text NOT NULL,
	"document_cipher" "bytea",
	"document_mask" text,
	"division_code" text collate "C" NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "circumstances_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "circumstances_kind" CHECK ("circumstances"."kind" in ('ONLY_CHILD_CERTIFICATE', 'DISABILITY', 'COMPLICATION', 'LOW_INCOME', 'PENSION_SCHEME', 'HISTORIC_QUALIFICATION', 'INSURED', 'SPECIAL_FAMILY', 'GUARDIANSHIP')),
	CONSTRAINT "circumstances_grade" CHECK (case "circumstances"."kind" when 'DISABILITY' then "circumstances"."grade" between 1 and 4 when 'COMPLICATION' then "circumstances"."grade" between 1 and 3 else "circumstances"."grade" is null end),
	CONSTRAINT "circumstances_in_order" CHECK ("circumstances"."to_on" >= "circumstances"."from_on"),
	CONSTRAINT "circumstances_document" CHECK (("circumstances"."document_cipher" is null) = ("circumstances"."document_mask" is null)),
	CONSTRAINT "circumstances_void_has_reason" CHECK (("circumstances"."voided_at" is null) = ("circumstances"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('circumstances');
--> statement-breakpoint
CREATE TABLE "claim_keys" (
	"county_code" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"number_key" "bytea",
	"name_key" "bytea" NOT NULL,
	"kin_key" "bytea",
	"asked_at" timestamp with time zone,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "claim_keys_pk" PRIMARY KEY("county_code","person_id")
);
--> statement-breakpoint
select app.shard('claim_keys');
--> statement-breakpoint
CREATE TABLE "claim_list_entries" (
	"county_code" integer NOT NULL,
	"list_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"number_key" "bytea" NOT NULL,
	"programme" text NOT NULL,
	"owner_county" integer NOT NULL,
	"from_month" date,
	"to_month" date,
	CONSTRAINT "claim_list_entries_pk" PRIMARY KEY("county_code","list_id","row")
);
--> statement-breakpoint
select app.shard('claim_list_entries');
--> statement-breakpoint
CREATE TABLE "claim_lists" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"title" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"rows" integer NOT NULL,
	"refused" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	CONSTRAINT "claim_lists_pk" PRIMARY KEY("county_code","id")
);
--> statement-breakpoint
select app.shard('claim_lists');
--> statement-breakpoint
CREATE TABLE "claim_matches" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"programme" text NOT NULL,
	"person_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"application_id" uuid,
	"beneficiary_id" uuid,
	"source" text NOT NULL,
	"key_kind" text NOT NULL,
	"answer" text NOT NULL,
	"other_county" integer NOT NULL,
	"state" text NOT NULL,
	"found_on" date NOT NULL,
	"notified_on" date,
	"notified_by" uuid,
	"letter_number" text,
	"owner_county" integer,
	"stop_from" date,
	"resolved_on" date,
	"resolved_by" uuid,
	"reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "claim_matches_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "claim_matches_source" CHECK ("claim_matches"."source" in ('INSTALLATION', 'EXCHANGE', 'NATIONAL_LIST')),
	CONSTRAINT "claim_matches_key_kind" CHECK ("claim_matches"."key_kind" in ('NUMBER', 'NAME')),
	CONSTRAINT "claim_matches_answer" CHECK ("claim_matches"."answer" in ('SAME_PROGRAMME', 'OTHER')),
	CONSTRAINT "claim_matches_state" CHECK ("claim_matches"."state" in ('POSSIBLE', 'SUSPECTED', 'NOTIFIED', 'RESOLVED', 'DISMISSED')),
	CONSTRAINT "claim_matches_elsewhere" CHECK ("claim_matches"."other_county" <> "claim_matches"."county_code"),
	CONSTRAINT "claim_matches_notified" CHECK (("claim_matches"."state" = 'NOTIFIED') <= ("claim_matches"."notified_on" is not null)),
	CONSTRAINT "claim_matches_resolved" CHECK (("claim_matches"."state" = 'RESOLVED') = ("claim_matches"."owner_county" is not null) and ("claim_matches"."state" = 'RESOLVED') <= ("claim_matches"."notified_on" is not null)),
	CONSTRAINT "claim_matches_settled_with_reason" CHECK (("claim_matches"."state" in ('RESOLVED', 'DISMISSED')) = ("claim_matches"."resolved_on" is not null and "claim_matches"."resolved_by" is not null and "claim_matches"."reason" is not null))
);
--> statement-breakpoint
select app.shard('claim_matches');
--> statement-breakpoint
CREATE TABLE "closed_ledger_rows" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"ledger_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"period" date NOT NULL,
	"people" integer NOT NULL,
	"amount_fen" bigint NOT NULL,
	"payer" text,
	"outcome" text NOT NULL,
	"settled_on" date,
	"payee_mask" text,
	"payee_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	CONSTRAINT "closed_ledger_rows_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "closed_ledger_rows_payer" CHECK ("closed_ledger_rows"."payer" in ('EMPLOYER', 'COUNTY', 'VILLAGE')),
	CONSTRAINT "closed_ledger_rows_outcome" CHECK ("closed_ledger_rows"."outcome" in ('PAID', 'REFUNDED', 'UNREACHABLE', 'WITHDRAWN')),
	CONSTRAINT "closed_ledger_rows_amount" CHECK ("closed_ledger_rows"."amount_fen" >= 0 and "closed_ledger_rows"."people" > 0),
	CONSTRAINT "closed_ledger_rows_settled" CHECK (("closed_ledger_rows"."outcome" in ('PAID', 'REFUNDED')) = ("closed_ledger_rows"."settled_on" is not null))
);
--> statement-breakpoint
select app.shard('closed_ledger_rows');
--> statement-breakpoint
CREATE TABLE "closed_ledgers" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"programme" text NOT NULL,
	"title" text NOT NULL,
	"document" text NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date NOT NULL,
	"stated_fen" bigint NOT NULL,
	"stated_people" integer,
	"rows" integer NOT NULL,
	"people" integer NOT NULL,
	"settled_fen" bigint NOT NULL,
	"unreachable_fen" bigint NOT NULL,
	"state" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"made_by" uuid NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_by" uuid,
	"version" integer NOT NULL,
	CONSTRAINT "closed_ledgers_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "closed_ledgers_programme" CHECK ("closed_ledgers"."programme" in ('P03', 'P05', 'P15', 'P16')),
	CONSTRAINT "closed_ledgers_state" CHECK ("closed_ledgers"."state" in ('OPEN', 'CLOSED')),
	CONSTRAINT "closed_ledgers_span" CHECK ("closed_ledgers"."to_on" >= "closed_ledgers"."from_on"),
	CONSTRAINT "closed_ledgers_maker_not_checker" CHECK ("closed_ledgers"."closed_by" <> "closed_ledgers"."made_by"),
	CONSTRAINT "closed_ledgers_reconciled" CHECK (("closed_ledgers"."state" = 'CLOSED') = ("closed_ledgers"."closed_by" is not null) and ("closed_ledgers"."state" = 'OPEN' or ("closed_ledgers"."settled_fen" + "closed_ledgers"."unreachable_fen" = "closed_ledgers"."stated_fen" and ("closed_ledgers"."stated_people" is null or "closed_ledgers"."stated_people" = "closed_ledgers"."people"))))
);
--> statement-breakpoint
select app.shard('closed_ledgers');
--> statement-breakpoint
CREATE TABLE "eligibility_counts" (
	"county_code" integer NOT NULL,
	"run_id" uuid NOT NULL,
	"programme" text NOT NULL,
	"level" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"version_id" uuid NOT NULL,
	"entitled" integer NOT NULL,
	"drawing" integer NOT NULL,
	"applied" integer NOT NULL,
	"declined" integer NOT NULL,
	"unproven" integer NOT NULL,
	"year_fen" bigint NOT NULL,
	CONSTRAINT "eligibility_counts_pk" PRIMARY KEY("county_code","run_id","programme","level","division_code"),
	CONSTRAINT "eligibility_counts_parts" CHECK ("eligibility_counts"."drawing" >= 0 and "eligibility_counts"."applied" >= 0 and "eligibility_counts"."declined" >= 0 and "eligibility_counts"."unproven" >= 0
        and "eligibility_counts"."drawing" + "eligibility_counts"."applied" + "eligibility_counts"."declined" <= "eligibility_counts"."entitled")
);
--> statement-breakpoint
select app.shard('eligibility_counts');
--> statement-breakpoint
CREATE TABLE "eligibility_runs" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"as_of" date NOT NULL,
	"programmes" text[] NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"job_id" uuid,
	"entitled" integer,
	"proposed" integer,
	CONSTRAINT "eligibility_runs_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "eligibility_runs_result" CHECK (("eligibility_runs"."finished_at" is null) = ("eligibility_runs"."entitled" is null))
);
--> statement-breakpoint
select app.shard('eligibility_runs');
--> statement-breakpoint
CREATE TABLE "entitlement_changes" (
	"county_code" integer NOT NULL,
	"beneficiary_id" uuid NOT NULL,
	"month" date NOT NULL,
	"run_id" uuid NOT NULL,
	"programme" text NOT NULL,
	"person_id" uuid NOT NULL,
	"before_fen" bigint NOT NULL,
	"after_fen" bigint NOT NULL,
	"before_rate" uuid,
	"after_rate" uuid,
	"before_reason" text NOT NULL,
	"after_reason" text NOT NULL,
	"cause" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "entitlement_changes_pk" PRIMARY KEY("county_code","beneficiary_id","month","run_id")
);
--> statement-breakpoint
select app.shard('entitlement_changes');
--> statement-breakpoint
CREATE TABLE "entitlement_months" (
	"county_code" integer NOT NULL,
	"beneficiary_id" uuid NOT NULL,
	"month" date NOT NULL,
	"programme" text NOT NULL,
	"person_id" uuid NOT NULL,
	"amount_fen" bigint NOT NULL,
	"rate_id" uuid,
	"level" text NOT NULL,
	"reason" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "entitlement_months_pk" PRIMARY KEY("county_code","beneficiary_id","month"),
	CONSTRAINT "entitlement_months_first_day" CHECK (extract(day from "entitlement_months"."month") = 1),
	CONSTRAINT "entitlement_months_amount" CHECK ("entitlement_months"."amount_fen" >= 0)
);
--> statement-breakpoint
select app.shard('entitlement_months');
--> statement-breakpoint
CREATE TABLE "entitlement_runs" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"programme" text,
	"cause" text NOT NULL,
	"beneficiaries" integer NOT NULL,
	"months_added" integer NOT NULL,
	"months_changed" integer NOT NULL,
	"risen_fen" bigint NOT NULL,
	"fallen_fen" bigint NOT NULL,
	"overpayments" integer NOT NULL,
	"day_on" date NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"started_by" uuid,
	CONSTRAINT "entitlement_runs_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "entitlement_runs_kind" CHECK ("entitlement_runs"."kind" in ('NIGHT', 'ACTIVATION', 'FACTS', 'RATE', 'DECISION', 'ASKED'))
);
--> statement-breakpoint
select app.shard('entitlement_runs');
--> statement-breakpoint
CREATE TABLE "event_entitlements" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"programme" text NOT NULL,
	"person_id" uuid NOT NULL,
	"payee_id" uuid NOT NULL,
	"amount_fen" bigint NOT NULL,
	"occurred_on" date NOT NULL,
	"ground_type" text NOT NULL,
	"ground_id" uuid NOT NULL,
	"basis" jsonb NOT NULL,
	"application_id" uuid,
	"level" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	CONSTRAINT "event_entitlements_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "event_entitlements_amount" CHECK ("event_entitlements"."amount_fen" >= 0),
	CONSTRAINT "event_entitlements_void" CHECK (("event_entitlements"."voided_at" is null) = ("event_entitlements"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('event_entitlements');
--> statement-breakpoint
CREATE TABLE "family_projects" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"partner" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"person_id" uuid,
	"families" integer NOT NULL,
	"fund_fen" bigint NOT NULL,
	"fund_source" text NOT NULL,
	"started_on" date NOT NULL,
	"ended_on" date,
	"result" text NOT NULL,
	"result_note" text,
	"income_fen" bigint,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"voided_at" timestamp with time zone,
	"void_reason" text,
	"version" integer NOT NULL,
	CONSTRAINT "family_projects_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "family_projects_kind" CHECK ("family_projects"."kind" in ('PROJECT', 'FUND', 'TECHNOLOGY', 'WELFARE')),
	CONSTRAINT "family_projects_source" CHECK ("family_projects"."fund_source" in ('FISCAL', 'PARTNER', 'LOAN', 'MIXED')),
	CONSTRAINT "family_projects_result" CHECK ("family_projects"."result" in ('RUNNING', 'SUCCEEDED', 'PARTLY', 'FAILED')),
	CONSTRAINT "family_projects_ended" CHECK (("family_projects"."result" = 'RUNNING') = ("family_projects"."ended_on" is null)),
	CONSTRAINT "family_projects_span" CHECK ("family_projects"."ended_on" is null or "family_projects"."ended_on" >= "family_projects"."started_on"),
	CONSTRAINT "family_projects_fund" CHECK ("family_projects"."fund_fen" >= 0 and "family_projects"."families" > 0),
	CONSTRAINT "family_projects_void_has_reason" CHECK (("family_projects"."voided_at" is null) = ("family_projects"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('family_projects');
--> statement-breakpoint
CREATE TABLE "fee_waivers" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"organisation_id" uuid NOT NULL,
	"item" text NOT NULL,
	"used_on" date NOT NULL,
	"normal_fen" bigint NOT NULL,
	"waived_fen" bigint NOT NULL,
	"receipt" text NOT NULL,
	"settlement_id" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "fee_waivers_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "fee_waivers_amount" CHECK ("fee_waivers"."waived_fen" > 0 and "fee_waivers"."waived_fen" <= "fee_waivers"."normal_fen"),
	CONSTRAINT "fee_waivers_void_has_reason" CHECK (("fee_waivers"."voided_at" is null) = ("fee_waivers"."void_reason" is null)),
	CONSTRAINT "fee_waivers_settled_stands" CHECK ("fee_waivers"."settlement_id" is null or "fee_waivers"."voided_at" is null)
);
--> statement-breakpoint
select app.shard('fee_waivers');
--> statement-breakpoint
CREATE TABLE "budget_changes" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"programme" text NOT NULL,
	"year" smallint NOT NULL,
	"tier" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"decided_on" date NOT NULL,
	"document" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "budget_changes_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "budget_changes_amount" CHECK ("budget_changes"."amount_fen" <> 0)
);
--> statement-breakpoint
select app.shard('budget_changes');
--> statement-breakpoint
CREATE TABLE "budgets" (
	"county_code" integer NOT NULL,
	"programme" text NOT NULL,
	"year" smallint NOT NULL,
	"tier" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	CONSTRAINT "budgets_pk" PRIMARY KEY("county_code","programme","year","tier"),
	CONSTRAINT "budgets_amount" CHECK ("budgets"."amount_fen" >= 0),
	CONSTRAINT "budgets_tier" CHECK ("budgets"."tier" in ('CENTRAL','PROVINCE','CITY','COUNTY','TOWNSHIP','OTHER'))
);
--> statement-breakpoint
select app.shard('budgets');
--> statement-breakpoint
CREATE TABLE "county_revenues" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"revenue_fen" bigint NOT NULL,
	"document" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "county_revenues_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "county_revenues_amount" CHECK ("county_revenues"."revenue_fen" > 0)
);
--> statement-breakpoint
select app.shard('county_revenues');
--> statement-breakpoint
CREATE TABLE "fund_arrivals" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"programme" text NOT NULL,
	"year" smallint NOT NULL,
	"tier" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"arrived_on" date NOT NULL,
	"voucher" text NOT NULL,
	"document" text,
	"entry_id" uuid NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "fund_arrivals_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "fund_arrivals_voucher" UNIQUE("county_code","programme","year","tier","voucher"),
	CONSTRAINT "fund_arrivals_amount" CHECK ("fund_arrivals"."amount_fen" > 0),
	CONSTRAINT "fund_arrivals_tier" CHECK ("fund_arrivals"."tier" in ('CENTRAL','PROVINCE','CITY','COUNTY','TOWNSHIP','OTHER'))
);
--> statement-breakpoint
select app.shard('fund_arrivals');
--> statement-breakpoint
CREATE TABLE "fund_findings" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"programme" text,
	"year" smallint NOT NULL,
	"kind" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"found_on" date NOT NULL,
	"document" text NOT NULL,
	"narrative" text NOT NULL,
	"put_right_on" date,
	"put_right_how" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "fund_findings_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "fund_findings_amount" CHECK ("fund_findings"."amount_fen" >= 0),
	CONSTRAINT "fund_findings_kind" CHECK ("fund_findings"."kind" in ('DIVERTED','LATE','INELIGIBLE','OTHER'))
);
--> statement-breakpoint
select app.shard('fund_findings');
--> statement-breakpoint
CREATE TABLE "hospital_stays" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"hospital_id" uuid NOT NULL,
	"admitted_on" date NOT NULL,
	"discharged_on" date NOT NULL,
	"receipt" text NOT NULL,
	"days" integer NOT NULL,
	"paid_days" integer NOT NULL,
	"parts" jsonb NOT NULL,
	"amount_fen" bigint NOT NULL,
	"payer" text NOT NULL,
	"cover_id" uuid,
	"state" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	"checked_at" timestamp with time zone,
	"checked_by" uuid,
	"reason" text,
	"event_id" uuid,
	"settled_fen" bigint,
	"settled_on" date,
	"settled_reference" text,
	"version" integer NOT NULL,
	CONSTRAINT "hospital_stays_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "hospital_stays_span" CHECK ("hospital_stays"."discharged_on" >= "hospital_stays"."admitted_on"),
	CONSTRAINT "hospital_stays_days" CHECK ("hospital_stays"."days" = greatest("hospital_stays"."discharged_on" - "hospital_stays"."admitted_on", 1) and "hospital_stays"."paid_days" between 0 and "hospital_stays"."days"),
	CONSTRAINT "hospital_stays_payer" CHECK ("hospital_stays"."payer" in ('FISCAL', 'INSURER')),
	CONSTRAINT "hospital_stays_policy_known" CHECK ("hospital_stays"."payer" <> 'INSURER' or "hospital_stays"."cover_id" is not null),
	CONSTRAINT "hospital_stays_state" CHECK ("hospital_stays"."state" in ('RECORDED', 'PASSED', 'REFUSED', 'SETTLED')),
	CONSTRAINT "hospital_stays_maker_not_checker" CHECK ("hospital_stays"."checked_by" <> "hospital_stays"."recorded_by"),
	CONSTRAINT "hospital_stays_checked" CHECK (("hospital_stays"."state" = 'RECORDED') = ("hospital_stays"."checked_by" is null)),
	CONSTRAINT "hospital_stays_refused" CHECK (("hospital_stays"."state" = 'REFUSED') <= ("hospital_stays"."reason" is not null)),
	CONSTRAINT "hospital_stays_settled" CHECK (("hospital_stays"."state" = 'SETTLED') = ("hospital_stays"."settled_on" is not null) and ("hospital_stays"."state" <> 'SETTLED' or "hospital_stays"."payer" = 'INSURER'))
);
--> statement-breakpoint
select app.shard('hospital_stays');
--> statement-breakpoint
CREATE TABLE "insurance_policies" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"insurer_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date NOT NULL,
	"covers" text[] NOT NULL,
	"insured" integer NOT NULL,
	"premium_fen" bigint NOT NULL,
	"days_per_stay" smallint,
	"days_per_year" smallint,
	"document" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"made_by" uuid NOT NULL,
	"voided_at" timestamp with time zone,
	"void_reason" text,
	"version" integer NOT NULL,
	CONSTRAINT "insurance_policies_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "insurance_policies_span" CHECK ("insurance_policies"."to_on" > "insurance_policies"."from_on"),
	CONSTRAINT "insurance_policies_premium" CHECK ("insurance_policies"."premium_fen" > 0 and "insurance_policies"."insured" > 0),
	CONSTRAINT "insurance_policies_covers" CHECK ("insurance_policies"."covers" <@ '{ACCIDENT,NURSING}' and cardinality("insurance_policies"."covers") > 0),
	CONSTRAINT "insurance_policies_days" CHECK (coalesce("insurance_policies"."days_per_stay", 1) > 0 and coalesce("insurance_policies"."days_per_year", 1) > 0),
	CONSTRAINT "insurance_policies_void_has_reason" CHECK (("insurance_policies"."voided_at" is null) = ("insurance_policies"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('insurance_policies');
--> statement-breakpoint
CREATE TABLE "insured_persons" (
	"county_code" integer NOT NULL,
	"cover_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"seq" integer NOT NULL,
	"premium_fen" bigint NOT NULL,
	CONSTRAINT "insured_persons_pk" PRIMARY KEY("county_code","cover_id","person_id"),
	CONSTRAINT "insured_persons_premium" CHECK ("insured_persons"."premium_fen" >= 0)
);
--> statement-breakpoint
select app.shard('insured_persons');
--> statement-breakpoint
CREATE TABLE "ledger_balances" (
	"county_code" integer NOT NULL,
	"programme" text NOT NULL,
	"year" smallint NOT NULL,
	"account" text NOT NULL,
	"tier" text NOT NULL,
	"debit_fen" bigint NOT NULL,
	"credit_fen" bigint NOT NULL,
	CONSTRAINT "ledger_balances_pk" PRIMARY KEY("county_code","programme","year","account","tier"),
	CONSTRAINT "ledger_balances_account" CHECK ("ledger_balances"."account" in ('RECEIVED','BUDGET','PROGRAM_PAYABLE','PAID','RETURNED','OVERPAYMENT_RECEIVABLE','RECOVERY_EXPECTED','RECOVERED','DEPOSIT_REFUND','CARRIED')),
	CONSTRAINT "ledger_balances_funds" CHECK ("ledger_balances"."account" <> 'BUDGET' or "ledger_balances"."credit_fen" >= "ledger_balances"."debit_fen"),
	CONSTRAINT "ledger_balances_payable" CHECK ("ledger_balances"."account" <> 'PROGRAM_PAYABLE' or "ledger_balances"."credit_fen" >= "ledger_balances"."debit_fen"),
	CONSTRAINT "ledger_balances_receivable" CHECK ("ledger_balances"."account" <> 'OVERPAYMENT_RECEIVABLE' or "ledger_balances"."debit_fen" >= "ledger_balances"."credit_fen")
);
--> statement-breakpoint
select app.shard('ledger_balances');
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"kind" text NOT NULL,
	"programme" text NOT NULL,
	"year" smallint NOT NULL,
	"occurred_on" date NOT NULL,
	"total_fen" bigint NOT NULL,
	"ref_type" text,
	"ref_id" uuid,
	"memo" text,
	"reverses" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "ledger_entries_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "ledger_entries_number" UNIQUE("county_code","number"),
	CONSTRAINT "ledger_entries_total" CHECK ("ledger_entries"."total_fen" > 0),
	CONSTRAINT "ledger_entries_reversal" CHECK (("ledger_entries"."kind" = 'REVERSAL') = ("ledger_entries"."reverses" is not null))
);
--> statement-breakpoint
select app.shard('ledger_entries');
--> statement-breakpoint
CREATE TABLE "ledger_heads" (
	"county_code" integer NOT NULL,
	"last_number" bigint NOT NULL,
	CONSTRAINT "ledger_heads_pk" PRIMARY KEY("county_code")
);
--> statement-breakpoint
select app.shard('ledger_heads');
--> statement-breakpoint
CREATE TABLE "ledger_lines" (
	"county_code" integer NOT NULL,
	"entry_id" uuid NOT NULL,
	"line" smallint NOT NULL,
	"account" text NOT NULL,
	"tier" text NOT NULL,
	"debit_fen" bigint NOT NULL,
	"credit_fen" bigint NOT NULL,
	CONSTRAINT "ledger_lines_pk" PRIMARY KEY("county_code","entry_id","line"),
	CONSTRAINT "ledger_lines_account" CHECK ("ledger_lines"."account" in ('RECEIVED','BUDGET','PROGRAM_PAYABLE','PAID','RETURNED','OVERPAYMENT_RECEIVABLE','RECOVERY_EXPECTED','RECOVERED','DEPOSIT_REFUND','CARRIED')),
	CONSTRAINT "ledger_lines_tier" CHECK ("ledger_lines"."tier" in ('CENTRAL','PROVINCE','CITY','COUNTY','TOWNSHIP','OTHER')),
	CONSTRAINT "ledger_lines_one_side" CHECK ("ledger_lines"."debit_fen" >= 0 and "ledger_lines"."credit_fen" >= 0 and ("ledger_lines"."debit_fen" = 0) <> ("ledger_lines"."credit_fen" = 0))
);
--> statement-breakpoint
select app.shard('ledger_lines');
--> statement-breakpoint
CREATE TABLE "notice_entries" (
	"county_code" integer NOT NULL,
	"notice_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"application_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"masked_name" text,
	"level" text NOT NULL,
	"outcome" text NOT NULL,
	"outcome_on" date,
	CONSTRAINT "notice_entries_pk" PRIMARY KEY("county_code","notice_id","seq"),
	CONSTRAINT "notice_entries_outcome" CHECK ("notice_entries"."outcome" in ('OPEN', 'PASSED', 'RETURNED', 'LEFT')),
	CONSTRAINT "notice_entries_outcome_day" CHECK (("notice_entries"."outcome" = 'OPEN') = ("notice_entries"."outcome_on" is null))
);
--> statement-breakpoint
select app.shard('notice_entries');
--> statement-breakpoint
CREATE TABLE "notice_postings" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"notice_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"place" text NOT NULL,
	"seen_on" date NOT NULL,
	"photo_id" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	CONSTRAINT "notice_postings_pk" PRIMARY KEY("county_code","id")
);
--> statement-breakpoint
select app.shard('notice_postings');
--> statement-breakpoint
CREATE TABLE "public_notices" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"programme" text NOT NULL,
	"version_id" uuid,
	"step" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"profile" text NOT NULL,
	"working_days" smallint NOT NULL,
	"state" text NOT NULL,
	"entries" integer NOT NULL,
	"content_hash" "bytea",
	"drawn_on" date NOT NULL,
	"drawn_by" uuid NOT NULL,
	"posted_on" date,
	"posted_by" uuid,
	"until_on" date,
	"closed_on" date,
	"void_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "public_notices_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "public_notices_step" CHECK ("public_notices"."step" in ('VILLAGE_NOTICE', 'TOWN_NOTICE')),
	CONSTRAINT "public_notices_profile" CHECK ("public_notices"."profile" in ('STANDARD', 'COUNT_ONLY')),
	CONSTRAINT "public_notices_state" CHECK ("public_notices"."state" in ('DRAFT', 'POSTED', 'OBJECTION_OPEN', 'CLOSED_CLEAN', 'CLOSED_WITH_OBJECTION', 'VOID')),
	CONSTRAINT "public_notices_posted" CHECK ("public_notices"."state" in ('DRAFT', 'VOID') or ("public_notices"."posted_on" is not null and "public_notices"."until_on" is not null and "public_notices"."content_hash" is not null)),
	CONSTRAINT "public_notices_closed" CHECK (("public_notices"."state" like 'CLOSED%') = ("public_notices"."closed_on" is not null) and "public_notices"."closed_on" > "public_notices"."until_on"),
	CONSTRAINT "public_notices_void" CHECK (("public_notices"."state" = 'VOID') = ("public_notices"."void_reason" is not null)),
	CONSTRAINT "public_notices_days" CHECK ("public_notices"."working_days" between 1 and 60)
);
--> statement-breakpoint
select app.shard('public_notices');
--> statement-breakpoint
CREATE TABLE "objections" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"notice_id" uuid NOT NULL,
	"seq" integer,
	"application_id" uuid,
	"programme" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"channel" text NOT NULL,
	"is_anonymous" boolean NOT NULL,
	"content_cipher" "bytea" NOT NULL,
	"receipt_hash" "bytea",
	"state" text NOT NULL,
	"received_on" date NOT NULL,
	"due_on" date NOT NULL,
	"finding_cipher" "bytea",
	"investigated_on" date,
	"investigated_by" uuid,
	"reply_cipher" "bytea",
	"decided_on" date,
	"decided_by" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "objections_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "objections_state" CHECK ("objections"."state" in ('RECEIVED', 'INVESTIGATED', 'UPHELD', 'NOT_UPHELD')),
	CONSTRAINT "objections_channel" CHECK ("objections"."channel" in ('PUBLIC_PAGE', 'WINDOW', 'PHONE', 'LETTER', 'VISIT')),
	CONSTRAINT "objections_investigated" CHECK (("objections"."state" = 'RECEIVED') = ("objections"."investigated_by" is null) and ("objections"."state" = 'RECEIVED') = ("objections"."finding_cipher" is null)),
	CONSTRAINT "objections_decided" CHECK (("objections"."state" in ('UPHELD', 'NOT_UPHELD')) = ("objections"."decided_by" is not null and "objections"."decided_on" is not null and "objections"."reply_cipher" is not null)),
	CONSTRAINT "objections_two_people" CHECK ("objections"."decided_by" <> "objections"."investigated_by")
);
--> statement-breakpoint
select app.shard('objections');
--> statement-breakpoint
CREATE TABLE "overpayment_months" (
	"county_code" integer NOT NULL,
	"overpayment_id" uuid NOT NULL,
	"beneficiary_id" uuid NOT NULL,
	"month" date NOT NULL,
	"paid_fen" bigint NOT NULL,
	"entitled_fen" bigint NOT NULL,
	"amount_fen" bigint NOT NULL,
	CONSTRAINT "overpayment_months_pk" PRIMARY KEY("county_code","overpayment_id","month"),
	CONSTRAINT "overpayment_months_amount" CHECK ("overpayment_months"."amount_fen" > 0)
);
--> statement-breakpoint
select app.shard('overpayment_months');
--> statement-breakpoint
CREATE TABLE "overpayment_offsets" (
	"county_code" integer NOT NULL,
	"overpayment_id" uuid NOT NULL,
	"beneficiary_id" uuid NOT NULL,
	"month" date NOT NULL,
	"amount_fen" bigint NOT NULL,
	CONSTRAINT "overpayment_offsets_pk" PRIMARY KEY("county_code","beneficiary_id","month","overpayment_id"),
	CONSTRAINT "overpayment_offsets_amount" CHECK ("overpayment_offsets"."amount_fen" > 0)
);
--> statement-breakpoint
select app.shard('overpayment_offsets');
--> statement-breakpoint
CREATE TABLE "overpayment_steps" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"overpayment_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"step_on" date NOT NULL,
	"amount_fen" bigint,
	"document" text,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "overpayment_steps_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "overpayment_steps_kind" CHECK ("overpayment_steps"."kind" in ('IDENTIFIED', 'CHANGED', 'NOTIFIED', 'REPLIED', 'CONFIRMED', 'WITHDRAWN', 'MANNER', 'RETURNED', 'OFFSET', 'WRITE_OFF_PROPOSED', 'WRITE_OFF_OFFICE', 'WRITE_OFF_FINANCE', 'WRITE_OFF_REFUSED', 'REPORTED', 'CLOSED'))
);
--> statement-breakpoint
select app.shard('overpayment_steps');
--> statement-breakpoint
CREATE TABLE "overpayment_terms" (
	"owner_county" integer NOT NULL,
	"from_on" date NOT NULL,
	"reply_working_days" smallint NOT NULL,
	"write_off_limit_fen" bigint NOT NULL,
	"document" text NOT NULL,
	CONSTRAINT "overpayment_terms_pk" PRIMARY KEY("owner_county","from_on"),
	CONSTRAINT "overpayment_terms_values" CHECK ("overpayment_terms"."reply_working_days" between 1 and 90 and "overpayment_terms"."write_off_limit_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "overpayments" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"beneficiary_id" uuid,
	"event_id" uuid,
	"programme" text NOT NULL,
	"person_id" uuid NOT NULL,
	"payee_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"cause" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"returned_fen" bigint NOT NULL,
	"written_off_fen" bigint NOT NULL,
	"state" text NOT NULL,
	"manner" text,
	"instalment_fen" bigint,
	"identified_on" date NOT NULL,
	"notified_on" date,
	"reply_due_on" date,
	"replied_on" date,
	"decided_on" date,
	"decided_by" uuid,
	"decision_number" text,
	"is_reported" boolean NOT NULL,
	"closed_on" date,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "overpayments_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "overpayments_state" CHECK ("overpayments"."state" in ('IDENTIFIED', 'NOTIFIED', 'CONFIRMED', 'WITHDRAWN', 'CLOSED')),
	CONSTRAINT "overpayments_manner" CHECK ("overpayments"."manner" in ('VOLUNTARY_RETURN', 'INSTALMENTS', 'OFFSET_WITH_CONSENT', 'WRITTEN_OFF')),
	CONSTRAINT "overpayments_one_ground" CHECK (("overpayments"."beneficiary_id" is null) <> ("overpayments"."event_id" is null)),
	CONSTRAINT "overpayments_amounts" CHECK ("overpayments"."amount_fen" > 0 and "overpayments"."returned_fen" >= 0 and "overpayments"."written_off_fen" >= 0 and "overpayments"."returned_fen" + "overpayments"."written_off_fen" <= "overpayments"."amount_fen"),
	CONSTRAINT "overpayments_decision_first" CHECK (("overpayments"."state" in ('CONFIRMED', 'CLOSED')) <= ("overpayments"."decided_on" is not null and "overpayments"."decision_number" is not null and "overpayments"."notified_on" is not null)),
	CONSTRAINT "overpayments_back_after_decision" CHECK ("overpayments"."returned_fen" + "overpayments"."written_off_fen" = 0 or "overpayments"."state" in ('CONFIRMED', 'CLOSED')),
	CONSTRAINT "overpayments_closed_whole" CHECK (("overpayments"."state" = 'CLOSED') <= ("overpayments"."returned_fen" + "overpayments"."written_off_fen" = "overpayments"."amount_fen"))
);
--> statement-breakpoint
select app.shard('overpayments');
--> statement-breakpoint
CREATE TABLE "payment_account_alerts" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"made_by" uuid,
	"batch_id" uuid,
	"found_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"resolved_by" uuid,
	"resolution" text,
	CONSTRAINT "payment_account_alerts_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "payment_account_alerts_kind" CHECK ("payment_account_alerts"."kind" in ('SHARED_NUMBER', 'CHANGED_AFTER_FREEZE', 'MANY_BY_ONE_OFFICER', 'CHANGED_TWICE_A_MONTH')),
	CONSTRAINT "payment_account_alerts_resolved" CHECK (("payment_account_alerts"."resolved_at" is null) = ("payment_account_alerts"."resolved_by" is null) and ("payment_account_alerts"."resolved_at" is null) = ("payment_account_alerts"."resolution" is null) and "payment_account_alerts"."resolved_by" <> "payment_account_alerts"."made_by")
);
--> statement-breakpoint
select app.shard('payment_account_alerts');
--> statement-breakpoint
CREATE TABLE "payment_account_versions" (
	"county_code" integer NOT NULL,
	"account_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"id" uuid NOT NULL,
	"bank_name" text NOT NULL,
	"number_cipher" "bytea" NOT NULL,
	"number_hash" "bytea" NOT NULL,
	"number_mask" text NOT NULL,
	"holder_name" text NOT NULL,
	"card_type" text NOT NULL,
	"identity_check" text NOT NULL,
	"requested_on" date NOT NULL,
	"reason" text,
	"state" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"verification" text,
	"note" text,
	CONSTRAINT "payment_account_versions_pk" PRIMARY KEY("county_code","account_id","version"),
	CONSTRAINT "payment_account_versions_state" CHECK ("payment_account_versions"."state" in ('PROPOSED', 'VERIFIED', 'REFUSED', 'SUPERSEDED')),
	CONSTRAINT "payment_account_versions_decided" CHECK (("payment_account_versions"."state" = 'PROPOSED') = ("payment_account_versions"."decided_by" is null) and ("payment_account_versions"."decided_by" is null) = ("payment_account_versions"."decided_at" is null)),
	CONSTRAINT "payment_account_versions_maker_not_checker" CHECK ("payment_account_versions"."decided_by" <> "payment_account_versions"."proposed_by")
);
--> statement-breakpoint
select app.shard('payment_account_versions');
--> statement-breakpoint
CREATE TABLE "payment_accounts" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"payee_kind" text NOT NULL,
	"payee_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"state" text NOT NULL,
	"held_reason" text,
	"current_version" integer NOT NULL,
	"number_mask" text,
	"number_hash" "bytea",
	"version" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "payment_accounts_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "payment_accounts_kind" CHECK ("payment_accounts"."payee_kind" in ('PERSON', 'INSTITUTION')),
	CONSTRAINT "payment_accounts_state" CHECK ("payment_accounts"."state" in ('UNVERIFIED', 'ACTIVE', 'HELD', 'CLOSED')),
	CONSTRAINT "payment_accounts_held" CHECK (("payment_accounts"."state" = 'HELD') = ("payment_accounts"."held_reason" is not null)),
	CONSTRAINT "payment_accounts_verified" CHECK (("payment_accounts"."current_version" > 0) = ("payment_accounts"."number_hash" is not null and "payment_accounts"."number_mask" is not null) and ("payment_accounts"."state" = 'ACTIVE') <= ("payment_accounts"."current_version" > 0))
);
--> statement-breakpoint
select app.shard('payment_accounts');
--> statement-breakpoint
CREATE TABLE "payment_batch_numbers" (
	"county_code" integer NOT NULL,
	"year" smallint NOT NULL,
	"last_number" integer NOT NULL,
	CONSTRAINT "payment_batch_numbers_pk" PRIMARY KEY("county_code","year")
);
--> statement-breakpoint
select app.shard('payment_batch_numbers');
--> statement-breakpoint
CREATE TABLE "payment_batches" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"programme" text NOT NULL,
	"kind" text NOT NULL,
	"of_batch_id" uuid,
	"through_month" date NOT NULL,
	"pay_on" date NOT NULL,
	"year" smallint NOT NULL,
	"state" text NOT NULL,
	"layout_id" uuid NOT NULL,
	"item_count" integer DEFAULT 0 NOT NULL,
	"total_fen" bigint DEFAULT 0 NOT NULL,
	"central_fen" bigint DEFAULT 0 NOT NULL,
	"province_fen" bigint DEFAULT 0 NOT NULL,
	"city_fen" bigint DEFAULT 0 NOT NULL,
	"county_fen" bigint DEFAULT 0 NOT NULL,
	"township_fen" bigint DEFAULT 0 NOT NULL,
	"other_fen" bigint DEFAULT 0 NOT NULL,
	"excluded_count" integer DEFAULT 0 NOT NULL,
	"excluded_fen" bigint DEFAULT 0 NOT NULL,
	"paid_count" integer DEFAULT 0 NOT NULL,
	"paid_fen" bigint DEFAULT 0 NOT NULL,
	"failed_count" integer DEFAULT 0 NOT NULL,
	"failed_fen" bigint DEFAULT 0 NOT NULL,
	"returned_count" integer DEFAULT 0 NOT NULL,
	"returned_fen" bigint DEFAULT 0 NOT NULL,
	"stopped_count" integer DEFAULT 0 NOT NULL,
	"stopped_fen" bigint DEFAULT 0 NOT NULL,
	"roster_hash" "bytea",
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"locked_by" uuid,
	"locked_at" timestamp with time zone,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"sent_by" uuid,
	"sent_at" timestamp with time zone,
	"closed_by" uuid,
	"closed_at" timestamp with time zone,
	"voided_by" uuid,
	"voided_at" timestamp with time zone,
	"void_reason" text,
	"version" integer NOT NULL,
	CONSTRAINT "payment_batches_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "payment_batches_state" CHECK ("payment_batches"."state" in ('DRAFT', 'LOCKED', 'APPROVED', 'SENT', 'PARTIAL', 'CLOSED', 'VOID')),
	CONSTRAINT "payment_batches_by_bank" CHECK ("payment_batches"."programme" not in ('P10', 'P12')),
	CONSTRAINT "payment_batches_kind" CHECK (("payment_batches"."kind" = 'REISSUE') = ("payment_batches"."of_batch_id" is not null)),
	CONSTRAINT "payment_batches_locked" CHECK (("payment_batches"."state" in ('DRAFT', 'VOID')) or ("payment_batches"."locked_by" is not null and "payment_batches"."roster_hash" is not null)),
	CONSTRAINT "payment_batches_approved" CHECK (("payment_batches"."state" in ('DRAFT', 'LOCKED', 'VOID')) or "payment_batches"."approved_by" is not null),
	CONSTRAINT "payment_batches_maker_not_checker" CHECK ("payment_batches"."approved_by" <> "payment_batches"."made_by" and "payment_batches"."approved_by" <> "payment_batches"."locked_by"),
	CONSTRAINT "payment_batches_void_before_sent" CHECK (("payment_batches"."state" = 'VOID') = ("payment_batches"."voided_by" is not null) and not ("payment_batches"."voided_by" is not null and "payment_batches"."sent_by" is not null)),
	CONSTRAINT "payment_batches_shares" CHECK ("payment_batches"."total_fen" = "payment_batches"."central_fen" + "payment_batches"."province_fen" + "payment_batches"."city_fen" + "payment_batches"."county_fen" + "payment_batches"."township_fen" + "payment_batches"."other_fen"),
	CONSTRAINT "payment_batches_closed" CHECK ("payment_batches"."state" <> 'CLOSED' or ("payment_batches"."item_count" = "payment_batches"."paid_count" + "payment_batches"."failed_count" + "payment_batches"."returned_count" + "payment_batches"."stopped_count" and "payment_batches"."total_fen" = "payment_batches"."paid_fen" + "payment_batches"."failed_fen" + "payment_batches"."returned_fen" + "payment_batches"."stopped_fen"))
);
--> statement-breakpoint
select app.shard('payment_batches');
--> statement-breakpoint
CREATE TABLE "payment_confirmations" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL,
	"drawn_by" uuid NOT NULL,
	"result" text,
	"recheck" text,
	"note" text,
	"answered_by" uuid,
	"answered_at" timestamp with time zone,
	CONSTRAINT "payment_confirmations_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "payment_confirmations_result" CHECK ("payment_confirmations"."result" in ('RECEIVED', 'NOT_RECEIVED', 'OTHER_AMOUNT', 'NOT_REACHED') and ("payment_confirmations"."result" is null) = ("payment_confirmations"."answered_at" is null)),
	CONSTRAINT "payment_confirmations_recheck" CHECK ("payment_confirmations"."recheck" is null or "payment_confirmations"."recheck" in ('ENTITLED', 'NOT_ENTITLED', 'DUPLICATE') and "payment_confirmations"."result" is not null)
);
--> statement-breakpoint
select app.shard('payment_confirmations');
--> statement-breakpoint
CREATE TABLE "payment_exclusions" (
	"county_code" integer NOT NULL,
	"batch_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"beneficiary_id" uuid,
	"event_id" uuid,
	"person_id" uuid NOT NULL,
	"payee_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"division_code" text collate "C" NOT NULL,
	CONSTRAINT "payment_exclusions_pk" PRIMARY KEY("county_code","batch_id","seq")
);
--> statement-breakpoint
select app.shard('payment_exclusions');
--> statement-breakpoint
CREATE TABLE "payment_item_months" (
	"county_code" integer NOT NULL,
	"beneficiary_id" uuid NOT NULL,
	"month" date NOT NULL,
	"part" smallint NOT NULL,
	"item_id" uuid NOT NULL,
	"amount_fen" bigint NOT NULL,
	CONSTRAINT "payment_item_months_pk" PRIMARY KEY("county_code","beneficiary_id","month","part"),
	CONSTRAINT "payment_item_months_amount" CHECK ("payment_item_months"."amount_fen" > 0)
);
--> statement-breakpoint
select app.shard('payment_item_months');
--> statement-breakpoint
CREATE TABLE "payment_items" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"beneficiary_id" uuid,
	"event_id" uuid,
	"reissue_of" uuid,
	"payee_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"programme" text NOT NULL,
	"application_id" uuid,
	"account_id" uuid NOT NULL,
	"account_version" integer NOT NULL,
	"account_mask" text NOT NULL,
	"from_month" date,
	"to_month" date,
	"months" smallint NOT NULL,
	"amount_fen" bigint NOT NULL,
	"central_fen" bigint NOT NULL,
	"province_fen" bigint NOT NULL,
	"city_fen" bigint NOT NULL,
	"county_fen" bigint NOT NULL,
	"township_fen" bigint NOT NULL,
	"other_fen" bigint NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"state" text NOT NULL,
	"state_reason" text,
	"state_at" timestamp with time zone,
	CONSTRAINT "payment_items_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "payment_items_state" CHECK ("payment_items"."state" in ('OPEN', 'FAILED', 'RETURNED', 'REISSUED', 'STOPPED', 'VOID')),
	CONSTRAINT "payment_items_amount" CHECK ("payment_items"."amount_fen" > 0),
	CONSTRAINT "payment_items_ground" CHECK (("payment_items"."beneficiary_id" is null) <> ("payment_items"."event_id" is null)),
	CONSTRAINT "payment_items_shares" CHECK ("payment_items"."amount_fen" = "payment_items"."central_fen" + "payment_items"."province_fen" + "payment_items"."city_fen" + "payment_items"."county_fen" + "payment_items"."township_fen" + "payment_items"."other_fen")
);
--> statement-breakpoint
select app.shard('payment_items');
--> statement-breakpoint
CREATE TABLE "programme_changes" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"programme" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"effective_on" date NOT NULL,
	"reason" text NOT NULL,
	"document" text NOT NULL,
	"state" text NOT NULL,
	"golden" jsonb NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"proposed_by" uuid NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"decision_reason" text,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "programme_changes_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "programme_changes_kind" CHECK ("programme_changes"."kind" in ('TERMS', 'RATES', 'SHARES', 'STACKING', 'PROGRAMME')),
	CONSTRAINT "programme_changes_state" CHECK ("programme_changes"."state" in ('DRAFT', 'PROPOSED', 'APPROVED', 'REFUSED', 'WITHDRAWN')),
	CONSTRAINT "programme_changes_four_eyes" CHECK ("programme_changes"."state" not in ('APPROVED', 'REFUSED') or "programme_changes"."decided_by" <> "programme_changes"."proposed_by"),
	CONSTRAINT "programme_changes_decided" CHECK (("programme_changes"."state" in ('APPROVED', 'REFUSED')) = ("programme_changes"."decided_at" is not null))
);
--> statement-breakpoint
select app.shard('programme_changes');
--> statement-breakpoint
CREATE TABLE "programme_rates" (
	"id" uuid NOT NULL,
	"owner_county" integer NOT NULL,
	"code" text collate "C" NOT NULL,
	"level" text collate "C" NOT NULL,
	"unit" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	"source" text NOT NULL,
	"confidence" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"change_id" uuid,
	"superseded_at" timestamp with time zone,
	CONSTRAINT "programme_rates_pk" PRIMARY KEY("id"),
	CONSTRAINT "programme_rates_unit" CHECK ("programme_rates"."unit" in ('PER_MONTH', 'PER_YEAR', 'PER_QUARTER', 'PER_DAY', 'ONE_OFF', 'PCT')),
	CONSTRAINT "programme_rates_amount" CHECK ("programme_rates"."amount_fen" >= 0),
	CONSTRAINT "programme_rates_in_order" CHECK ("programme_rates"."to_on" >= "programme_rates"."from_on"),
	CONSTRAINT "programme_rates_confidence" CHECK ("programme_rates"."confidence" in ('FOUND', 'SEED', 'HIGH', 'MEDIUM', 'LOW', 'DESIGN', 'LOCAL'))
);
--> statement-breakpoint
CREATE TABLE "programme_shares" (
	"id" uuid NOT NULL,
	"owner_county" integer NOT NULL,
	"code" text collate "C" NOT NULL,
	"area" text collate "C" NOT NULL,
	"from_on" date NOT NULL,
	"tier" text NOT NULL,
	"pct" numeric(6, 3) NOT NULL,
	"source" text NOT NULL,
	"confidence" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"change_id" uuid,
	"superseded_at" timestamp with time zone,
	CONSTRAINT "programme_shares_pk" PRIMARY KEY("id"),
	CONSTRAINT "programme_shares_tier" CHECK ("programme_shares"."tier" in ('CENTRAL', 'PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'OTHER')),
	CONSTRAINT "programme_shares_pct" CHECK ("programme_shares"."pct" between 0 and 100),
	CONSTRAINT "programme_shares_confidence" CHECK ("programme_shares"."confidence" in ('FOUND', 'SEED', 'HIGH', 'MEDIUM', 'LOW', 'DESIGN', 'LOCAL'))
);
--> statement-breakpoint
CREATE TABLE "programme_stacking" (
	"id" uuid NOT NULL,
	"owner_county" integer NOT NULL,
	"first" text collate "C" NOT NULL,
	"first_level" text collate "C" NOT NULL,
	"second" text collate "C" NOT NULL,
	"second_level" text collate "C" NOT NULL,
	"verdict" text NOT NULL,
	"is_local" boolean NOT NULL,
	"reason" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"change_id" uuid,
	"superseded_at" timestamp with time zone,
	CONSTRAINT "programme_stacking_pk" PRIMARY KEY("id"),
	CONSTRAINT "programme_stacking_verdict" CHECK ("programme_stacking"."verdict" in ('ALLOW', 'DENY', 'XOR_PER_CHILD', 'STOP_FIRST', 'REQUIRE'))
);
--> statement-breakpoint
CREATE TABLE "programme_versions" (
	"id" uuid NOT NULL,
	"owner_county" integer NOT NULL,
	"code" text collate "C" NOT NULL,
	"number" integer NOT NULL,
	"from_on" date NOT NULL,
	"terms" jsonb NOT NULL,
	"golden" jsonb NOT NULL,
	"reason" text NOT NULL,
	"source" text NOT NULL,
	"confidence" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"approved_by" uuid,
	"change_id" uuid,
	CONSTRAINT "programme_versions_pk" PRIMARY KEY("id"),
	CONSTRAINT "programme_versions_confidence" CHECK ("programme_versions"."confidence" in ('FOUND', 'SEED', 'HIGH', 'MEDIUM', 'LOW', 'DESIGN', 'LOCAL')),
	CONSTRAINT "programme_versions_four_eyes" CHECK ("programme_versions"."owner_county" = 0 or "programme_versions"."approved_by" is distinct from "programme_versions"."recorded_by")
);
--> statement-breakpoint
CREATE TABLE "programmes" (
	"owner_county" integer NOT NULL,
	"code" text collate "C" NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"note_zh" text NOT NULL,
	"note_en" text NOT NULL,
	"scope" text NOT NULL,
	"status" text NOT NULL,
	"legal_basis" jsonb NOT NULL,
	"levels" jsonb NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "programmes_pk" PRIMARY KEY("owner_county","code"),
	CONSTRAINT "programmes_scope" CHECK ("programmes"."scope" in ('NATIONAL', 'PROVINCIAL', 'CITY', 'COUNTY')),
	CONSTRAINT "programmes_status" CHECK ("programmes"."status" in ('OPEN', 'TEMPLATE', 'CLOSED', 'WITHDRAWN'))
);
--> statement-breakpoint
CREATE TABLE "benefit_proposals" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"programme" text NOT NULL,
	"version_id" uuid NOT NULL,
	"cycle" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"payee_id" uuid,
	"level" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"as_of" date NOT NULL,
	"run_id" uuid NOT NULL,
	"state" text NOT NULL,
	"basis" text NOT NULL,
	"missing" text[] NOT NULL,
	"year_fen" bigint NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"settled_on" date,
	"settled_by" uuid,
	"note" text,
	"application_id" uuid,
	CONSTRAINT "benefit_proposals_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "benefit_proposals_state" CHECK ("benefit_proposals"."state" in ('PROPOSED', 'FILED', 'DECLINED', 'LAPSED')),
	CONSTRAINT "benefit_proposals_basis" CHECK ("benefit_proposals"."basis" in ('MET', 'UNPROVEN')),
	CONSTRAINT "benefit_proposals_settled" CHECK (("benefit_proposals"."state" = 'PROPOSED') = ("benefit_proposals"."settled_on" is null))
);
--> statement-breakpoint
select app.shard('benefit_proposals');
--> statement-breakpoint
CREATE TABLE "ledger_seals" (
	"county_code" integer NOT NULL,
	"sequence" integer NOT NULL,
	"subject" text NOT NULL,
	"scope_id" uuid,
	"from_number" bigint NOT NULL,
	"to_number" bigint NOT NULL,
	"rows" integer NOT NULL,
	"row_hashes" "bytea" NOT NULL,
	"root" "bytea" NOT NULL,
	"signature" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ledger_seals_pk" PRIMARY KEY("county_code","sequence"),
	CONSTRAINT "ledger_seals_subject" CHECK ("ledger_seals"."subject" in ('ENTRIES','ITEMS','OUTCOMES'))
);
--> statement-breakpoint
select app.shard('ledger_seals');
--> statement-breakpoint
CREATE TABLE "benefit_settlements" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"programme" text NOT NULL,
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"period" date NOT NULL,
	"payee_id" uuid,
	"payee" text NOT NULL,
	"subject_id" uuid,
	"claimed_fen" bigint NOT NULL,
	"amount_fen" bigint NOT NULL,
	"state" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"paid_on" date,
	"bank_reference" text,
	"void_reason" text,
	"central_fen" bigint DEFAULT 0 NOT NULL,
	"province_fen" bigint DEFAULT 0 NOT NULL,
	"city_fen" bigint DEFAULT 0 NOT NULL,
	"county_fen" bigint DEFAULT 0 NOT NULL,
	"township_fen" bigint DEFAULT 0 NOT NULL,
	"other_fen" bigint DEFAULT 0 NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "benefit_settlements_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "benefit_settlements_kind" CHECK ("benefit_settlements"."kind" in ('CLAIM', 'WAIVER', 'PREMIUM', 'ROSTER')),
	CONSTRAINT "benefit_settlements_state" CHECK ("benefit_settlements"."state" in ('LOCKED', 'APPROVED', 'PAID', 'VOID')),
	CONSTRAINT "benefit_settlements_maker_not_checker" CHECK ("benefit_settlements"."approved_by" <> "benefit_settlements"."made_by"),
	CONSTRAINT "benefit_settlements_amounts" CHECK ("benefit_settlements"."amount_fen" >= 0 and "benefit_settlements"."amount_fen" <= "benefit_settlements"."claimed_fen"),
	CONSTRAINT "benefit_settlements_shares" CHECK ("benefit_settlements"."state" not in ('APPROVED', 'PAID') or "benefit_settlements"."central_fen" + "benefit_settlements"."province_fen" + "benefit_settlements"."city_fen" + "benefit_settlements"."county_fen" + "benefit_settlements"."township_fen" + "benefit_settlements"."other_fen" = "benefit_settlements"."amount_fen"),
	CONSTRAINT "benefit_settlements_approved" CHECK (("benefit_settlements"."approved_by" is null) = ("benefit_settlements"."approved_at" is null) and ("benefit_settlements"."state" not in ('APPROVED', 'PAID') or "benefit_settlements"."approved_by" is not null)),
	CONSTRAINT "benefit_settlements_paid" CHECK (("benefit_settlements"."state" = 'PAID') = ("benefit_settlements"."paid_on" is not null) and ("benefit_settlements"."paid_on" is null) = ("benefit_settlements"."bank_reference" is null)),
	CONSTRAINT "benefit_settlements_void" CHECK (("benefit_settlements"."state" = 'VOID') = ("benefit_settlements"."void_reason" is not null))
);
--> statement-breakpoint
select app.shard('benefit_settlements');
--> statement-breakpoint
CREATE TABLE "service_tariffs" (
	"owner_county" integer NOT NULL,
	"programme" text NOT NULL,
	"item" text NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"price_fen" bigint,
	"waived_percent" numeric(6, 3),
	"procedure_types" text[] NOT NULL,
	"document" text NOT NULL,
	"confidence" text NOT NULL,
	CONSTRAINT "service_tariffs_pk" PRIMARY KEY("owner_county","programme","item","from_on"),
	CONSTRAINT "service_tariffs_programme" CHECK ("service_tariffs"."programme" in ('P09', 'P11', 'P13')),
	CONSTRAINT "service_tariffs_one_manner" CHECK (("service_tariffs"."price_fen" is null) <> ("service_tariffs"."waived_percent" is null)),
	CONSTRAINT "service_tariffs_amount" CHECK (coalesce("service_tariffs"."price_fen", 1) > 0 and coalesce("service_tariffs"."waived_percent", 1) between 0.001 and 100),
	CONSTRAINT "service_tariffs_no_abortions" CHECK ("service_tariffs"."procedure_types" <@ '{P01,P02,P03,P04,P05,P06,P07,P08,P09}'),
	CONSTRAINT "service_tariffs_span" CHECK ("service_tariffs"."to_on" is null or "service_tariffs"."to_on" >= "service_tariffs"."from_on"),
	CONSTRAINT "service_tariffs_confidence" CHECK ("service_tariffs"."confidence" in ('SEED', 'FOUND', 'HIGH', 'MEDIUM', 'LOW', 'LOCAL'))
);
--> statement-breakpoint
CREATE TABLE "settlement_lines" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"settlement_id" uuid NOT NULL,
	"item" text NOT NULL,
	"unit_fen" bigint,
	"claimed" integer NOT NULL,
	"accepted" integer NOT NULL,
	"claimed_fen" bigint NOT NULL,
	"amount_fen" bigint NOT NULL,
	"is_covered" boolean NOT NULL,
	CONSTRAINT "settlement_lines_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "settlement_lines_accepted" CHECK ("settlement_lines"."accepted" between 0 and "settlement_lines"."claimed" and "settlement_lines"."amount_fen" between 0 and "settlement_lines"."claimed_fen")
);
--> statement-breakpoint
select app.shard('settlement_lines');
--> statement-breakpoint
CREATE TABLE "benefit_scenarios" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"note" text,
	"on_day" date NOT NULL,
	"programmes" text[] NOT NULL,
	"scenario" jsonb NOT NULL,
	"result" jsonb NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" uuid,
	"version" integer NOT NULL,
	CONSTRAINT "benefit_scenarios_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "benefit_scenarios_withdrawal" CHECK (("benefit_scenarios"."withdrawn_at" is null) = ("benefit_scenarios"."withdrawn_by" is null))
);
--> statement-breakpoint
select app.shard('benefit_scenarios');
--> statement-breakpoint
CREATE TABLE "family_members" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"joined_on" date NOT NULL,
	"left_on" date,
	CONSTRAINT "family_members_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "family_members_span" CHECK ("family_members"."left_on" is null or "family_members"."left_on" >= "family_members"."joined_on")
);
--> statement-breakpoint
select app.shard('family_members');
--> statement-breakpoint
CREATE TABLE "family_offers" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"programme" text NOT NULL,
	"person_id" uuid NOT NULL,
	"offered_on" date NOT NULL,
	"answer" text NOT NULL,
	"answered_on" date,
	"application_id" uuid,
	"consent_on" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	CONSTRAINT "family_offers_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "family_offers_programme" CHECK ("family_offers"."programme" in ('P01', 'P02', 'P07', 'P08')),
	CONSTRAINT "family_offers_answer" CHECK ("family_offers"."answer" in ('OPEN', 'ACCEPTED', 'DECLINED', 'LATER')),
	CONSTRAINT "family_offers_answered" CHECK (("family_offers"."answer" = 'OPEN') = ("family_offers"."answered_on" is null)),
	CONSTRAINT "family_offers_consent" CHECK (not ("family_offers"."programme" = 'P08' and "family_offers"."answer" = 'ACCEPTED') or "family_offers"."consent_on" is not null)
);
--> statement-breakpoint
select app.shard('family_offers');
--> statement-breakpoint
CREATE TABLE "family_services" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"is_declined" boolean NOT NULL,
	"organisation_id" uuid,
	"provider" text,
	"card_number" text,
	"from_on" date NOT NULL,
	"to_on" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	CONSTRAINT "family_services_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "family_services_kind" CHECK ("family_services"."kind" in ('FAMILY_DOCTOR', 'GREEN_CHANNEL')),
	CONSTRAINT "family_services_given" CHECK ("family_services"."is_declined" = ("family_services"."organisation_id" is null and "family_services"."provider" is null)),
	CONSTRAINT "family_services_span" CHECK ("family_services"."to_on" is null or "family_services"."to_on" >= "family_services"."from_on")
);
--> statement-breakpoint
select app.shard('family_services');
--> statement-breakpoint
CREATE TABLE "family_visits" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"contact_id" uuid NOT NULL,
	"tier" text NOT NULL,
	"visited_on" date NOT NULL,
	"manner" text NOT NULL,
	"occasion" text NOT NULL,
	"is_first" boolean NOT NULL,
	"outcome" text NOT NULL,
	"forms" text[] NOT NULL,
	"needs" text[] NOT NULL,
	"note_cipher" "bytea",
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "family_visits_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "family_visits_manner" CHECK ("family_visits"."manner" in ('IN_PERSON', 'PHONE', 'VIDEO')),
	CONSTRAINT "family_visits_occasion" CHECK ("family_visits"."occasion" in ('FIRST', 'MONTHLY', 'FESTIVAL', 'NEED')),
	CONSTRAINT "family_visits_outcome" CHECK ("family_visits"."outcome" in ('MET', 'NOT_AT_HOME', 'DECLINED')),
	CONSTRAINT "family_visits_grief" CHECK ("family_visits"."is_first" = ("family_visits"."occasion" = 'FIRST' and "family_visits"."outcome" = 'MET') and ("family_visits"."occasion" <> 'FIRST' or ("family_visits"."manner" = 'IN_PERSON' and "family_visits"."tier" = 'VILLAGE' and cardinality("family_visits"."forms") = 0))),
	CONSTRAINT "family_visits_void_has_reason" CHECK (("family_visits"."voided_at" is null) = ("family_visits"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('family_visits');
--> statement-breakpoint
CREATE TABLE "special_families" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"kind" text NOT NULL,
	"event_on" date NOT NULL,
	"child_id" uuid,
	"division_code" text collate "C" NOT NULL,
	"source" text NOT NULL,
	"identified_on" date NOT NULL,
	"first_visit_on" date,
	"consent_on" date,
	"consent_evidence" text,
	"opened_on" date,
	"closed_on" date,
	"close_reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "special_families_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "special_families_kind" CHECK ("special_families"."kind" in ('DEATH', 'DISABILITY', 'COMPLICATION')),
	CONSTRAINT "special_families_source" CHECK ("special_families"."source" in ('VILLAGE', 'FEED', 'APPLICATION', 'IMPORT')),
	CONSTRAINT "special_families_after_event" CHECK ("special_families"."identified_on" >= "special_families"."event_on"),
	CONSTRAINT "special_families_grief" CHECK ("special_families"."consent_on" is null or ("special_families"."first_visit_on" is not null and "special_families"."consent_on" > "special_families"."first_visit_on")),
	CONSTRAINT "special_families_consented" CHECK (("special_families"."consent_on" is null) = ("special_families"."consent_evidence" is null) and ("special_families"."opened_on" is null or "special_families"."consent_on" is not null and "special_families"."opened_on" >= "special_families"."consent_on")),
	CONSTRAINT "special_families_closed" CHECK (("special_families"."closed_on" is null) = ("special_families"."close_reason" is null) and ("special_families"."close_reason" is null or "special_families"."close_reason" in ('LAST_MEMBER_DIED', 'OPTED_OUT', 'MOVED_OUT', 'NO_LONGER_SPECIAL', 'ERROR')))
);
--> statement-breakpoint
select app.shard('special_families');
--> statement-breakpoint
CREATE TABLE "support_contacts" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"tier" text NOT NULL,
	"user_id" uuid NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	"assigned_at" timestamp with time zone NOT NULL,
	"assigned_by" uuid NOT NULL,
	CONSTRAINT "support_contacts_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "support_contacts_tier" CHECK ("support_contacts"."tier" in ('TOWNSHIP', 'VILLAGE')),
	CONSTRAINT "support_contacts_span" CHECK ("support_contacts"."to_on" is null or "support_contacts"."to_on" >= "support_contacts"."from_on")
);
--> statement-breakpoint
select app.shard('support_contacts');
--> statement-breakpoint
CREATE TABLE "annual_verifications" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"beneficiary_id" uuid NOT NULL,
	"programme" text NOT NULL,
	"person_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"opened_on" date NOT NULL,
	"due_on" date NOT NULL,
	"state" text NOT NULL,
	"method" text,
	"checks" jsonb NOT NULL,
	"result" text,
	"done_on" date,
	"done_by" uuid,
	"note_cipher" "bytea",
	"suspended_on" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "annual_verifications_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "annual_verifications_state" CHECK ("annual_verifications"."state" in ('DUE', 'OVERDUE', 'DONE')),
	CONSTRAINT "annual_verifications_method" CHECK ("annual_verifications"."method" in ('FEED_MATCH', 'HOME_VISIT', 'FACE', 'SELF_DECLARE')),
	CONSTRAINT "annual_verifications_result" CHECK ("annual_verifications"."result" in ('CONTINUE', 'ADJUST', 'SUSPEND', 'STOP')),
	CONSTRAINT "annual_verifications_done" CHECK (("annual_verifications"."state" = 'DONE') = ("annual_verifications"."method" is not null and "annual_verifications"."result" is not null and "annual_verifications"."done_on" is not null))
);
--> statement-breakpoint
select app.shard('annual_verifications');
--> statement-breakpoint
ALTER TABLE "imports" DROP CONSTRAINT "imports_kind";
--> statement-breakpoint
ALTER TABLE "application_appeals" ADD CONSTRAINT "application_appeals_application" FOREIGN KEY ("county_code","application_id") REFERENCES "public"."applications"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "application_decisions" ADD CONSTRAINT "application_decisions_application" FOREIGN KEY ("county_code","application_id") REFERENCES "public"."applications"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "application_evidence" ADD CONSTRAINT "application_evidence_application" FOREIGN KEY ("county_code","application_id") REFERENCES "public"."applications"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "application_reviews" ADD CONSTRAINT "application_reviews_application" FOREIGN KEY ("county_code","application_id") REFERENCES "public"."applications"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_subject" FOREIGN KEY ("county_code","subject_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_applicant" FOREIGN KEY ("county_code","applicant_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "bank_submissions" ADD CONSTRAINT "bank_submissions_batch" FOREIGN KEY ("county_code","batch_id") REFERENCES "public"."payment_batches"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "bank_returns" ADD CONSTRAINT "bank_returns_batch" FOREIGN KEY ("county_code","batch_id") REFERENCES "public"."payment_batches"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "beneficiaries" ADD CONSTRAINT "beneficiaries_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "beneficiary_events" ADD CONSTRAINT "beneficiary_events_beneficiary" FOREIGN KEY ("county_code","beneficiary_id") REFERENCES "public"."beneficiaries"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "beneficiary_levels" ADD CONSTRAINT "beneficiary_levels_beneficiary" FOREIGN KEY ("county_code","beneficiary_id") REFERENCES "public"."beneficiaries"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "beneficiary_transfers" ADD CONSTRAINT "beneficiary_transfers_beneficiary" FOREIGN KEY ("county_code","beneficiary_id") REFERENCES "public"."beneficiaries"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "benefit_roster_lines" ADD CONSTRAINT "benefit_roster_lines_roster" FOREIGN KEY ("county_code","roster_id") REFERENCES "public"."benefit_rosters"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "benefit_roster_lines" ADD CONSTRAINT "benefit_roster_lines_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "circumstances" ADD CONSTRAINT "circumstances_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "claim_keys" ADD CONSTRAINT "claim_keys_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "claim_list_entries" ADD CONSTRAINT "claim_list_entries_list" FOREIGN KEY ("county_code","list_id") REFERENCES "public"."claim_lists"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "claim_matches" ADD CONSTRAINT "claim_matches_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "closed_ledger_rows" ADD CONSTRAINT "closed_ledger_rows_ledger" FOREIGN KEY ("county_code","ledger_id") REFERENCES "public"."closed_ledgers"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "eligibility_counts" ADD CONSTRAINT "eligibility_counts_run" FOREIGN KEY ("county_code","run_id") REFERENCES "public"."eligibility_runs"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "event_entitlements" ADD CONSTRAINT "event_entitlements_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "family_projects" ADD CONSTRAINT "family_projects_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "fee_waivers" ADD CONSTRAINT "fee_waivers_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "fee_waivers" ADD CONSTRAINT "fee_waivers_organisation" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "fee_waivers" ADD CONSTRAINT "fee_waivers_settlement" FOREIGN KEY ("county_code","settlement_id") REFERENCES "public"."benefit_settlements"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "budget_changes" ADD CONSTRAINT "budget_changes_budget_fk" FOREIGN KEY ("county_code","programme","year","tier") REFERENCES "public"."budgets"("county_code","programme","year","tier") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "fund_arrivals" ADD CONSTRAINT "fund_arrivals_entry_fk" FOREIGN KEY ("county_code","entry_id") REFERENCES "public"."ledger_entries"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "hospital_stays" ADD CONSTRAINT "hospital_stays_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "hospital_stays" ADD CONSTRAINT "hospital_stays_hospital" FOREIGN KEY ("hospital_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "hospital_stays" ADD CONSTRAINT "hospital_stays_policy" FOREIGN KEY ("county_code","cover_id") REFERENCES "public"."insurance_policies"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "insurance_policies" ADD CONSTRAINT "insurance_policies_insurer" FOREIGN KEY ("insurer_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "insured_persons" ADD CONSTRAINT "insured_persons_policy" FOREIGN KEY ("county_code","cover_id") REFERENCES "public"."insurance_policies"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "insured_persons" ADD CONSTRAINT "insured_persons_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_reverses_fk" FOREIGN KEY ("county_code","reverses") REFERENCES "public"."ledger_entries"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "ledger_lines" ADD CONSTRAINT "ledger_lines_entry_fk" FOREIGN KEY ("county_code","entry_id") REFERENCES "public"."ledger_entries"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notice_entries" ADD CONSTRAINT "notice_entries_notice" FOREIGN KEY ("county_code","notice_id") REFERENCES "public"."public_notices"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notice_postings" ADD CONSTRAINT "notice_postings_notice" FOREIGN KEY ("county_code","notice_id") REFERENCES "public"."public_notices"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_notice" FOREIGN KEY ("county_code","notice_id") REFERENCES "public"."public_notices"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "overpayment_months" ADD CONSTRAINT "overpayment_months_overpayment" FOREIGN KEY ("county_code","overpayment_id") REFERENCES "public"."overpayments"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "overpayment_offsets" ADD CONSTRAINT "overpayment_offsets_overpayment" FOREIGN KEY ("county_code","overpayment_id") REFERENCES "public"."overpayments"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "overpayment_steps" ADD CONSTRAINT "overpayment_steps_overpayment" FOREIGN KEY ("county_code","overpayment_id") REFERENCES "public"."overpayments"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "overpayments" ADD CONSTRAINT "overpayments_beneficiary" FOREIGN KEY ("county_code","beneficiary_id") REFERENCES "public"."beneficiaries"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "overpayments" ADD CONSTRAINT "overpayments_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "payment_account_alerts" ADD CONSTRAINT "payment_account_alerts_account" FOREIGN KEY ("county_code","account_id") REFERENCES "public"."payment_accounts"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "payment_account_versions" ADD CONSTRAINT "payment_account_versions_account" FOREIGN KEY ("county_code","account_id") REFERENCES "public"."payment_accounts"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "payment_confirmations" ADD CONSTRAINT "payment_confirmations_item" FOREIGN KEY ("county_code","item_id") REFERENCES "public"."payment_items"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "payment_exclusions" ADD CONSTRAINT "payment_exclusions_batch" FOREIGN KEY ("county_code","batch_id") REFERENCES "public"."payment_batches"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "payment_items" ADD CONSTRAINT "payment_items_batch" FOREIGN KEY ("county_code","batch_id") REFERENCES "public"."payment_batches"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "payment_items" ADD CONSTRAINT "payment_items_account" FOREIGN KEY ("county_code","account_id","account_version") REFERENCES "public"."payment_account_versions"("county_code","account_id","version") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "benefit_proposals" ADD CONSTRAINT "benefit_proposals_subject" FOREIGN KEY ("county_code","subject_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "benefit_settlements" ADD CONSTRAINT "benefit_settlements_payee" FOREIGN KEY ("payee_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "settlement_lines" ADD CONSTRAINT "settlement_lines_settlement" FOREIGN KEY ("county_code","settlement_id") REFERENCES "public"."benefit_settlements"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "family_members" ADD CONSTRAINT "family_members_family" FOREIGN KEY ("county_code","family_id") REFERENCES "public"."special_families"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "family_members" ADD CONSTRAINT "family_members_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "family_offers" ADD CONSTRAINT "family_offers_family" FOREIGN KEY ("county_code","family_id") REFERENCES "public"."special_families"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "family_offers" ADD CONSTRAINT "family_offers_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "family_services" ADD CONSTRAINT "family_services_family" FOREIGN KEY ("county_code","family_id") REFERENCES "public"."special_families"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "family_services" ADD CONSTRAINT "family_services_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "family_services" ADD CONSTRAINT "family_services_organisation" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "family_visits" ADD CONSTRAINT "family_visits_family" FOREIGN KEY ("county_code","family_id") REFERENCES "public"."special_families"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "family_visits" ADD CONSTRAINT "family_visits_contact" FOREIGN KEY ("county_code","contact_id") REFERENCES "public"."support_contacts"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "special_families" ADD CONSTRAINT "special_families_child" FOREIGN KEY ("county_code","child_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "support_contacts" ADD CONSTRAINT "support_contacts_family" FOREIGN KEY ("county_code","family_id") REFERENCES "public"."special_families"("county_code","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "application_appeals_one_open" ON "application_appeals" USING btree ("county_code","application_id") WHERE "application_appeals"."result" is null;
--> statement-breakpoint
CREATE INDEX "application_appeals_by_application" ON "application_appeals" USING btree ("county_code","application_id");
--> statement-breakpoint
CREATE INDEX "application_decisions_by_application" ON "application_decisions" USING btree ("county_code","application_id","recorded_at");
--> statement-breakpoint
CREATE INDEX "application_evidence_by_application" ON "application_evidence" USING btree ("county_code","application_id");
--> statement-breakpoint
CREATE INDEX "application_reviews_by_application" ON "application_reviews" USING btree ("county_code","application_id","sequence");
--> statement-breakpoint
CREATE UNIQUE INDEX "applications_number" ON "applications" USING btree ("county_code","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "applications_once_open" ON "applications" USING btree ("county_code","programme","subject_id","applicant_id","claim_year") WHERE state in ('DRAFT', 'SUBMITTED', 'NOT_ACCEPTED', 'VILLAGE_OPINION', 'VILLAGE_NOTICE', 'TOWN_REVIEW', 'TOWN_NOTICE', 'COUNTY_CONFIRM', 'CITY_APPROVE', 'RECONSIDERATION');
--> statement-breakpoint
CREATE UNIQUE INDEX "applications_once_a_year" ON "applications" USING btree ("county_code","programme","subject_id","claim_year") WHERE "applications"."claim_year" > 0 and state in ('CONFIRMED', 'BENEFICIARY_ACTIVE');
--> statement-breakpoint
CREATE INDEX "applications_by_deadline" ON "applications" USING btree ("county_code","state","due_on","id");
--> statement-breakpoint
CREATE INDEX "applications_by_place" ON "applications" USING btree ("county_code","division_code","filed_on","id");
--> statement-breakpoint
CREATE INDEX "applications_by_day" ON "applications" USING btree ("county_code","filed_on","id");
--> statement-breakpoint
CREATE INDEX "applications_by_programme" ON "applications" USING btree ("county_code","programme","state","division_code","id");
--> statement-breakpoint
CREATE INDEX "applications_by_subject" ON "applications" USING btree ("county_code","subject_id");
--> statement-breakpoint
CREATE INDEX "applications_by_payee" ON "applications" USING btree ("county_code","payee_id");
--> statement-breakpoint
CREATE INDEX "applications_by_applicant" ON "applications" USING btree ("county_code","applicant_id");
--> statement-breakpoint
CREATE INDEX "attachments_by_subject" ON "attachments" USING btree ("county_code","subject_type","subject_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "bank_submissions_once" ON "bank_submissions" USING btree ("county_code","batch_id");
--> statement-breakpoint
CREATE INDEX "bank_submissions_open" ON "bank_submissions" USING btree ("next_at") WHERE "bank_submissions"."state" <> 'REFUSED';
--> statement-breakpoint
CREATE UNIQUE INDEX "bank_layouts_version" ON "bank_layouts" USING btree ("owner_county","code","version");
--> statement-breakpoint
CREATE UNIQUE INDEX "bank_layouts_one_active" ON "bank_layouts" USING btree ("owner_county","code") WHERE "bank_layouts"."state" = 'ACTIVE';
--> statement-breakpoint
CREATE UNIQUE INDEX "bank_returns_number" ON "bank_returns" USING btree ("county_code","batch_id","file_no");
--> statement-breakpoint
CREATE UNIQUE INDEX "bank_returns_once" ON "bank_returns" USING btree ("county_code","batch_id","sha256");
--> statement-breakpoint
CREATE UNIQUE INDEX "beneficiaries_one_standing" ON "beneficiaries" USING btree ("county_code","person_id","programme") WHERE "beneficiaries"."state" in ('ACTIVE', 'SUSPENDED');
--> statement-breakpoint
CREATE INDEX "beneficiaries_by_person" ON "beneficiaries" USING btree ("county_code","person_id");
--> statement-breakpoint
CREATE INDEX "beneficiaries_by_payee" ON "beneficiaries" USING btree ("county_code","payee_id");
--> statement-breakpoint
CREATE INDEX "beneficiaries_by_programme" ON "beneficiaries" USING btree ("county_code","programme","state","id");
--> statement-breakpoint
CREATE INDEX "beneficiaries_by_place" ON "beneficiaries" USING btree ("county_code","division_code","id");
--> statement-breakpoint
CREATE INDEX "beneficiaries_by_application" ON "beneficiaries" USING btree ("county_code","application_id") WHERE "beneficiaries"."application_id" is not null;
--> statement-breakpoint
CREATE INDEX "beneficiaries_to_verify" ON "beneficiaries" USING btree ("county_code","next_verification_on") WHERE "beneficiaries"."next_verification_on" is not null and "beneficiaries"."state" = 'ACTIVE';
--> statement-breakpoint
CREATE INDEX "beneficiary_events_by_beneficiary" ON "beneficiary_events" USING btree ("county_code","beneficiary_id","recorded_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "beneficiary_levels_standing" ON "beneficiary_levels" USING btree ("county_code","beneficiary_id","from_month") WHERE "beneficiary_levels"."voided_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "beneficiary_transfers_one_open" ON "beneficiary_transfers" USING btree ("county_code","beneficiary_id") WHERE "beneficiary_transfers"."state" = 'SENT';
--> statement-breakpoint
CREATE UNIQUE INDEX "benefit_roster_lines_once" ON "benefit_roster_lines" USING btree ("county_code","roster_id","person_id");
--> statement-breakpoint
CREATE INDEX "benefit_roster_lines_by_person" ON "benefit_roster_lines" USING btree ("county_code","person_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "benefit_rosters_number" ON "benefit_rosters" USING btree ("county_code","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "benefit_rosters_once" ON "benefit_rosters" USING btree ("county_code","programme","period") WHERE "benefit_rosters"."state" <> 'VOID';
--> statement-breakpoint
CREATE INDEX "circumstances_by_person" ON "circumstances" USING btree ("county_code","person_id") WHERE "circumstances"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "circumstances_by_place" ON "circumstances" USING btree ("county_code","division_code","kind","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "circumstances_once" ON "circumstances" USING btree ("county_code","person_id","kind","from_on") WHERE "circumstances"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "claim_keys_by_number" ON "claim_keys" USING btree ("county_code","number_key");
--> statement-breakpoint
CREATE INDEX "claim_keys_by_name" ON "claim_keys" USING btree ("county_code","name_key");
--> statement-breakpoint
CREATE INDEX "claim_keys_to_ask" ON "claim_keys" USING btree ("county_code","recorded_at") WHERE "claim_keys"."asked_at" is null;
--> statement-breakpoint
CREATE INDEX "claim_list_entries_by_key" ON "claim_list_entries" USING btree ("county_code","number_key");
--> statement-breakpoint
CREATE UNIQUE INDEX "claim_lists_once" ON "claim_lists" USING btree ("county_code","sha256");
--> statement-breakpoint
CREATE UNIQUE INDEX "claim_matches_once" ON "claim_matches" USING btree ("county_code","programme","person_id","source","other_county","key_kind");
--> statement-breakpoint
CREATE INDEX "claim_matches_by_state" ON "claim_matches" USING btree ("county_code","state","found_on","id");
--> statement-breakpoint
CREATE INDEX "claim_matches_by_person" ON "claim_matches" USING btree ("county_code","person_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "closed_ledger_rows_once" ON "closed_ledger_rows" USING btree ("county_code","ledger_id","reference");
--> statement-breakpoint
CREATE INDEX "closed_ledger_rows_in_order" ON "closed_ledger_rows" USING btree ("county_code","ledger_id","period","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "closed_ledgers_once" ON "closed_ledgers" USING btree ("county_code","programme","title");
--> statement-breakpoint
CREATE INDEX "eligibility_runs_finished" ON "eligibility_runs" USING btree ("county_code","as_of","id") WHERE "eligibility_runs"."finished_at" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "entitlement_months_once" ON "entitlement_months" USING btree ("county_code","programme","person_id","month");
--> statement-breakpoint
CREATE INDEX "entitlement_runs_by_moment" ON "entitlement_runs" USING btree ("county_code","started_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "entitlement_runs_once_a_night" ON "entitlement_runs" USING btree ("county_code","day_on") WHERE "entitlement_runs"."kind" = 'NIGHT';
--> statement-breakpoint
CREATE UNIQUE INDEX "event_entitlements_once" ON "event_entitlements" USING btree ("county_code","ground_id","programme","person_id","ground_type") WHERE "event_entitlements"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "event_entitlements_by_programme" ON "event_entitlements" USING btree ("county_code","programme","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "event_entitlements_by_person" ON "event_entitlements" USING btree ("county_code","person_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "family_projects_number" ON "family_projects" USING btree ("county_code","number") WHERE "family_projects"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "family_projects_by_day" ON "family_projects" USING btree ("county_code","started_on","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "fee_waivers_receipt" ON "fee_waivers" USING btree ("county_code","organisation_id","receipt","item") WHERE "fee_waivers"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "fee_waivers_by_day" ON "fee_waivers" USING btree ("county_code","used_on","id");
--> statement-breakpoint
CREATE INDEX "fee_waivers_by_person" ON "fee_waivers" USING btree ("county_code","person_id");
--> statement-breakpoint
CREATE INDEX "budget_changes_by_budget" ON "budget_changes" USING btree ("county_code","programme","year","tier");
--> statement-breakpoint
CREATE INDEX "county_revenues_by_year" ON "county_revenues" USING btree ("county_code","year","recorded_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "hospital_stays_receipt" ON "hospital_stays" USING btree ("county_code","hospital_id","receipt") WHERE "hospital_stays"."state" <> 'REFUSED';
--> statement-breakpoint
CREATE INDEX "hospital_stays_by_day" ON "hospital_stays" USING btree ("county_code","discharged_on","id");
--> statement-breakpoint
CREATE INDEX "hospital_stays_by_person" ON "hospital_stays" USING btree ("county_code","person_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "insurance_policies_number" ON "insurance_policies" USING btree ("county_code","number") WHERE "insurance_policies"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "insurance_policies_by_year" ON "insurance_policies" USING btree ("county_code","from_on","id");
--> statement-breakpoint
CREATE INDEX "insured_persons_by_person" ON "insured_persons" USING btree ("county_code","person_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_once" ON "ledger_entries" USING btree ("county_code","ref_id","kind","ref_type","programme","year") WHERE "ledger_entries"."ref_id" is not null and "ledger_entries"."reverses" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_reversed_once" ON "ledger_entries" USING btree ("county_code","reverses") WHERE "ledger_entries"."reverses" is not null;
--> statement-breakpoint
CREATE INDEX "ledger_entries_by_programme" ON "ledger_entries" USING btree ("county_code","programme","year","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "notice_entries_once_open" ON "notice_entries" USING btree ("county_code","application_id") WHERE "notice_entries"."outcome" = 'OPEN';
--> statement-breakpoint
CREATE INDEX "notice_entries_open" ON "notice_entries" USING btree ("county_code","notice_id") WHERE "notice_entries"."outcome" = 'OPEN';
--> statement-breakpoint
CREATE INDEX "notice_entries_by_application" ON "notice_entries" USING btree ("county_code","application_id");
--> statement-breakpoint
CREATE INDEX "notice_postings_by_notice" ON "notice_postings" USING btree ("county_code","notice_id","seen_on");
--> statement-breakpoint
CREATE UNIQUE INDEX "public_notices_number" ON "public_notices" USING btree ("county_code","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "public_notices_one_draft" ON "public_notices" USING btree ("county_code","programme","step","division_code") WHERE "public_notices"."state" = 'DRAFT';
--> statement-breakpoint
CREATE INDEX "public_notices_by_place" ON "public_notices" USING btree ("county_code","division_code","id");
--> statement-breakpoint
CREATE INDEX "public_notices_open" ON "public_notices" USING btree ("county_code","until_on") WHERE "public_notices"."state" in ('POSTED', 'OBJECTION_OPEN');
--> statement-breakpoint
CREATE UNIQUE INDEX "objections_number" ON "objections" USING btree ("county_code","number");
--> statement-breakpoint
CREATE INDEX "objections_by_notice" ON "objections" USING btree ("county_code","notice_id");
--> statement-breakpoint
CREATE INDEX "objections_by_due" ON "objections" USING btree ("county_code","state","due_on","id");
--> statement-breakpoint
CREATE INDEX "overpayment_months_by_beneficiary" ON "overpayment_months" USING btree ("county_code","beneficiary_id","month");
--> statement-breakpoint
CREATE INDEX "overpayment_steps_by_overpayment" ON "overpayment_steps" USING btree ("county_code","overpayment_id","recorded_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "overpayments_number" ON "overpayments" USING btree ("county_code","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "overpayments_one_identified" ON "overpayments" USING btree ("county_code","beneficiary_id") WHERE "overpayments"."state" = 'IDENTIFIED' and "overpayments"."beneficiary_id" is not null;
--> statement-breakpoint
CREATE INDEX "overpayments_by_state" ON "overpayments" USING btree ("county_code","state","identified_on","id");
--> statement-breakpoint
CREATE INDEX "overpayments_by_person" ON "overpayments" USING btree ("county_code","person_id");
--> statement-breakpoint
CREATE INDEX "overpayments_by_beneficiary" ON "overpayments" USING btree ("county_code","beneficiary_id");
--> statement-breakpoint
CREATE INDEX "payment_account_alerts_of_account" ON "payment_account_alerts" USING btree ("county_code","account_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "payment_account_alerts_once" ON "payment_account_alerts" USING btree ("county_code","account_id","version","kind");
--> statement-breakpoint
CREATE UNIQUE INDEX "payment_account_versions_one_open" ON "payment_account_versions" USING btree ("county_code","account_id") WHERE "payment_account_versions"."state" = 'PROPOSED';
--> statement-breakpoint
CREATE INDEX "payment_account_versions_by_maker" ON "payment_account_versions" USING btree ("county_code","proposed_by","proposed_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "payment_accounts_of_payee" ON "payment_accounts" USING btree ("county_code","payee_id") WHERE "payment_accounts"."state" <> 'CLOSED';
--> statement-breakpoint
CREATE INDEX "payment_accounts_by_number" ON "payment_accounts" USING btree ("county_code","number_hash") WHERE "payment_accounts"."number_hash" is not null;
--> statement-breakpoint
CREATE INDEX "payment_accounts_by_place" ON "payment_accounts" USING btree ("county_code","division_code","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "payment_batches_number" ON "payment_batches" USING btree ("county_code","number");
--> statement-breakpoint
CREATE INDEX "payment_batches_by_programme" ON "payment_batches" USING btree ("county_code","programme","id");
--> statement-breakpoint
CREATE INDEX "payment_batches_of_batch" ON "payment_batches" USING btree ("county_code","of_batch_id") WHERE "payment_batches"."of_batch_id" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "payment_batches_one_draft" ON "payment_batches" USING btree ("county_code","programme","kind") WHERE "payment_batches"."state" = 'DRAFT';
--> statement-breakpoint
CREATE UNIQUE INDEX "payment_confirmations_once" ON "payment_confirmations" USING btree ("county_code","batch_id","item_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "payment_items_seq" ON "payment_items" USING btree ("county_code","batch_id","seq");
--> statement-breakpoint
CREATE UNIQUE INDEX "payment_items_event_once" ON "payment_items" USING btree ("county_code","event_id") WHERE "payment_items"."event_id" is not null and "payment_items"."state" = 'OPEN';
--> statement-breakpoint
CREATE UNIQUE INDEX "payment_items_reissued_once" ON "payment_items" USING btree ("county_code","reissue_of") WHERE "payment_items"."reissue_of" is not null and "payment_items"."state" <> 'VOID';
--> statement-breakpoint
CREATE INDEX "payment_items_by_person" ON "payment_items" USING btree ("county_code","person_id");
--> statement-breakpoint
CREATE INDEX "programme_changes_by_programme" ON "programme_changes" USING btree ("county_code","programme","id");
--> statement-breakpoint
CREATE INDEX "programme_changes_open" ON "programme_changes" USING btree ("county_code","id") WHERE "programme_changes"."state" in ('DRAFT', 'PROPOSED');
--> statement-breakpoint
CREATE UNIQUE INDEX "programme_rates_once" ON "programme_rates" USING btree ("owner_county","code","level","from_on") WHERE "programme_rates"."superseded_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "programme_shares_once" ON "programme_shares" USING btree ("owner_county","code","area","from_on","tier") WHERE "programme_shares"."superseded_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "programme_stacking_once" ON "programme_stacking" USING btree ("owner_county","first","first_level","second","second_level") WHERE "programme_stacking"."superseded_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "programme_versions_number" ON "programme_versions" USING btree ("owner_county","code","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "benefit_proposals_once" ON "benefit_proposals" USING btree ("county_code","programme","subject_id","cycle");
--> statement-breakpoint
CREATE INDEX "benefit_proposals_open" ON "benefit_proposals" USING btree ("county_code","division_code","id") WHERE "benefit_proposals"."state" = 'PROPOSED';
--> statement-breakpoint
CREATE INDEX "benefit_proposals_of_programme" ON "benefit_proposals" USING btree ("county_code","programme","state","division_code","id");
--> statement-breakpoint
CREATE INDEX "benefit_proposals_by_subject" ON "benefit_proposals" USING btree ("county_code","subject_id");
--> statement-breakpoint
CREATE INDEX "ledger_seals_by_scope" ON "ledger_seals" USING btree ("county_code","scope_id","subject");
--> statement-breakpoint
CREATE UNIQUE INDEX "benefit_settlements_number" ON "benefit_settlements" USING btree ("county_code","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "benefit_settlements_once" ON "benefit_settlements" USING btree ("county_code","programme","kind","payee_id","period") WHERE "benefit_settlements"."state" <> 'VOID' and "benefit_settlements"."subject_id" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "benefit_settlements_of_subject" ON "benefit_settlements" USING btree ("county_code","subject_id") WHERE "benefit_settlements"."state" <> 'VOID' and "benefit_settlements"."subject_id" is not null;
--> statement-breakpoint
CREATE INDEX "benefit_settlements_by_year" ON "benefit_settlements" USING btree ("county_code","year","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "settlement_lines_once" ON "settlement_lines" USING btree ("county_code","settlement_id","item");
--> statement-breakpoint
CREATE INDEX "benefit_scenarios_standing" ON "benefit_scenarios" USING btree ("county_code","id") WHERE "benefit_scenarios"."withdrawn_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "family_members_one_family" ON "family_members" USING btree ("county_code","person_id") WHERE "family_members"."left_on" is null;
--> statement-breakpoint
CREATE INDEX "family_members_of_family" ON "family_members" USING btree ("county_code","family_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "family_offers_open" ON "family_offers" USING btree ("county_code","family_id","programme","person_id") WHERE "family_offers"."answer" = 'OPEN';
--> statement-breakpoint
CREATE UNIQUE INDEX "family_offers_once" ON "family_offers" USING btree ("county_code","family_id","programme") WHERE "family_offers"."programme" in ('P07', 'P08') and "family_offers"."answer" = 'ACCEPTED';
--> statement-breakpoint
CREATE UNIQUE INDEX "family_services_one_each" ON "family_services" USING btree ("county_code","person_id","kind") WHERE "family_services"."to_on" is null;
--> statement-breakpoint
CREATE INDEX "family_services_of_family" ON "family_services" USING btree ("county_code","family_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "family_visits_one_first" ON "family_visits" USING btree ("county_code","family_id") WHERE "family_visits"."is_first" and "family_visits"."voided_at" is null;
--> statement-breakpoint
CREATE INDEX "family_visits_of_family" ON "family_visits" USING btree ("county_code","family_id","visited_on");
--> statement-breakpoint
CREATE UNIQUE INDEX "special_families_number" ON "special_families" USING btree ("county_code","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "special_families_once" ON "special_families" USING btree ("county_code","child_id","kind") WHERE "special_families"."closed_on" is null;
--> statement-breakpoint
CREATE INDEX "special_families_by_place" ON "special_families" USING btree ("county_code","division_code","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "support_contacts_one_each" ON "support_contacts" USING btree ("county_code","family_id","tier") WHERE "support_contacts"."to_on" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "support_contacts_two_people" ON "support_contacts" USING btree ("county_code","family_id","user_id") WHERE "support_contacts"."to_on" is null;
--> statement-breakpoint
CREATE INDEX "support_contacts_of_user" ON "support_contacts" USING btree ("county_code","user_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "annual_verifications_once" ON "annual_verifications" USING btree ("county_code","beneficiary_id","year");
--> statement-breakpoint
CREATE INDEX "annual_verifications_by_place" ON "annual_verifications" USING btree ("county_code","year","state","division_code","id");
--> statement-breakpoint
CREATE INDEX "annual_verifications_by_due" ON "annual_verifications" USING btree ("county_code","due_on") WHERE "annual_verifications"."state" = 'DUE';
--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_kind" CHECK ("imports"."kind" in ('divisions', 'persons', 'households', 'births', 'deaths', 'marriages', 'moves', 'methods', 'circumstances'));
