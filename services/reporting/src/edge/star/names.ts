import { escapeIdentifier as quoted, escapeLiteral as literal } from 'pg';
import { questions } from '../../domain/questions/catalogue';
import { viewNameOf, viewTextOf, type Question, type QuestionColumn } from '../../domain/questions/question';
import { historyColumns, keyOf } from '../../domain/history';
import { star, tableNamed } from '../../domain/star';
import { feeds } from '../../domain/feeds';
import type { Column, Table } from '../../domain/table';
import { tableIn } from './definition';

/** Not for analysts: what was heard of each subject, and what should have been. */
export const internalTables = (generation: string): readonly string[] => [
  `create table ${quoted(tableIn(generation, 'heard'))} (
     topic text not null, subject text collate "C" not null, sequence bigint not null, primary key (topic, subject)) with (fillfactor = 85)`,
  `create table ${quoted(tableIn(generation, 'missing_event'))} (
     topic text not null, subject text not null, sequence bigint not null, noticed_at timestamptz not null default now(),
     primary key (topic, subject, sequence))`,
];

/** A name that shows what is made of the star. */
export interface PublicName {
  readonly view: string;
  readonly about: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly sql: string;
}

const fed = Object.entries(feeds)
  .flatMap(([table, topics]) => topics.map((topic) => `(${literal(table)}, ${literal(topic)})`))
  .join(', ');

const freshness = (generation: string): PublicName => ({
  view: 'freshness',
  about: 'How fresh is each table of the star? One row for each table and each topic that feeds it.',
  columns: {
    table_name: 'The table.',
    topic: 'The topic that feeds it.',
    heard_until:
      'When the newest event of the topic that is in the star was recorded, UTC. Null: none is yet. It stands still while nothing happens.',
    events: 'Events of the topic that are in the star.',
    missing: 'Events of the topic that should have come and have not, for later ones of the same subject have. 0 is the rule.',
  },
  sql: `select f.table_name, f.topic, p.heard_until, coalesce(p.events, 0)::bigint as events,
      (select count(*) from ${quoted(tableIn(generation, 'missing_event'))} m where m.topic = f.topic) as missing
    from (values ${fed}) as f(table_name, topic) left join progress p on p.generation = ${literal(generation)} and p.topic = f.topic`,
});

const missing = (generation: string): PublicName => ({
  view: 'missing_event',
  about: 'Events that should have come and have not: each subject counts its events on a topic from 1 without gaps. None is the rule.',
  columns: {
    topic: 'The topic.',
    subject: 'What the event is about.',
    sequence: 'Its number among the events of the subject.',
    noticed_at: 'When a later one came, UTC.',
  },
  sql: `select topic, subject, sequence, noticed_at from ${quoted(tableIn(generation, 'missing_event'))}`,
});

/** What a dimension has for what nobody has described yet: its key, and what it is called. */
const undescribed = ({ columns, versionsOf = '' }: Table): string => {
  const dimension = tableNamed(versionsOf);
  const key = keyOf(dimension);
  const names = new Set(Object.keys(dimension.naming?.('') ?? {}));
  const cell = ([name, { type, merging }]: readonly [string, Column]): string => {
    if (name === key || merging === 'key') return quoted(key);
    return names.has(name) ? quoted(name) : `null::${type}`;
  };
  return Object.entries<Column>(columns).map(cell).join(', ');
};

/** A version holds until the next one does; what is told first of a thing is that nobody had described it. */
const history = (generation: string, table: Table): PublicName => {
  const shown = historyColumns(table);
  const dimension = tableNamed(table.versionsOf ?? '');
  const key = quoted(keyOf(dimension));
  const all = Object.keys(table.columns).map(quoted).join(', ');
  const own = Object.keys(table.columns)
    .filter((column) => column in shown)
    .map(quoted)
    .join(', ');
  return {
    view: table.name,
    about: `${table.about} What happened at an instant joins the one row with the same ${keyOf(dimension)} where valid_from <= instant and instant < valid_to.`,
    columns: shown,
    sql: `with version as (select ${all} from ${quoted(tableIn(generation, table.name))}
        union all select ${undescribed(table)} from ${quoted(tableIn(generation, dimension.name))}),
      begun as (select ${own}, coalesce(max(changed_at) over w, '0001-01-01T00:00:00Z'::timestamptz) as valid_from
        from version window w as (partition by ${key} order by revision nulls first))
      select ${own}, valid_from, lead(valid_from, 1, '9999-12-31T00:00:00Z'::timestamptz) over w as valid_to, lead(valid_from) over w is null as is_current
      from begun window w as (partition by ${key} order by revision nulls first)`,
  };
};

const questionName = (question: Question): PublicName => ({
  view: viewNameOf(question),
  about: `${question.asks} ${question.reading}`,
  columns: Object.fromEntries(Object.entries<QuestionColumn>(question.columns).map(([column, { about }]) => [column, about])),
  sql: viewTextOf(question),
});

/** In an order in which each may be made of those before it. */
export const publicNames = (generation: string): readonly PublicName[] => [
  freshness(generation),
  missing(generation),
  ...star.filter(({ versionsOf }) => versionsOf !== undefined).map((each) => history(generation, each)),
  ...questions.map(questionName),
];
