import type { FieldError } from '@cartage/eventsourcing';
import { skuOf, type AskedLine, type Situation } from './eligibility';
import { itemKey } from './return-line';

/** Units of one item are asked for once where they are exchanged: it is money or other goods. */
const mixedFaults = (situation: Situation, lines: readonly AskedLine[]): readonly FieldError[] => {
  const before = new Map<string, AskedLine>();
  return lines.flatMap((line, i) => {
    const key = itemKey({ lineId: line.lineId, sku: skuOf(situation, line) });
    const first = before.get(key);
    before.set(key, first ?? line);
    if (!first || (!first.exchangeFor && !line.exchangeFor)) return [];
    const message = `Line ${line.lineId} is asked for twice, and one time in exchange: ask for the rest in a return of its own.`;
    return [{ field: `lines[${i}].exchangeFor`, code: 'EXCHANGE_MIXED', message }];
  });
};

/** What the policy does not exchange, or not before it is back. */
const policyFault = (
  { terms, sold }: Situation,
  { lineId, exchangeFor }: AskedLine,
  [i, advance]: readonly [number, boolean],
): readonly FieldError[] => {
  const line = sold.get(lineId);
  if (!line || !exchangeFor) return [];
  const { exchange = 'after-return' } = terms(line);
  if (exchange === 'never')
    return [{ field: `lines[${i}].exchangeFor`, code: 'EXCHANGE_NOT_ALLOWED', message: `Line ${lineId} is not exchanged: ask for money.` }];
  if (exchange === 'in-advance' || !advance) return [];
  return [
    {
      field: 'advance',
      code: 'ADVANCE_NOT_ALLOWED',
      message: `For line ${lineId} other goods are sent when it is back: leave out advance.`,
    },
  ];
};

/** What is wrong with the exchanges that are asked for. */
export const exchangeFaults = (situation: Situation, lines: readonly AskedLine[], advance: boolean): readonly FieldError[] => [
  ...mixedFaults(situation, lines),
  ...lines.flatMap((line, i) => policyFault(situation, line, [i, advance])),
];
