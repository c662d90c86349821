import type { FieldError } from '@cartage/eventsourcing';

/** What is wrong with what was left: by its line, or by the field of one of its notices. */
export interface LeftFault extends FieldError {
  readonly line?: number;
  readonly notice?: number;
}

/** What somebody outside left for us to fetch, whole. */
export interface LeftNotices {
  readonly name: string;
  /** Each with an id that follows from what was left: left again, it is the same. */
  readonly notices: readonly { readonly noticeId: string; readonly body: unknown }[];
  /** What could not be read at all. */
  readonly faults: readonly LeftFault[];
  /** All of it was heard. */
  done(): Promise<void>;
  /** It cannot be read as it is. */
  failed(faults: readonly LeftFault[]): Promise<void>;
}
