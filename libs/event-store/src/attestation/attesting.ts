import { linkOf, UNLINKED, type Attestation, type VerifyingKey, type SigningKey, type Stretch } from './attestation';

/** A log that can be checked: its attestations, and what stands under them. */
export interface CheckableLog {
  readonly name: string;
  /** Attestations that begin after this position, in order. */
  attestationsAfter(position: number, limit: number): Promise<readonly Attestation[]>;
  /** What stands between these positions now, both included; nothing where no event is. */
  stretchOf(first: number, last: number): Promise<(Stretch & { readonly events: number }) | undefined>;
}

/** A log whose events are attested, and its attestations. */
export interface AttestedLog extends CheckableLog {
  /** The attestation with the highest positions. */
  latest(): Promise<Attestation | undefined>;
  /** What stands after this position now, at most so many events; nothing at the end. */
  stretchAfter(position: number, most: number): Promise<Stretch | undefined>;
  /** Keeps an attestation; false when another process has kept one of the same place before, which then stays. */
  keep(attestation: Attestation): Promise<boolean>;
  /** Events that no attestation holds yet, and when the first of them was written. */
  unattested(): Promise<Unattested>;
}

export interface Unattested {
  readonly events: number;
  /** ISO 8601 UTC. */
  readonly since?: string;
}

/** Events under one attestation, at most: few enough that a broken one says where to look. */
const MOST = 1_000;

export interface AttestingNeeds {
  readonly key: SigningKey;
  readonly now: () => Date;
}

/** Attests what is new, each stretch linked to the one before, up to the end of the log; answers the last attestation that it made, which stands in the log. */
export const attestNews = async (
  log: AttestedLog,
  { key, now }: AttestingNeeds,
  stopping?: AbortSignal,
): Promise<Attestation | undefined> => {
  let made: Attestation | undefined;
  while (!stopping?.aborted) {
    const before = await log.latest();
    const stretch = await log.stretchAfter(before?.last ?? 0, MOST);
    if (!stretch) break;
    const previous = before ? linkOf(before) : UNLINKED;
    const next = key.attest({ log: log.name, ...stretch, previous, attestedAt: now().toISOString() });
    if (await log.keep(next)) made = next;
  }
  return made;
};

/** What is wrong with an attestation, or with what it holds. */
export type BreakKind =
  /** The events are not those that were attested. */
  | 'events-changed'
  /** Events that were attested are not there. */
  | 'events-missing'
  /** No key that is trusted signed this. */
  | 'not-signed'
  /** It does not hold on to the attestation before: one was taken out, put in, or made anew. */
  | 'not-linked'
  /** It belongs to another log. */
  | 'of-another-log';

export interface Break {
  readonly kind: BreakKind;
  readonly first: number;
  readonly last: number;
}

export interface Checked {
  readonly attestations: number;
  readonly events: number;
  readonly breaks: readonly Break[];
  /** The last attestation that was looked at; nothing when there was none. */
  readonly last?: Attestation;
}

const isLinked = (attestation: Attestation, before: Attestation | undefined): boolean =>
  attestation.previous === (before ? linkOf(before) : UNLINKED) && attestation.first === (before?.last ?? 0) + 1;

const contentBreak = async (log: CheckableLog, attestation: Attestation): Promise<BreakKind | undefined> => {
  const found = await log.stretchOf(attestation.first, attestation.last);
  if (found?.events !== attestation.last - attestation.first + 1) return 'events-missing';
  return found.digest === attestation.digest ? undefined : 'events-changed';
};

const breaksOf = async (
  log: CheckableLog,
  attestation: Attestation,
  before: Attestation | undefined,
  trusted: readonly VerifyingKey[],
): Promise<readonly Break[]> => {
  const kinds = [
    attestation.log === log.name ? undefined : 'of-another-log',
    trusted.some((key) => key.name === attestation.key && key.signed(attestation)) ? undefined : 'not-signed',
    isLinked(attestation, before) ? undefined : 'not-linked',
    await contentBreak(log, attestation),
  ] as const;
  return kinds.flatMap((kind) => (kind === undefined ? [] : [{ kind, first: attestation.first, last: attestation.last }]));
};

/** Looks at the next few attestations after one that was looked at before, and at the events under them. */
export const checkAttestations = async (
  log: CheckableLog,
  trusted: readonly VerifyingKey[],
  { after, limit }: { readonly after?: Attestation; readonly limit: number },
): Promise<Checked> => {
  const attestations = await log.attestationsAfter(after?.first ?? 0, limit);
  const breaks: Break[] = [];
  let before = after;
  for (const attestation of attestations) {
    breaks.push(...(await breaksOf(log, attestation, before, trusted)));
    before = attestation;
  }
  const events = attestations.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return { attestations: attestations.length, events, breaks, ...(before ? { last: before } : {}) };
};

/** Looks at all attestations of a log, a few at a time. */
export const checkAllAttestations = async (log: CheckableLog, trusted: readonly VerifyingKey[]): Promise<Checked> => {
  let whole: Checked = { attestations: 0, events: 0, breaks: [] };
  for (;;) {
    const { last: after } = whole;
    const next = await checkAttestations(log, trusted, { ...(after ? { after } : {}), limit: PAGE });
    if (next.attestations === 0) return whole;
    whole = {
      attestations: whole.attestations + next.attestations,
      events: whole.events + next.events,
      breaks: [...whole.breaks, ...next.breaks],
      ...(next.last ? { last: next.last } : {}),
    };
  }
};

const PAGE = 100;
