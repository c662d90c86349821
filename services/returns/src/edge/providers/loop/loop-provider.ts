import type { ChangedReturn } from '@cartage/contracts';
import type { Clock } from '@cartage/eventsourcing';
import { asked, isFields, refusedByReceiver, type HttpAnswer } from '@cartage/service-kit';
import type { ProviderAccount, ProviderAdapter } from '../../../app/providers/provider';

/** Loop’s API, by its published reference (docs.loopreturns.com, “Returns API”: return details, close, cancel). */
export const LOOP_API = 'https://api.loopreturns.com/api/v1';

/** States of a return at Loop after which nothing is asked of it. */
const ended: ReadonlySet<string> = new Set(['closed', 'cancelled', 'expired']);

type Action = 'close' | 'cancel';

/** What came to nothing here may be asked for again there; of what was dealt with here Loop pays nothing and sends nothing. */
const actionOf = ({ isOver, status }: ChangedReturn): Action | undefined => {
  if (!isOver) return undefined;
  return status === 'closed' ? 'close' : 'cancel';
};

const parsed = ({ body }: HttpAnswer): unknown => {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
};

/** Loop says what is wrong as `error` or `errors`: a text, an object with a `message`, or a list of them; also with HTTP 200. */
const faultIn = (answer: unknown): string | undefined => {
  if (!isFields(answer)) return undefined;
  const said: unknown = answer['error'] ?? answer['errors'];
  const [first] = [said].flat() as readonly unknown[];
  if (first === undefined || first === null) return undefined;
  const message = isFields(first) ? first['message'] : first;
  return typeof message === 'string' ? message : JSON.stringify(first);
};

const refused = (message: string) => refusedByReceiver('PROVIDER_REFUSED', [{ field: 'reference', code: 'REFERENCE_REFUSED', message }]);

const heard = (answer: HttpAnswer): unknown => {
  const body = parsed(answer);
  const fault = faultIn(body);
  if (fault !== undefined) throw refused(fault);
  if (answer.status < 200 || answer.status >= 300) throw refused(`Loop answers HTTP ${answer.status}.`);
  return body;
};

/**
 * Loop Returns in its own words. It knows what can be sent back from the shop, so nothing is told of orders; of its returns it is told when they are over here, where goods are received,
 * graded and paid for: they are closed there without their outcomes, so that nobody is paid twice. Whether that was done before is asked first: who tells twice does it once.
 */
export const loopProvider =
  (clock: Clock) =>
  ({ endpoint = LOOP_API, apiKey = '' }: ProviderAccount): ProviderAdapter => {
    const call = async (method: 'GET' | 'POST', path: string): Promise<unknown> => {
      const headers = { accept: 'application/json', 'x-authorization': apiKey };
      return heard(await asked(`${endpoint}/warehouse/return/${path}`, { method, headers }, () => clock.now()));
    };
    const stateOf = async (id: string): Promise<string> => {
      const details = await call('GET', `details?return_id=${id}`);
      const state = isFields(details) ? details['state'] : undefined;
      if (typeof state !== 'string') throw refused(`Loop does not say in which state return ${id} is.`);
      return state;
    };
    return {
      tell: async ({ return: changed }) => {
        const action = changed && actionOf(changed);
        if (!action || changed.reference === undefined) return;
        const id = encodeURIComponent(changed.reference);
        if (!ended.has(await stateOf(id))) await call('POST', `${id}/${action}`);
      },
    };
  };
