import { StartFailure, type Kit, type SettingsSpec } from '@cartage/service-kit';
import { str, url } from 'envalid';
import { baselineRisk } from './app/risk/baseline';
import { RiskDesk } from './app/risk/risk-desk';
import type { RiskProvider } from './app/risk/risk-provider';
import { amounts, positive, score } from './setting-kinds';
import { httpRisk } from './edge/risk/http-risk';

export interface RiskSettings {
  readonly PAYMENT_RISK_PROVIDER: 'none' | 'baseline' | 'http';
  readonly PAYMENT_RISK_URL: string | undefined;
  readonly PAYMENT_RISK_SECRET: string | undefined;
  readonly PAYMENT_RISK_TIMEOUT_MS: number;
  readonly PAYMENT_RISK_DOUBTFUL_SCORE: number;
  readonly PAYMENT_RISK_HIGH_SCORE: number;
  readonly PAYMENT_RISK_AWAY_ACCEPT: string;
}

export const riskSettings: SettingsSpec<RiskSettings> = {
  PAYMENT_RISK_PROVIDER: str<RiskSettings['PAYMENT_RISK_PROVIDER']>({
    choices: ['none', 'baseline', 'http'],
    default: 'none',
    desc: 'Who says how risky an order is: nobody, a plain score of our own, or a service of yours over HTTP.',
  }),
  PAYMENT_RISK_URL: url({
    default: undefined,
    example: 'https://risk.example.com/score',
    desc: 'Where orders are posted to, where PAYMENT_RISK_PROVIDER is http.',
  }),
  PAYMENT_RISK_SECRET: str({ default: undefined, example: 'a-long-secret', desc: 'What these requests are signed with.' }),
  PAYMENT_RISK_TIMEOUT_MS: positive({ default: 800, desc: 'How long an order waits for its score, in milliseconds.' }),
  PAYMENT_RISK_DOUBTFUL_SCORE: score({
    default: 60,
    desc: 'From this score of the risk provider on an order is doubtful: 1 to 100, less than PAYMENT_RISK_HIGH_SCORE.',
  }),
  PAYMENT_RISK_HIGH_SCORE: score({ default: 85, desc: 'From this score of the risk provider on its risk is high: 1 to 100.' }),
  PAYMENT_RISK_AWAY_ACCEPT: amounts({
    default: 'GBP:100',
    example: 'GBP:100,INR:5000',
    desc: 'Orders below this amount go on without a score while the risk provider is away; a person looks at others. By currency in major units, and by worth in those that are not given.',
  }),
};

const providerOf = ({ settings: set, now }: Kit<RiskSettings>): RiskProvider | undefined => {
  if (set.PAYMENT_RISK_PROVIDER === 'none') return undefined;
  if (set.PAYMENT_RISK_PROVIDER === 'baseline') return baselineRisk;
  const { PAYMENT_RISK_URL: address, PAYMENT_RISK_SECRET: secret } = set;
  if (address === undefined || secret === undefined)
    throw new StartFailure(['Settings PAYMENT_RISK_URL and PAYMENT_RISK_SECRET are needed: PAYMENT_RISK_PROVIDER is http.']);
  return httpRisk({ url: address, secret, now });
};

/** Whoever asks for the risk of orders, where somebody is to be asked. */
export const riskDeskOf = (kit: Kit<RiskSettings>): RiskDesk | undefined => {
  const provider = providerOf(kit);
  if (!provider) return undefined;
  const { settings: set, now, log } = kit;
  const onAway = (orderId: string, err: unknown): void => log.warn({ err, orderId }, 'the risk provider did not say how risky an order is');
  return new RiskDesk({ provider, timeoutMs: set.PAYMENT_RISK_TIMEOUT_MS, now, onAway });
};
