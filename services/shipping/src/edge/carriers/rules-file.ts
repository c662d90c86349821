import { isCountry, isCurrency } from '@cartage/contracts';
import { modes, type CarrierRule } from '../../domain/carrier-rules';
import { isHazard } from '../../domain/hazards';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value.trim() !== '';
const isListOf =
  (each: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every(each);

const isAmount: Check = (value) => {
  if (typeof value !== 'object' || value === null) return false;
  const { currency, amount, ...more } = value as Readonly<Record<string, unknown>>;
  return (
    typeof currency === 'string' &&
    isCurrency(currency) &&
    Number.isSafeInteger(amount) &&
    Number(amount) >= 0 &&
    Object.keys(more).length === 0
  );
};

const checks: { readonly [Field in keyof Required<CarrierRule>]: Check } = {
  carrier: isText,
  service: isText,
  channels: isListOf(isText),
  methods: isListOf(isText),
  countries: isListOf((value) => typeof value === 'string' && isCountry(value)),
  locations: isListOf(isText),
  skus: isListOf(isText),
  mode: (value) => modes.some((mode) => mode === value),
  hazards: isListOf((value) => typeof value === 'string' && isHazard(value)),
  hsCodes: isListOf((value) => typeof value === 'string' && /^\d{2,12}$/.test(value)),
  overValue: isAmount,
  overGrams: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  code: (value) => typeof value === 'string' && /^[a-z][a-z0-9-]{0,49}$/.test(value),
  detail: isText,
};

const faultIn = (rule: unknown): string | undefined => {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return 'must be an object';
  const unknown = Object.keys(rule).find((field) => !(field in checks));
  if (unknown !== undefined) return `has the unknown field ${unknown}`;
  const missing = (['code', 'detail'] as const).find((field) => !(field in rule));
  if (missing) return `has no ${missing}`;
  const bad = Object.entries(rule).find(([field, value]) => !checks[field as keyof CarrierRule](value));
  return bad && `has a ${bad[0]} that cannot be: ${JSON.stringify(bad[1])}`;
};

/** Reads what must not go with which carrier; throws, with its place, what cannot be relied on. */
export const carrierRulesOf = (json: string): readonly CarrierRule[] => {
  const rules: unknown = JSON.parse(json);
  if (!Array.isArray(rules)) throw new Error('Carrier rules: must be a list.');
  rules.forEach((rule: unknown, i) => {
    const fault = faultIn(rule);
    if (fault !== undefined) throw new Error(`Carrier rules, [${i}]: ${fault}.`);
  });
  return rules as readonly CarrierRule[];
};
