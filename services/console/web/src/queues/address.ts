import { textIn } from '../frame/address-text';

/** What of a queue is asked for, as it stands in the address: its filters by their names, and the item that is looked at. */
export interface QueueAddress {
  readonly item?: string;
  readonly [filter: string]: string | undefined;
}

const NAME = /^[a-z][A-Za-z]{0,30}$/;

/** Reads an address that anybody may have written. */
export const readQueueAddress = (search: Readonly<Record<string, unknown>>): QueueAddress =>
  Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) => {
      const text = NAME.test(name) ? textIn(value) : undefined;
      return text === undefined ? [] : [[name, text]];
    }),
  );
