import type { ReturnsProviderMessage, Sealed } from '@cartage/contracts';
import type { LeftNotices } from '@cartage/service-kit';

/** Who handles returns of some channels for us, as it was agreed. */
export interface ProviderTerms {
  readonly provider: string;
  /** How it speaks: one of the adapters. */
  readonly adapter: string;
  /** Where it is told, if its adapter needs that. */
  readonly endpoint?: string;
  /** Of orders of these it is told, and may speak. */
  readonly channels: readonly string[];
}

export interface Provider extends ProviderTerms {
  readonly hasSecret: boolean;
  readonly revision: number;
  readonly changedAt: string;
}

export interface KeptProvider extends Provider {
  /** What is signed with, the newest first: the one before it proves, too, until there is another one. */
  readonly secrets: readonly Sealed[];
}

/** Which provider handles which channel: one at most. */
export interface ProviderRegister {
  /** `secret` absent: as it was. Refused where a channel is another’s. The same again changes nothing. */
  put(terms: ProviderTerms, secret: Sealed | undefined, at: Date): Promise<Provider>;
  find(provider: string): Promise<KeptProvider | undefined>;
  list(): Promise<readonly Provider[]>;
  /** Who handles each channel that anybody does. */
  byChannel(): Promise<ReadonlyMap<string, string>>;
}

/** What is known to both sides and to nobody else. */
export interface ProviderKeys {
  /** What is posted is signed with it. */
  readonly secret?: string | undefined;
  /** By which a provider with an API of its own lets us in. */
  readonly apiKey?: string | undefined;
}

/** A provider that can be spoken to. */
export interface ProviderAccount extends ProviderTerms {
  /** The newest first. */
  readonly secrets: readonly string[];
  readonly apiKey?: string;
}

/**
 * The port to a returns provider. What it is told has its effect there once, however often: it knows a repeat by the message’s id. Whoever cannot be reached, or has had
 * enough, is `Away` or `Throttled`, and is waited for; what it refuses for good is `Refused` with its own fields and words. Every adapter passes `providerContract`.
 */
export interface ProviderAdapter {
  tell(message: ReturnsProviderMessage): Promise<void>;
  /** What it left; absent where it posts to us. */
  readonly left?: () => Promise<readonly LeftNotices[]>;
}

/** By the kind of adapter. */
export type ProviderAdapters = ReadonlyMap<string, (account: ProviderAccount) => ProviderAdapter>;
