import { systemClock } from '@cartage/eventsourcing';
import type { MachineNeeds } from './machine-token';

/** Nobody waits longer for a login than this. */
const WITHIN_MS = 2_000;

const jsonOf = async (url: string, init: RequestInit): Promise<unknown> => {
  // What an issuer says is believed: it is not looked for elsewhere.
  const answer = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(WITHIN_MS) });
  if (!answer.ok) throw new Error(`${new URL(url).origin} answered ${answer.status}.`);
  return answer.json();
};

export const fetchJson = (url: string): Promise<unknown> => jsonOf(url, { headers: { accept: 'application/json' } });

export const postForm = (url: string, body: URLSearchParams): Promise<unknown> =>
  jsonOf(url, { method: 'POST', body, headers: { accept: 'application/json' } });

/** How issuers are asked for tokens. */
export const asking: MachineNeeds = { fetchJson, postForm, now: () => systemClock.now().getTime() };
