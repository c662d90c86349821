import { Refused } from '@cartage/eventsourcing';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { hasCardNumber } from './card-number';

/** Names under which security codes travel. */
const securityCode = /^(?:cvv2?|cvc2?|csc|card_?(?:cvv|cvc|verification|security)_?(?:code|value)?)$/i;

type Segment = string | number;

const isCard = (value: unknown): boolean =>
  (typeof value === 'string' && hasCardNumber(value)) || (typeof value === 'number' && value >= 1e14 && hasCardNumber(String(value)));

const isSecret = (key: string, value: unknown): boolean => securityCode.test(key) && value !== null && value !== '';

const inMember = (key: string, value: unknown): readonly Segment[] | undefined => {
  if (hasCardNumber(key)) return [];
  if (isSecret(key, value)) return [key];
  const below = pathToCard(value);
  return below && [key, ...below];
};

const firstOf = <Item>(items: Iterable<Item>, find: (item: Item) => readonly Segment[] | undefined): readonly Segment[] | undefined => {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
};

/** Paths are made on the way back from a find, so that the usual request pays for none. */
const pathToCard = (value: unknown): readonly Segment[] | undefined => {
  if (typeof value !== 'object' || value === null) return isCard(value) ? [] : undefined;
  if (!Array.isArray(value)) return firstOf(Object.entries(value), ([key, item]) => inMember(key, item));
  return firstOf(value.entries(), ([index, item]: [number, unknown]) => {
    const below = pathToCard(item);
    return below && [index, ...below];
  });
};

const written = (path: readonly Segment[]): string =>
  path.reduce<string>((above, step) => (typeof step === 'number' ? `${above}[${step}]` : above === '' ? step : `${above}.${step}`), '');

/**
 * The JSON path of the first card number or security code in a value; nothing when there is none. A card number may also be a field's name:
 * then its parent is told.
 */
export const cardDataIn = (value: unknown): string | undefined => {
  const path = pathToCard(value);
  return path && written(path);
};

const refusedAt = (part: string, field: string): Refused => {
  const message = 'must not hold card data. Send the payment provider’s token instead.';
  const where = field || part;
  return new Refused('CARD_DATA_REFUSED', `${where}: ${message}`, 'invalid', [{ field: where, code: 'CARD_DATA_REFUSED', message }]);
};

/** Refuses card data in the body, the query and the path of any request, before anything reads it. The value is told to nobody. */
@Injectable()
export class CardGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { body, query, params } = context.switchToHttp().getRequest<FastifyRequest>();
    for (const [part, value] of [
      ['body', body],
      ['query', query],
      ['path', params],
    ] as const) {
      const field = cardDataIn(value);
      if (field !== undefined) throw refusedAt(part, field);
    }
    return true;
  }
}
