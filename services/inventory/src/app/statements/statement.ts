import type { Evidence } from '../../domain/statements/cause';
import type { Difference } from '../../domain/statements/difference';
import type { DriftTolerance, WatchedDifference } from '../../domain/watching/drift';
import type { AlertEvent, StandingAlert } from '../../domain/watching/alerts';

/** What is spoken of: a location or a channel. */
export interface StatementPlace {
  readonly location?: string;
  readonly channel?: string;
}

/** What another system believes to have, as of an instant. */
export interface StatementHead extends StatementPlace {
  /** The system that says so: a WMS, a 3PL, a channel. */
  readonly source: string;
  readonly asOf: string;
  /** Of what a whole one does not name, the system has none. */
  readonly whole: boolean;
}

export interface StatedLine {
  readonly sku: string;
  readonly quantity: number;
}

export interface Statement extends StatementHead {
  readonly statementId: string;
  /** `open`: lines are still coming; `given`: all are there; `compared`: with what we had. */
  readonly status: 'open' | 'given' | 'compared';
  readonly lines: number;
  /** SKUs of which they have more or fewer, and by how many units in all. */
  readonly differences: number;
  readonly units: number;
  readonly givenAt: string | null;
  readonly comparedAt: string | null;
}

/** A SKU of a statement beside what we had of it then. */
export interface ComparedSku extends Omit<Evidence, 'before' | 'after' | 'updates'> {
  readonly sku: string;
  /** It was different before. */
  readonly watched: boolean;
}

export type NearEvidence = Pick<Evidence, 'before' | 'after' | 'updates'>;

/** In the transactions of the ledger. */
export interface StatementTransaction {
  /** Keeps everybody else from comparing what is said of this place. */
  lockPlace(place: StatementPlace): Promise<void>;
  /** The next SKUs of a statement, without those of which the same system has said something newer; and the last that was looked at. */
  compared(
    statement: Statement,
    page: { readonly after: string; readonly limit: number },
  ): Promise<{ readonly last: string | undefined; readonly rows: readonly ComparedSku[] }>;
  /** What the books had of it then, as they stand today. */
  oursOf(difference: Difference): Promise<number>;
  nearby(statement: Pick<Statement, 'location' | 'channel' | 'asOf'>, skus: readonly string[]): Promise<ReadonlyMap<string, NearEvidence>>;
  writeDifferences(differences: readonly Difference[]): Promise<void>;
  /** Open ones of all systems, with what may be different of their categories. */
  openDifferences(place: StatementPlace, skus: readonly string[], others: DriftTolerance): Promise<readonly WatchedDifference[]>;
  standingDrifts(place: StatementPlace, skus: readonly string[]): Promise<readonly StandingAlert[]>;
  writeAlerts(events: readonly AlertEvent[]): Promise<void>;
}

export interface StatementsQuery extends StatementPlace {
  readonly source?: string | undefined;
  readonly after?: readonly [asOf: string, statementId: string] | undefined;
  readonly limit: number;
}

export interface DifferencesQuery extends StatementPlace {
  readonly source?: string | undefined;
  readonly sku?: string | undefined;
  readonly cause?: string | undefined;
  readonly status?: Difference['status'] | undefined;
  readonly after?: readonly [units: number, differenceId: string] | undefined;
  readonly limit: number;
}

/** The port to the tables of statements. */
export interface StatementTable {
  /** Of the location; nothing where nobody knows it. */
  kindOf(location: string): Promise<string | undefined>;
  kitsAmong(skus: readonly string[]): Promise<ReadonlySet<string>>;
  begin(statementId: string, head: StatementHead): Promise<void>;
  /** Of a SKU that was named before the newer line stands. */
  add(statementId: string, lines: readonly StatedLine[]): Promise<void>;
  give(statementId: string, at: string): Promise<Statement>;
  end(statementId: string, found: Pick<Statement, 'differences' | 'units'> & { readonly at: string }): Promise<Statement>;
  find(statementId: string): Promise<Statement | undefined>;
  /** The newest first. */
  list(query: StatementsQuery): Promise<readonly Statement[]>;
  difference(differenceId: string): Promise<Difference | undefined>;
  /** Those of most units first. */
  differences(query: DifferencesQuery): Promise<readonly Difference[]>;
  tolerances(): Promise<readonly ({ readonly category: string } & DriftTolerance)[]>;
}
