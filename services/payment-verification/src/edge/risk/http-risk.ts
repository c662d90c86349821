import { isKeepable } from '@cartage/contracts';
import { isFields } from '@cartage/service-kit';
import { RiskAnswerWrong, type RiskAnswer, type RiskCase, type RiskProvider } from '../../app/risk/risk-provider';
import { signatureOf } from '../webhooks/signature';

export interface HttpRiskOptions {
  readonly url: string;
  /** What requests are signed with. */
  readonly secret: string;
  readonly now: () => Date;
}

const MOST_BYTES = 65_536;
const MOST_REASONS = 20;

const wrong = (what: string): RiskAnswerWrong => new RiskAnswerWrong(`The risk provider’s answer is wrong: ${what}.`);

const textIn = (value: unknown, field: string, longest: number): string => {
  if (typeof value !== 'string' || value === '' || value.length > longest || !isKeepable(value))
    throw wrong(`${field} is no text of 1 to ${longest} characters`);
  return value;
};

const reasonIn = (value: unknown, i: number): RiskAnswer['reasons'][number] => {
  if (!isFields(value)) throw wrong(`reasons[${i}] is no object`);
  const { code, detail } = value;
  return {
    code: textIn(code, `reasons[${i}].code`, 100),
    ...(detail === undefined || detail === null ? {} : { detail: textIn(detail, `reasons[${i}].detail`, 500) }),
  };
};

const scoreIn = (value: unknown): number => {
  const isScore = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100;
  if (!isScore) throw wrong('score is no whole number from 0 to 100');
  return value;
};

const answerIn = (body: unknown): RiskAnswer => {
  if (!isFields(body)) throw wrong('it is no JSON object');
  const { score, version, reasons = [] } = body;
  if (!Array.isArray(reasons) || reasons.length > MOST_REASONS) throw wrong(`reasons is no list of at most ${MOST_REASONS}`);
  return { score: scoreIn(score), version: textIn(version, 'version', 100), reasons: reasons.map(reasonIn) };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RiskAnswerWrong('The risk provider’s answer is wrong: it is no JSON.', { cause });
  }
};

/** Whoever sends for ever is not read to the end. */
const bodyOf = async (response: Response): Promise<string> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > MOST_BYTES) throw wrong(`it has more than ${MOST_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

/** Any service that takes an order as JSON, signed, and answers with `{ score, version, reasons }`. */
export const httpRisk = ({ url, secret, now }: HttpRiskOptions): RiskProvider => ({
  name: 'http',
  assess: async (order: RiskCase, signal) => {
    const body = JSON.stringify(order);
    const response = await fetch(url, {
      ...{ method: 'POST', body, signal, redirect: 'error' },
      headers: {
        'content-type': 'application/json',
        'idempotency-key': `${order.orderId}-${order.orderVersion}`,
        'cartage-signature': signatureOf(secret, body, now()),
      },
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`The risk provider answers ${response.status}.`);
    }
    return answerIn(parsed(await bodyOf(response)));
  },
});
