import type { Schemas } from '../../api/client';
import type { Tone } from '../../marks/tones';

export type Endpoint = Schemas['WebhookEndpoint'];
export type DeliveryLine = Schemas['WebhookDeliveryLine'];

export const endpointTones: Readonly<Record<Endpoint['status'], Tone>> = { active: 'good', failing: 'bad', paused: 'wary' };
export const deliveryTones: Readonly<Record<DeliveryLine['status'], Tone>> = { waiting: 'going', delivered: 'good', 'given-up': 'bad' };

/** Words apart by commas, blanks or lines; nothing where there are none. */
export const wordsOf = (text: string): string[] | undefined => {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  return words.length > 0 ? words : undefined;
};

/** What an attempt came to, as one reads it at a glance. */
export const outcomeOf = ({ answer, failure }: Pick<Schemas['WebhookAttempt'], 'answer' | 'failure'>): string =>
  answer === undefined ? (failure ?? '') : `HTTP ${answer.status}`;

export const isTaken = ({ answer }: Pick<Schemas['WebhookAttempt'], 'answer'>): boolean =>
  answer !== undefined && answer.status >= 200 && answer.status < 300;
