CREATE TABLE "actions" (
	"id" text PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"system_id" text NOT NULL,
	"team_id" text NOT NULL,
	"kind" text NOT NULL,
	"purge" boolean DEFAULT false NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"result" jsonb,
	"requested_by" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"actor" jsonb NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"outcome" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "build_events" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"build_id" text NOT NULL,
	"stage" text NOT NULL,
	"step" text NOT NULL,
	"done" integer,
	"total" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "builds" (
	"id" text PRIMARY KEY NOT NULL,
	"system_id" text NOT NULL,
	"revision_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"team_id" text NOT NULL,
	"number" integer NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"admitted_at" timestamp with time zone,
	"attempt" integer DEFAULT 0 NOT NULL,
	"crashes" integer DEFAULT 0 NOT NULL,
	"trace_id" text NOT NULL,
	"stage" text,
	"commit" text,
	"release" jsonb,
	"url" text,
	"previous_build_id" text,
	"error" jsonb,
	"requested_by" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"key" text NOT NULL,
	"card" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"shown_version" integer DEFAULT 0 NOT NULL,
	"message" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"platform" text NOT NULL,
	"thread" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"system_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deployments" (
	"id" text PRIMARY KEY NOT NULL,
	"system_id" text NOT NULL,
	"build_id" text NOT NULL,
	"target" text NOT NULL,
	"status" text NOT NULL,
	"url" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" text PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"system_id" text,
	"base_revision_id" text,
	"text" text NOT NULL,
	"answers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"result" jsonb,
	"actor" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"build_id" text NOT NULL,
	"check" text NOT NULL,
	"tool" text NOT NULL,
	"version" text NOT NULL,
	"digest" text NOT NULL,
	"result" text NOT NULL,
	"seconds" double precision NOT NULL,
	"summary" text NOT NULL,
	"passed" integer,
	"failed" integer,
	"detail" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"event_id" text NOT NULL,
	"event" jsonb NOT NULL,
	"actor" jsonb NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pictures" (
	"revision_id" text PRIMARY KEY NOT NULL,
	"svg" text NOT NULL,
	"png" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revisions" (
	"id" text PRIMARY KEY NOT NULL,
	"system_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"draft_id" text,
	"number" integer NOT NULL,
	"base_revision_id" text,
	"architecture" text NOT NULL,
	"deployment" text NOT NULL,
	"digest" text NOT NULL,
	"components" jsonb NOT NULL,
	"card" jsonb NOT NULL,
	"status" text DEFAULT 'proposed' NOT NULL,
	"decided_by" jsonb,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stage_outputs" (
	"build_id" text NOT NULL,
	"key" text NOT NULL,
	"output" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "systems" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"revision_id" text,
	"build_id" text,
	"url" text,
	"created_by" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" text PRIMARY KEY NOT NULL,
	"platform" text NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_system_id_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "build_events" ADD CONSTRAINT "build_events_build_id_builds_id_fk" FOREIGN KEY ("build_id") REFERENCES "public"."builds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "builds" ADD CONSTRAINT "builds_system_id_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "builds" ADD CONSTRAINT "builds_revision_id_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_system_id_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_build_id_builds_id_fk" FOREIGN KEY ("build_id") REFERENCES "public"."builds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_build_id_builds_id_fk" FOREIGN KEY ("build_id") REFERENCES "public"."builds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox" ADD CONSTRAINT "inbox_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pictures" ADD CONSTRAINT "pictures_revision_id_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_system_id_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_outputs" ADD CONSTRAINT "stage_outputs_build_id_builds_id_fk" FOREIGN KEY ("build_id") REFERENCES "public"."builds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "systems" ADD CONSTRAINT "systems_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "actions_conversation_id_index" ON "actions" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "actions_status_index" ON "actions" USING btree ("status");--> statement-breakpoint
CREATE INDEX "audit_team_id_index" ON "audit" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "build_events_build_id_index" ON "build_events" USING btree ("build_id");--> statement-breakpoint
CREATE UNIQUE INDEX "builds_system_id_number_index" ON "builds" USING btree ("system_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "one_build_per_revision" ON "builds" USING btree ("revision_id") WHERE status in ('queued', 'running', 'succeeded');--> statement-breakpoint
CREATE INDEX "builds_status_index" ON "builds" USING btree ("status");--> statement-breakpoint
CREATE UNIQUE INDEX "cards_conversation_id_key_index" ON "cards" USING btree ("conversation_id","key");--> statement-breakpoint
CREATE INDEX "cards_conversation_id_index" ON "cards" USING btree ("conversation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_team_id_platform_thread_index" ON "conversations" USING btree ("team_id","platform","thread");--> statement-breakpoint
CREATE UNIQUE INDEX "one_live_deployment" ON "deployments" USING btree ("system_id") WHERE status = 'live';--> statement-breakpoint
CREATE UNIQUE INDEX "deployments_build_id_index" ON "deployments" USING btree ("build_id");--> statement-breakpoint
CREATE INDEX "drafts_conversation_id_index" ON "drafts" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "drafts_status_index" ON "drafts" USING btree ("status");--> statement-breakpoint
CREATE UNIQUE INDEX "evidence_build_id_check_index" ON "evidence" USING btree ("build_id","check");--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_event_id_index" ON "inbox" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "inbox_conversation_id_status_index" ON "inbox" USING btree ("conversation_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "revisions_system_id_number_index" ON "revisions" USING btree ("system_id","number");--> statement-breakpoint
CREATE INDEX "revisions_conversation_id_index" ON "revisions" USING btree ("conversation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "stage_outputs_build_id_key_index" ON "stage_outputs" USING btree ("build_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "systems_team_id_slug_index" ON "systems" USING btree ("team_id","slug") WHERE status <> 'removed';--> statement-breakpoint
CREATE UNIQUE INDEX "teams_platform_external_id_index" ON "teams" USING btree ("platform","external_id");