/** The two tenants are roles without a login: whoever connects takes one of them on. They are shared by a whole cluster. */
export const ROLES = `
do $$
declare tenant text;
begin
  perform pg_advisory_xact_lock(hashtext('concord roles'));
  foreach tenant in array array['concord_gateway', 'concord_connectors'] loop
    if not exists (select 1 from pg_roles where rolname = tenant) then
      execute format('create role %I nologin', tenant);
    end if;
    execute format('grant %I to current_user', tenant);
  end loop;
end $$;

create schema cases;
create schema cases_v1;
create schema exchange;
create schema exchange_v1;
grant usage on schema cases, exchange_v1, exchange to concord_gateway;
grant usage on schema exchange, cases_v1 to concord_connectors;
`;
