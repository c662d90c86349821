import { Away } from '@cartage/eventsourcing';
import { textOfAnswer, webhookHeaders } from '@cartage/service-kit';
import { refusedBy, type Outgoing, type Sender, type SendOutcome } from '../../app/sender';

export interface WebhookOptions {
  readonly url: string;
  /** base64, as Standard Webhooks has it, with or without `whsec_`. */
  readonly secret: string;
  readonly now: () => Date;
}

const TIMEOUT_MS = 30_000;
const MOST_BYTES = 65_536;

/** What is wrong with this message is final; that a key is wrong, a limit is reached, or nobody is there, is waited for. */
const isFinal = (status: number): boolean => [400, 404, 410, 413, 415, 422].includes(status);

const outcomeOf = (status: number, reference: string | null): SendOutcome => {
  if (status >= 200 && status < 300) return reference === null ? { status: 'accepted' } : { status: 'accepted', reference };
  if (isFinal(status)) return refusedBy('receiver-refused', `HTTP ${status}`);
  throw new Away(`The webhook answers ${status}.`);
};

const post = async (url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Response> => {
  try {
    return await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    throw new Away('The webhook does not answer.', { cause: error });
  }
};

/** Hands texts to another system (an SMS gateway, a messenger) as signed JSON. */
export const webhookSender = (options: WebhookOptions): Sender => ({
  name: 'webhook',
  medium: 'text',
  send: async ({ messageId, kind, from, to, locale, text }: Outgoing) => {
    const body = JSON.stringify({ messageId, kind, from, to, locale, text });
    const headers = { 'content-type': 'application/json', ...webhookHeaders(options.secret, messageId, { body, now: options.now() }) };
    const response = await post(options.url, headers, body);
    // Its status says all, whether or not the rest comes. What is short is read, so that the connection can be used again.
    await textOfAnswer(response, MOST_BYTES).catch(() => undefined);
    return outcomeOf(response.status, response.headers.get('message-reference'));
  },
  close: async () => undefined,
});
