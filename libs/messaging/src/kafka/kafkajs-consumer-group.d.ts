/** As much of the client’s member of a group as is mended here; it comes without types. */
declare module 'kafkajs/src/consumer/consumerGroup' {
  export default class ConsumerGroup {
    constructor(options: {
      readonly groupId: string;
      readonly logger: { readonly namespace: () => unknown };
      readonly instrumentationEmitter: { readonly emit: () => void };
    });
    memberId: string | null;
    coordinator: { readonly heartbeat: () => Promise<void> } | null;
    /** When its heart beat last, in milliseconds since 1970. */
    lastRequest: number;
    heartbeat(options: { readonly interval: number }): Promise<void>;
  }
}
