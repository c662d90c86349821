import { bearer, type TokenOf } from '../auth/machine-token';
import type { Page } from '../http/page';
import type { AskElsewhere } from './causes';
import type { TracedEvent } from './traced-event';

const WITHIN_MS = 5_000;
const PAGE = 200;

const pageAt = async (url: string, cursor: string | null, token: string | undefined): Promise<Page<TracedEvent>> => {
  const address = new URL(url);
  address.searchParams.set('limit', String(PAGE));
  if (cursor !== null) address.searchParams.set('cursor', cursor);
  const answer = await fetch(address, {
    signal: AbortSignal.timeout(WITHIN_MS),
    headers: { accept: 'application/json', ...bearer(token) },
  });
  if (!answer.ok) throw new Error(`${address.origin} answered ${answer.status}.`);
  return (await answer.json()) as Page<TracedEvent>;
};

/** Reads the pages of another process's answer, until there is enough; with a token of our own where callers are checked. */
export const overHttp =
  (tokenOf: TokenOf): AskElsewhere =>
  async (url, correlationId, limit) => {
    const events: TracedEvent[] = [];
    let next: string | null = null;
    do {
      const page: Page<TracedEvent> = await pageAt(`${url}/${encodeURIComponent(correlationId)}`, next, await tokenOf());
      events.push(...page.items);
      next = page.next;
    } while (next !== null && events.length < limit);
    return events.slice(0, limit);
  };
