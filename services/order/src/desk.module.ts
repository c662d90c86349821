import type { AnyPublication } from '@cartage/messaging';
import type { Kit, Parts } from '@cartage/service-kit';
import { auditing } from './app/audit';
import { showingDesk } from './app/desk';
import type { ReadOrder } from './app/reading';
import type { Occasion } from './domain/rules';
import { AUDIT_ORDER, DeskController, SHOW_DESK } from './edge/desk.controller';

export interface DeskNeeds extends Pick<Kit, 'causes'> {
  readonly read: ReadOrder;
  readonly publication: AnyPublication;
  readonly occasion: () => Occasion;
}

/** What people look at and work with who answer for orders: no part of it decides how an order goes on by itself. */
export const deskParts = ({ read, publication, causes, occasion }: DeskNeeds): Pick<Parts, 'controllers' | 'providers'> => ({
  controllers: [DeskController],
  providers: [
    { provide: SHOW_DESK, useValue: showingDesk({ read, occasion }) },
    { provide: AUDIT_ORDER, useValue: auditing({ read, publication, causes }) },
  ],
});
