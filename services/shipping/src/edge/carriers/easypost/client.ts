import type EasyPostClient from '@easypost/api';
import type { Reason } from '@cartage/contracts';

/** As long as a call may last; five minutes after a label was asked for, none can be underway. */
const TIMEOUT_MS = 45_000;

/** The API, as much of it as is asked here. What is not there answers with nothing; what is refused, or fails, is thrown. */
export interface EasyPostApi {
  /** By EasyPost’s id, or by our reference. */
  find<Found>(kind: 'orders' | 'pickups', idOrReference: string): Promise<Found | undefined>;
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body: object): Promise<Answer>;
}

export interface EasyPostAccount {
  readonly key: string;
  readonly url: string;
}

/** What the API answers when it does not do what it was asked. */
interface ApiFault {
  readonly statusCode: number;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly errors?: unknown;
}

const isFault = (error: unknown): error is ApiFault =>
  typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `field: message` of each thing that is wrong, or the message alone. */
const detailOf = ({ message, errors }: ApiFault): string => {
  const each = (Array.isArray(errors) ? errors : []).map((error: unknown) => {
    if (typeof error !== 'object' || error === null) return text(error);
    const { field, message: why } = { field: undefined, message: undefined, ...error };
    return [text(field), text(why)].filter(Boolean).join(': ');
  });
  return [text(message), ...each].filter(Boolean).join(' ').slice(0, 500);
};

/** `ADDRESS.VERIFY.FAILURE` is `address-verify-failure`. */
export const codeOf = (code: unknown): string =>
  text(code)
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'refused';

/** A "no": the request is understood and will never be taken. What has to do with the account, the load or the network is none. */
export const refusalOf = (error: unknown): Reason | undefined =>
  isFault(error) && (error.statusCode === 400 || error.statusCode === 422)
    ? { code: codeOf(error.code), detail: detailOf(error), by: 'carrier' }
    : undefined;

const explained = (error: unknown): unknown =>
  isFault(error) ? new Error(`EasyPost answered ${error.statusCode}: ${detailOf(error)}`, { cause: error }) : error;

/** Loaded when it is first asked: who has no account there does without it. */
const clientOf = async ({ key, url }: EasyPostAccount): Promise<EasyPostClient> => {
  const { default: Client } = await import('@easypost/api');
  return new Client(key, { baseUrl: `${url.replace(/\/$/, '')}/`, timeout: TIMEOUT_MS });
};

export const easyPostApi = (account: EasyPostAccount): EasyPostApi => {
  let loaded: Promise<EasyPostClient> | undefined;
  const call = async (method: 'get' | 'post', path: string, body?: object): Promise<unknown> =>
    (await (loaded ??= clientOf(account))).makeApiCall(method, path, body);
  return {
    find: async <Found>(kind: string, idOrReference: string) => {
      try {
        return (await call('get', `${kind}/${encodeURIComponent(idOrReference)}`)) as Found;
      } catch (error) {
        if (isFault(error) && error.statusCode === 404) return undefined;
        throw explained(error);
      }
    },
    get: async <Answer>(path: string) => {
      try {
        return (await call('get', path)) as Answer;
      } catch (error) {
        throw explained(error);
      }
    },
    post: async <Answer>(path: string, body: object) => {
      try {
        return (await call('post', path, body)) as Answer;
      } catch (error) {
        throw refusalOf(error) ? error : explained(error);
      }
    },
  };
};
