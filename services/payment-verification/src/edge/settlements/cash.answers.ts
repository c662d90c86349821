import { currency, integer, list, money, named, nullable, object, oneOf, optional, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import { lockedStages, type CashLocked, type CashStep } from '../../app/settlements/cash-cycle';
import { ageBuckets, type Ageing, type Outstanding } from '../../app/settlements/outstanding';
import { lineKinds } from '../../domain/settlements/line';
import type { SourceMapping } from '../../domain/settlements/mapping';
import type { SettlementSource } from '../../domain/settlements/sources';

const kind = oneOf(lineKinds);
const optionalTexts = named(text());
const mapping = object({
  format: oneOf(['columns', 'stripe']),
  columns: optionalTexts,
  kinds: named(kind),
  kind: optional(kind),
  currency: optional(currency()),
  dateFormat: text(),
  zone: text(),
  decimalMark: oneOf(['.', ',']),
  units: oneOf(['major', 'minor']),
  signs: oneOf(['signed', 'unsigned']),
  fees: oneOf(['above-zero', 'below-zero']),
  delimiter: oneOf([',', ';', '\t', '|']),
});
export interface SourceShown extends Omit<SettlementSource, 'source' | 'mapping'> {
  readonly settlementSource: string;
  readonly mapping: Omit<SourceMapping, 'columns'> & { readonly columns: { readonly [field: string]: string } };
}
const source = object({
  settlementSource: text('The name that files are sent under.'),
  overdueDays: integer(),
  providers: list(text()),
  channels: list(text()),
  carriers: list(text()),
  mapping,
});
export const sourceAnswer = answerOf<SourceShown>()('SettlementSource', source);
export const sourcesAnswer = answerOf<{ readonly items: readonly SourceShown[] }>()('SettlementSources', object({ items: list(source) }));

const outstanding = answerOf<Outstanding>()(
  'OutstandingMoney',
  object({
    movementId: uuid(),
    orderId: uuid(),
    kind: oneOf(['captured', 'collected', 'claimed'], '`claimed`: a carrier owes it for a parcel.'),
    subject: uuid('The capture, the shipment whose cash it is, or the claim on a carrier.'),
    channel: text(),
    provider: text('Who moved the money.'),
    carrier: nullable(text('Who has collected it, or owes it.')),
    settlementSource: nullable(text('In whose files it is to come; null: none is registered for it.')),
    currency: currency(),
    amount: money(),
    movedAt: time(),
    days: integer('Whole days since it came in.'),
    overdue: truth('Longer than its source takes.'),
  }),
);
export const outstandingPage = pageAnswer(outstanding);

export const ageingAnswer = answerOf<{ readonly items: readonly Ageing[] }>()(
  'OutstandingAgeing',
  object({
    items: list(
      object({
        settlementSource: nullable(text()),
        carrier: nullable(text()),
        channel: text(),
        currency: currency(),
        age: oneOf(ageBuckets, 'Days since it came in.'),
        count: integer(),
        amount: money(),
        overdue: money('Of it.'),
        oldestAt: time(),
      }),
    ),
  }),
);

export const lockedAnswer = answerOf<{ readonly items: readonly CashLocked[] }>()(
  'CashLocked',
  object({
    items: list(
      object({
        stage: oneOf(
          lockedStages,
          '`to-collect`: shipped, to be paid at the door; `collected`: a carrier has it; `captured-…`: a provider or channel has it, of what is shipped or delivered.',
        ),
        channel: text(),
        currency: currency(),
        weeks: integer('Whole weeks since then, up to twelve; to collect: since the order was heard of.'),
        orders: integer(),
        amount: money(),
      }),
    ),
  }),
);

export const cycleAnswer = answerOf<{ readonly orderId: string; readonly steps: readonly CashStep[] }>()(
  'CashCycle',
  object({
    orderId: uuid(),
    steps: list(
      object({
        shipmentId: nullable(uuid('Null: money that is for no shipment in particular.')),
        currency: currency(),
        captured: money('Taken when it was shipped.'),
        collected: money('Taken at the door.'),
        remitted: money('Of that, handed over by the carrier.'),
        settled: money('What of captured and collected stands in settlements, or was closed.'),
        movedAt: time('When the first of it came in.'),
        deliveredAt: nullable(time()),
        settledAt: nullable(time('When all of it was settled.')),
      }),
    ),
  }),
);
