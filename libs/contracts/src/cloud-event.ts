/** A public event as CloudEvents 1.0 in JSON: what `GET /stream` and the journal over HTTP show. */
export interface CloudEvent<
  Event extends { readonly type: string; readonly data: unknown } = { readonly type: string; readonly data: unknown },
> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly type: Event['type'];
  readonly source: string;
  readonly subject: string;
  readonly time: string;
  readonly dataschema: string;
  readonly datacontenttype: 'application/json';
  readonly partitionkey: string;
  /** Where it stands in the log of all facts, as digits: where to go on. */
  readonly position: string;
  /** Its number in the journal of its order; absent where it belongs to none. */
  readonly sequence?: number;
  readonly orderid?: string;
  readonly channel?: string;
  readonly topic: string;
  /** Its number among the events of its subject on its topic. */
  readonly topicsequence: number;
  readonly correlationid: string;
  readonly causationid?: string;
  readonly traceparent?: string;
  /** The replay that it is sent by; absent: it is sent because it happened. */
  readonly replayid?: string;
  readonly data: Event['data'];
}
