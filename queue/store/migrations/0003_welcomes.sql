CREATE TABLE "welcomes" (
	"platform" text NOT NULL,
	"external_id" text NOT NULL,
	"place" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sending_at" timestamp with time zone,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "welcomes_platform_external_id_index" ON "welcomes" USING btree ("platform","external_id");