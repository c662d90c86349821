import type { PostgresEventStore } from '@cartage/event-store';
import { idFor, type Kit, type Parts } from '@cartage/service-kit';
import { createPriceLists } from './app/catalogue/price-lists';
import { createStatements, type Statements } from './app/statements/statements';
import type { Settings } from './config';
import { postgresPrices } from './edge/catalogue/postgres-prices';
import { stockValueReading } from './edge/costing/postgres-costs';
import { appendTolerances, postgresStatementLedger, statementTable } from './edge/statements/postgres-statements';
import { STATEMENT_CLOCK, STATEMENT_WORTH, STATEMENTS, StatementsController } from './edge/statements/statements.controller';

/** What other systems believe to have, and where we differ. */
export const statementParts = (
  { store, pool, deadlines, newId, isPublic, now, settings: { DRIFT_UNITS, DRIFT_PERCENT, STATEMENT_DAYS } }: Kit<Settings>,
  joined: PostgresEventStore,
): Required<Pick<Parts, 'controllers' | 'providers' | 'onDue'>> & { readonly taking: Pick<Statements, 'begin' | 'add' | 'finish'> } => {
  const needs = { store, newId, isPublic, now };
  const lists = createPriceLists({ ...needs, prices: postgresPrices(pool, joined) });
  const statements = createStatements({
    ...{ ...needs, deadlines, idFor, keptDays: STATEMENT_DAYS },
    tolerance: { units: DRIFT_UNITS, percent: DRIFT_PERCENT },
    ledger: postgresStatementLedger(joined),
    table: statementTable(pool),
    appendTolerances: appendTolerances(joined),
  });
  return {
    controllers: [StatementsController],
    providers: [
      { provide: STATEMENTS, useValue: statements },
      { provide: STATEMENT_WORTH, useValue: { prices: lists.unitPrices, costs: stockValueReading(pool).costs } },
      { provide: STATEMENT_CLOCK, useValue: now },
    ],
    onDue: statements.onDue,
    taking: statements,
  };
};
