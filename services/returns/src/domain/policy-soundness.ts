import { worthIn, type Amount } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import type { PolicyDraft, SendBack, TermsException } from './policy';

const fault = (field: string, code: string, message: string): FieldError => ({ field, code, message });

const twiceIn = (field: string, amounts: readonly Amount[] | undefined): readonly FieldError[] => {
  const seen = new Set<string>();
  return (amounts ?? []).flatMap(({ currency }, i) => {
    if (!seen.has(currency)) return seen.add(currency) && [];
    return [fault(`${field}[${i}].currency`, 'CURRENCY_TWICE', 'names a currency for the second time')];
  });
};

/** Every other currency's limit follows from the first one. */
const reviewFaults = (amounts: readonly Amount[]): readonly FieldError[] => {
  const [first] = amounts;
  if (!first || worthIn(first, 'USD') !== undefined) return [];
  const message = 'must be one whose rough worth is kept: the limits of other currencies follow from it';
  return [fault('reviewAbove[0].currency', 'CURRENCY_WITHOUT_RATE', message)];
};

const isLabelled = ({ by }: SendBack): boolean => by === 'label' || by === 'qr';

/** A label is printed for one place; what a service is called, its carrier knows. */
const sendBackFaults = (at: string, way: SendBack | undefined): readonly FieldError[] => {
  if (!way) return [];
  const { to, carrier, service } = way;
  return [
    ...(isLabelled(way) && to === undefined ? [fault(`${at}.to`, 'LOCATION_MISSING', 'must say where the label leads to')] : []),
    ...(!isLabelled(way) && carrier !== undefined ? [fault(`${at}.carrier`, 'CARRIER_UNUSED', 'is of a label, and there is none')] : []),
    ...(service !== undefined && carrier === undefined
      ? [fault(`${at}.carrier`, 'CARRIER_MISSING', 'must say whose service that is')]
      : []),
  ];
};

const exceptionFaults = ({ name, terms, ...named }: TermsException, i: number, all: readonly TermsException[]): readonly FieldError[] => {
  const at = `exceptions[${i}]`;
  return [
    ...(Object.values(named).some((each) => each !== undefined)
      ? []
      : [fault(at, 'EXCEPTION_OF_ALL', 'must name channels, countries, categories or SKUs')]),
    ...(all.findIndex((other) => other.name === name) < i ? [fault(`${at}.name`, 'NAME_TWICE', 'is the name of an earlier one')] : []),
    ...(Object.values(terms).some((term) => term !== undefined) ? [] : [fault(`${at}.terms`, 'TERMS_EMPTY', 'must change something')]),
    ...twiceIn(`${at}.terms.keepUpTo`, terms.keepUpTo),
    ...sendBackFaults(`${at}.terms.sendBack`, terms.sendBack),
  ];
};

const reminderFaults = ({
  authorizationDays,
  reminderDays,
}: Pick<PolicyDraft, 'authorizationDays' | 'reminderDays'>): readonly FieldError[] =>
  reminderDays < authorizationDays
    ? []
    : [fault('reminderDays', 'REMINDER_TOO_EARLY', `must be less than authorizationDays (${authorizationDays})`)];

/** A policy of which a part could never speak, or would say nonsense, is refused by name. */
export const requireSound = ({ terms, exceptions, reviewAbove, returnFee, ...days }: PolicyDraft): void => {
  const faults = [
    ...reminderFaults(days),
    ...reviewFaults(reviewAbove),
    ...twiceIn('reviewAbove', reviewAbove),
    ...twiceIn('returnFee', returnFee),
    ...twiceIn('terms.keepUpTo', terms.keepUpTo),
    ...sendBackFaults('terms.sendBack', terms.sendBack),
    ...exceptions.flatMap(exceptionFaults),
  ];
  if (faults.length > 0) throw new Refused('POLICY_INVALID', 'This return policy cannot be used.', 'invalid', faults);
};
