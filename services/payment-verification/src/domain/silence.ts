import type { Reason } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { declined, requireAsked } from './authorizations';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import type { Authorization } from './ledger';
import { requireKnown, type Payment } from './payment';

const SILENT: Reason = { code: 'provider-silent', by: 'system' };

/** Since when its provider owes a word on it: on what it was asked for, or on what the customer did in time. */
export const silentSince = ({ status, askedAt, expiresAt }: Authorization): string | undefined => {
  if (status === 'requested') return askedAt;
  return status === 'pending' ? expiresAt : undefined;
};

/** Nobody waits for it any more. A yes that comes yet is news: it is taken where the money is still wanted, and given back where not. */
export const giveUpAuthorization = (command: DataOf<PaymentCommand, 'GiveUpAuthorization'>, payment: Payment): readonly PaymentEvent[] => {
  const known = requireKnown(command.orderId, payment);
  const authorization = requireAsked(known, command.authorizationId);
  return silentSince(authorization) === command.silentSince ? declined({ known, authorization, now: command.now }, SILENT) : [];
};
