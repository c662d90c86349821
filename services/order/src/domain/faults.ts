import { codeKind, identifierOf, limits, lineOf, linesOf, normalised, textFault, type TextKind } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import { longest } from './placement';

/** What the texts of an order may be. */
export const kinds = {
  sku: identifierOf(limits.sku),
  lineId: identifierOf(limits.lineId),
  externalOrderId: identifierOf(limits.externalId),
  channel: codeKind,
  location: codeKind,
  customerId: identifierOf(longest.customerId),
  discountCode: identifierOf(longest.discountCode),
  token: identifierOf(longest.token),
  reference: identifierOf(longest.reference),
  name: lineOf(longest.name),
  email: lineOf(longest.email),
  phone: lineOf(longest.phone),
  addressLine: lineOf(longest.addressLine),
  city: lineOf(longest.city),
  region: lineOf(longest.region),
  postalCode: lineOf(longest.postalCode),
  description: linesOf(longest.description),
  locale: lineOf(longest.locale),
  taxName: lineOf(longest.taxName),
  service: lineOf(longest.service),
  attributeName: lineOf(longest.attributeName),
  attribute: linesOf(longest.attribute),
  instructions: linesOf(longest.instructions),
} as const satisfies { readonly [name: string]: TextKind };

const DAY = 86_400_000;
const earliest = '2000-01-01T00:00:00.000Z';

/** The faults of an order while it is drawn up. Each reader answers with the value as it is kept, and notes what is wrong with it. */
export class Faults {
  private readonly found: FieldError[] = [];

  constructor(private readonly now: string) {}

  note(field: string, code: string, message: string): void {
    this.found.push({ field, code, message });
  }

  /** In the one spelling that is kept and compared. */
  text(kind: TextKind, told: string, field: string): string {
    const text = normalised(told);
    const fault = textFault(kind, text);
    if (fault) this.note(field, fault.code, fault.message);
    return text;
  }

  /** What names a thing must not be blank where it is told. */
  optionalId(kind: TextKind, told: string | null | undefined, field: string): string | undefined {
    return told === null || told === undefined ? undefined : this.text(kind, told, field);
  }

  /** Free text that says nothing is absent. */
  optionalText(kind: TextKind, told: string | null | undefined, field: string): string | undefined {
    return told === null || told === undefined || told.trim() === '' ? undefined : this.text(kind, told, field);
  }

  /** Minor units: whole, not negative, and exact. */
  amount(told: number | null | undefined, field: string): number {
    const amount = told ?? 0;
    if (!(Number.isSafeInteger(amount) && amount >= 0))
      this.note(field, 'AMOUNT_INVALID', 'must be a whole number of minor units, 0 or more');
    return amount;
  }

  /** An instant not before 2000 and at most so many days after now, in UTC. */
  time(told: string | null | undefined, field: string, daysAhead: number): string | undefined {
    if (told === null || told === undefined) return undefined;
    const time = /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(told) ? Date.parse(told) : NaN;
    if (Number.isNaN(time)) this.note(field, 'TIME_INVALID', 'must be an ISO 8601 time with Z or an offset');
    else if (time < Date.parse(earliest) || time > Date.parse(this.now) + daysAhead * DAY)
      this.note(field, 'TIME_FAR_OFF', `must not lie before 2000, nor more than ${daysAhead} ${daysAhead === 1 ? 'day' : 'days'} ahead`);
    else return new Date(time).toISOString();
    return undefined;
  }

  refuse(code = 'ORDER_INVALID', what = 'The order cannot be taken as it is.'): void {
    if (this.found.length === 0) return;
    const fields = this.found.slice(0, 5).map(({ field, message }) => `${field}: ${message}.`);
    const more = this.found.length > 5 ? ` And ${this.found.length - 5} more.` : '';
    throw new Refused(code, `${what} ${fields.join(' ')}${more}`, 'invalid', this.found);
  }
}
