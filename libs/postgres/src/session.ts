import type { ClientConfig } from 'pg';

/**
 * What every session is asked to keep to, so that none outlives its process by more than 15 s and none waits for ever: a host that dies without
 * a word is found out by keepalives, a process that hangs by what it leaves open. Locks and transactions go with the session.
 */
export const SESSION_SETTINGS: Readonly<Record<string, string>> = {
  tcp_keepalives_idle: '5',
  tcp_keepalives_interval: '3',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '14000',
  idle_in_transaction_session_timeout: '14000',
  lock_timeout: '10000',
  statement_timeout: '30000',
};

/** The options of a connection: the settings above, and a search path of one schema. */
export const sessionOptions = (schema?: string): string =>
  Object.entries(schema === undefined ? SESSION_SETTINGS : { ...SESSION_SETTINGS, search_path: schema })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');

/** How a client finds out that the server has gone. */
export const CONNECTION: Pick<ClientConfig, 'keepAlive' | 'keepAliveInitialDelayMillis'> & { readonly connectionTimeoutMillis: number } = {
  keepAlive: true,
  keepAliveInitialDelayMillis: 5_000,
  connectionTimeoutMillis: 10_000,
};
