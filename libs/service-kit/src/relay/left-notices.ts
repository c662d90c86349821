import { Refused, type FieldError } from '@cartage/eventsourcing';

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

export interface LeftHearing<Notice extends object> {
  /** Throws `Refused`, by its fields, where the body is not in the form. */
  readonly shape: (body: unknown) => Notice;
  readonly take: (noticeId: string, notice: Notice) => Promise<unknown>;
}

/** The notice, or why it is none. */
export const shapedOr = <Notice>(shape: () => Notice): Notice | Refused => {
  try {
    return shape();
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
};

/** Hears what was left: all of it, or nothing, and then it goes back with everything that is wrong with it. */
export const hearLeft = async <Notice extends object>(file: LeftNotices, { shape, take }: LeftHearing<Notice>): Promise<void> => {
  const faults: LeftFault[] = [...file.faults];
  const heard: (readonly [noticeId: string, notice: Notice])[] = [];
  for (const [notice, { noticeId, body }] of file.notices.entries()) {
    const shaped = shapedOr(() => shape(body));
    if (shaped instanceof Refused) faults.push(...shaped.errors.map((error) => ({ ...error, notice })));
    else heard.push([noticeId, shaped]);
  }
  if (faults.length > 0) return file.failed(faults);
  for (const [noticeId, notice] of heard) await take(noticeId, notice);
  return file.done();
};
