-- One role for each service, which owns its schema and can read no other; and one for the vault of data keys, which all of them share.
-- Run by the Postgres image on an empty data folder; by hand elsewhere: CARTAGE_DB_PASSWORD=… psql -f deploy/compose/roles.sql <database>
\getenv password CARTAGE_DB_PASSWORD

create role cartage_order login password :'password';
create role cartage_inventory login password :'password';
create role cartage_payment_verification login password :'password';
create role cartage_fulfillment_routing login password :'password';
create role cartage_shipping login password :'password';
create role cartage_returns login password :'password';
create role cartage_notifications login password :'password';
create role cartage_audit login password :'password';
create role cartage_reporting login password :'password';
create role cartage_vault login password :'password';

create schema orders authorization cartage_order;
create schema inventory authorization cartage_inventory;
create schema payments authorization cartage_payment_verification;
create schema fulfillment authorization cartage_fulfillment_routing;
create schema shipping authorization cartage_shipping;
create schema returns authorization cartage_returns;
create schema notifications authorization cartage_notifications;
create schema audit authorization cartage_audit;
create schema reporting authorization cartage_reporting;
create schema vault authorization cartage_vault;

-- `create schema if not exists`, which every service says at its start, asks for this right even where the schema is there.
select format('grant create on database %I to cartage_order, cartage_inventory, cartage_payment_verification, cartage_fulfillment_routing, cartage_shipping, cartage_returns, cartage_notifications, cartage_audit, cartage_reporting, cartage_vault', current_database()) \gexec

-- Who asks the numbers: may read the star of the reporting service, which grants it, and nothing else; within limits of time and connections.
create role cartage_analyst login password :'password' connection limit 10;
alter role cartage_analyst set default_transaction_read_only = on;
alter role cartage_analyst set statement_timeout = '30s';
alter role cartage_analyst set idle_in_transaction_session_timeout = '60s';
alter role cartage_analyst set search_path = reporting;
