import type { AnyPublication } from '@cartage/messaging';
import type { Kit, Parts } from '@cartage/service-kit';
import { auditing } from './app/audit';
import type { ReadOrder } from './app/reading';
import { AUDIT_ORDER, DeskController } from './edge/desk.controller';

export interface DeskNeeds extends Pick<Kit, 'causes'> {
  readonly read: ReadOrder;
  readonly publication: AnyPublication;
}

/** What people look at and work with who answer for orders: no part of it decides how an order goes on by itself. */
export const deskParts = ({ read, publication, causes }: DeskNeeds): Pick<Parts, 'controllers' | 'providers'> => ({
  controllers: [DeskController],
  providers: [{ provide: AUDIT_ORDER, useValue: auditing({ read, publication, causes }) }],
});
