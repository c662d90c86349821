import { escapeIdentifier as quoted, escapeLiteral as literal } from 'pg';
import { questions } from '../../domain/questions/catalogue';
import { viewNameOf, viewTextOf, type Question, type QuestionColumn } from '../../domain/questions/question';
import { feeds } from '../../domain/feeds';
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
  ...questions.map(questionName),
];
