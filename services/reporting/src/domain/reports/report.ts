import { invalidField, Refused } from '@cartage/eventsourcing';

export const formats = ['csv', 'parquet'] as const;
export type Format = (typeof formats)[number];

/** A value that is bound to `$1`, `$2`, … in their order: said, or a day so long before the one that the run is planned for. */
export interface Parameter {
  readonly name: string;
  readonly value?: string;
  readonly daysAgo?: number;
}

/** When it runs by itself: five fields of cron, as clocks show it in that zone. */
export interface Schedule {
  readonly cron: string;
  readonly timeZone: string;
}

/** What somebody asked to be run. */
export interface ReportDefinition {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  readonly formats: readonly Format[];
  readonly schedule?: Schedule;
  /** Where it is told that a run has ended. */
  readonly webhook?: string;
  /** Who gets a mail then. */
  readonly recipients?: readonly string[];
}

/** A column of the answer, by its name in Postgres and its type there. */
export interface ReportColumn {
  readonly name: string;
  readonly type: string;
}

export interface Report extends ReportDefinition {
  readonly name: string;
  /** Counts its changes, from 1. */
  readonly revision: number;
  readonly columns: readonly ReportColumn[];
  readonly changedAt: string;
  readonly changedBy: string;
  /** When it runs next by itself. */
  readonly nextAt?: string;
}

/** Values that somebody names for one run, by the names of their parameters. */
export type GivenValues = Readonly<Record<string, string>>;

const UTC = 'UTC';
const DAY_MS = 86_400_000;

/** The date that calendars show there at that time. */
const dayIn = (timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);

const requireKnown = (parameters: readonly Parameter[], given: GivenValues): void => {
  const unknown = Object.keys(given).find((name) => !parameters.some((each) => each.name === name));
  if (unknown === undefined) return;
  const known = parameters.map(({ name }) => name).join(', ');
  throw invalidField(
    `parameters.${unknown}`,
    'PARAMETER_UNKNOWN',
    known === '' ? 'The report has no parameters: leave it out.' : `The report has no such parameter: name one of ${known}.`,
  );
};

/** What is bound, in the order of the parameters: as given for this run, else as the report says it. */
export const boundValues = (
  { parameters, schedule }: Pick<ReportDefinition, 'parameters' | 'schedule'>,
  plannedFor: Date,
  given: GivenValues = {},
): readonly string[] => {
  requireKnown(parameters, given);
  const today = dayIn(schedule?.timeZone ?? UTC, plannedFor);
  return parameters.map(({ name, value = '', daysAgo }) =>
    Object.hasOwn(given, name) ? (given[name] ?? '') : daysAgo === undefined ? value : daysBefore(today, daysAgo),
  );
};

const parameterFault = ({ value, daysAgo }: Parameter): string | undefined => {
  if (value === undefined && daysAgo === undefined) return 'Say its `value`, or how many `daysAgo` the day is that it means.';
  return value !== undefined && daysAgo !== undefined ? 'Say `value` or `daysAgo`, not both.' : undefined;
};

/** Refuses what no run could bind. */
export const requireBindable = (parameters: readonly Parameter[]): void => {
  for (const [i, parameter] of parameters.entries()) {
    const fault = parameterFault(parameter);
    if (fault !== undefined) throw invalidField(`parameters[${i}]`, 'PARAMETER_UNCLEAR', fault);
    if (parameters.findIndex(({ name }) => name === parameter.name) < i)
      throw invalidField(
        `parameters[${i}].name`,
        'PARAMETER_TWICE',
        `There are two parameters ${parameter.name}: give each a name of its own.`,
      );
  }
};

/** Refuses an answer that no file could have: columns are known by their names. */
export const requireColumns = (columns: readonly ReportColumn[]): void => {
  const twice = columns.find(({ name }, i) => columns.findIndex((each) => each.name === name) < i);
  if (twice)
    throw invalidField('sql', 'COLUMN_TWICE', `Two columns are called ${twice.name}: give each a name of its own, such as \`… as total\`.`);
  if (columns.length === 0) throw invalidField('sql', 'COLUMNS_MISSING', 'It answers with no column: select one at least.');
};

export const unknownReport = (name: string): Refused => new Refused('REPORT_UNKNOWN', `There is no report ${name}.`, 'unknown');
