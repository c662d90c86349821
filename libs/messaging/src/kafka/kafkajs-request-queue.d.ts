/** As much of the client’s queue as is mended here; it comes without types. */
declare module 'kafkajs/src/network/requestQueue' {
  export interface PushedRequest {
    readonly entry: {
      readonly apiKey: number;
      readonly apiName: string;
      readonly apiVersion: number;
      readonly correlationId: number;
      readonly resolve: (answer: unknown) => void;
      readonly reject: (error: Error) => void;
    };
    readonly expectResponse: boolean;
    readonly sendRequest: () => void;
  }
  export default class RequestQueue {
    constructor(options: {
      readonly maxInFlightRequests: number | null;
      readonly requestTimeout: number;
      readonly enforceRequestTimeout: boolean;
      readonly clientId: string;
      readonly broker: string;
      readonly logger: { readonly debug: () => void };
      readonly isConnected: () => boolean;
    });
    push(request: PushedRequest): void;
    readonly pending: readonly unknown[];
    readonly inflight: ReadonlyMap<number, unknown>;
    readonly broker: string;
    readonly requestTimeoutIntervalId?: NodeJS.Timeout;
    scheduleCheckPendingRequests(): void;
    scheduleRequestTimeoutCheck(): void;
    waitForPendingRequests(): Promise<void>;
    rejectAll(error: Error): void;
    destroy(): void;
  }
}
