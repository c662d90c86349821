import { ownValue } from '@cartage/contracts';
import { createHash } from 'node:crypto';
import { canonicalJson } from '@cartage/eventsourcing';
import type { ChannelEnvelope, ReturnAtChannel } from '../../../app/channels/connector';
import type { ReturnStanding } from '../../../domain/after-sale';
import { grouped } from '../../../app/channels/grouped';
import { present } from '../../../domain/present';
import { invalid, isFields, JsonReading, type Fields } from '../json-reading';

/** The topic of a return that a report told. */
export const RETURN = 'return-report';

/** Amazon's words. What it calls completed has its refund, which its books tell; the goods may be on their way still. */
const standings: Readonly<Record<string, ReturnStanding>> = {
  ...{ approved: 'approved', authorized: 'approved', completed: 'approved', closed: 'closed' },
  ...{ denied: 'declined', declined: 'declined', rejected: 'declined', cancelled: 'cancelled', canceled: 'cancelled' },
};

const standingIn = (reading: JsonReading, row: Fields, at: string): ReturnStanding => {
  const word = reading.text(row, 'Return request status', at);
  const plain = word.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (plain.startsWith('pending')) return 'requested';
  const standing = ownValue(standings, plain);
  if (word !== '' && !standing) reading.note(`${at}Return request status`, `is ${word}, which is no standing of a return that is known`);
  return standing ?? 'requested';
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `14-Jul-2025`, or ISO 8601: a day is one of UTC. */
const dayIn = (reading: JsonReading, row: Fields, at: string): string | undefined => {
  const [, day, month = '', year] = /^(\d{1,2})-([A-Za-z]{3})-(\d{4})$/.exec(reading.optionalText(row, 'Return request date') ?? '') ?? [];
  if (day === undefined) return reading.time(row, 'Return request date', at) || undefined;
  return new Date(Date.UTC(Number(year), months.indexOf(month.toLowerCase()), Number(day))).toISOString();
};

/** Reasons are codes here: `CR-TOO_SMALL` is `cr-too-small`. */
const reasonIn = (reading: JsonReading, row: Fields): string =>
  (reading.optionalText(row, 'Return Reason') ?? 'unknown')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

const unitsIn = (reading: JsonReading, row: Fields, at: string): number => {
  const units = reading.number(row, 'Return quantity');
  if (units !== undefined && Number.isSafeInteger(units) && units > 0) return units;
  reading.note(`${at}Return quantity`, 'must be a whole number, 1 or more');
  return 0;
};

/** Newer reports name the item of the order; the others its SKU. */
const lineIn = (reading: JsonReading, row: Fields, at: string): ReturnAtChannel['lines'][number] => {
  const of = { quantity: unitsIn(reading, row, at), reason: reasonIn(reading, row) };
  const lineId = reading.optionalText(row, 'Order Item ID');
  if (lineId !== undefined) return { lineId, ...of, field: `${at}Order Item ID` };
  return { sku: reading.text(row, 'Merchant SKU', at), ...of, field: `${at}Merchant SKU` };
};

/** A return as the flat file report of returns by return date has it: one row of each item. */
export const amazonReturn = (payload: unknown): ReturnAtChannel => {
  const reading = new JsonReading();
  const rows = isFields(payload) ? reading.list(payload, 'rows') : [];
  const [first] = rows;
  if (!first) throw invalid([{ field: 'rows', code: 'MESSAGE_INVALID', message: 'must be rows of a report of returns' }]);
  const standing = standingIn(reading, first, 'rows[0].');
  const day = dayIn(reading, first, 'rows[0].');
  const word: ReturnAtChannel = {
    ...{ kind: 'return', externalOrderId: reading.text(first, 'Order ID', 'rows[0].') },
    ...{ channelReturnId: reading.text(first, 'Amazon RMA ID', 'rows[0].'), standing },
    lines: rows.map((row, i) => lineIn(reading, row, `rows[${i}].`)),
    // When it was asked for is all that a report dates.
    ...present({ saidAt: standing === 'requested' || standing === 'approved' ? day : undefined }),
  };
  reading.refuse();
  return word;
};

/** The order of a return, however wrong the rest is. */
export const orderOfReturn = (payload: unknown): string | undefined => {
  const reading = new JsonReading();
  const [first] = isFields(payload) ? reading.list(payload, 'rows') : [];
  return reading.optionalText(first ?? {}, 'Order ID');
};

const cellsOf = (line: string): readonly string[] => line.split('\t').map((cell) => cell.trim().replaceAll(/^"|"$/g, ''));

const rowsIn = (report: string): readonly Fields[] => {
  const [head, ...lines] = report
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const names = cellsOf(head ?? '');
  return lines.map((line) => Object.fromEntries(cellsOf(line).flatMap((cell, i) => (names[i] ? [[names[i], cell]] : []))));
};

const digestOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);

/** What a return says is one message, by its number and all its rows: the same again is the same. */
const envelopeOf = ([name, rows]: readonly [string, readonly Fields[]]): ChannelEnvelope => ({
  messageId: `${RETURN}.${name.replaceAll(/[^\w.-]/g, '.').slice(0, 100)}.${digestOf(rows)}`,
  ...{ topic: RETURN, payload: { rows } },
});

/** The returns of a report; of one without a number each row is one, and refused. */
export const returnsIn = (report: string): readonly ChannelEnvelope[] => {
  const reading = new JsonReading();
  const nameOf = (row: Fields): string => reading.optionalText(row, 'Amazon RMA ID') ?? `unnamed-${digestOf(row)}`;
  return [...grouped(rowsIn(report), nameOf)].map(envelopeOf);
};
