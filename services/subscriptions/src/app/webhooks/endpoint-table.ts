import type { WebhookEndpoint } from '../../domain/webhook-endpoint';

/** An endpoint, and what has become of what was to be sent there. */
export interface CountedEndpoint extends WebhookEndpoint {
  readonly waiting: number;
  readonly delivered: number;
  /** Attempts that came to nothing. */
  readonly failed: number;
  readonly givenUp: number;
}

export interface EndpointPage {
  /** Those that are told of nothing but these channels; absent: all. */
  readonly channels?: readonly string[] | undefined;
  readonly after?: readonly [madeAt: string, endpointId: string] | undefined;
  readonly limit: number;
}

export interface AddTerms {
  readonly fingerprint: string;
  /** So many are there, at most. */
  readonly most: number;
}

export interface EndpointTable {
  /** `there`: by the same request before; `other`: by another request with the same key; `full`: as many are there as may. It is counted and added in one step, however many are asked for at once. */
  add(endpoint: WebhookEndpoint, terms: AddTerms): Promise<'added' | 'there' | 'other' | 'full'>;
  count(): Promise<number>;
  find(endpointId: string): Promise<CountedEndpoint | undefined>;
  /** Newest first. */
  list(page: EndpointPage): Promise<readonly CountedEndpoint[]>;
  /** Nobody else changes it meanwhile. False: there is none. */
  change(endpointId: string, change: (endpoint: WebhookEndpoint) => WebhookEndpoint | Promise<WebhookEndpoint>): Promise<boolean>;
  /** With its deliveries. False: there is none. */
  remove(endpointId: string): Promise<boolean>;
  /** Of which it is told alone; nothing where it is told of all, or there is none. */
  channelsOf(endpointId: string): Promise<readonly string[] | undefined>;
}
