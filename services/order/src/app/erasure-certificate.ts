import { createHash } from 'node:crypto';
import { canonicalJson } from '@cartage/eventsourcing';
import { missingIn, type Erasure, type ServiceAnswer } from '../domain/erasure';

/** What was forgotten of a person, where, when and on whose word; and what nobody here can reach. */
export interface ErasureCertificate {
  readonly erasureId: string;
  readonly status: Erasure['status'];
  readonly requestedBy: string;
  readonly reason: string | null;
  readonly deferredAt: string | null;
  readonly requestedAt: string | null;
  readonly answerBy: string | null;
  readonly completedAt: string | null;
  readonly customers: readonly string[];
  readonly orders: readonly string[];
  /** Names of the data keys that were destroyed. */
  readonly keys: readonly string[];
  /** Orders that it waits for. */
  readonly waitsFor: readonly string[];
  readonly services: readonly ServiceAnswer[];
  /** Services that have not answered yet. */
  readonly missing: readonly string[];
  readonly outOfReach: readonly { readonly what: string; readonly why: string }[];
  /** SHA-256 of all of the above, as canonical JSON (RFC 8785); null until every service has answered. */
  readonly hash: string | null;
}

const outOfReach = [
  {
    what: 'backups of the database that are older than the erasure',
    why: 'They still have the keys. They end with their retention; whoever restores one erases again whom `GET /customers/erasures` names.',
  },
  {
    what: 'systems of the channels, carriers, partners and providers under `sentTo`',
    why: 'They were sent what they needed, and forget by their own rules: ask them.',
  },
  {
    what: 'processes that opened something of the person within the last minute',
    why: 'They may remember a key for so long, unless they answered here themselves.',
  },
] as const;

const certificateBefore = (erasure: Erasure): Omit<ErasureCertificate, 'hash'> => ({
  ...{ erasureId: erasure.erasureId, status: erasure.status, requestedBy: erasure.by, reason: erasure.reason ?? null },
  ...{ deferredAt: erasure.deferredAt ?? null, requestedAt: erasure.requestedAt ?? null, answerBy: erasure.answerBy ?? null },
  completedAt: erasure.completedAt ?? null,
  ...{ customers: erasure.customers, orders: erasure.orders, keys: erasure.keys, waitsFor: erasure.open },
  services: erasure.answers,
  missing: erasure.status === 'waiting' ? [] : missingIn(erasure),
  outOfReach,
});

/** Of an erasure that ends now. */
export const certificateHash = (erasure: Erasure, completedAt: string): string =>
  createHash('sha256')
    .update(canonicalJson(certificateBefore({ ...erasure, status: 'erased', completedAt })))
    .digest('hex');

export const certificateOf = (erasure: Erasure): ErasureCertificate => ({ ...certificateBefore(erasure), hash: erasure.hash ?? null });
