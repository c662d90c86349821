-- Roles with least rights, for psql. Written by `npm run reference`; `npm run roles -- apply` does the same, with a password of its own for each.
-- Run by the Postgres image on an empty data folder; by hand elsewhere: CARTAGE_DB_PASSWORD=… psql -f deploy/compose/roles.sql <database>
\getenv password CARTAGE_DB_PASSWORD

-- Who may come in.
do $do$ begin create role "cartage_order"; exception when duplicate_object then null; end $do$;
alter role "cartage_order" login password :'password';
do $do$ begin create role "cartage_inventory"; exception when duplicate_object then null; end $do$;
alter role "cartage_inventory" login password :'password';
do $do$ begin create role "cartage_payment_verification"; exception when duplicate_object then null; end $do$;
alter role "cartage_payment_verification" login password :'password';
do $do$ begin create role "cartage_fulfillment_routing"; exception when duplicate_object then null; end $do$;
alter role "cartage_fulfillment_routing" login password :'password';
do $do$ begin create role "cartage_shipping"; exception when duplicate_object then null; end $do$;
alter role "cartage_shipping" login password :'password';
do $do$ begin create role "cartage_returns"; exception when duplicate_object then null; end $do$;
alter role "cartage_returns" login password :'password';
do $do$ begin create role "cartage_notifications"; exception when duplicate_object then null; end $do$;
alter role "cartage_notifications" login password :'password';
do $do$ begin create role "cartage_audit"; exception when duplicate_object then null; end $do$;
alter role "cartage_audit" login password :'password';
do $do$ begin create role "cartage_reporting"; exception when duplicate_object then null; end $do$;
alter role "cartage_reporting" login password :'password';
do $do$ begin create role "cartage_subscriptions"; exception when duplicate_object then null; end $do$;
alter role "cartage_subscriptions" login password :'password';
do $do$ begin create role "cartage_console"; exception when duplicate_object then null; end $do$;
alter role "cartage_console" login password :'password';
do $do$ begin create role "cartage_vault"; exception when duplicate_object then null; end $do$;
alter role "cartage_vault" login password :'password';
do $do$ begin create role "cartage_migrator"; exception when duplicate_object then null; end $do$;
alter role "cartage_migrator" login password :'password';
do $do$ begin create role "cartage_analyst"; exception when duplicate_object then null; end $do$;
alter role "cartage_analyst" login password :'password';

-- Each owns its schema and can read no other; the vault of data keys is shared by all services.
do $do$ begin if not (select rolsuper from pg_roles where rolname = current_user) then execute format('grant "cartage_order", "cartage_inventory", "cartage_payment_verification", "cartage_fulfillment_routing", "cartage_shipping", "cartage_returns", "cartage_notifications", "cartage_audit", "cartage_reporting", "cartage_subscriptions", "cartage_console", "cartage_vault" to %I', current_user); end if; end $do$;
create schema if not exists orders authorization "cartage_order";
alter schema orders owner to "cartage_order";
create schema if not exists inventory authorization "cartage_inventory";
alter schema inventory owner to "cartage_inventory";
create schema if not exists payments authorization "cartage_payment_verification";
alter schema payments owner to "cartage_payment_verification";
create schema if not exists fulfillment authorization "cartage_fulfillment_routing";
alter schema fulfillment owner to "cartage_fulfillment_routing";
create schema if not exists shipping authorization "cartage_shipping";
alter schema shipping owner to "cartage_shipping";
create schema if not exists returns authorization "cartage_returns";
alter schema returns owner to "cartage_returns";
create schema if not exists notifications authorization "cartage_notifications";
alter schema notifications owner to "cartage_notifications";
create schema if not exists audit authorization "cartage_audit";
alter schema audit owner to "cartage_audit";
create schema if not exists reporting authorization "cartage_reporting";
alter schema reporting owner to "cartage_reporting";
create schema if not exists subscriptions authorization "cartage_subscriptions";
alter schema subscriptions owner to "cartage_subscriptions";
create schema if not exists console authorization "cartage_console";
alter schema console owner to "cartage_console";
create schema if not exists vault authorization "cartage_vault";
alter schema vault owner to "cartage_vault";
do $do$ declare statement text; begin for statement in
  with owner (name, schema) as (values ('cartage_order', 'orders'), ('cartage_inventory', 'inventory'), ('cartage_payment_verification', 'payments'), ('cartage_fulfillment_routing', 'fulfillment'), ('cartage_shipping', 'shipping'), ('cartage_returns', 'returns'), ('cartage_notifications', 'notifications'), ('cartage_audit', 'audit'), ('cartage_reporting', 'reporting'), ('cartage_subscriptions', 'subscriptions'), ('cartage_console', 'console'), ('cartage_vault', 'vault'))
  select format('alter table %s owner to %I', oid::regclass, name) from pg_class join owner on relnamespace = schema::regnamespace and relowner <> name::regrole
  where relkind in ('r', 'p', 'v', 'm')
    or relkind = 'S' and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype in ('a', 'i'))
  union all
  select format('alter routine %s owner to %I', oid::regprocedure, name) from pg_proc join owner on pronamespace = schema::regnamespace and proowner <> name::regrole
loop execute statement; end loop; end $do$;

-- Nobody else comes in, and none of them makes schemas or temporary tables.
do $do$ begin execute format('revoke all on database %I from public', current_database()); end $do$;
do $do$ begin execute format('revoke all on database %I from "cartage_order", "cartage_inventory", "cartage_payment_verification", "cartage_fulfillment_routing", "cartage_shipping", "cartage_returns", "cartage_notifications", "cartage_audit", "cartage_reporting", "cartage_subscriptions", "cartage_console", "cartage_vault", "cartage_migrator", "cartage_analyst"', current_database()); end $do$;
do $do$ begin execute format('grant connect on database %I to "cartage_order", "cartage_inventory", "cartage_payment_verification", "cartage_fulfillment_routing", "cartage_shipping", "cartage_returns", "cartage_notifications", "cartage_audit", "cartage_reporting", "cartage_subscriptions", "cartage_console", "cartage_vault", "cartage_migrator", "cartage_analyst"', current_database()); end $do$;

-- Who brings tables up to date before a rollout, where the services’ own passwords are not to be used for that.
alter role "cartage_migrator" noinherit connection limit 20;
grant "cartage_order", "cartage_inventory", "cartage_payment_verification", "cartage_fulfillment_routing", "cartage_shipping", "cartage_returns", "cartage_notifications", "cartage_audit", "cartage_reporting", "cartage_subscriptions", "cartage_console", "cartage_vault" to "cartage_migrator";

-- Who asks the numbers: reads the names of the star, which the reporting service grants, and nothing else.
alter role "cartage_analyst" connection limit 10;
alter role "cartage_analyst" set default_transaction_read_only = on;
alter role "cartage_analyst" set statement_timeout = '30s';
alter role "cartage_analyst" set lock_timeout = '5s';
alter role "cartage_analyst" set idle_in_transaction_session_timeout = '60s';
alter role "cartage_analyst" set work_mem = '32MB';
alter role "cartage_analyst" set search_path = reporting;
do $do$ begin if (select rolsuper from pg_roles where rolname = current_user) then alter role "cartage_analyst" set temp_file_limit = '2GB'; end if; end $do$;
