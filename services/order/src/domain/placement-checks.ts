import type { FieldError } from '@cartage/eventsourcing';
import { isCountry, isCurrency, isLocale } from '@cartage/contracts';
import { lineIdAt, type Placement, type PlacementLine } from './placement';

type Fault = FieldError | false;
const fault = (wrong: boolean, field: string, told: readonly [code: string, message: string]): Fault =>
  wrong && { field, code: told[0], message: told[1] };

const blank = (text: string | undefined): boolean => text === undefined || text.trim() === '';
const beyond = (degrees: number | undefined, limit: number): boolean => degrees !== undefined && !(Math.abs(degrees) <= limit);
/** Minor units: whole, not negative, and exact. */
const noAmount = (amount: number | undefined): boolean => amount !== undefined && !(Number.isSafeInteger(amount) && amount >= 0);

const notAnAmount = ['AMOUNT_INVALID', 'Must be a whole number of minor units, 0 or more.'] as const;
const tooLarge = ['AMOUNT_TOO_LARGE', 'Is too large to be counted exactly.'] as const;

const lineFaults = (line: PlacementLine, index: number): readonly Fault[] => {
  const at = `lines[${index}]`;
  const { sku, quantity, unitPrice, discount = 0, tax } = line;
  const goods = quantity * unitPrice;
  return [
    fault(blank(sku), `${at}.sku`, ['SKU_MISSING', 'Must name what was ordered.']),
    fault(blank(lineIdAt(line, index)), `${at}.lineId`, ['LINE_ID_MISSING', 'Must not be empty; leave it out to have lines numbered.']),
    fault(!(Number.isSafeInteger(quantity) && quantity >= 1), `${at}.quantity`, ['QUANTITY_INVALID', 'Must be a whole number, 1 or more.']),
    fault(noAmount(unitPrice), `${at}.unitPrice`, notAnAmount),
    fault(noAmount(discount), `${at}.discount`, notAnAmount),
    fault(noAmount(tax), `${at}.tax`, notAnAmount),
    fault(!Number.isSafeInteger(goods), `${at}.unitPrice`, tooLarge),
    fault(goods >= 0 && discount > goods, `${at}.discount`, ['DISCOUNT_TOO_LARGE', 'Must not be more than the line’s price.']),
  ];
};

const duplicateIds = (lines: readonly PlacementLine[]): readonly Fault[] => {
  const seen = new Set<string>();
  return lines.map((line, index) => {
    const id = lineIdAt(line, index);
    const again = seen.has(id);
    seen.add(id);
    return fault(again, `lines[${index}].lineId`, ['LINE_ID_DUPLICATE', `Line ${id} is in the order already.`]);
  });
};

const linesFaults = ({ lines }: Placement): readonly Fault[] =>
  lines.length === 0
    ? [fault(true, 'lines', ['LINES_MISSING', 'An order needs at least one line.'])]
    : [...lines.flatMap(lineFaults), ...duplicateIds(lines)];

const headFaults = ({ channel, externalOrderId, currency, locale, customer, placedAt }: Placement): readonly Fault[] => [
  fault(!/^[a-z0-9][a-z0-9-]{0,62}$/.test(channel), 'channel', [
    'CHANNEL_INVALID',
    'Must be lower-case letters, digits and dashes, 63 at most.',
  ]),
  fault(externalOrderId !== undefined && blank(externalOrderId), 'externalOrderId', ['EXTERNAL_ID_MISSING', 'Must not be empty.']),
  fault(!isCurrency(currency), 'currency', ['CURRENCY_UNKNOWN', 'Must be an ISO 4217 code, such as EUR.']),
  fault(locale !== undefined && !isLocale(locale), 'locale', ['LOCALE_INVALID', 'Must be a BCP 47 tag, such as en-GB.']),
  fault(blank(customer.name), 'customer.name', ['NAME_MISSING', 'Must name who receives the goods.']),
  fault(customer.id !== undefined && blank(customer.id), 'customer.id', [
    'CUSTOMER_ID_MISSING',
    'Must not be empty; leave it out for a guest.',
  ]),
  fault(placedAt !== undefined && !/^\d{4}-\d\d-\d\dT.*Z$/.test(placedAt), 'placedAt', [
    'TIME_INVALID',
    'Must be an ISO 8601 time in UTC.',
  ]),
];

const addressFaults = ({ shipTo }: Placement): readonly Fault[] => [
  fault(!isCountry(shipTo.country), 'shipTo.country', ['COUNTRY_UNKNOWN', 'Must be an ISO 3166-1 alpha-2 code, such as GB.']),
  fault(shipTo.lines.every(blank), 'shipTo.lines', ['ADDRESS_MISSING', 'Must say where in the city.']),
  fault(blank(shipTo.city), 'shipTo.city', ['CITY_MISSING', 'Must name the city.']),
  fault(beyond(shipTo.latitude, 90), 'shipTo.latitude', ['LATITUDE_INVALID', 'Must be degrees from -90 to 90.']),
  fault(beyond(shipTo.longitude, 180), 'shipTo.longitude', ['LONGITUDE_INVALID', 'Must be degrees from -180 to 180.']),
];

/** Taxes and charges only add up, so that a sum that is exact at the end was exact on the way. */
const sumFaults = ({ lines, shipping }: Placement): readonly Fault[] => {
  const { amount = 0, tax: shippingTax = 0 } = shipping ?? {};
  let sum = amount + shippingTax;
  for (const { quantity, unitPrice, tax = 0 } of lines) sum += quantity * unitPrice + tax;
  return [
    fault(noAmount(amount), 'shipping.amount', notAnAmount),
    fault(noAmount(shippingTax), 'shipping.tax', notAnAmount),
    fault(!Number.isSafeInteger(sum), 'lines', tooLarge),
  ];
};

/** Every fault of an order as told, each with its field. */
export const faultsOf = (placement: Placement): readonly FieldError[] =>
  [headFaults, addressFaults, linesFaults, sumFaults].flatMap((check) => check(placement)).filter((each) => each !== false);
