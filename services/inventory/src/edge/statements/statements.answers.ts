import { integer, list, nullable, object, oneOf, optional, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf, importReportShape, pageAnswer, type ImportReport } from '@cartage/service-kit';
import type { Statement } from '../../app/statements/statement';
import type { Difference } from '../../domain/statements/difference';
import type { DriftTolerance } from '../../domain/watching/drift';

const place = {
  source: text('The system that says so.'),
  location: optional(text('Location code; absent: it is of a channel.')),
  channel: optional(text('Absent: it is of a location.')),
};

const statement = object({
  statementId: uuid(),
  ...place,
  asOf: time('When it was so.'),
  whole: truth('Of what it does not name, the system has none.'),
  status: oneOf(['open', 'given', 'compared'], '`open`: lines are still coming; `given`: all are there; `compared`: with what we had.'),
  lines: integer('SKUs that it names.'),
  differences: integer('SKUs of which the system has more or fewer than we had.'),
  units: integer('By how many units in all.'),
  givenAt: nullable(time()),
  comparedAt: nullable(time()),
});

export interface ShownDifference extends Omit<Difference, 'revision'> {
  readonly units: number;
  readonly days: number;
  readonly value: { readonly amount: number; readonly currency: string; readonly by: 'cost' | 'price' } | null;
}

const shape = object({
  differenceId: uuid(),
  ...place,
  sku: text(),
  statementId: uuid('The statement that showed it as it is.'),
  asOf: time('The instant that both figures are of.'),
  theirs: integer('Units, as the other system has them.'),
  ours: integer('Units on hand, as our books stand today; of a channel, those that it had been told.'),
  units: integer('Theirs less ours.'),
  value: nullable(
    object(
      {
        amount: integer('Minor units.'),
        currency: text(),
        by: oneOf(
          ['cost', 'price'],
          '`cost`: what such units cost us; `price`: what they are sold for, where no cost is known in the currency.',
        ),
      },
      'What the units are worth; null: neither is known, or no currency was asked for.',
    ),
  ),
  cause: object(
    {
      code: text(
        '`unknown-sku`: we never heard of it; `not-listed`: a whole statement does not name it; `issue-not-there-yet`, `receipt-…`, `return-…`, `transfer-…`, `adjustment-…`, `movements-not-there-yet`: we booked it and they had not; `…-there-first`: they had and we had not; `received-twice`: we booked one delivery note twice; `received-twice-there`: they did; `corrected-since`: a count or another correction of ours since; `allocated-left-out`: they leave out what is promised; `unavailable-counted`: they count what cannot be sold; `update-in-flight`: the channel has what it was told before or after; `unexplained`. More may come.',
      ),
      movements: list(
        object({ eventId: uuid(), kind: text('Type of the event.'), units: integer(), reference: nullable(text()) }),
        'Ours that it follows from.',
      ),
    },
    'Why, likely.',
  ),
  status: oneOf(['open', 'agreed', 'theirs', 'ours'], '`agreed`: it went by itself; `theirs`, `ours`: a person accepted that count.'),
  since: time('Since when it is open, or was.'),
  days: integer('Whole days that it has been open, or was.'),
  reason: optional(object({ code: text(), detail: optional(text()), by: text(), actor: optional(text()) }, 'Why a person decided so.')),
  settledAt: optional(time()),
});

export const statementAnswer = answerOf<Statement>()('StockStatement', statement);
export const statementPage = pageAnswer(statementAnswer);
export const differenceAnswer = answerOf<ShownDifference>()('CountedOtherwise', shape);
export const differencePage = pageAnswer(differenceAnswer);

export type StatementImportReport = ImportReport<'sku'> & { readonly statement: Statement };
export const statementImport = answerOf<StatementImportReport>()(
  'StockStatementImport',
  object({
    ...importReportShape('sku', { changed: 'Lines that were taken.', unchanged: 'None: what is said again stands as it was.' }).shape,
    statement,
  }),
);

export type ShownTolerance = { readonly category: string; readonly tolerance: DriftTolerance | null };
export const toleranceAnswer = answerOf<ShownTolerance>()(
  'DriftTolerance',
  object({
    category: text(),
    tolerance: nullable(object({ units: integer(), percent: integer('Of what we have.') }, 'Null: as for all other categories.')),
  }),
);
export const tolerancesAnswer = answerOf<{ readonly items: readonly ShownTolerance[] }>()(
  'DriftTolerances',
  object({
    items: list(object({ category: text(), tolerance: nullable(object({ units: integer(), percent: integer('Of what we have.') })) })),
  }),
);
