import type { SettingsSpec } from '@cartage/service-kit';
import { EnvError, makeValidator, num, str } from 'envalid';
import { admissionSettings, type AdmissionSettings } from './catalogue.module';
import { channelSettings } from './channels.module';
import { customerPageSettings, type CustomerPageSettings } from './customer-page.module';
import { shortagePolicyIn, type Occasion, type Patience, type ShortagePolicy } from './domain/occasion';
import type { ChannelSettings } from './edge/channels/channel-settings';

export interface OrderSettings extends AdmissionSettings, ChannelSettings, CustomerPageSettings {
  readonly RETURNS_POLICY: string;
  readonly ORDER_CANCELLATION_MINUTES: number;
  readonly ORDER_PAYMENT_HOURS: number;
  readonly ORDER_SHORTAGE_DAYS: number;
  readonly ORDER_AT_RISK_HOURS: number;
  readonly ORDER_SHORTAGE_POLICY: string;
  readonly ERASURE_ANSWER_HOURS: number;
  readonly ERASURE_LOOK_AGAIN_HOURS: number;
}

const policyIn = (part: string): readonly [channel: string, policy: ShortagePolicy] => {
  const [channel = '', word = ''] = part.trim().split(':');
  const policy = shortagePolicyIn(word);
  if (channel === '' || !policy)
    throw new EnvError(`${part} is not <channel>:<wait|split|cancel|substitute>, or several with > between them.`);
  return [channel, policy];
};

const policiesIn = (text: string): ReadonlyMap<string, ShortagePolicy> => new Map(text.split(',').map(policyIn));

const shortagePolicies = makeValidator((text) => {
  policiesIn(text);
  return text;
});

export const orderSettings: SettingsSpec<OrderSettings> = {
  ...admissionSettings,
  ...channelSettings,
  ...customerPageSettings,
  RETURNS_POLICY: str({
    default: '',
    example: 'returns-2026-11',
    desc: 'Version of the return policy that orders are sold under from now on; each order remembers the one it was sold under. Empty: the one that is in force (`POST /returns/policies/<version>/activation`) when the order is placed.',
  }),
  ORDER_CANCELLATION_MINUTES: num({
    default: 15,
    desc: 'How long whoever holds the goods may take to answer whether they can still be cancelled, before the order is held (`cancellation-overdue`).',
  }),
  ORDER_PAYMENT_HOURS: num({
    default: 0,
    desc: 'How long an order whose payment was declined waits for another way to pay, before what was not confirmed is cancelled; 0: not at all. 48 suits a shop whose customers can be asked.',
  }),
  ORDER_SHORTAGE_DAYS: num({
    default: 14,
    desc: 'How long a line waits for stock, from when it was short or its goods were expected, before it is cancelled.',
  }),
  ORDER_AT_RISK_HOURS: num({
    default: 24,
    desc: 'How long before a date that a customer was promised (ship by, deliver by) an order counts as at risk; not in the first half of the time that there was.',
  }),
  ORDER_SHORTAGE_POLICY: shortagePolicies({
    default: '*:wait',
    example: 'web:substitute>split,pos:cancel,*:wait',
    desc: 'What becomes of a line that is not in stock, by channel, unless somebody chooses: `wait` holds its ship group, `split` ships what is there, `cancel` does without, `substitute` takes another item of the same substitution group at the price that was agreed, if there is one, and else does what follows behind `>`. `*` stands for every other channel; without it they wait.',
  }),
  ERASURE_ANSWER_HOURS: num({
    default: 24,
    desc: 'How long services may take to forget a person and say so, before the erasure counts as overdue.',
  }),
  ERASURE_LOOK_AGAIN_HOURS: num({
    default: 24,
    desc: 'How often it is looked whether orders of a person are still under way whose erasure waits for them.',
  }),
};

export const erasureHoursOf = (settings: OrderSettings) => ({
  answer: settings.ERASURE_ANSWER_HOURS,
  lookAgain: settings.ERASURE_LOOK_AGAIN_HOURS,
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const patienceOf = (settings: OrderSettings): Patience => ({
  cancellationMs: settings.ORDER_CANCELLATION_MINUTES * MINUTE,
  paymentMs: settings.ORDER_PAYMENT_HOURS * HOUR,
  shortageMs: settings.ORDER_SHORTAGE_DAYS * 24 * HOUR,
  atRiskMs: settings.ORDER_AT_RISK_HOURS * HOUR,
});

export const shortagePolicyOf = ({ ORDER_SHORTAGE_POLICY }: Pick<OrderSettings, 'ORDER_SHORTAGE_POLICY'>): Occasion['shortagePolicy'] => {
  const policyOf = policiesIn(ORDER_SHORTAGE_POLICY);
  return (channel) => policyOf.get(channel) ?? policyOf.get('*') ?? ['wait'];
};
