import { readFileSync } from 'node:fs';
import type { Carrier, Carriers } from '../../app/carrier';
import type { ShippingSettings } from '../../config';
import { usualExceptions, type CarrierPolicy } from '../../domain/carrier-policy';
import { modes, type CarrierRules, type Mode } from '../../domain/carrier-rules';
import type { ChoiceOrder } from '../../domain/rates';
import { weighed, type Weights } from '../../domain/scores';
import { sendersOf } from './easypost/addresses';
import { easyPostCarrier, easyPostServicesOf } from './easypost/easypost';
import { rateTableOf } from './rate-table';
import { carrierRulesOf } from './rules-file';
import { simulatedCarrier } from './simulated';
import { tableRateCarrier } from './table-rate';

export type CarrierSettings = Pick<
  ShippingSettings,
  | 'CARRIERS'
  | 'CARRIER_CHOICE'
  | 'CARRIER_WEIGHTS'
  | 'CARRIER_RULES_FILE'
  | 'CARRIER_MODES'
  | Extract<keyof ShippingSettings, `TABLE_RATE_${string}` | `EASYPOST_${string}` | `SIMULATED_${string}`>
>;

const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const easyPostBy = (settings: CarrierSettings): Carrier =>
  easyPostCarrier({
    key: settings.EASYPOST_API_KEY,
    url: settings.EASYPOST_URL,
    secret: settings.EASYPOST_WEBHOOK_SECRET,
    services: easyPostServicesOf(listed(settings.EASYPOST_SERVICES)),
    senders: settings.EASYPOST_SENDERS_FILE === '' ? new Map() : sendersOf(readFileSync(settings.EASYPOST_SENDERS_FILE, 'utf8')),
  });

/** The carrier table: a line for each adapter. */
export const carriersOf = (settings: CarrierSettings): Carriers =>
  new Map(
    [
      simulatedCarrier({ secret: settings.SIMULATED_CARRIER_SECRET, embargo: listed(settings.SIMULATED_CARRIER_EMBARGO) }),
      ...(settings.TABLE_RATE_FILE === ''
        ? []
        : [tableRateCarrier({ table: rateTableOf(readFileSync(settings.TABLE_RATE_FILE, 'utf8')), secret: settings.TABLE_RATE_SECRET })]),
      ...(settings.EASYPOST_API_KEY === '' ? [] : [easyPostBy(settings)]),
    ].map((carrier) => [carrier.name, carrier]),
  );

/** Those that are asked where parcels are. Refuses to start with one that cannot be asked. */
export const polledOf = ({ CARRIERS_POLLED }: Pick<ShippingSettings, 'CARRIERS_POLLED'>, carriers: Carriers): readonly string[] => {
  const polled = listed(CARRIERS_POLLED);
  const deaf = polled.find((name) => !carriers.get(name)?.track);
  if (deaf !== undefined) throw new Error(`CARRIERS_POLLED: ${deaf} is not set up, or cannot be asked where parcels are.`);
  return polled;
};

const weightOf = (text: string): readonly [name: string, weight: number] => {
  const [, name, weight] = /^(\w+)=(\d{1,6}(?:\.\d{1,6})?)$/.exec(text) ?? [];
  const known = weighed.find((each) => each === name);
  if (!known) throw new Error(`CARRIER_WEIGHTS: ${JSON.stringify(text)} is not written as cost=1, with ${weighed.join(', ')}.`);
  return [known, Number(weight)];
};

/** Refuses to start where nothing counts. */
const weightsOf = (text: string): Weights => {
  const weights = { cost: 0, speed: 0, preference: 0, performance: 0, ...Object.fromEntries(listed(text).map(weightOf)) };
  if (weighed.every((name) => weights[name] === 0)) throw new Error('CARRIER_WEIGHTS: something must count.');
  return weights;
};

/** How one of them is chosen before any policy is active. Refuses to start with a carrier that is not set up. */
export const policyIn = (settings: CarrierSettings, carriers: Carriers): CarrierPolicy => {
  const enabled = listed(settings.CARRIERS);
  const absent = enabled.find((name) => !carriers.has(name));
  if (absent !== undefined || enabled.length === 0)
    throw new Error(`CARRIERS: ${absent ?? 'nobody'} is not set up. There are: ${[...carriers.keys()].join(', ')}.`);
  const file = settings.CARRIER_RULES_FILE;
  return {
    ...{ by: settings.CARRIER_CHOICE as ChoiceOrder, carriers: enabled, weights: weightsOf(settings.CARRIER_WEIGHTS) },
    ...{ exceptions: usualExceptions, blocks: file === '' ? [] : carrierRulesOf(readFileSync(file, 'utf8')) },
  };
};

const modeOf = (text: string): readonly [service: string, mode: Mode] => {
  const [, service = '', mode] = /^([^/\s]+\/[^=\s]+)=(\w+)$/.exec(text) ?? [];
  const known = modes.find((each) => each === mode);
  if (!known) throw new Error(`CARRIER_MODES: ${JSON.stringify(text)} is not written as post/express=air, with ${modes.join(', ')}.`);
  return [service, known];
};

/** How services go, for rules that speak of it. */
export const modesIn = ({ CARRIER_MODES }: Pick<CarrierSettings, 'CARRIER_MODES'>): CarrierRules['modes'] =>
  new Map(listed(CARRIER_MODES).map(modeOf));
