CREATE TABLE "access_log" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_id" uuid,
	"actor_kind" text NOT NULL,
	"role" text,
	"action" text NOT NULL,
	"entity" text NOT NULL,
	"entity_id" uuid,
	"division_code" text collate "C" NOT NULL,
	"fields" text[] DEFAULT '{}' NOT NULL,
	"purpose" text,
	"reason" text,
	"rows" integer DEFAULT 1 NOT NULL,
	"result" text NOT NULL,
	"address" text,
	"request_id" text,
	CONSTRAINT "access_log_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "access_log_result" CHECK ("access_log"."result" in ('allowed', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "access_seal_rows" (
	"county_code" integer NOT NULL,
	"entry_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"position" integer NOT NULL,
	"row_hash" "bytea" NOT NULL,
	CONSTRAINT "access_seal_rows_pk" PRIMARY KEY("county_code","entry_id")
);
--> statement-breakpoint
CREATE TABLE "access_seals" (
	"county_code" integer NOT NULL,
	"sequence" integer NOT NULL,
	"first_id" uuid NOT NULL,
	"last_id" uuid NOT NULL,
	"rows" integer NOT NULL,
	"root" "bytea" NOT NULL,
	"signature" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "access_seals_pk" PRIMARY KEY("county_code","sequence")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"county_code" integer NOT NULL,
	"actor_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"body" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pk" PRIMARY KEY("county_code","actor_id","key")
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"state" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"created_by" uuid NOT NULL,
	"access" jsonb NOT NULL,
	"rows_expected" integer,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"rows_accepted" integer DEFAULT 0 NOT NULL,
	"rows_rejected" integer DEFAULT 0 NOT NULL,
	"bytes_total" integer,
	"bytes_read" integer DEFAULT 0 NOT NULL,
	"failure_code" text,
	"failure_detail" text,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"lease_owner" text,
	"lease_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "jobs_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "jobs_state" CHECK ("jobs"."state" in ('queued', 'running', 'succeeded', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "api_client_secrets" (
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "api_client_secrets_pk" PRIMARY KEY("id")
);
--> statement-breakpoint
CREATE TABLE "api_clients" (
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"purposes" text[] NOT NULL,
	"division_prefix" text collate "C" NOT NULL,
	"allowed_addresses" text[] NOT NULL,
	"requests_per_minute" integer NOT NULL,
	"expires_at" timestamp with time zone,
	"status" text NOT NULL,
	"version" integer NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "api_clients_pk" PRIMARY KEY("id"),
	CONSTRAINT "api_clients_status" CHECK ("api_clients"."status" in ('active', 'disabled'))
);
--> statement-breakpoint
CREATE TABLE "former_passwords" (
	"user_id" uuid NOT NULL,
	"replaced_at" timestamp with time zone NOT NULL,
	"password_hash" text NOT NULL,
	CONSTRAINT "former_passwords_pk" PRIMARY KEY("user_id","replaced_at")
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"division_prefix" text collate "C" NOT NULL,
	"modules" text[] NOT NULL,
	"purposes" text[] NOT NULL,
	"valid_until" timestamp with time zone,
	"granted_by" uuid,
	"granted_at" timestamp with time zone NOT NULL,
	"withdrawn_by" uuid,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "grants_pk" PRIMARY KEY("id"),
	CONSTRAINT "grants_prefix_shape" CHECK ("grants"."division_prefix" ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})?$'),
	CONSTRAINT "grants_not_to_oneself" CHECK ("grants"."granted_by" <> "grants"."user_id")
);
--> statement-breakpoint
CREATE TABLE "preferences" (
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	CONSTRAINT "preferences_pk" PRIMARY KEY("user_id","key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"refresh_hash" "bytea" NOT NULL,
	"former_refresh_hash" "bytea",
	"rotated_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_reason" text,
	"address" text NOT NULL,
	"user_agent" text NOT NULL,
	CONSTRAINT "sessions_pk" PRIMARY KEY("id")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid NOT NULL,
	"username" text collate "C" NOT NULL,
	"display_name" text NOT NULL,
	"organisation_id" uuid,
	"status" text NOT NULL,
	"password_hash" text NOT NULL,
	"password_changed_at" timestamp with time zone NOT NULL,
	"must_change_password" boolean NOT NULL,
	"failed_attempts" integer DEFAULT 0 NOT NULL,
	"last_failed_at" timestamp with time zone,
	"locked_until" timestamp with time zone,
	"totp_secret" "bytea",
	"totp_confirmed_at" timestamp with time zone,
	"totp_last_step" bigint,
	"recovery_code_hashes" text[] DEFAULT '{}' NOT NULL,
	"last_sign_in_at" timestamp with time zone,
	"version" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "users_pk" PRIMARY KEY("id"),
	CONSTRAINT "users_status" CHECK ("users"."status" in ('active', 'disabled'))
);
--> statement-breakpoint
CREATE TABLE "division_changes" (
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"from_codes" text[] NOT NULL,
	"to_codes" text[] NOT NULL,
	"effective_on" date NOT NULL,
	"source_document" text NOT NULL,
	"moved" jsonb NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	CONSTRAINT "division_changes_pk" PRIMARY KEY("id")
);
--> statement-breakpoint
CREATE TABLE "division_successions" (
	"change_id" uuid NOT NULL,
	"from_code" text collate "C" NOT NULL,
	"to_code" text collate "C" NOT NULL,
	"effective_on" date NOT NULL,
	"population_share" numeric(6, 5),
	"origin_share" numeric(6, 5) NOT NULL,
	CONSTRAINT "division_successions_pk" PRIMARY KEY("change_id","from_code","to_code"),
	CONSTRAINT "division_successions_share" CHECK ("division_successions"."population_share" between 0 and 1),
	CONSTRAINT "division_successions_origin" CHECK ("division_successions"."origin_share" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "divisions" (
	"code" text collate "C" NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"name" text NOT NULL,
	"pinyin" text collate "C" NOT NULL,
	"initials" text collate "C" NOT NULL,
	"level" smallint NOT NULL,
	"parent_code" text collate "C",
	"urban_rural" text,
	"successors" text[] DEFAULT '{}' NOT NULL,
	"source_document" text,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "divisions_pk" PRIMARY KEY("code","valid_from"),
	CONSTRAINT "divisions_code_has_12_digits" CHECK ("divisions"."code" ~ '^[0-9]{12}$'),
	CONSTRAINT "divisions_level_1_to_5" CHECK ("divisions"."level" between 1 and 5),
	CONSTRAINT "divisions_valid_in_order" CHECK ("divisions"."valid_to" is null or "divisions"."valid_to" >= "divisions"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid NOT NULL,
	"code" text NOT NULL,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"credit_code" text,
	"division_code" text collate "C" NOT NULL,
	"parent_id" uuid,
	"licence_number" text,
	"licence_valid_until" date,
	"midwifery_licence" boolean NOT NULL,
	"family_planning_licence" boolean NOT NULL,
	"digitised" boolean NOT NULL,
	"status" text NOT NULL,
	"version" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "organisations_pk" PRIMARY KEY("id"),
	CONSTRAINT "organisations_not_own_parent" CHECK ("organisations"."parent_id" <> "organisations"."id"),
	CONSTRAINT "organisations_status" CHECK ("organisations"."status" in ('active', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "person_exports" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"format" text NOT NULL,
	"columns" text[] NOT NULL,
	"unmasked" text[] NOT NULL,
	"filter" jsonb NOT NULL,
	"purpose" text NOT NULL,
	"reason" text NOT NULL,
	"rows" integer NOT NULL,
	"state" text NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"expires_at" timestamp with time zone NOT NULL,
	"downloads" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "person_exports_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "person_exports_state" CHECK ("person_exports"."state" in ('awaiting-approval', 'approved', 'refused', 'expired')),
	CONSTRAINT "person_exports_maker_not_checker" CHECK ("person_exports"."decided_by" <> "person_exports"."requested_by")
);
--> statement-breakpoint
CREATE TABLE "household_members" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"from_on" date,
	"to_on" date,
	"reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "household_members_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "household_members_in_order" CHECK ("household_members"."from_on" is null or "household_members"."to_on" is null or "household_members"."from_on" <= "household_members"."to_on"),
	CONSTRAINT "household_members_relation" CHECK ("household_members"."relation" in ('0', '1', '2', '3', '4', '5', '6', '7', '8'))
);
--> statement-breakpoint
CREATE TABLE "households" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" text collate "C" NOT NULL,
	"type" text NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"address" text,
	"head_person_id" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "households_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "households_type" CHECK ("households"."type" in ('FAMILY', 'COLLECTIVE', 'SINGLE', 'TEMP'))
);
--> statement-breakpoint
CREATE TABLE "import_errors" (
	"county_code" integer NOT NULL,
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"position" smallint NOT NULL,
	"column" text,
	"value_mask" text,
	"code" text NOT NULL,
	"row_cipher" "bytea",
	CONSTRAINT "import_errors_pk" PRIMARY KEY("county_code","import_id","row","position")
);
--> statement-breakpoint
CREATE TABLE "import_mappings" (
	"county_code" integer NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"saved_by" uuid NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "import_mappings_pk" PRIMARY KEY("county_code","kind","source")
);
--> statement-breakpoint
CREATE TABLE "import_reviews" (
	"county_code" integer NOT NULL,
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"proposed" jsonb NOT NULL,
	"phone_cipher" "bytea",
	"phone_hash" "bytea",
	"decision" text NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"reason" text,
	CONSTRAINT "import_reviews_pk" PRIMARY KEY("county_code","import_id","row")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"job_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"file_sha256" text NOT NULL,
	"file_bytes" integer NOT NULL,
	"encoding" text NOT NULL,
	"format" text NOT NULL,
	"headers" text[] NOT NULL,
	"mapping" jsonb NOT NULL,
	"dry_run" boolean NOT NULL,
	"on_match" text NOT NULL,
	"rows_matched" integer DEFAULT 0 NOT NULL,
	"rows_for_review" integer DEFAULT 0 NOT NULL,
	"findings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"notes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"repetition" smallint DEFAULT 0 NOT NULL,
	"applied" boolean DEFAULT false NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "imports_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "imports_kind" CHECK ("imports"."kind" in ('divisions', 'persons', 'households'))
);
--> statement-breakpoint
CREATE TABLE "village_counts" (
	"county_code" integer NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"residents" integer DEFAULT 0 NOT NULL,
	"registered" integer DEFAULT 0 NOT NULL,
	"inflow" integer DEFAULT 0 NOT NULL,
	"away" integer DEFAULT 0 NOT NULL,
	"households" integer DEFAULT 0 NOT NULL,
	"male" integer DEFAULT 0 NOT NULL,
	"female" integer DEFAULT 0 NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "village_counts_pk" PRIMARY KEY("county_code","division_code")
);
--> statement-breakpoint
CREATE TABLE "name_readings" (
	"county_code" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"pinyin" text collate "C" NOT NULL,
	"initials" text collate "C" NOT NULL,
	CONSTRAINT "name_readings_pk" PRIMARY KEY("county_code","person_id","pinyin")
);
--> statement-breakpoint
CREATE TABLE "person_facts" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"occurred_on" date,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"reason" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "person_facts_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "person_facts_void_has_reason" CHECK (("person_facts"."voided_at" is null) = ("person_facts"."void_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "person_merges" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"kept_id" uuid NOT NULL,
	"merged_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"undo" jsonb NOT NULL,
	"kept_version" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid NOT NULL,
	"undone_at" timestamp with time zone,
	"undone_by" uuid,
	"undo_reason" text,
	CONSTRAINT "person_merges_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "person_merges_two_records" CHECK ("person_merges"."kept_id" <> "person_merges"."merged_id")
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text collate "C" NOT NULL,
	"name_tail" text collate "C" GENERATED ALWAYS AS (substr("name", 2)) STORED,
	"name_pinyin" text collate "C" NOT NULL,
	"name_initials" text collate "C" NOT NULL,
	"sex" text NOT NULL,
	"birth_date" date NOT NULL,
	"birth_date_precision" text NOT NULL,
	"id_type" text NOT NULL,
	"id_number_cipher" "bytea",
	"id_number_hash" "bytea",
	"id_number_mask" text,
	"ethnicity" text,
	"education" text,
	"marital_status" text,
	"hukou_division" text collate "C" NOT NULL,
	"hukou_type" text,
	"residence_division" text collate "C" NOT NULL,
	"residence_status" text NOT NULL,
	"residence_since" date,
	"household_id" uuid,
	"relation_to_head" text,
	"phone_cipher" "bytea",
	"phone_hash" "bytea",
	"phone_mask" text,
	"address" text,
	"mother_id" uuid,
	"father_id" uuid,
	"status" text NOT NULL,
	"merged_into" uuid,
	"findings" text[] DEFAULT '{}' NOT NULL,
	"source" text NOT NULL,
	"source_ref" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "persons_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "persons_sex" CHECK ("persons"."sex" in ('0', '1', '2', '9')),
	CONSTRAINT "persons_residence_status" CHECK ("persons"."residence_status" in ('1', '2', '3', '4', '5', '9')),
	CONSTRAINT "persons_status" CHECK ("persons"."status" in ('ACTIVE', 'MOVED_OUT', 'DECEASED', 'MERGED', 'SUSPECT_DUP', 'ARCHIVED')),
	CONSTRAINT "persons_merged_has_target" CHECK (("persons"."status" = 'MERGED') = ("persons"."merged_into" is not null)),
	CONSTRAINT "persons_number_is_whole" CHECK (("persons"."id_number_cipher" is null) = ("persons"."id_number_hash" is null)),
	CONSTRAINT "persons_phone_is_whole" CHECK (("persons"."phone_cipher" is null) = ("persons"."phone_hash" is null)),
	CONSTRAINT "persons_born_within_reason" CHECK ("persons"."birth_date" between date '1880-01-01' and date '2200-01-01'),
	CONSTRAINT "persons_not_own_parent" CHECK ("persons"."mother_id" <> "persons"."id" and "persons"."father_id" <> "persons"."id")
);
--> statement-breakpoint
CREATE TABLE "residence_episodes" (
	"county_code" integer NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"division_code" text collate "C" NOT NULL,
	"from_on" date,
	"to_on" date,
	"status" text NOT NULL,
	"evidence" text,
	"expected_return" date,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	"source" text NOT NULL,
	"source_ref" text,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" text,
	"replaces" uuid,
	CONSTRAINT "residence_episodes_pk" PRIMARY KEY("county_code","id"),
	CONSTRAINT "residence_episodes_in_order" CHECK ("residence_episodes"."from_on" is null or "residence_episodes"."to_on" is null or "residence_episodes"."from_on" < "residence_episodes"."to_on"),
	CONSTRAINT "residence_episodes_void_has_reason" CHECK (("residence_episodes"."voided_at" is null) = ("residence_episodes"."void_reason" is null))
);
--> statement-breakpoint
select app.shard('persons');
--> statement-breakpoint
select app.shard('access_log');
--> statement-breakpoint
select app.shard('access_seal_rows');
--> statement-breakpoint
select app.shard('access_seals');
--> statement-breakpoint
select app.shard('household_members');
--> statement-breakpoint
select app.shard('households');
--> statement-breakpoint
select app.shard('idempotency_keys');
--> statement-breakpoint
select app.shard('import_errors');
--> statement-breakpoint
select app.shard('import_mappings');
--> statement-breakpoint
select app.shard('import_reviews');
--> statement-breakpoint
select app.shard('imports');
--> statement-breakpoint
select app.shard('jobs');
--> statement-breakpoint
select app.shard('name_readings');
--> statement-breakpoint
select app.shard('person_exports');
--> statement-breakpoint
select app.shard('person_facts');
--> statement-breakpoint
select app.shard('person_merges');
--> statement-breakpoint
select app.shard('residence_episodes');
--> statement-breakpoint
select app.shard('village_counts');
--> statement-breakpoint
ALTER TABLE "api_client_secrets" ADD CONSTRAINT "api_client_secrets_client" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_passwords" ADD CONSTRAINT "former_passwords_user" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_user" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preferences" ADD CONSTRAINT "preferences_user" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_organisation" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_parent" FOREIGN KEY ("parent_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_members" ADD CONSTRAINT "household_members_household" FOREIGN KEY ("county_code","household_id") REFERENCES "public"."households"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_members" ADD CONSTRAINT "household_members_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_errors" ADD CONSTRAINT "import_errors_import" FOREIGN KEY ("county_code","import_id") REFERENCES "public"."imports"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_reviews" ADD CONSTRAINT "import_reviews_import" FOREIGN KEY ("county_code","import_id") REFERENCES "public"."imports"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "name_readings" ADD CONSTRAINT "name_readings_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_facts" ADD CONSTRAINT "person_facts_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "residence_episodes" ADD CONSTRAINT "residence_episodes_person" FOREIGN KEY ("county_code","person_id") REFERENCES "public"."persons"("county_code","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_log_by_entity" ON "access_log" USING btree ("county_code","entity_id","id");--> statement-breakpoint
CREATE INDEX "access_log_by_actor" ON "access_log" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "access_seal_rows_by_sequence" ON "access_seal_rows" USING btree ("county_code","sequence","position");--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "jobs_by_maker" ON "jobs" USING btree ("created_by","id");--> statement-breakpoint
CREATE INDEX "jobs_open" ON "jobs" USING btree ("created_at") WHERE "jobs"."state" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "api_client_secrets_by_client" ON "api_client_secrets" USING btree ("client_id");--> statement-breakpoint
CREATE UNIQUE INDEX "api_clients_name" ON "api_clients" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "grants_once" ON "grants" USING btree ("user_id","role","division_prefix") WHERE "grants"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "grants_by_area" ON "grants" USING btree ("division_prefix");--> statement-breakpoint
CREATE INDEX "sessions_by_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_refresh_hash" ON "sessions" USING btree ("refresh_hash");--> statement-breakpoint
CREATE INDEX "sessions_former_refresh_hash" ON "sessions" USING btree ("former_refresh_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "users_username" ON "users" USING btree ("username");--> statement-breakpoint
CREATE INDEX "division_changes_by_day" ON "division_changes" USING btree ("effective_on");--> statement-breakpoint
CREATE INDEX "division_successions_by_from" ON "division_successions" USING btree ("from_code","effective_on");--> statement-breakpoint
CREATE INDEX "division_successions_by_to" ON "division_successions" USING btree ("to_code","effective_on");--> statement-breakpoint
CREATE UNIQUE INDEX "divisions_one_open_row" ON "divisions" USING btree ("code") WHERE "divisions"."valid_to" is null;--> statement-breakpoint
CREATE INDEX "divisions_by_parent" ON "divisions" USING btree ("parent_code","code");--> statement-breakpoint
CREATE INDEX "divisions_by_pinyin" ON "divisions" USING btree ("pinyin");--> statement-breakpoint
CREATE INDEX "divisions_by_initials" ON "divisions" USING btree ("initials");--> statement-breakpoint
CREATE UNIQUE INDEX "organisations_code" ON "organisations" USING btree ("code");--> statement-breakpoint
CREATE UNIQUE INDEX "organisations_credit_code" ON "organisations" USING btree ("credit_code") WHERE "organisations"."credit_code" is not null;--> statement-breakpoint
CREATE INDEX "organisations_by_division" ON "organisations" USING btree ("division_code","id");--> statement-breakpoint
CREATE INDEX "person_exports_by_maker" ON "person_exports" USING btree ("requested_by","id");--> statement-breakpoint
CREATE INDEX "person_exports_open" ON "person_exports" USING btree ("county_code","id") WHERE "person_exports"."state" = 'awaiting-approval';--> statement-breakpoint
CREATE INDEX "household_members_by_household" ON "household_members" USING btree ("county_code","household_id");--> statement-breakpoint
CREATE UNIQUE INDEX "household_members_one_at_a_time" ON "household_members" USING btree ("county_code","person_id") WHERE "household_members"."to_on" is null and "household_members"."voided_at" is null;--> statement-breakpoint
CREATE INDEX "household_members_by_person" ON "household_members" USING btree ("county_code","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "households_number" ON "households" USING btree ("county_code","number");--> statement-breakpoint
CREATE INDEX "households_by_division" ON "households" USING btree ("county_code","division_code","id");--> statement-breakpoint
CREATE UNIQUE INDEX "imports_same_file" ON "imports" USING btree ("county_code","kind","file_sha256","division_code","repetition") WHERE "imports"."applied";--> statement-breakpoint
CREATE INDEX "imports_by_maker" ON "imports" USING btree ("created_by","id");--> statement-breakpoint
CREATE INDEX "name_readings_by_pinyin" ON "name_readings" USING btree ("county_code","pinyin","person_id");--> statement-breakpoint
CREATE INDEX "name_readings_by_initials" ON "name_readings" USING btree ("county_code","initials","person_id");--> statement-breakpoint
CREATE INDEX "person_facts_by_person" ON "person_facts" USING btree ("county_code","person_id","id");--> statement-breakpoint
CREATE INDEX "person_merges_by_kept" ON "person_merges" USING btree ("county_code","kept_id");--> statement-breakpoint
CREATE UNIQUE INDEX "person_merges_once" ON "person_merges" USING btree ("county_code","merged_id") WHERE "person_merges"."undone_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "persons_id_number" ON "persons" USING btree ("county_code","id_number_hash") WHERE "persons"."status" <> 'MERGED' and "persons"."id_number_hash" is not null;--> statement-breakpoint
CREATE INDEX "persons_by_residence" ON "persons" USING btree ("county_code","residence_division","id");--> statement-breakpoint
CREATE INDEX "persons_by_hukou" ON "persons" USING btree ("county_code","hukou_division","id");--> statement-breakpoint
CREATE INDEX "persons_by_name" ON "persons" USING btree ("county_code","name","id");--> statement-breakpoint
CREATE INDEX "persons_by_name_tail" ON "persons" USING btree ("county_code","name_tail","id");--> statement-breakpoint
CREATE INDEX "persons_by_pinyin" ON "persons" USING btree ("county_code","name_pinyin","id");--> statement-breakpoint
CREATE INDEX "persons_by_initials" ON "persons" USING btree ("county_code","name_initials","id");--> statement-breakpoint
CREATE INDEX "persons_by_phone" ON "persons" USING btree ("county_code","phone_hash") WHERE "persons"."phone_hash" is not null;--> statement-breakpoint
CREATE INDEX "persons_elsewhere" ON "persons" USING btree ("county_code","hukou_division","residence_division","id") WHERE "persons"."residence_division" <> "persons"."hukou_division";--> statement-breakpoint
CREATE INDEX "persons_by_mother" ON "persons" USING btree ("county_code","mother_id") WHERE "persons"."mother_id" is not null;--> statement-breakpoint
CREATE INDEX "persons_by_father" ON "persons" USING btree ("county_code","father_id") WHERE "persons"."father_id" is not null;--> statement-breakpoint
CREATE INDEX "persons_by_household" ON "persons" USING btree ("county_code","household_id") WHERE "persons"."household_id" is not null;--> statement-breakpoint
CREATE INDEX "residence_episodes_by_place" ON "residence_episodes" USING btree ("county_code","division_code");