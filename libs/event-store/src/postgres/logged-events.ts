/*
 * The log in a service's own SQL, whether an event is in the table or archived: text of subqueries, whose rows have the columns `id`, `position`, `stream`,
 * `version`, `type`, `data` and `recorded_at`. Of an archived event `type` and `data` say what its service keeps of it (`Excerpts`), and nothing where that is
 * nothing. Arguments are SQL, too: columns or parameters of the query around it.
 */

const IN_TABLE = 'select e.id, e.position, e.stream, e.version, e.type, e.data, e.recorded_at from events e';

const UNNESTED = `unnest(a.ids, a.positions, a.recorded, a.excerpts) with ordinality as u (id, position, recorded_at, excerpt, nth)`;

const VERSION = 'a.version - cardinality(a.ids) + u.nth::integer';

const ARCHIVED = `
  select u.id, u.position, a.stream, ${VERSION}, u.excerpt::json ->> 'type', u.excerpt::json, u.recorded_at
  from archived_stream a cross join lateral ${UNNESTED}`;

/** All of them. */
export const LOGGED_EVENTS = `(${IN_TABLE} union all ${ARCHIVED})`;

/** The one with this id, by an index. To be joined laterally. */
export const loggedEvent = (id: string): string =>
  `(${IN_TABLE} where e.id = ${id} union all ${ARCHIVED} where a.ids @> array[${id}] and u.id = ${id})`;

/** Those of a stream that were recorded from one instant to another, both included: other stretches of the stream are passed over. To be joined laterally. */
export const loggedBetween = (stream: string, from: string, to: string): string => `(
  ${IN_TABLE} where e.stream = ${stream} and e.recorded_at between ${from} and ${to}
  union all
  ${ARCHIVED} where a.stream = ${stream} and ${to} >= any (a.recorded) and ${from} <= any (a.recorded)
    and u.recorded_at between ${from} and ${to}
)`;

/**
 * A value of the last event of a stream of which a condition holds, null without one; both may ask for `e.type`, `e.data` and `e.recorded_at`. What is archived is
 * older than what is in the table, and looked at only where nothing is found there, from its last stretch back.
 */
export const lastLogged = (stream: string, { value, where }: { readonly value: string; readonly where: string }): string => `coalesce((
  select ${value} from events e where e.stream = ${stream} and ${where} order by e.version desc limit 1
), (
  select last.value from archived_stream a cross join lateral (
    select ${value} as value from (
      select u.excerpt::json ->> 'type' as type, u.excerpt::json as data, u.recorded_at, u.nth from ${UNNESTED}
    ) e where ${where} order by e.nth desc limit 1
  ) last where a.stream = ${stream} order by a.version desc limit 1
))`;
