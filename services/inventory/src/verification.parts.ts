import type { Kit, Parts } from '@cartage/service-kit';
import type { Ledger } from './app/ledger';
import { createRepairs, type RecountTransaction } from './app/repairs';
import { postgresVerification } from './edge/verification/postgres-verification';
import { REPAIRS, VERIFICATION, VerificationController } from './edge/verification/verification.controller';

/** Whether the stock adds up, and setting it right. */
export const verificationParts = ({ pool, newId, isPublic, now }: Kit, ledger: Ledger<RecountTransaction>) =>
  ({
    controllers: [VerificationController],
    providers: [
      { provide: VERIFICATION, useValue: postgresVerification(pool) },
      { provide: REPAIRS, useValue: createRepairs({ ledger, newId, isPublic, now }) },
    ],
  }) satisfies Partial<Parts>;
